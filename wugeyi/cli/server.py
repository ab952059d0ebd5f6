"""The web server (granian, WSGI) and, beside it, the process for periodic work.

The periodic work is the management command `tick`: deadlines, sealing, notices. The
same process takes long work that people ask for (`jobs.runner`).
"""

import argparse
import io
import logging
import multiprocessing
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import django
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

# One for each request that the gate lets in, and some to turn others away.
BLOCKING_THREADS = 80
TICK_SECONDS = 60
STOP_SECONDS = 10
RESTART_SECONDS = 3

logger = logging.getLogger("wugeyi")


class Refused(Exception):
    """Something an operator has to put right first; the text says what."""


def require_ready() -> None:
    """Refuse to serve what would answer every visitor with an error.

    Raises
    ------
    Refused
        If static files are missing or the database is behind the program.
    """
    from django.conf import settings
    from django.db import connection, connections
    from django.db.migrations.executor import MigrationExecutor

    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if not settings.DEBUG and not manifest.exists():
        raise Refused(_("网页的脚本和样式还没有生成，请先运行 make build。"))
    executor = MigrationExecutor(connection)
    behind = executor.migration_plan(executor.loader.graph.leaf_nodes())
    connections.close_all()
    if behind:
        raise Refused(
            ngettext(
                "数据库还差 %(count)d 个升级步骤。先 wugeyi backup，再 wugeyi migrate。",
                "数据库还差 %(count)d 个升级步骤。先 wugeyi backup，再 wugeyi migrate。",
                len(behind),
            )
            % {"count": len(behind)}
        )


def require_free(host: str, port: int) -> None:
    """Refuse an address that another program serves.

    The server's processes share their port, so a second server would start without a
    word and answer every other visitor, perhaps from another database.

    Raises
    ------
    Refused
        If the address is taken, or is none of this machine's.
    """
    kind = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(kind, socket.SOCK_STREAM) as probe:
        # What a server of a minute ago left behind does not count.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as problem:
            raise Refused(
                _("%(host)s 的 %(port)d 端口用不了，请用 --port 换一个：%(problem)s")
                % {"host": host, "port": port, "problem": problem.strerror}
            ) from problem


def run_server(chosen: argparse.Namespace) -> int:
    """Run granian and its companion until a signal ends both."""
    from granian import Granian
    from granian.constants import HTTPModes, Interfaces
    from granian.log import LogLevels

    # Workers start clean: no thread, connection or lock is inherited.
    multiprocessing.set_start_method("spawn", force=True)
    server = Granian(
        "wugeyi.cli.worker:application",
        address=chosen.host,
        port=chosen.port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        websockets=False,
        workers=chosen.workers,
        blocking_threads=BLOCKING_THREADS,
        log_access=False,
        log_level=LogLevels.error,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_SECONDS,
    )
    periodic = Companion()
    if not chosen.no_tick:
        server.on_startup(periodic.start)
        server.on_shutdown(periodic.stop)
    address = f"http://{chosen.host}:{chosen.port}/"
    if not os.environ.get("WUGEYI_ALLOWED_HOSTS"):
        # Somebody tries it out on this machine: links in letters lead here.
        os.environ.setdefault("WUGEYI_NOTICE_ADDRESS", address)
    sys.stdout.write(_("服务已启动：%s 按 Ctrl-C 停止。") % address + "\n")
    sys.stdout.flush()
    try:
        server.serve()
    finally:
        periodic.stop()
    return 0


class Companion:
    """The process for periodic work: started again if it dies, ended with the server."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None
        self.stopping = threading.Event()

    def start(self) -> None:
        """Start the process and a thread that watches it."""
        threading.Thread(target=self.watch, daemon=True).start()

    def watch(self) -> None:
        """Keep one process running."""
        words = [sys.executable, "-m", "wugeyi.cli", "companion", str(os.getpid())]
        while not self.stopping.is_set():
            self.process = subprocess.Popen(words)  # noqa: S603
            code = self.process.wait()
            # A signal to the whole service ends both; this one hears of it later.
            if not self.stopping.wait(RESTART_SECONDS):
                logger.error("The periodic work ended with %s; starting it anew.", code)

    def stop(self) -> None:
        """End the process, letting it finish what it is at for a few seconds."""
        self.stopping.set()
        process = self.process
        if process is None or process.poll() is not None:
            return
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()


def companion(rest: list[str]) -> int:
    """Do the periodic work every minute, and long work as it is asked for.

    For as long as the server lives.

    Parameters
    ----------
    rest
        One word: the process number of the server.
    """
    server = int(rest[0])
    stopping = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stopping.set())
    # Ctrl-C reaches the whole terminal; the server decides when this ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    django.setup()
    from wugeyi.jobs.runner import Runner
    from wugeyi.notices.tasks import run as send_notices

    worker = threading.Thread(target=Runner().run, args=[stopping])
    worker.start()
    # A letter on its way when all ends is unknown; nobody waits for a slow server.
    threading.Thread(target=send_notices, args=[stopping], daemon=True).start()
    due = time.monotonic()
    while not stopping.wait(1) and os.getppid() == server:
        if time.monotonic() >= due:
            tick()
            due = time.monotonic() + TICK_SECONDS
    stopping.set()
    worker.join()
    return 0


def tick() -> None:
    """Run the periodic work once; what fails is logged and tried again next time."""
    from django.core.management import call_command
    from django.db import close_old_connections

    close_old_connections()
    try:
        call_command("tick", verbosity=0, stdout=io.StringIO())
    except (Exception, SystemExit):
        logger.exception("The periodic work failed; it is tried again in a minute.")
    close_old_connections()
