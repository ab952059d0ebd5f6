"""Scenarios of a line, what they change, and the plans made for them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet

from wugeyi.buslines.models import (
    FareTable,
    Line,
    Plan,
    Scenario,
    Vehicle,
    holding,
)
from wugeyi.buslines.queries.inputs import Overrides

PAGE = 30
MOST_PLANS = 50
# Read only where a plan is looked at: they are large.
LARGE = ("inputs", "result", "breaches", "fares")


@dataclass(frozen=True, slots=True)
class Page:
    """Scenarios with ``latest``: their plans, newest first; keys of the pages beside."""

    rows: list[Scenario]
    newer: int | None
    older: int | None


def overrides_of(scenario: Scenario) -> Overrides:
    """Return what a scenario changes, as ``case_of`` takes it; at most one query."""
    return Overrides(
        stops_limit=scenario.stops_limit,
        ride_limit_minutes=scenario.ride_limit_minutes,
        hard_minutes=scenario.hard_minutes,
        soft_minutes=scenario.soft_minutes,
        price_fen=scenario.price_fen,
        fleet={row.vehicle_id: row.count for row in scenario.fleet.all()},
        fares=scenario.fares_id,
    )


def scenarios(
    line: Line, *, older: int | None = None, newer: int | None = None
) -> Page:
    """Return one page of a line's scenarios, newest first; three queries."""
    rows = _whole().filter(line=line, withdrawn_at=None)
    if newer is not None:
        found = list(rows.filter(pk__gt=newer).order_by("pk")[: PAGE + 1])
        more = len(found) > PAGE
        found = found[:PAGE][::-1]
        first = found[0].pk if more and found else None
        return Page(found, first, found[-1].pk if found else None)
    if older is not None:
        rows = rows.filter(pk__lt=older)
    found = list(rows.order_by("-pk")[: PAGE + 1])
    more = len(found) > PAGE
    found = found[:PAGE]
    first = found[0].pk if older is not None and found else None
    return Page(found, first, found[-1].pk if more else None)


def chosen(line: Line, keys: Iterable[int]) -> list[Scenario]:
    """Return scenarios of a line in the order asked, with plans; three queries."""
    wanted = list(dict.fromkeys(keys))
    rows = _whole().filter(line=line, pk__in=wanted)
    found = {row.pk: row for row in rows}
    return [found[key] for key in wanted if key in found]


def _whole() -> QuerySet[Scenario]:
    plans = Plan.objects.defer(*LARGE).select_related("work").order_by("-pk")
    return Scenario.objects.select_related("fares").prefetch_related(
        "fleet__vehicle", Prefetch("plans", queryset=plans, to_attr="latest")
    )


def load_scenario(key: int) -> Scenario | None:
    """Return a scenario with its line; fleet and fares come with two more queries."""
    return (
        Scenario.objects.select_related("line__organisation", "fares", "by")
        .prefetch_related("fleet__vehicle")
        .filter(pk=key)
        .first()
    )


def plans_of(scenario: Scenario) -> list[Plan]:
    """Return a scenario's plans, newest first, without what is large; one query."""
    rows = scenario.plans.defer(*LARGE).select_related("work", "by", "base")
    return list(rows.order_by("-pk")[:MOST_PLANS])


def best_of(plans: Iterable[Plan]) -> Plan | None:
    """Return the newest plan that was worked out and not changed by hand."""
    done = (each for each in plans if each.finished_at and each.base_id is None)
    return next(done, None)


def vehicles(line: Line, on: date) -> list[Vehicle]:
    """Return the types of buses a line has on a day; one query."""
    return list(Vehicle.objects.filter(holding(on), line=line).order_by("code", "pk"))


def fare_tables(line: Line) -> QuerySet[FareTable]:
    """Return the fare tables that stand or are for comparing; bands with one more."""
    rows = FareTable.objects.filter(line=line, valid_until=None)
    return rows.prefetch_related("bands").order_by("trial", "pk")


def latest(scenario: Scenario) -> list[Plan]:
    """Return the plans that came with a scenario of a list, newest first."""
    plans: list[Plan] = scenario.latest  # type: ignore[attr-defined]
    return plans
