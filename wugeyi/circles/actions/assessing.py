"""A circle is looked at on a day, and what was found is kept."""

from datetime import date, datetime

from django.db import transaction

from wugeyi.circles.actions.counting import count_areas, count_assessments
from wugeyi.circles.actions.writing import By, note, take
from wugeyi.circles.models import AreaCoverage, Assessment, Circle, Coverage
from wugeyi.circles.queries.seen import Seen, SeenKind, seen
from wugeyi.circles.rules.paces import Pace
from wugeyi.circles.rules.refusals import Refused, Why

AT_ONCE = 500


def assess(
    *,
    circle: Circle,
    on: date,
    paces: tuple[Pace, ...] = (Pace.ADULT, Pace.ELDER),
    by: By,
    at: datetime,
    version: int | None = None,
) -> list[Assessment]:
    """Find who is inside and outside on a day, at each pace, and keep it.

    What stood for a pace is superseded, never changed. If nothing changed since the
    one that stands (the same digest), that one is returned and nothing is written.
    Computing happens before the transaction, so that writers do not wait for it.

    Raises
    ------
    Refused
        As ``queries.seen.seen``; NO_HOMES; CHANGED, CLOSED.
    """
    looks = [seen(circle, circle.setting(pace), today=on) for pace in paces]
    if not all(look.homes for look in looks):
        raise Refused(Why.NO_HOMES)
    return keep(circle=circle, looks=looks, on=on, by=by, at=at, version=version)


@transaction.atomic
def keep(
    *,
    circle: Circle,
    looks: list[Seen],
    on: date,
    by: By,
    at: datetime,
    version: int | None = None,
) -> list[Assessment]:
    """Write looks at a circle as its assessments; part of ``assess``.

    Raises
    ------
    Refused
        CLOSED; CHANGED if the circle was changed while it was being looked at.
    """
    looked_at = looks[0].circle.version
    circle = take(circle, version=looked_at if version is None else version)
    standing = {
        each.pace: each
        for each in Assessment.objects.filter(circle=circle, superseded_at=None)
    }
    kept, fresh = [], []
    for look in looks:
        old = standing.get(look.setting.pace)
        if old is not None and old.digest == look.digest:
            kept.append(old)
            continue
        if old is not None:
            _supersede(old, on, at)
        made = _assessment(circle, look, on, by, at)
        fresh.append((made, look))
        kept.append(made)
    for made, look in fresh:
        _write(made, look, at)
    if fresh:
        _tell(circle, fresh, on, by, at)
        keys = [made.pk for made, _look in fresh]
        count_assessments(keys, at=at, new=True)
    return kept


def _supersede(old: Assessment, on: date, at: datetime) -> None:
    old.superseded_at = at
    # An assessment of an earlier day than the one it replaces ends where it began.
    old.superseded_on = max(on, old.on)
    old.save(update_fields=["superseded_at", "superseded_on"])
    count_assessments([old.pk], at=at)


def _assessment(
    circle: Circle, look: Seen, on: date, by: By, at: datetime
) -> Assessment:
    return Assessment.objects.create(
        circle=circle,
        on=on,
        pace=look.setting.pace.value,
        speed_mm_s=look.setting.speed_mm_s,
        slope=look.setting.slope,
        minutes=look.setting.minutes,
        network=circle.network,
        digest=look.digest,
        facilities_unattached=len(look.unattached),
        by=by,
        at=at,
    )


def _write(made: Assessment, look: Seen, at: datetime) -> None:
    Coverage.objects.bulk_create(
        (_coverage(made, kind) for kind in look.kinds), batch_size=AT_ONCE
    )
    circle = made.circle
    areas = AreaCoverage.objects.bulk_create(
        [
            AreaCoverage(
                assessment=made,
                organisation_id=organisation,
                kind_id=kind,
                pace=made.pace,
                counts=circle.counts,
                since=made.on,
                recorded_at=at,
                **counts.columns(),
            )
            for (organisation, kind), counts in look.areas.items()
        ],
        batch_size=AT_ONCE,
    )
    if circle.counts:
        _replace(made, {area.organisation_id for area in areas}, at)
        count_areas([area.pk for area in areas], at=at, new=True)


def _coverage(made: Assessment, kind: SeenKind) -> Coverage:
    return Coverage(
        assessment=made,
        kind=kind.kind,
        limit_ms=kind.limit_ms,
        facilities=kind.facilities,
        reached=kind.reached,
        capacity=kind.capacity,
        capacity_unknown=kind.capacity_unknown,
        demand=kind.demand,
        lacking=kind.lacking,
        worst_home_id=kind.worst_home,
        worst_seconds=kind.worst_seconds,
        **kind.counts.columns(),
    )


def _replace(made: Assessment, places: set[int], at: datetime) -> None:
    """End what earlier assessments say of the same places, whichever circle's they are.

    What the circle's own last one said of a place without homes any more ends too.
    """
    earlier = AreaCoverage.objects.filter(
        counts=True, until=None, pace=made.pace
    ).exclude(assessment=made)
    rows = list(
        (
            earlier.filter(organisation__in=places)
            | earlier.filter(assessment__circle=made.circle)
        ).only("pk", "since")
    )
    for row in rows:
        row.until = max(made.on, row.since)
    AreaCoverage.objects.bulk_update(rows, ["until"], batch_size=AT_ONCE)
    count_areas([row.pk for row in rows], at=at)


def _tell(
    circle: Circle,
    fresh: list[tuple[Assessment, Seen]],
    on: date,
    by: By,
    at: datetime,
) -> None:
    look = fresh[0][1]
    note(
        circle,
        action="assess",
        by=by,
        at=at,
        after={
            "on": on,
            "paces": [made.pace for made, _look in fresh],
            "homes": look.everything.homes,
            "residents": look.everything.residents,
            "digest": look.digest,
        },
    )
