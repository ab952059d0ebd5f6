"""What a server process runs: the application, ended with the server that started it."""

import ctypes
import logging
import signal
import sys
import threading

from django.db import connection
from django.urls import get_resolver
from django.utils import timezone

from wugeyi.cli.gate import Gate
from wugeyi.wsgi import application as django_application

PR_SET_PDEATHSIG = 1  # linux/prctl.h
# Two let one request wait for the database while another computes; more only share
# the same core (measured: docs/install.md).
WORKING_THREADS = 2
WAITING_PLACES = 64
# A longer queue answers nobody sooner (measured: docs/benchmarks.md).
PATIENCE_SECONDS = 1.0

logger = logging.getLogger("wugeyi")

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


def warm_up() -> None:
    """Load what a first visitor would otherwise wait for: pages, then machine code."""

    def load() -> None:
        # Models can be imported only now that the application is set up.
        from wugeyi.circles.queries.warming import warm

        try:
            warm(today=timezone.localdate())
        except Exception:
            logger.exception("circles could not be warmed up")
        finally:
            connection.close()

    # Pages are imported when they are first resolved.
    _loaded = get_resolver().url_patterns
    threading.Thread(target=load, name="warm-up", daemon=True).start()


end_with_parent()
warm_up()
