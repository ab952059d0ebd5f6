"""Invented drivers and duties by seed: those of a line like the real one.

Six buses leave early for growers, seven more drive regular services, two of them not at
weekends; three of eighteen drivers are away for some days.
"""

import random
from datetime import date, timedelta

from wugeyi.engines.lineplanning.crew import Driver, Duty

FIRST_DAY = date(2026, 3, 2)  # a Monday
WORKDAYS = (True,) * 5 + (False,) * 2


def drivers(seed: int, many: int = 18, days: int = 28) -> tuple[Driver, ...]:
    """Return drivers of ten years and three stars or more."""
    draw = random.Random(seed)  # noqa: S311 (invented people, no secret)
    away: dict[int, tuple[date, ...]] = {}
    for number in draw.sample(range(many), min(3, many)):
        first = FIRST_DAY + timedelta(draw.randrange(max(days - 5, 1)))
        long = draw.choice([1, 2, 4])
        away[number] = tuple(first + timedelta(each) for each in range(long))
    return tuple(
        Driver(
            code=f"D{number + 1:02d}",
            name=f"虚构司机 {number + 1}",
            licensed_on=date(draw.randrange(1995, 2015), draw.randrange(1, 13), 1),
            stars=draw.choice([3, 3, 4, 5]),
            absent=away.get(number, ()),
        )
        for number in range(many)
    )


def duties(seed: int, early: int = 6, regular: int = 7) -> tuple[Duty, ...]:
    """Return early duties of growers' buses and regular ones, some only on workdays."""
    draw = random.Random(1000 + seed)  # noqa: S311 (invented duties, no secret)
    made = []
    for number in range(early):
        begin = 300 + 10 * number
        made.append(_duty(draw, f"F{number + 1}", begin, (True,) * 7))
    for number in range(regular):
        begin = 390 + 315 * number // max(regular - 1, 1)
        weekdays = WORKDAYS if number >= regular - 2 else (True,) * 7
        made.append(_duty(draw, f"R{number + 1}", begin, weekdays))
    return tuple(made)


def _duty(
    draw: random.Random, code: str, begin: int, weekdays: tuple[bool, ...]
) -> Duty:
    """Return a duty of two or three stretches with breaks between."""
    driven, minute = [], begin
    for _ in range(2):
        long = draw.randrange(150, 200, 10)
        driven.append((minute, minute + long))
        minute += long + draw.randrange(40, 100, 10)
    return Duty(code, begin, driven[-1][1], tuple(driven), weekdays, bus=code)
