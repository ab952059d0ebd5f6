"""Plans: worked out, judged, explained and changed by hand, by the engine.

The rows of this app keep a case, its fares and a plan as JSON; here they become the
engine's records and back. Importing this loads neither numba nor HiGHS.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from importlib.util import find_spec
from typing import Any

from wugeyi.buslines.rules.by_hand import Act, Kind
from wugeyi.buslines.rules.minutes import clock
from wugeyi.engines.lineplanning import by_hand
from wugeyi.engines.lineplanning.archive import (
    case_from_json,
    digest,
    from_json,
    plan_from_json,
    to_json,
)
from wugeyi.engines.lineplanning.checker import check
from wugeyi.engines.lineplanning.fares import (
    Fares,
    Revenue,
    Subsidy,
    fare_fen,
    revenue,
    subsidy,
)
from wugeyi.engines.lineplanning.findings import TEXTS, Finding, Refused, say
from wugeyi.engines.lineplanning.loads import Load, loads
from wugeyi.engines.lineplanning.model import Case, RegularDuty
from wugeyi.engines.lineplanning.plan import Block, Call, Plan, Trip
from wugeyi.engines.lineplanning.stretches import Stretch, by_bus, used

NEEDED = ("numpy", "numba", "highspy")
MILLI = 1000
MINUTE = re.compile(r"(?<!\d)(\d{2,4}) 分(?!钟|之)")
TRIP = re.compile(r"(.+ \d+)( → | )(\S+) (\d+)( →)?")
ENGLISH_MINUTE = re.compile(r"minute (\d{2,4})(?!\d)")

Json = Any
Progress = Callable[[int, int], bool]
"""Told value and bound so far in fen; False stops, and the best so far is kept."""

__all__ = [
    "Block",
    "Call",
    "Case",
    "Fares",
    "Frozen",
    "Left",
    "Load",
    "Plan",
    "Progress",
    "Refused",
    "RegularDuty",
    "Revenue",
    "Seen",
    "Stretch",
    "Subsidy",
    "Trip",
    "Worked",
    "by_bus",
    "changed",
    "fare_fen",
    "freeze",
    "judge",
    "kept",
    "lacking",
    "loads",
    "longest_ride",
    "reasons",
    "revenue",
    "said",
    "see",
    "subsidy",
    "used",
    "work_out",
]


@dataclass(frozen=True, slots=True)
class Frozen:
    """What a plan is made from, as it is kept with it."""

    inputs: Json
    fares: Json
    digest: str
    requests: int


@dataclass(frozen=True, slots=True)
class Left:
    """A request that a plan leaves out."""

    request: str
    persons: int
    baskets: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What lists and comparisons tell of a plan; whole fen and metres."""

    value_fen: int
    bound_fen: int
    proven: bool
    stopped: bool
    persons: int
    baskets: int
    persons_left: int
    requests: int
    requests_left: int
    trips: int
    buses: int
    stops: int
    metres: int
    cost_fen: int
    revenue_fen: int


@dataclass(frozen=True, slots=True)
class Worked:
    """A plan, what the checker says of it, and its figures."""

    result: Json
    breaches: list[Json]
    figures: Figures
    left: tuple[Left, ...]

    def columns(self) -> dict[str, Any]:
        """Return what the row of a plan keeps."""
        kept = {"result": self.result, "breaches": self.breaches}
        return kept | asdict(self.figures)


@dataclass(frozen=True, slots=True)
class Seen:
    """A plan with what it was made from, as the engine's records."""

    case: Case
    made: Plan
    fares: Fares | None


def lacking() -> tuple[str, ...]:
    """Return which packages planning needs and has not; empty: all there."""
    return tuple(name for name in NEEDED if find_spec(name) is None)


def freeze(case: Case, fares: Fares | None) -> Frozen:
    """Return a case and its fares as they are kept."""
    kept = None if fares is None else to_json(fares)
    return Frozen(to_json(case), kept, digest(case), len(case.requests))


def see(inputs: Json, fares: Json, result: Json) -> Seen:
    """Return the engine's records of a plan that was worked out."""
    return Seen(
        case_from_json(inputs),
        plan_from_json(result),
        None if fares is None else from_json(Fares, fares),
    )


