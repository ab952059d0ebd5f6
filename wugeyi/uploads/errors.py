"""Why a file is not taken, in words for the person who sent it."""


class PictureError(ValueError):
    """A file that is not taken; the text says what to do instead."""


class NotAPicture(PictureError):
    """The file is no picture we can read, or only part of one."""


class TooLarge(PictureError):
    """The file has too many bytes or pixels."""
