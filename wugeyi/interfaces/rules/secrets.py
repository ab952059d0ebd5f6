"""Secrets that are shown once and kept as digests. Pure Python."""

import re
from hashlib import sha256

# Letters and digits that cannot be taken for one another.
ALPHABET = "23456789abcdefghijkmnpqrstuvwxyz"
LENGTH = 32
"""32 of 32 letters: 160 bits."""
START = 8
PREFIX = "wgy_"
_KEY = re.compile(rf"{PREFIX}[{ALPHABET}]{{{LENGTH}}}")
_SECRET = re.compile(rf"[{ALPHABET}]{{{LENGTH}}}")


def spell(randomness: int) -> str:
    """Write the lowest 160 bits of a whole number as a secret."""
    letters = []
    for _place in range(LENGTH):
        randomness, digit = divmod(randomness, len(ALPHABET))
        letters.append(ALPHABET[digit])
    return "".join(letters)


def is_key(text: str) -> bool:
    """Tell whether a text looks like one of our keys: all else is not looked up."""
    return _KEY.fullmatch(text) is not None


def is_secret(text: str) -> bool:
    """Tell whether a text looks like the secret of a calendar."""
    return _SECRET.fullmatch(text) is not None


def digest(secret: str) -> str:
    """Return what is kept of a secret."""
    return sha256(secret.encode()).hexdigest()


def start_of(key: str) -> str:
    """Return the part of a key by which people tell it apart."""
    return key[: len(PREFIX) + START]
