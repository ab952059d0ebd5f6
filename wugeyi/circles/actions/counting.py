"""Handing what was written to the figures, in the transaction that wrote it."""

from collections.abc import Iterable
from datetime import date, datetime

from wugeyi.circles.models import AreaCoverage, Circle
from wugeyi.figures.actions import refresh


def count_circles(keys: Iterable[int], *, at: datetime, new: bool = False) -> None:
    """Let the figures know of circles."""
    refresh(source="circles", records=list(keys), at=at, new=new)


def count_scenarios(keys: Iterable[int], *, at: datetime, new: bool = False) -> None:
    """Let the figures know of scenarios."""
    refresh(source="circle_scenarios", records=list(keys), at=at, new=new)


def count_areas(keys: Iterable[int], *, at: datetime, new: bool = False) -> None:
    """Let the figures know of what assessments found, place by place."""
    told = list(keys)
    refresh(source="circle_coverage", records=told, at=at, new=new)
    refresh(source="circle_people", records=told, at=at, new=new)


def settle_areas(
    *,
    circle: Circle,
    on: date,
    at: datetime,
    pace: str | None = None,
) -> None:
    """End on a day what assessments of a circle say (at a pace) to the figures."""
    rows = AreaCoverage.objects.filter(
        assessment__circle=circle, counts=True, until=None
    )
    if pace is not None:
        rows = rows.filter(pace=pace)
    keys = list(rows.values_list("pk", flat=True))
    AreaCoverage.objects.filter(pk__in=keys).update(until=on)
    count_areas(keys, at=at)
