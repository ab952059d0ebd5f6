"""One fingerprint for one answer, whichever engine gave it."""

from collections.abc import Iterable, Sequence
from hashlib import sha256

# Period, path, then the numerators and denominators in the question's order.
Row = Sequence[str | int]


def digest(rows: Iterable[Row]) -> str:
    """Give the SHA-256 (hexadecimal) of the rows, sorted by period and path.

    A row is its fields in decimal, separated by tabs, ended by a newline.
    """
    found = sha256()
    for row in sorted(rows, key=lambda row: (row[0], row[1])):
        found.update(("\t".join(map(str, row)) + "\n").encode())
    return found.hexdigest()
