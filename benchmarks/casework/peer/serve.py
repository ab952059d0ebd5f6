"""Serve django-helpdesk by the server program and the numbers ours is served by."""

import multiprocessing
import sys

from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels

if __name__ == "__main__":
    multiprocessing.set_start_method("spawn", force=True)
    Granian(
        "benchmarks.casework.peer.wsgi:application",
        address="127.0.0.1",
        port=int(sys.argv[1]),
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        websockets=False,
        workers=2,
        blocking_threads=2,
        log_level=LogLevels.error,
    ).serve()
