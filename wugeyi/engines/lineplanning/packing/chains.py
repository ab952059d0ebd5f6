"""The trips of one stretch, put one after the other as cheaply as can be."""

import numpy as np
from numpy.typing import NDArray

from wugeyi.engines.lineplanning.model import Case
from wugeyi.engines.lineplanning.packing.highs import solver
from wugeyi.engines.lineplanning.plan import Trip
from wugeyi.engines.lineplanning.stretches import Stretch, way

Pair = tuple[int, int]


def follows(case: Case, before: Trip, after: Trip) -> bool:
    """Tell whether a bus that makes one trip is in time for another.

    It stays its minutes at each market once, whether it brings people or fetches them.
    """
    turn = case.rules.turnaround_minutes
    (here, ended), (there, begun) = before.ends, after.begins
    minutes = way(case.ways, here, there)[0]
    stays = 0 if before.home else turn
    if after.home and here != there:
        stays += turn
    return minutes >= 0 and ended + stays + minutes <= begun


def chains(case: Case, stretch: Stretch, trips: list[Trip]) -> list[tuple[Trip, ...]]:
    """Return what each bus does; all trips are made, with the buses there are.

    The ways between them, and the buses, cost least.
    """
    if not trips:
        return []
    trips = sorted(
        trips, key=lambda trip: (trip.begins[1], trip.ends[1], trip.requests)
    )
    ends = _ends(case, stretch, trips)
    chosen = dict(_cheapest(ends, stretch.count, _saved(case, stretch, trips)))
    found = []
    for first in sorted(set(range(len(trips))) - set(chosen.values())):
        chain = [first]
        while chain[-1] in chosen:
            chain.append(chosen[chain[-1]])
        found.append(tuple(trips[number] for number in chain))
    return found


def _ends(case: Case, stretch: Stretch, trips: list[Trip]) -> NDArray[np.bool_]:
    """Return by trip whether it may be a bus's last, then whether its first."""
    turn, found = case.rules.turnaround_minutes, []
    for trip in trips:
        minutes = way(case.ways, trip.ends[0], stretch.ends_at)[0]
        back = trip.ends[1] + (0 if trip.home else turn) + minutes
        found.append(minutes >= 0 and back <= stretch.until_minute)
    for trip in trips:
        minutes = way(case.ways, stretch.starts_at, trip.begins[0])[0]
        out = trip.begins[1] - (turn if trip.home else 0) - minutes
        found.append(minutes >= 0 and out >= stretch.from_minute)
    return np.array(found)


def _saved(case: Case, stretch: Stretch, trips: list[Trip]) -> dict[Pair, int]:
    """Return what one bus for two trips saves over two buses, thousandths of a fen."""
    ways, per_km = case.ways, stretch.vehicle.cost_fen_per_km
    out = [way(ways, stretch.starts_at, trip.begins[0])[1] for trip in trips]
    back = [way(ways, trip.ends[0], stretch.ends_at)[1] for trip in trips]
    found = {}
    for i, before in enumerate(trips):
        for j in range(i + 1, len(trips)):
            if follows(case, before, trips[j]):
                metres = way(ways, before.ends[0], trips[j].begins[0])[1]
                saved = (back[i] + out[j] - metres) * per_km
                found[i, j] = saved + stretch.once_milli
    return found


def _cheapest(
    ends: NDArray[np.bool_], buses: int, saves: dict[Pair, int]
) -> list[Pair]:
    """Return who follows whom, each once, so as to save most with so many buses."""
    import highspy

    many = len(ends) // 2

    pairs = list(saves)
    program = highspy.HighsLp()
    program.num_col_, program.num_row_ = len(pairs), 2 * many + 1
    program.sense_ = highspy.ObjSense.kMaximize
    program.col_cost_ = np.array([saves[each] for each in pairs], float)
    program.col_lower_, program.col_upper_ = np.zeros(len(pairs)), np.ones(len(pairs))
    program.row_lower_ = np.append(~ends, many - buses).astype(float)
    program.row_upper_ = np.append(np.ones(2 * many), many)
    program.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    program.a_matrix_.start_ = np.arange(0, 3 * len(pairs) + 1, 3)
    rows = [row for i, j in pairs for row in (i, many + j, 2 * many)]
    program.a_matrix_.index_ = np.array(rows, np.int32)
    program.a_matrix_.value_ = np.ones(len(rows))
    highs = solver()
    highs.passModel(program)
    highs.run()
    taken = np.array(highs.getSolution().col_value) if pairs else np.zeros(0)
    return [pair for pair, share in zip(pairs, taken, strict=True) if share > 0.5]
