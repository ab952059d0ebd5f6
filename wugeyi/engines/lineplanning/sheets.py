"""A plan as tables: every call of every bus, and who is left out."""

import csv
from pathlib import Path

from wugeyi.engines.lineplanning.findings import Language, clock, say
from wugeyi.engines.lineplanning.model import Case
from wugeyi.engines.lineplanning.plan import Plan, Trip
from wugeyi.engines.lineplanning.reasons import Reason

CALLS = {
    "zh": ("车", "班次", "站点", "到", "开", "上下车", "车上人数", "车上筐数"),
    "en": ("bus", "trip", "place", "arrive", "leave", "requests", "persons", "baskets"),
}
LEFT_OUT = {"zh": ("需求", "原因"), "en": ("request", "reason")}

Row = tuple[str, ...]


def calls(case: Case, plan: Plan, language: Language = "zh") -> list[Row]:
    """Return a title row, then a row for each call.

    The market's is a trip's last, of a trip home its first.
    """
    names = {each.code: each.name or each.code for each in (*case.stops, *case.markets)}
    found: list[Row] = [CALLS[language]]
    for block in plan.blocks:
        bus = f"{block.vehicle} {block.number}"
        for number, trip in enumerate(block.trips, start=1):
            rows = _trip(case, trip, names)
            found += [(bus, str(number), *row) for row in rows]
    return found


def _trip(case: Case, trip: Trip, names: dict[str, str]) -> list[Row]:
    rows = [
        (
            names[call.stop],
            clock(call.arrive_minute),
            clock(call.depart_minute),
            " ".join(call.requests),
            str(call.persons_on),
            str(call.baskets_on),
        )
        for call in trip.calls
    ]
    market, minute = names[trip.market], clock(trip.market_minute)
    if not trip.home:
        return [*rows, (market, minute, "", "", "0", "0")]
    riders = [each for each in case.requests if each.code in trip.requests]
    persons = str(sum(each.persons for each in riders))
    baskets = str(sum(each.baskets for each in riders))
    return [(market, "", minute, "", persons, baskets), *rows]


def left_out(reasons: tuple[Reason, ...], language: Language = "zh") -> list[Row]:
    """Return a title row, then a row for each request left out."""
    said = [(each.request, say(each.finding, language)) for each in reasons]
    return [LEFT_OUT[language], *said]


def save(rows: list[Row], path: Path) -> None:
    """Write rows as CSV that spreadsheets take for UTF-8."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)
