"""What a server process runs: the application, ended with the server that started it."""

import ctypes
import signal
import sys

from wugeyi.wsgi import application

__all__ = ["application"]

PR_SET_PDEATHSIG = 1  # linux/prctl.h


def end_with_parent() -> None:
    """Ask Linux to end this process when its parent is gone, even if it was killed.

    Otherwise the old processes would go on serving, beside those of the next start.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


end_with_parent()
