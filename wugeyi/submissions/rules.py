"""What is the same submission, how long it waited, who may review. Pure Python."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from urllib.parse import urlencode

from wugeyi.organisations.rules import Role

CHUNK_BYTES = 512 * 1024
"""Most octets of a photograph in one request: half a minute on a bad line."""
LONGEST_WAIT = timedelta(days=90)
"""What waited longer by the phone's clock is taken for a clock that was set."""
ANSWERS_KEPT = timedelta(days=400)
PHOTOS_KEPT = timedelta(days=7)
"""Photographs whose submission never came are forgotten after this."""
REVIEWED_KEPT = timedelta(days=30)
UNREVIEWED_KEPT = timedelta(days=365)
LONGEST_FIELDS = 200_000

REVIEWERS = (Role.ADMINISTRATOR,)
READS = (Role.ADMINISTRATOR, Role.AUDITOR)
# Whoever may read what was reported in a place opens what was sent from there.
OPENS = (
    Role.WORKER,
    Role.DISPATCHER,
    Role.SUPERVISOR,
    Role.AUDITOR,
    Role.SECRETARY,
)

# Carried along by every form; no part of what somebody wrote.
MACHINERY = frozenset({"csrfmiddlewaretoken", "client_id"})


@dataclass(frozen=True, slots=True)
class Clock:
    """What the phone's own clock said when it was written and when it was sent."""

    written_at: datetime | None = None
    sent_at: datetime | None = None

    @property
    def waited(self) -> timedelta | None:
        """Return how long it waited on the phone; None if the clock was set meanwhile.

        Both times are of the same clock: years off does not matter, being set does.
        """
        if self.written_at is None or self.sent_at is None:
            return None
        span = self.sent_at - self.written_at
        return span if timedelta(0) <= span <= LONGEST_WAIT else None


def content_of(fields: Iterable[tuple[str, list[str]]]) -> str:
    """Return what was written as one line of text, in one order."""
    return urlencode(
        sorted((name, values) for name, values in fields if name not in MACHINERY),
        doseq=True,
    )


def digest_of(kind: str, content: str, photos: Iterable[str]) -> str:
    """Return what tells two submissions under one id apart."""
    whole = "\n".join((kind, content, *photos))
    return sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()


def read_moment(text: str) -> datetime | None:
    """Read a moment as phones write it (ISO 8601 with an offset); None if it is none."""
    try:
        moment = datetime.fromisoformat(text[:40])
    except ValueError:
        return None
    # The ends of the calendar cannot be turned into another zone.
    return moment if moment.tzinfo and 1970 <= moment.year <= 9000 else None
