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


def count_assessments(keys: Iterable[int], *, at: datetime, new: bool = False) -> None:
    """Let the figures know of assessments."""
    refresh(source="circle_assessments", records=list(keys), at=at, new=new)


def count_areas(keys: Iterable[int], *, at: datetime, new: bool = False) -> None:
    """Let the figures know of what assessments found, place by place."""
    told = list(keys)
    refresh(source="circle_coverage", records=told, at=at, new=new)
    refresh(source="circle_people", records=told, at=at, new=new)


def settle_areas(*, circle: Circle, on: date, at: datetime) -> None:
    """End on a day what assessments of a circle say to the figures."""
    rows = list(
        AreaCoverage.objects.filter(
            assessment__circle=circle, counts=True, until=None
        ).only("pk", "since")
    )
    for row in rows:
        row.until = max(on, row.since)
    AreaCoverage.objects.bulk_update(rows, ["until"], batch_size=500)
    count_areas([row.pk for row in rows], at=at)


def begin_areas(*, circle: Circle, on: date, at: datetime) -> None:
    """Let the standing assessments of a circle count from a day on.

    Where something else counts the same homes at the same pace, that goes on.
    """
    rows = list(
        AreaCoverage.objects.filter(
            assessment__circle=circle, assessment__superseded_at=None, counts=False
        )
    )
    taken = set(
        AreaCoverage.objects.filter(
            organisation__in={row.organisation_id for row in rows},
            counts=True,
            until=None,
        ).values_list("organisation_id", "pace")
    )
    begun = [row for row in rows if (row.organisation_id, row.pace) not in taken]
    for row in begun:
        row.counts, row.since = True, max(on, row.since)
    AreaCoverage.objects.bulk_update(begun, ["counts", "since"], batch_size=500)
    count_areas([row.pk for row in begun], at=at, new=True)