def work_out(inputs: Json, fares: Json, steps: int, progress: Progress) -> Worked:
    """Search for the plan worth most; the same for the same inputs and steps."""
    from wugeyi.engines.lineplanning.packing import Work, solve

    case = case_from_json(inputs)

    def told(value_milli: int, bound_milli: int) -> bool:
        return progress(value_milli // MILLI, -(-bound_milli // MILLI))

    made = solve(case, work=Work(steps=steps), progress=told)
    return judge(Seen(case, made, None if fares is None else from_json(Fares, fares)))


def judge(seen: Seen) -> Worked:
    """Check a plan and reckon its figures."""
    case, made = seen.case, seen.made
    left = set(made.left_out)
    riders = {each.code: each for each in case.requests}
    aboard = [each for each in case.requests if each.code not in left]
    value = made.money.value_milli
    return Worked(
        result=to_json(made),
        breaches=to_json(check(case, made)),
        figures=Figures(
            value_fen=value // MILLI,
            # Proven: no plan is worth more, so neither are the rounded figures.
            bound_fen=(
                value // MILLI if made.proven else -(-made.bound_milli // MILLI)
            ),
            proven=made.proven,
            stopped=made.stopped,
            persons=sum(each.persons for each in aboard),
            baskets=sum(each.baskets for each in aboard),
            persons_left=sum(riders[code].persons for code in left),
            requests=len(case.requests),
            requests_left=len(left),
            trips=sum(len(block.trips) for block in made.blocks),
            buses=len(made.blocks),
            stops=len(_stops(made)),
            metres=sum(
                block.empty_metres + sum(trip.metres for trip in block.trips)
                for block in made.blocks
            ),
            cost_fen=-(-(made.money.driven_milli + made.money.buses_milli) // MILLI),
            revenue_fen=(
                0 if seen.fares is None else revenue(case, made, seen.fares).fen
            ),
        ),
        left=tuple(
            Left(code, riders[code].persons, riders[code].baskets)
            for code in made.left_out
        ),
    )


def _stops(made: Plan) -> set[str]:
    return {
        call.stop
        for block in made.blocks
        for trip in block.trips
        for call in trip.calls
    }


def reasons(inputs: Json, result: Json) -> Iterator[tuple[str, Json]]:
    """Yield why each request is left out, as it is found; prices are checked plans'."""
    from wugeyi.engines.lineplanning.reasons import explain
    from wugeyi.engines.lineplanning.trips import pools

    case, made = case_from_json(inputs), plan_from_json(result)
    known = pools(case) if made.left_out else ()
    for code in made.left_out:
        for reason in explain(case, made, only=[code], known=known):
            yield code, to_json(reason.finding)


def changed(seen: Seen, acts: Sequence[Act]) -> tuple[Seen, list[Act]]:
    """Return a plan changed by hand, and the changes that find nothing to change.

    Nothing that a rule forbids is refused: ``judge`` tells what breaks.
    """
    made, lost = seen.made, []
    for act in acts:
        try:
            made = _act(seen.case, made, act)
        except LookupError:
            lost.append(act)
    return Seen(seen.case, made, seen.fares), lost


def _act(case: Case, made: Plan, act: Act) -> Plan:
    if act.kind == Kind.DROP:
        if act.request not in made.served:
            raise LookupError(act.request)
        return by_hand.without(case, made, act.request)
    bus = {"vehicle": act.vehicle, "number": act.number, "trip": act.trip}
    if act.number < 1 or act.to_number < 1:
        raise LookupError(act.number)
    if act.kind == Kind.MOVE:
        return by_hand.moved(case, made, **bus, market_minute=act.minute)  # type: ignore[arg-type]
    if act.kind == Kind.HAND:
        to = {"to_vehicle": act.to_vehicle, "to_number": act.to_number}
        return by_hand.handed(case, made, **bus, **to)  # type: ignore[arg-type]
    return by_hand.withing(case, made, act.request, **bus, place_in_trip=act.position)  # type: ignore[arg-type]


def longest_ride(result: Json) -> int:
    """Return the longest ride of a plan in minutes; 0 if nobody rides."""
    made = plan_from_json(result)
    rides = (
        call.arrive_minute - trip.market_minute
        if trip.home
        else trip.market_minute - call.depart_minute
        for block in made.blocks
        for trip in block.trips
        for call in trip.calls
    )
    return max(rides, default=0)


def said(
    finding: Json, *, english: bool = False, words: Mapping[str, str] | None = None
) -> str:
    """Return a kept finding as a sentence; what has none any more is its code.

    Parameters
    ----------
    words
        What codes in it are called.
    """
    known = from_json(Finding, finding)
    if known.code not in TEXTS:
        return known.code
    text = say(_named(known, words or {}), "en" if english else "zh")
    # The checker counts minutes; people read clocks.
    return (ENGLISH_MINUTE if english else MINUTE).sub(_clock, text)


def _clock(found: re.Match[str]) -> str:
    return clock(int(found[1]))


def _named(finding: Finding, words: Mapping[str, str]) -> Finding:
    """Return a finding with names in place of the codes that are known."""

    def name(value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(name(each) for each in value)
        return words.get(value, value) if isinstance(value, str) else value

    subject = words.get(finding.subject) or _trip_named(finding.subject, words)
    values = {key: name(value) for key, value in finding.values.items()}
    return replace(
        finding,
        subject=subject,
        values=values,
        because=tuple(_named(each, words) for each in finding.because),
    )


def _trip_named(subject: str, words: Mapping[str, str]) -> str:
    """Return "large 1 → m1 370" with names and a clock; anything else as it is."""
    found = TRIP.fullmatch(subject)
    if found is None:
        return subject
    bus, there, market, minute, back = found.groups(default="")
    named = f"{words.get(market, market)} {clock(int(minute))}"
    return f"{words.get(bus, bus)}{there}{named}{back}"


def kept(finding: Finding) -> Json:
    """Return a finding as rows keep it."""
    return to_json(finding)
