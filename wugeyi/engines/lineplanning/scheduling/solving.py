"""The cheapest chains of fixed trips, as flows through who may follow whom."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wugeyi.engines.lineplanning.linear import Program, Term

HALF = 0.5


@dataclass(frozen=True, slots=True)
class Fleet:
    """Buses alike at one depot, and what they may do.

    Parameters
    ----------
    count
        How many there are.
    out, home
        By trip: the cost of driving from the depot to its begin, the fixed cost of a
        bus included, and from its end to the depot; who is in neither is not driven.
    follow
        By trip and the next one: the cost of driving from one to the other; pairs that
        are missing may not follow each other.
    """

    count: int
    out: Mapping[int, int]
    home: Mapping[int, int]
    follow: Mapping[tuple[int, int], int]


@dataclass(frozen=True, slots=True)
class Schedule:
    """Who drives what.

    Parameters
    ----------
    chains
        A fleet's number and its trips in order, for each bus that goes out.
    bound
        No schedule costs less.
    """

    chains: tuple[tuple[int, tuple[int, ...]], ...]
    cost: int
    bound: int

    @property
    def proven(self) -> bool:
        """Tell whether no schedule can cost less."""
        return self.cost <= self.bound


def schedule(
    trips: int, fleets: Sequence[Fleet], *, nodes: int | None = None
) -> Schedule | None:
    """Return the cheapest schedule that drives every trip once.

    Parameters
    ----------
    trips
        How many there are: 0, 1, …
    nodes
        Of HiGHS; the same limit gives the same schedule. None until it is proven.

    Returns
    -------
    Schedule or None
        None where there is none, or none was found within the limit.
    """
    program = Program()
    taken: dict[int, list[Term]] = defaultdict(list)
    steps = [_flow(program, fleet, taken) for fleet in fleets]
    for trip in range(trips):
        program.row(1, 1, taken[trip])
    answer = program.solve(whole=True, nodes=nodes)
    if not answer.values:
        return None
    chains = []
    cost = 0
    for number, (fleet, flow) in enumerate(zip(fleets, steps, strict=True)):
        chosen = {step for step, at in flow.items() if answer.values[at] > HALF}
        after = {here: there for here, there in chosen if here >= 0}
        for here, there in sorted(chosen):
            cost += _cost(fleet, here, there)
            if here < 0:
                chain = [there]
                while after[chain[-1]] >= 0:
                    chain.append(after[chain[-1]])
                chains.append((number, tuple(chain)))
    # The bound is a figure with rounding; costs are whole.
    bound = cost if answer.optimal else min(int(answer.bound - 1e-4) + 1, cost)
    return Schedule(tuple(chains), cost, bound)


def _cost(fleet: Fleet, here: int, there: int) -> int:
    if here < 0:
        return fleet.out[there]
    return fleet.home[here] if there < 0 else fleet.follow[here, there]


def _flow(
    program: Program, fleet: Fleet, taken: dict[int, list[Term]]
) -> dict[tuple[int, int], int]:
    """Add what buses of a fleet may do; return the columns by from and to, -1 depot."""
    known = set(fleet.out) & set(fleet.home)
    steps: dict[tuple[int, int], int] = {}
    into: dict[int, list[Term]] = defaultdict(list)
    out: dict[int, list[Term]] = defaultdict(list)
    for trip in sorted(known):
        steps[-1, trip] = program.column(fleet.out[trip])
        steps[trip, -1] = program.column(fleet.home[trip])
    for (here, there), cost in sorted(fleet.follow.items()):
        # Going home and out again may be cheaper, but takes another bus.
        if here in known and there in known:
            steps[here, there] = program.column(cost)
    for (here, there), column in steps.items():
        into[there].append((column, 1.0))
        out[here].append((column, -1.0))
    for trip in sorted(known):
        program.row(0, 0, into[trip] + out[trip])
        taken[trip] += into[trip]
    program.row(0, fleet.count, [(column, 1.0) for column, _ in out[-1]])
    return steps
