"""The same key for the same name, so that nothing of the line is made twice."""

from uuid import NAMESPACE_URL, UUID, uuid5


def key(name: str) -> UUID:
    """Return the key of something the demo makes once."""
    return uuid5(NAMESPACE_URL, f"wugeyi-demo-busline/{name}")
