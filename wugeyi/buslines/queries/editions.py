"""Which timetable is in force, which comes, and what each changed."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Prefetch, QuerySet

from wugeyi.buslines.adapter.tickets import by_baskets
from wugeyi.buslines.models import Call, Edition, FareTable, Line, Plan, Trip, holding
from wugeyi.buslines.rules.changes import Changes, Stand, changes


def in_force(line: Line, on: date) -> Edition | None:
    """Return the timetable a line runs by on a day; None where it does not run.

    One query. A line that has ended runs no more, whatever was announced.
    """
    if line.closed_on is not None and on >= line.closed_on:
        return None
    return _published(line).filter(holding(on)).first()


def coming(line: Line, after: date) -> Edition | None:
    """Return the next timetable that was published and begins after a day."""
    found = _published(line).filter(valid_from__gt=after).order_by("valid_from")
    return found.first()


def _published(line: Line) -> QuerySet[Edition]:
    rows = Edition.objects.filter(
        line=line, published_at__isnull=False, withdrawn_at=None
    )
    return rows.select_related("line__organisation", "fares").prefetch_related(
        "fares__bands"
    )


def editions(line: Line) -> list[Edition]:
    """Return all editions of a line, the newest first; a line has a few a year."""
    rows = Edition.objects.filter(line=line).select_related("fares", "published_by")
    return list(rows.order_by("-number")[:200])


def load(pk: int) -> Edition | None:
    """Return an edition with its line, plan's keys and fares; two queries."""
    rows = Edition.objects.select_related(
        "line__organisation", "fares", "decision", "published_by", "recorded_by"
    ).prefetch_related("fares__bands")
    return rows.filter(pk=pk).first()


def load_plan(pk: int) -> Plan | None:
    """Return a plan with its line."""
    rows = Plan.objects.select_related(
        "scenario__line__organisation", "scenario__fares"
    )
    return rows.filter(pk=pk).first()


def trips(edition: Edition) -> list[Trip]:
    """Return the trips of an edition with their calls and stops; two queries."""
    calls = Call.objects.select_related("stop").order_by("position")
    rows = Trip.objects.filter(edition=edition).select_related("market")
    return list(rows.order_by("number").prefetch_related(Prefetch("calls", calls)))


def before(edition: Edition) -> Edition | None:
    """Return the edition this one follows: the last published before its first day."""
    rows = _published(edition.line).filter(valid_from__lt=edition.valid_from)
    return rows.exclude(pk=edition.pk).order_by("-valid_from").first()


def changed(edition: Edition) -> Changes:
    """Return what differs from the edition before; derived, six queries."""
    older = before(edition)
    return changes(stand(older) if older else None, stand(edition))


def stand(edition: Edition) -> Stand:
    """Return an edition as passengers see it; a query and its fares' bands."""
    times: dict[tuple[int, bool], list[int]] = defaultdict(list)
    names: dict[int, str] = {}
    rows = Call.objects.filter(trip__edition=edition).values_list(
        "stop_id", "stop__name", "trip__home", "arrive_minute", "depart_minute"
    )
    for stop, name, home, arrive, depart in rows:
        names[stop] = name
        times[stop, home].append(arrive if home else depart)
    return Stand(
        times={key: tuple(sorted(minutes)) for key, minutes in times.items()},
        names=names,
        fares=by_baskets(edition.fares) if edition.fares else (),
        weekdays=edition.weekdays,
    )


def fare_tables(line: Line) -> list[FareTable]:
    """Return the fare tables an edition may announce, the newest first."""
    rows = FareTable.objects.filter(line=line, trial=False).prefetch_related("bands")
    return list(rows.order_by("-valid_from", "-pk")[:20])


def fares_on(line: Line, on: date) -> FareTable | None:
    """Return the fare table that holds on a day."""
    rows = FareTable.objects.filter(holding(on), line=line, trial=False)
    return rows.order_by("-valid_from").first()


def last_day(edition: Edition, today: date) -> date:
    """Return the last day a feed may promise: its end, or a year ahead."""
    if edition.valid_until is not None:
        return edition.valid_until - timedelta(days=1)
    return max(today, edition.valid_from) + timedelta(days=365)


def in_force_by_line(lines: Iterable[Line], on: date) -> dict[int, Edition]:
    """Return the timetables in force by key of line; one query for all lines."""
    open_lines = [
        line.pk for line in lines if line.closed_on is None or on < line.closed_on
    ]
    rows = Edition.objects.filter(
        holding(on),
        line__in=open_lines,
        published_at__isnull=False,
        withdrawn_at=None,
    )
    return {row.line_id: row for row in rows}
