"""What a table would change: new stations, changed ones, those that stand already."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import NAMESPACE_URL, UUID, uuid5

from wugeyi.imports.rules import Finding, Table, error, guess_columns, info, warning
from wugeyi.organisations.models import Organisation
from wugeyi.organisations.queries import within
from wugeyi.places import adapter as places
from wugeyi.places.queries.allocating import has_area, units_at
from wugeyi.stations.models import Item, Station, StationFile, StationKind, WorkPoint
from wugeyi.stations.rules.tables import (
    COLUMNS,
    POINTS,
    STATIONS,
    Line,
    lines,
    missing,
)


@dataclass(frozen=True, slots=True)
class Ready:
    """A row with all a record needs; ``station`` is what it changes, if any."""

    line: Line
    client_id: UUID
    organisation: Organisation
    lon: float
    lat: float
    kind: StationKind | None = None
    items: Mapping[Item, str] = field(default_factory=dict)
    station: Station | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What accepting a table would do."""

    fresh: list[Ready] = field(default_factory=list)
    changed: list[Ready] = field(default_factory=list)
    same: int = 0
    findings: list[Finding] = field(default_factory=list)

    @property
    def ready(self) -> list[Ready]:
        """Rows that would be written."""
        return [*self.fresh, *self.changed]


def plan(sort: str, table: Table, file: StationFile) -> Plan:
    """Read a table as what it would change below a unit; a fixed number of queries."""
    findings = list(table.findings)
    if not table.readable:
        return Plan(findings=findings)
    columns = guess_columns(table.header, COLUMNS[sort])
    lacking = missing(sort, columns)
    if lacking:
        return Plan(findings=[*findings, *lacking])
    items = list(Item.objects.filter(active=True)) if sort == STATIONS else []
    found = guess_columns(
        table.header,
        {each.code: [each.name_zh, each.name_en, each.code] for each in items},
    )
    read, more = lines(
        sort,
        table,
        columns,
        {code: place for code, place in found.items() if place not in columns.values()},
    )
    findings += more
    unit = file.organisation
    at = [places.to_wgs84(each.lon, each.lat, file.system) for each in read]
    owned, more = _owners(read, at, unit)
    findings += more
    if sort == POINTS:
        return _points(read, at, owned, unit, findings)
    return _stations(read, at, owned, items, findings)


def _owners(
    read: Sequence[Line], at: Sequence[tuple[float, float]], unit: Organisation
) -> tuple[list[Organisation | None], list[Finding]]:
    """Return whose each row is: as it says, or in whose area it lies, or the unit's."""
    below = Organisation.objects.filter(within("path", [unit.path]), valid_to=None)
    words = {each.unit for each in read if each.unit}
    named: dict[str, list[Organisation]] = {}
    for row in below.filter(name__in=words):
        named.setdefault(row.name, []).append(row)
    for row in below.filter(code__in=words):
        named[row.code] = [row]
    keys = units_at([lon for lon, _lat in at], [lat for _lon, lat in at], unit)
    known = {
        row.pk: row
        for row in Organisation.objects.filter(
            pk__in={key for key in keys if key is not None}
        )
    }
    findings: list[Finding] = []
    found: list[Organisation | None] = []
    outside: list[Line] = []
    areas = has_area(unit)
    for line, key in zip(read, keys, strict=True):
        if line.unit:
            meant = named.get(line.unit, [])
            if len(meant) != 1:
                code = "unit_twice" if meant else "unknown_unit"
                findings.append(error(line.number, code, line.unit, other=len(meant)))
                found.append(None)
                continue
            found.append(meant[0])
        else:
            found.append(known.get(key, unit) if key else unit)
        if key is None and areas:
            outside.append(line)
    if outside:
        findings.append(
            warning(
                outside[0].number, "outside_area", outside[0].name, other=len(outside)
            )
        )
    return found, findings


def _points(
    read: Sequence[Line],
    at: Sequence[tuple[float, float]],
    owned: Sequence[Organisation | None],
    unit: Organisation,
    findings: list[Finding],
) -> Plan:
    ready = [
        Ready(line, point_id(unit, line, place), owner, *place)
        for line, place, owner in zip(read, at, owned, strict=True)
        if owner is not None
    ]
    there: set[UUID] = set()
    for start in range(0, len(ready), 500):
        part = [each.client_id for each in ready[start : start + 500]]
        there |= set(
            WorkPoint.objects.filter(client_id__in=part, dropped_at=None).values_list(
                "client_id", flat=True
            )
        )
    fresh = [each for each in ready if each.client_id not in there]
    same = len(ready) - len(fresh)
    if same:
        findings.append(info(0, "known_rows", str(same)))
    return Plan(fresh, [], same, findings)


