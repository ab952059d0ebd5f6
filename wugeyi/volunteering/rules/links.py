"""The secret in a personal link: only its hash is kept. Pure Python."""

from hashlib import sha256

# How much of the hash a device remembers: enough to end with a renewed link.
BEGINNING = 16


def hash_of(secret: str) -> str:
    """Return what is kept of a link's secret."""
    return sha256(secret.encode()).hexdigest()
