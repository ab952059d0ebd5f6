"""What a piece of long work is told and may say, and how it is carried out."""

import logging
import time
from datetime import datetime

from django.db import DatabaseError
from django.utils import timezone

from wugeyi.accounts.models import User
from wugeyi.jobs import actions
from wugeyi.jobs.models import Work
from wugeyi.jobs.registry import kind_of

logger = logging.getLogger("wugeyi")
# Often enough for a page, seldom enough for the database.
TELL_SECONDS = 0.5


class Trouble(Exception):
    """Something people can put right; ``code`` names a sentence of the kind."""

    def __init__(self, code: str, value: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.value = value


class Task:
    """One piece of work as its function sees it."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.subject = work.subject
        self.stopped = False
        self._told = 0.0

    @property
    def by(self) -> User | None:
        """Whoever asked for it."""
        return self.work.asked_by

    def now(self) -> datetime:
        """Return the time, for what the function writes."""
        return timezone.now()

    def tell(self, done: int, of: int = 0, message: str = "", value: str = "") -> bool:
        """Say how far it is; False: stop, keeping what is worth keeping.

        Call it as often as convenient, outside transactions; most calls cost nothing.
        ``of=0``: nobody can tell how much there is.
        """
        moment = time.monotonic()
        if self.stopped or moment - self._told < TELL_SECONDS:
            return not self.stopped
        self._told = moment
        self.stopped = not actions.tell(
            work=self.work,
            done=done,
            of=of,
            message=message,
            value=value,
            at=self.now(),
        )
        return not self.stopped


def perform(work: Work) -> Work:
    """Do a piece of work that was taken, in this process, and write how it ended."""
    kind = kind_of(work)
    task = Task(work)
    state, message, value = Work.State.DONE, "", ""
    if kind is None:
        state, message = Work.State.FAILED, "unknown"
    else:
        try:
            kind.function(task)
        except Trouble as trouble:
            state, message, value = Work.State.FAILED, trouble.code, trouble.value
        except DatabaseError:
            # The database went away or was locked for long: another try may do.
            raise
        except Exception:
            logger.exception("Work %s (%s) failed.", work.pk, work.kind)
            state, message = Work.State.FAILED, "fault"
        else:
            if task.stopped:
                state = Work.State.CANCELLED
    actions.end(work=work, state=state, message=message, value=value, at=task.now())
    work.refresh_from_db()
    return work