def point_id(unit: Organisation, line: Line, place: tuple[float, float]) -> UUID:
    """Return the id of a point: the same place of the same sort is one record."""
    told = f"{unit.pk} {line.kind} {line.name} {place[0]:.5f} {place[1]:.5f}"
    return uuid5(NAMESPACE_URL, f"wugeyi:stations:point:{told}")


def _stations(
    read: Sequence[Line],
    at: Sequence[tuple[float, float]],
    owned: Sequence[Organisation | None],
    items: Sequence[Item],
    findings: list[Finding],
) -> Plan:
    kinds: dict[str, StationKind] = {}
    for kind in StationKind.objects.filter(active=True):
        kinds |= {kind.name_zh: kind, kind.name_en.lower(): kind, kind.code: kind}
    first = next(iter(kinds.values()), None)
    other = kinds.get("other", first)
    by_code = {item.code: item for item in items}
    coded, named = _standing(read, owned)
    fresh, changed, same = [], [], 0
    for line, place, owner in zip(read, at, owned, strict=True):
        if owner is None:
            continue
        meant = kinds.get(line.kind) or kinds.get(line.kind.lower())
        if (line.kind and meant is None) or not kinds:
            offered = "、".join(dict.fromkeys(each.name_zh for each in kinds.values()))
            findings.append(
                error(line.number, "unknown_kind", line.kind, other=offered)
            )
            continue
        station = coded.get(line.code) or named.get((owner.pk, line.name))
        if (
            line.code
            and line.code not in coded
            and Station.objects.filter(code=line.code).exists()
        ):
            findings.append(error(line.number, "code_elsewhere", line.code))
            continue
        if station is not None and station.ended_on is not None:
            findings.append(warning(line.number, "ended_station", line.name))
            continue
        ready = Ready(
            line,
            _identity(owner, line),
            owner,
            *place,
            kind=meant or (None if station else other),
            items={
                by_code[code]: state
                for code, state in line.items.items()
                if not by_code[code].derived
            },
            station=station,
        )
        if station is None:
            fresh.append(ready)
        elif differs(ready):
            changed.append(ready)
        else:
            same += 1
    if same:
        findings.append(info(0, "known_rows", str(same)))
    return Plan(fresh, changed, same, findings)


def _standing(
    read: Sequence[Line], owned: Sequence[Organisation | None]
) -> tuple[dict[str, Station], dict[tuple[int, str], Station]]:
    owners = {owner.pk for owner in owned if owner is not None}
    rows = Station.objects.select_related("kind", "organisation").prefetch_related(
        "hours", "states"
    )
    here = list(
        rows.filter(organisation__in=owners, name_zh__in={each.name for each in read})
    )
    codes = {each.code for each in read if each.code}
    coded = {
        row.code: row for row in rows.filter(code__in=codes, organisation__in=owners)
    }
    return coded, {(row.organisation_id, row.name_zh): row for row in here}


def _identity(owner: Organisation, line: Line) -> UUID:
    told = f"{owner.pk} {line.name} {line.lon:.5f} {line.lat:.5f}"
    return uuid5(NAMESPACE_URL, f"wugeyi:stations:station:{told}")


def differs(ready: Ready) -> bool:
    """Tell whether a row says something else than what is on record."""
    row = ready.station
    if row is None:
        return True
    told: dict[str, object] = {
        "name_zh": ready.line.name,
        "lon": ready.lon,
        "lat": ready.lat,
        **ready.line.words,
    }
    if ready.kind is not None:
        told["kind"] = ready.kind
    if ready.line.run_by:
        told["run_by"] = ready.line.run_by
    if row.keeper_id:
        told.pop("keeper_name", None)
    if any(getattr(row, name) != value for name, value in told.items()):
        return True
    if ready.line.week is not None and _week_of(row) != _plain(ready.line.week):
        return True
    now = {each.item_id: each.state for each in row.states.all() if not each.until_on}
    return any(now.get(item.pk) != state for item, state in ready.items.items())


def _week_of(row: Station) -> set[tuple[int, int, int]]:
    return {
        (each.weekday, each.opens_minute, each.closes_minute)
        for each in row.hours.all()
    }


def _plain(week: Mapping[int, Sequence[object]]) -> set[tuple[int, int, int]]:
    return {
        (day, span.opens, span.closes)  # type: ignore[attr-defined]
        for day, spans in week.items()
        for span in spans
    }


def file_of(pk: int) -> StationFile | None:
    """Return a table that was sent, with its batch."""
    return (
        StationFile.objects.select_related("batch", "organisation")
        .filter(batch_id=pk)
        .first()
    )


def recent(unit: Organisation) -> list[StationFile]:
    """Return the last tables of a unit, without their content; one query."""
    return list(
        StationFile.objects.filter(organisation=unit)
        .select_related("batch")
        .defer("batch__content")
        .order_by("-pk")[:10]
    )
