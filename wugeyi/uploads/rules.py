"""Where a picture lies in the folder of uploads. Pure Python."""

MAX_SIDE = 2560
"""Longest side of a kept picture in pixels: a page of A4 at 220 dots per inch."""
THUMB_SIDE = 480
"""Longest side of its small version in pixels."""
JPEG_QUALITY = 82


def path_of(sha256: str) -> str:
    """Return the path of a picture below the folder of uploads, by its content's hash.

    Two levels of 256 folders keep every folder small with millions of pictures.
    """
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}.jpg"


def thumb_of(path: str) -> str:
    """Return the path of the small version beside a picture."""
    return path.removesuffix(".jpg") + ".thumb.jpg"
