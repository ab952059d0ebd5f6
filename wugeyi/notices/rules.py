"""Who hears, and when. Pure Python."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

# Inferred: when most people sleep. Each reader may change it.
QUIET_FROM = time(22)
QUIET_UNTIL = time(7)
# Told to one address only: its own confirmation, and a try of whoever looks after it.
CONFIRM = "notices.confirm"
CODE = "notices.code"
TRIAL = "notices.trial"
TO_ONE_ADDRESS = frozenset({CONFIRM, CODE, TRIAL})
# So long after a letter the next one to the same address waits for company.
BUNDLE_WITHIN = timedelta(minutes=10)
# How long an address waits for its link to be opened before it is erased.
CONFIRM_WITHIN = timedelta(hours=48)
# A letter that was begun so long ago and never reported back: nobody knows.
UNKNOWN_AFTER = timedelta(minutes=5)
# Told so long ago and sent to nobody yet, as after a stop of the server: no news any more.
STALE_AFTER = timedelta(days=3)
# Waits between tries of a letter that surely did not arrive; then it has failed.
RETRY_AFTER = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=3),
    timedelta(hours=12),
)


@dataclass(frozen=True, slots=True)
class Reader:
    """Whom a message is for. Make one by the three class methods."""

    user: int | None = None
    topic: str = ""
    key: int | None = None
    desk: int | None = None
    roles: tuple[str, ...] = ()
    subscriber: int | None = None

    @classmethod
    def person(cls, user: int) -> "Reader":
        """Somebody who signs in, by the key of their account."""
        return cls(user=user)

    @classmethod
    def holder(cls, topic: str, key: int) -> "Reader":
        """Whoever follows a row by its receipt, such as ``casework.case`` 17."""
        return cls(topic=topic, key=key)

    @classmethod
    def at_desk(cls, organisation: int, *roles: str) -> "Reader":
        """Whoever works at an organisation on the day it is sent.

        With ``roles``: whoever holds one of them there or in a unit above it.
        """
        return cls(desk=organisation, roles=roles)

    @classmethod
    def follower(cls, subscriber: int) -> "Reader":
        """One who asked to be told, by the key of that."""
        return cls(subscriber=subscriber)


def shortened(text: str, most: int) -> str:
    """Return a text of at most ``most`` characters, ending in … where it was cut."""
    return text if len(text) <= most else text[: most - 1] + "…"


def row_key(text: str) -> int:
    """Read a row's key from an address; 0 for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def masked(value: str) -> str:
    """Return an address so that its owner knows it and nobody learns it."""
    name, at, host = value.partition("@")
    if at:
        return f"{name[:1]}***@{host}"
    return f"{value[:3]}****{value[-2:]}" if len(value) > 6 else "****"


def quiet(at: datetime, *, start: time, end: time, zone: ZoneInfo) -> bool:
    """Tell whether a moment lies in somebody's quiet hours; equal ends: there are none.

    ``start`` belongs to the quiet, ``end`` no more; they may lie over midnight.
    """
    now = at.astimezone(zone).time()
    if start <= end:
        return start <= now < end
    return now >= start or now < end


def not_before(at: datetime, *, start: time, end: time, zone: ZoneInfo) -> datetime:
    """Return ``at``, or the end of the quiet hours it lies in."""
    if not quiet(at, start=start, end=end, zone=zone):
        return at
    here = at.astimezone(zone)
    morning = here.replace(
        hour=end.hour, minute=end.minute, second=0, microsecond=0, fold=0
    )
    if morning <= here:
        tomorrow = here.date() + timedelta(days=1)
        morning = datetime.combine(tomorrow, end, tzinfo=zone)
    return morning.astimezone(at.tzinfo)
