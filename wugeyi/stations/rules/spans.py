"""Spans of days: when a station was open, when it had all that a list asks for.

A span is ``(since, until)``; ``until`` is the first day it no longer holds, None: it
holds on.
"""

from collections.abc import Callable, Sequence
from datetime import date

Days = tuple[date, date | None]
Held = tuple[date, date | None, str]
"""Since, until, and what was so."""


def meeting(
    opened: Sequence[Days],
    items: Sequence[Sequence[Held]],
    wanted: Callable[[date], frozenset[int]],
    turns: Sequence[date] = (),
) -> list[Days]:
    """Return when a station was open and everything wanted was there.

    Parameters
    ----------
    opened
        When it was open.
    items
        For each item its states in their order; "yes" is there.
    wanted
        Which items (by their place in ``items``) a list asks for on a day.
    turns
        Days on which the list changed.
    """
    days = {day for since, until in opened for day in (since, until) if day}
    days |= {
        day
        for held in items
        for since, until, _state in held
        for day in (since, until)
        if day
    }
    days |= set(turns)
    found: list[Days] = []
    for day in sorted(days):
        asked = wanted(day)
        holds = (
            any(_in(day, since, until) for since, until in opened)
            and bool(asked)
            and all(_there(items[place], day) for place in asked)
        )
        running = bool(found) and found[-1][1] is None
        if holds and not running:
            found.append((day, None))
        elif running and not holds:
            found[-1] = (found[-1][0], day)
    return found


def _in(day: date, since: date, until: date | None) -> bool:
    return since <= day and (until is None or day < until)


def _there(held: Sequence[Held], day: date) -> bool:
    return any(
        state == "yes" and _in(day, since, until) for since, until, state in held
    )
