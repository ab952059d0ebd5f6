"""The worker: takes long work as it is asked for, one piece at a time.

Each piece runs in a process of its own (``wugeyi work --do KEY``), so that stopping it
and its crashes leave nothing behind: the database takes back what was not finished.
"""

import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence

from django.db import close_old_connections
from django.utils import timezone

from wugeyi.jobs import actions
from wugeyi.jobs.models import Work

logger = logging.getLogger("wugeyi")
LOOK_SECONDS = 1.0
BEAT_SECONDS = 5.0
# So long a function may take to hear that it should stop.
GRACE_SECONDS = 10.0
STOP_SECONDS = 3.0


def command(work: Work) -> list[str]:
    """Return the words that do a piece of work in a process of its own."""
    return [
        *(sys.executable, "-m", "wugeyi.cli", "work"),
        *("--do", str(work.pk), "--parent", str(os.getpid())),
    ]


class Runner:
    """Takes work, watches its process, and says what became of it."""

    def __init__(self) -> None:
        self.work: Work | None = None
        self.process: subprocess.Popen[bytes] | None = None
        self.beaten = 0.0
        self.stop_asked = 0.0

    def run(self, stopping: threading.Event) -> None:
        """Look every second until told to stop; then put back what was under way."""
        while not stopping.wait(LOOK_SECONDS):
            close_old_connections()
            try:
                self.step()
            except Exception:
                # The database may be away for a while; the work is not lost.
                logger.exception("The worker stumbled; it goes on in a second.")
        self.leave()

    def step(self) -> None:
        """Do the next small thing: take work, or see how its process does."""
        if self.process is None:
            actions.put_back_lost(at=timezone.now())
            work = actions.take(at=timezone.now())
            if work is not None:
                self.begin(work, command(work))
        elif self.process.poll() is None:
            self.watch()
        else:
            self.finish()

    def begin(self, work: Work, words: Sequence[str]) -> None:
        """Start the process of a piece of work."""
        self.work, self.beaten, self.stop_asked = work, time.monotonic(), 0.0
        # A session of its own: Ctrl-C is for the server, which ends it in order.
        self.process = subprocess.Popen(words, start_new_session=True)  # noqa: S603

    def watch(self) -> None:
        """Say now and then that it lives; end it if it does not stop when asked."""
        work, process, now = self.work, self.process, time.monotonic()
        if work is None or process is None:
            return
        if self.stop_asked:
            if now - self.stop_asked > GRACE_SECONDS:
                process.kill()
        elif Work.objects.filter(pk=work.pk, cancel_asked=True).exists():
            self.stop_asked = now
        if now - self.beaten > BEAT_SECONDS:
            self.beaten = now
            actions.beat(work=work, at=timezone.now())

    def finish(self) -> None:
        """Forget a process that ended; what it left unfinished is put back."""
        if self.work is not None:
            actions.put_back(work=self.work, at=timezone.now())
        self.work = self.process = None

    def leave(self) -> None:
        """End what is under way, because the server stops; it is begun again later."""
        if self.process is None or self.work is None:
            return
        self.process.terminate()
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        actions.put_back(work=self.work, at=timezone.now(), counted=False)
        self.work = self.process = None
