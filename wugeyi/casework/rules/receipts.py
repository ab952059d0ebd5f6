"""The code a resident keeps to follow a case: readable over the telephone, not guessable.

Twelve Crockford base-32 characters, the last one a check: 55 random bits. Forged codes
mostly fail the check without a look-up; guessing is throttled as well.
"""

import re

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12
LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})


def check_character(body: str) -> str:
    """Return the check for eleven characters: weighted sum modulo 31.

    31 is prime, so any one mistyped character and any swap of neighbours is found
    (weights 1 to 11 are distinct and non-zero), except between "0" and "Z", whose
    values agree modulo 31; "Z" is therefore never issued.
    """
    total = sum(
        (place + 1) * ALPHABET.index(character) for place, character in enumerate(body)
    )
    return ALPHABET[total % 31]


def issue(randomness: int) -> str:
    """Make a code from a random whole number of at least 55 bits."""
    body = []
    for _ in range(LENGTH - 1):
        randomness, digit = divmod(randomness, 31)
        body.append(ALPHABET[digit])
    text = "".join(body)
    return text + check_character(text)


def normalise(typed: str) -> str | None:
    """Read what a person typed; None if it cannot be a code."""
    text = re.sub(r"[\s\-—－_.]", "", typed).upper().translate(LOOKALIKES)
    if len(text) != LENGTH or any(character not in ALPHABET for character in text):
        return None
    return text if check_character(text[:-1]) == text[-1] else None


def display(code: str) -> str:
    """Group a code for reading aloud: ``7K3M-9QXP-2T4V``."""
    return "-".join(code[at : at + 4] for at in range(0, LENGTH, 4))
