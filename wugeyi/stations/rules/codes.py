"""A station's public code: short, read aloud, typed from a sign."""

from uuid import UUID

# Without I, O, 0, 1, U: nobody mixes them up.
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTVWXYZ"
LONG = 5


def code_of(client_id: UUID, attempt: int = 0) -> str:
    """Return a code made of an id; another for each attempt, if one is taken."""
    number = (client_id.int >> 8) + attempt * 7_919
    letters = ""
    for _place in range(LONG):
        number, rest = divmod(number, len(ALPHABET))
        letters += ALPHABET[rest]
    return letters
