"""Visits: one more is tapped, or days are written; never who came."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from wugeyi.stations.actions.counting import VISITS, counted
from wugeyi.stations.actions.writing import By, note, take
from wugeyi.stations.models import Station, VisitDay, VisitHour
from wugeyi.stations.rules.refusals import Refused, Why

MOST_A_DAY = 20_000
MOST_DAYS = 62


@transaction.atomic
def tap(*, station: Station, more: int = 1, by: By, at: datetime) -> VisitDay:
    """Count one more in this hour, or one less after a slip.

    Raises
    ------
    Refused
        ENDED; BAD_VALUE where there is none to take back, or the day's number was
        written already.
    """
    row = take(station)
    here = timezone.localtime(at)
    day, new = VisitDay.objects.select_for_update(of=("self",)).get_or_create(
        station=row, on=here.date(), defaults={"many": 0, "recorded_at": at}
    )
    if day.written:
        raise Refused(Why.BAD_VALUE, field="written")
    hour, _made = VisitHour.objects.get_or_create(
        day=day, hour=here.hour, defaults={"many": 0}
    )
    if more not in (1, -1) or hour.many + more < 0:
        raise Refused(Why.BAD_VALUE, field="none")
    if day.many + more > MOST_A_DAY:
        raise Refused(Why.BAD_VALUE, field="many")
    hour.many += more
    hour.save(update_fields=["many"])
    day.many += more
    day.recorded_at = at
    day.save(update_fields=["many", "recorded_at"])
    after = {"on": day.on, "hour": here.hour, "many": hour.many}
    note(day, station=row, action="tap", by=by, at=at, after=after)
    counted(VISITS, [day.pk], at=at, new=new)
    return day


@transaction.atomic
def count_days(
    *, station: Station, days: Mapping[date, int], by: By, at: datetime
) -> int:
    """Write how many came on some days; return how many days were new or otherwise.

    Raises
    ------
    Refused
        ENDED; BAD_DAYS for days to come, or more than two months at once; BAD_VALUE
        for a number that cannot be.
    """
    row = take(station)
    today = timezone.localdate(at)
    if len(days) > MOST_DAYS or any(day > today for day in days):
        raise Refused(Why.BAD_DAYS, field="future")
    if any(not 0 <= many <= MOST_A_DAY for many in days.values()):
        raise Refused(Why.BAD_VALUE, field="many", most=MOST_A_DAY)
    known = {
        each.on: each
        for each in VisitDay.objects.select_for_update(of=("self",)).filter(
            station=row, on__in=list(days)
        )
    }
    before = {
        day.isoformat(): known[day].many
        for day, many in days.items()
        if day in known and (known[day].many != many or not known[day].written)
    }
    fresh = VisitDay.objects.bulk_create(
        VisitDay(station=row, on=day, many=many, written=True, recorded_at=at)
        for day, many in sorted(days.items())
        if day not in known
    )
    changed = []
    for text in before:
        each = known[date.fromisoformat(text)]
        each.many, each.written, each.recorded_at = days[each.on], True, at
        each.save(update_fields=["many", "written", "recorded_at"])
        changed.append(each.pk)
    if not fresh and not changed:
        return 0
    note(
        row,
        station=row,
        action="count_days",
        by=by,
        at=at,
        before=before,
        after={day.isoformat(): many for day, many in sorted(days.items())},
    )
    counted(VISITS, [each.pk for each in fresh], at=at, new=True)
    counted(VISITS, changed, at=at)
    return len(fresh) + len(changed)
