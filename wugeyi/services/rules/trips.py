"""Waiting, trips, and where a matter got stuck."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Stage(StrEnum):
    """Where a visit stands."""

    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    SERVED = "served"
    LEFT = "left"


class Result(StrEnum):
    """How a trip ended."""

    DONE = "done"  # at the window, while the person was there
    ACCEPTED = "accepted"  # the back office goes on
    TOLD = "told"  # told everything that is missing
    ASKED = "asked"  # only asked, or fetched the result


def waited_seconds(arrived: datetime, served: datetime, *, queued: bool) -> int | None:
    """Return how long somebody waited; None for who took no number: nobody knows."""
    if not queued:
        return None
    return max(0, int((served - arrived).total_seconds()))


def done_first_time(*, trips: int, done: bool) -> bool:
    """Tell whether one trip was enough."""
    return done and trips == 1


@dataclass(frozen=True, slots=True)
class Span:
    """A time during which something held; an open end is still going on."""

    start: datetime
    end: datetime | None = None


@dataclass(frozen=True, slots=True)
class Holding:
    """An organisation had the matter on its desk."""

    organisation: int
    span: Span


def overlap_seconds(span: Span, start: datetime, until: datetime) -> float:
    """Return how long a span lies between two moments, never below 0."""
    first = max(span.start, start)
    last = until if span.end is None else min(span.end, until)
    return max(0.0, (last - first).total_seconds())


def held_seconds(
    holdings: Iterable[Holding],
    pauses: Sequence[Span],
    *,
    start: datetime,
    until: datetime,
) -> dict[int, int]:
    """Return how long each organisation held a matter, without the paused time.

    Pauses do not overlap each other (a case has one open pause at most).
    """
    found: dict[int, float] = {}
    for holding in holdings:
        seconds = overlap_seconds(holding.span, start, until)
        for pause in pauses:
            first = max(pause.start, holding.span.start)
            last = _earlier(pause.end, holding.span.end)
            if last is None or last > first:
                seconds -= overlap_seconds(Span(first, last), start, until)
        found[holding.organisation] = found.get(holding.organisation, 0.0) + seconds
    return {key: int(seconds) for key, seconds in found.items()}


def _earlier(one: datetime | None, other: datetime | None) -> datetime | None:
    if one is None or other is None:
        return one or other
    return min(one, other)


def stuck(held: dict[int, int]) -> int | None:
    """Return who held a matter longest; of equals the one it came to last.

    None if nobody held it for a second.
    """
    longest = max(held.values(), default=0)
    if longest <= 0:
        return None
    return [key for key, seconds in held.items() if seconds == longest][-1]
