"""What riders pay by the baskets they carry, what that brings in, what is missing."""

from collections import Counter

from wugeyi.engines.lineplanning.model import Case
from wugeyi.engines.lineplanning.plan import Plan
from wugeyi.engines.lineplanning.tariff import (
    STANDARD,
    Band,
    Fares,
    Revenue,
    Subsidy,
)

__all__ = [
    "STANDARD",
    "Band",
    "Fares",
    "Revenue",
    "Subsidy",
    "fare_fen",
    "group_fen",
    "revenue",
    "subsidy",
]


def fare_fen(fares: Fares, baskets: int) -> int:
    """Return what one person with so many baskets pays."""
    reached = [each for each in fares.bands if each.from_baskets <= baskets]
    band = max(reached, key=lambda each: each.from_baskets, default=Band(0, 0))
    fen = fares.base_fen + band.fen
    return fen if fares.cap_fen is None else min(fen, fares.cap_fen)


def spread(persons: int, baskets: int) -> dict[int, int]:
    """Return how many persons carry so many baskets, shared as evenly as they go."""
    if persons <= 0:
        return {}
    each, more = divmod(baskets, persons)
    shares = {each: persons - more, each + 1: more}
    return {carried: many for carried, many in shares.items() if many}


def group_fen(fares: Fares, persons: int, baskets: int) -> int:
    """Return what people who travel together pay, baskets shared as evenly as they go."""
    return sum(
        many * fare_fen(fares, carried)
        for carried, many in spread(persons, baskets).items()
    )


def revenue(case: Case, plan: Plan, fares: Fares) -> Revenue:
    """Return what the riders of every trip pay; nobody is counted who is left out."""
    riders = {request.code: request for request in case.requests}
    trips = []
    carried: Counter[int] = Counter()
    for block in plan.blocks:
        for trip in block.trips:
            on = [riders[code] for code in trip.requests]
            fen = sum(group_fen(fares, each.persons, each.baskets) for each in on)
            trips.append((trip, fen))
            for each in on:
                carried.update(spread(each.persons, each.baskets))
    total = sum(fen for _, fen in trips)
    return Revenue(tuple(trips), total, dict(sorted(carried.items())))


def subsidy(case: Case, plan: Plan, fares: Fares) -> Subsidy:
    """Return what driving costs, what riders pay, and the rest."""
    milli = plan.money.driven_milli + plan.money.buses_milli
    cost = -(-milli // 1000)
    taken = revenue(case, plan, fares).fen
    return Subsidy(cost, taken, cost - taken)
