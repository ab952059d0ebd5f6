"""What a server process runs: the application, ended with the server that started it."""

import ctypes
import signal
import sys

from wugeyi.cli.gate import Gate
from wugeyi.wsgi import application as django_application

PR_SET_PDEATHSIG = 1  # linux/prctl.h
# Two let one request wait for the database while another computes; more only share
# the same core (measured: docs/install.md).
WORKING_THREADS = 2
WAITING_PLACES = 64
# A longer queue answers nobody sooner (measured: docs/benchmarks.md).
PATIENCE_SECONDS = 1.0

application = Gate(
    django_application,
    threads=WORKING_THREADS,
    places=WAITING_PLACES,
    patience_seconds=PATIENCE_SECONDS,
)


def end_with_parent() -> None:
    """Ask Linux to end this process when its parent is gone, even if it was killed.

    Otherwise the old processes would go on serving, beside those of the next start.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


end_with_parent()
