"""What a tree path is: five base-36 digits for each key from the root down."""

from collections.abc import Iterable

SEGMENT = 5
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
MAX_PATH = 120
MAX_DEPTH = MAX_PATH // SEGMENT


def segment(number: int) -> str:
    """Write a positive key as five base-36 digits; over 60,466,175 is an error."""
    if not 0 < number < 36**SEGMENT:
        raise ValueError(f"no path segment for {number}")
    digits = []
    for _ in range(SEGMENT):
        number, digit = divmod(number, 36)
        digits.append(ALPHABET[digit])
    return "".join(reversed(digits))


def child_path(parent: str, key: int) -> str:
    """Return the path of the organisation ``key`` below the path ``parent``."""
    path = parent + segment(key)
    if len(path) > MAX_PATH:
        raise ValueError(f"a tree deeper than {MAX_DEPTH} levels")
    return path


def after(path: str) -> str:
    """Return the smallest string above every path of the subtree of ``path``.

    ``path <= x < after(path)`` holds for the organisation and all below it.
    "[" follows "Z" byte by byte, so the last digit never has to carry.
    """
    return path[:-1] + chr(ord(path[-1]) + 1)


def inside(path: str, root: str) -> bool:
    """Tell whether ``path`` is ``root`` or lies below it."""
    return path.startswith(root)


def ancestors(path: str) -> list[str]:
    """Return the paths above ``path`` from the root down, itself left out."""
    return [path[:end] for end in range(SEGMENT, len(path), SEGMENT)]


def depth(path: str) -> int:
    """Return how many organisations stand above ``path``; a root has depth 0."""
    return len(path) // SEGMENT - 1


def outermost(paths: Iterable[str]) -> list[str]:
    """Drop every path that lies inside another one; sorted."""
    kept: list[str] = []
    for path in sorted(set(paths)):
        if not kept or not inside(path, kept[-1]):
            kept.append(path)
    return kept


def keys(path: str) -> list[int]:
    """Return the keys on the way from the root down to the organisation of ``path``."""
    return [
        int(path[start : start + SEGMENT], 36) for start in range(0, len(path), SEGMENT)
    ]
