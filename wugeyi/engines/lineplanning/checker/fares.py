"""Holds what a plan is said to take in against its riders; shares only records."""

import itertools
from collections.abc import Sequence

from wugeyi.engines.lineplanning.findings import Finding
from wugeyi.engines.lineplanning.model import Case, Request
from wugeyi.engines.lineplanning.plan import Plan, Trip
from wugeyi.engines.lineplanning.tariff import Fares, Revenue, Subsidy

MOST_FEN = 100_000


def check_fares(
    case: Case,
    plan: Plan,
    fares: Fares,
    revenue: Revenue,
    subsidy: Subsidy | None = None,
) -> tuple[Finding, ...]:
    """Return everything that is wrong with a fare table or with sums made by it."""
    found = list(_table(fares))
    riders = {each.code: each for each in case.requests}
    trips = [trip for block in plan.blocks for trip in block.trips]
    told = [trip for trip, _ in revenue.trips]
    if told != trips:
        values = {"told": len(told), "right": len(trips)}
        return (*found, Finding("fare-trips-wrong", "error", "", values))
    right = 0
    carried: dict[int, int] = {}
    for trip, fen in revenue.trips:
        paid = _paid(fares, [riders[code] for code in trip.requests], carried)
        right += paid
        found += _trip(fares, riders, trip, fen, paid)
    if revenue.fen != right:
        sums = {"told": revenue.fen, "right": right}
        found.append(Finding("fare-sum-wrong", "error", "", sums))
    if revenue.by_baskets != carried:
        found.append(Finding("fare-baskets-wrong", "error"))
    if subsidy is not None:
        found += _subsidy(plan, right, subsidy)
    return tuple(found)


def _table(fares: Fares) -> Sequence[Finding]:
    """Return what makes no sense in a fare table."""
    found = []
    figures = [fares.base_fen, *(band.fen for band in fares.bands)]
    figures += [] if fares.cap_fen is None else [fares.cap_fen]
    for fen in figures:
        if not 0 <= fen <= MOST_FEN:
            values = {"fen": fen, "most": MOST_FEN}
            found.append(Finding("fare-absurd", "error", "", values))
    bands = sorted((band.from_baskets, band.fen) for band in fares.bands)
    starts = [start for start, _ in bands]
    for start in starts:
        if start < 0 or starts.count(start) > 1:
            band = {"baskets": start}
            found.append(Finding("fare-band-unclear", "error", "", band))
    for (_, less), (start, more) in itertools.pairwise(bands):
        if more < less:
            cheaper = {"baskets": start}
            found.append(Finding("fare-falls", "warning", "", cheaper))
    if fares.cap_fen is not None and fares.cap_fen < fares.base_fen:
        low = {"cap": fares.cap_fen, "base": fares.base_fen}
        found.append(Finding("fare-cap-below-base", "error", "", low))
    return found


def _paid(fares: Fares, on: list[Request], carried: dict[int, int]) -> int:
    """Return what people pay, person by person, and count what they carry."""
    paid = 0
    for group in on:
        left = group.baskets
        for person in range(group.persons):
            # Whoever is left shares what is left.
            baskets = -(-left // (group.persons - person))
            left -= baskets
            carried[baskets] = carried.get(baskets, 0) + 1
            fen = fares.base_fen
            reached = -1
            for band in fares.bands:
                if reached < band.from_baskets <= baskets:
                    reached, fen = band.from_baskets, fares.base_fen + band.fen
            paid += fen if fares.cap_fen is None else min(fen, fares.cap_fen)
    return paid


def _trip(
    fares: Fares, riders: dict[str, Request], trip: Trip, fen: int, paid: int
) -> Sequence[Finding]:
    persons = sum(riders[code].persons for code in trip.requests)
    label = f"{trip.market} {trip.market_minute}"
    found = []
    if fen != paid:
        values = {"told": fen, "right": paid}
        found.append(Finding("fare-trip-wrong", "error", label, values))
    if fares.cap_fen is not None and fen > persons * fares.cap_fen:
        most = {"told": fen, "most": persons * fares.cap_fen}
        found.append(Finding("fare-cap-exceeded", "error", label, most))
    return found


def _subsidy(plan: Plan, right: int, subsidy: Subsidy) -> Sequence[Finding]:
    milli = plan.money.driven_milli + plan.money.buses_milli
    cost = milli // 1000 + bool(milli % 1000)
    found = []
    pairs = (
        ("cost", subsidy.cost_fen, cost),
        ("revenue", subsidy.revenue_fen, right),
        ("subsidy", subsidy.subsidy_fen, cost - right),
    )
    for name, told, true in pairs:
        if told != true:
            values = {"told": told, "right": true}
            found.append(Finding(f"subsidy-{name}-wrong", "error", "", values))
    return found
