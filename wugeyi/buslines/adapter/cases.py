"""Rows of a line → what the engine plans from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from wugeyi.buslines.models import (
    Demand,
    FareTable,
    RegularDuty,
    Spot,
    Timetable,
    Vehicle,
    WaysTable,
)
from wugeyi.buslines.rules.rulenames import APART
from wugeyi.engines.lineplanning.fares import Band, Fares
from wugeyi.engines.lineplanning.findings import Finding
from wugeyi.engines.lineplanning.inputs import findings as inputs_findings
from wugeyi.engines.lineplanning.model import (
    NO_ROAD,
    Apart,
    Case,
    Departure,
    Depot,
    Market,
    Request,
    Rules,
    Stop,
    Ways,
)
from wugeyi.engines.lineplanning.model import RegularDuty as Fixed
from wugeyi.engines.lineplanning.model import Vehicle as Bus

__all__ = ["Case", "Fares", "Finding", "Rows", "case_of_rows", "fares_of"]


@dataclass(frozen=True, slots=True)
class Rows:
    """What holds on a day, as it stands in the database."""

    name: str
    spots: Sequence[Spot]
    demands: Sequence[Demand]
    vehicles: Sequence[Vehicle]
    rules: Mapping[str, int]
    ways: WaysTable | None
    timetable: Timetable | None
    counts: Mapping[str, int]
    """Buses by the vehicle's code where a scenario says another number."""
    regular: Sequence[RegularDuty] = ()


def case_of_rows(rows: Rows) -> Case:
    """Return the engine's case; places are in the order of their codes."""
    spots = {spot.pk: spot for spot in rows.spots}
    standard = _rules(rows.rules)
    by_kind: dict[str, list[Spot]] = {kind: [] for kind in Spot.Kind.values}
    for spot in sorted(rows.spots, key=lambda each: each.code):
        by_kind[spot.kind].append(spot)
    return Case(
        stops=tuple(
            Stop(**_place(spot, standard.apart), longest_cm=spot.longest_cm)
            for spot in by_kind[Spot.Kind.STOP]
        ),
        markets=tuple(
            Market(
                **_place(spot, standard.apart),
                opens_minute=spot.opens_minute,
                closes_minute=spot.closes_minute,
            )
            for spot in by_kind[Spot.Kind.MARKET]
        ),
        depots=tuple(
            Depot(**_place(spot, standard.apart)) for spot in by_kind[Spot.Kind.DEPOT]
        ),
        ways=_ways(rows.ways, [spot.code for spot in rows.spots]),
        vehicles=tuple(_bus(each, rows.counts, spots) for each in rows.vehicles),
        requests=tuple(_request(each, spots) for each in rows.demands),
        departures=_departures(rows.timetable),
        rules=standard,
        name=rows.name,
        regular_duties=tuple(
            _fixed(each, spots) for each in rows.regular if _there(each, rows)
        ),
    )


def _place(spot: Spot, standard: Apart) -> dict[str, Any]:
    own = {
        name: getattr(spot, name)
        for name in sorted(APART)
        if getattr(spot, name) is not None
    }
    return {
        "code": spot.code,
        "name": spot.name,
        "apart": replace(standard, **own) if own else None,
        "lat": spot.lat,
        "lon": spot.lon,
    }


def _rules(numbers: Mapping[str, int]) -> Rules:
    known = {field.name for field in fields(Rules)} - {"apart"}
    given: dict[str, Any] = {
        name: number for name, number in numbers.items() if name in known
    }
    apart = {name: numbers[name] for name in APART if name in numbers}
    return Rules(**given, apart=replace(Rules().apart, **apart))


def _ways(table: WaysTable | None, codes: Iterable[str]) -> Ways:
    """Return the ways between the places that are there; others have been before."""
    if table is None:
        return Ways((), (), ())
    known = set(codes)
    held = table.ways
    keep = [i for i, code in enumerate(held["codes"]) if code in known]

    def cut(matrix: list[list[int | None]]) -> tuple[tuple[int, ...], ...]:
        return tuple(
            tuple(NO_ROAD if (cell := matrix[i][j]) is None else cell for j in keep)
            for i in keep
        )

    return Ways(
        tuple(held["codes"][i] for i in keep), cut(held["minutes"]), cut(held["metres"])
    )


def _code(spots: Mapping[int, Spot], key: int, fallback: Spot) -> str:
    found = spots.get(key)
    return found.code if found else fallback.code


def _bus(row: Vehicle, counts: Mapping[str, int], spots: Mapping[int, Spot]) -> Bus:
    return Bus(
        code=row.code,
        name=row.name,
        depot=_code(spots, row.depot_id, row.depot),
        count=counts.get(row.code, row.count),
        seats=row.seats,
        basket_places=row.basket_places,
        length_cm=row.length_cm,
        floor_dm2=row.floor_dm2,
        cost_fen_per_km=row.cost_fen_per_km,
        fixed_fen=row.fixed_fen,
        from_minute=row.from_minute,
        until_minute=row.until_minute,
    )


def _there(row: RegularDuty, rows: Rows) -> bool:
    """Tell whether a scenario with fewer buses still has the one of a regular duty."""
    return row.number <= rows.counts.get(row.vehicle, row.number)


def _fixed(row: RegularDuty, spots: Mapping[int, Spot]) -> Fixed:
    return Fixed(
        code=row.code,
        name=row.name,
        vehicle=row.vehicle,
        number=row.number,
        starts_minute=row.starts_minute,
        starts_at=_code(spots, row.starts_at_id, row.starts_at),
        ends_minute=row.ends_minute,
        ends_at=_code(spots, row.ends_at_id, row.ends_at),
        same_driver=row.same_driver,
    )


def _request(row: Demand, spots: Mapping[int, Spot]) -> Request:
    return Request(
        code=row.code,
        name=row.name,
        stop=_code(spots, row.stop_id, row.stop),
        market=_code(spots, row.market_id, row.market),
        persons=row.persons,
        baskets=row.baskets,
        earliest_minute=row.earliest_minute,
        latest_minute=row.latest_minute,
        home=row.home,
    )


def _departures(table: Timetable | None) -> tuple[Departure, ...]:
    if table is None:
        return ()
    return tuple(
        Departure(place=str(code), minute=int(minute), line=str(line))
        for code, minute, line in table.departures
    )


def fares_of(table: FareTable | None) -> Fares | None:
    """Return the engine's fare table; its bands are read with the row."""
    if table is None:
        return None
    bands = tuple(Band(each.from_baskets, each.fen) for each in table.bands.all())
    return Fares(table.base_fen, bands, table.cap_fen)


def noticed(case: Case) -> tuple[Finding, ...]:
    """Return what is wrong with a case before anything is planned."""
    return inputs_findings(case)
