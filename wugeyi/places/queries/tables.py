"""What a table would change: new records, changed ones, those that stand already."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import NAMESPACE_URL, UUID, uuid5

from django.utils.translation import get_language

from wugeyi.imports.rules import Finding, Table, error, guess_columns, info, warning
from wugeyi.organisations.models import Organisation
from wugeyi.organisations.queries import within
from wugeyi.places import adapter, gateway
from wugeyi.places.models import Facility, FacilityKind, Home, Network
from wugeyi.places.queries.allocating import has_area, units_at
from wugeyi.places.queries.noticed import covers
from wugeyi.places.rules.tables import (
    COLUMNS,
    FACILITIES,
    Line,
    lines,
    missing,
)

MODELS: dict[str, type[Facility] | type[Home]] = {FACILITIES: Facility, "homes": Home}
SHOWN_KINDS = 12
# Enough to tell a system by.
MOST_SHIFTED = 500


@dataclass(frozen=True, slots=True)
class Ready:
    """A row with everything a record needs; ``key`` is the record it changes, if any."""

    line: Line
    client_id: UUID
    organisation_id: int
    values: Mapping[str, object]
    key: int | None = None


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


def plan(
    sort: str,
    table: Table,
    *,
    unit: Organisation,
    system: str,
    kinds: Sequence[FacilityKind],
    network: Network | None,
) -> Plan:
    """Look at a table without writing anything; a fixed number of queries.

    Parameters
    ----------
    unit
        Whose table it is: rows are its own or of units below it.
    system
        "wgs84", "gcj02" or "bd09": what the coordinates are in.
    """
    if not table.readable:
        return Plan(findings=list(table.findings))
    places = guess_columns(table.header, COLUMNS[sort])
    lacking = missing(sort, places)
    if lacking:
        return Plan(findings=[*table.findings, *lacking])
    read, findings = lines(sort, table, places)
    findings = [*table.findings, *findings]
    meant: dict[int, FacilityKind] = {}
    if sort == FACILITIES:
        meant = _of_known_kinds(read, kinds, findings)
        read = [line for line in read if line.number in meant]
    spots = [adapter.to_wgs84(line.lon, line.lat, system) for line in read]
    owners = _owners(read, spots, unit, findings)
    _doubt(read, spots, unit, network, findings)
    if network is not None:
        _doubt_system(read, system, network, findings)
    ready = [
        _ready(sort, line, spot, owner, meant.get(line.number))
        for line, spot, owner in zip(read, spots, owners, strict=True)
        if owner is not None
    ]
    return _sorted(sort, ready, findings)


def _of_known_kinds(
    read: list[Line], kinds: Sequence[FacilityKind], findings: list[Finding]
) -> dict[int, FacilityKind]:
    """Return what each row's kind is, by the row's number."""
    known: dict[str, FacilityKind] = {}
    for kind in kinds:
        for word in (kind.code, kind.name_zh, kind.name_en, kind.character):
            known.setdefault(_folded(word), kind)
    known.pop("", None)
    offered = "、".join(kind.name_zh for kind in kinds[:SHOWN_KINDS])
    # Other words for the same, looked up once each.
    by_code = {kind.code: kind for kind in reversed(kinds)}
    for word in {line.kind for line in read}:
        also = by_code.get(adapter.kind_named(word)) if word else None
        if also is not None:
            known.setdefault(_folded(word), also)
    found = {}
    for line in read:
        meant = known.get(_folded(line.kind))
        if meant is not None:
            found[line.number] = meant
        else:
            findings.append(
                error(line.number, "unknown_kind", line.kind, other=offered)
            )
    return found


def _folded(word: str) -> str:
    return "".join(word.split()).lower()


Spot = tuple[float, float]


def _owners(
    read: Sequence[Line],
    spots: Sequence[Spot],
    unit: Organisation,
    findings: list[Finding],
) -> list[int | None]:
    """Return whose each row is: as written, else by area, else the sender's."""
    here = units_at([lon for lon, _ in spots], [lat for _, lat in spots], unit)
    named = _named({line.unit for line in read if line.unit}, unit)
    owners: list[int | None] = []
    for line, place in zip(read, here, strict=True):
        if not line.unit:
            owners.append(place or unit.pk)
            continue
        found = named.get(line.unit, [])
        if len(found) != 1:
            code = "unit_twice" if found else "unknown_unit"
            findings.append(error(line.number, code, line.unit, other=len(found)))
        owners.append(found[0] if len(found) == 1 else None)
    return owners


def _named(words: set[str], unit: Organisation) -> dict[str, list[int]]:
    """Return units at or below one by name or code; one query."""
    if not words:
        return {}
    below = Organisation.objects.filter(within("path", [unit.path]), valid_to=None)
    rows = below.filter(name__in=words) | below.filter(code__in=words)
    found: dict[str, list[int]] = {}
    for key, name, code in rows.values_list("pk", "name", "code"):
        for word in {name, code} & words:
            found.setdefault(word, []).append(key)
    return found


def _doubt(
    read: Sequence[Line],
    spots: Sequence[Spot],
    unit: Organisation,
    network: Network | None,
    findings: list[Finding],
) -> None:
    """Say what looks odd about places without keeping a row out."""
    if network is not None:
        off = [
            line
            for line, (lon, lat) in zip(read, spots, strict=True)
            if not covers(network, lon, lat)
        ]
        if off:
            first = off[0]
            findings.append(
                warning(first.number, "off_network", first.name, other=len(off))
            )
    if has_area(unit):
        inside_of = units_at([lon for lon, _ in spots], [lat for _, lat in spots], unit)
        out = [line for line, at in zip(read, inside_of, strict=True) if at is None]
        if out:
            first = out[0]
            findings.append(
                warning(first.number, "outside_area", first.name, other=len(out))
            )


def _doubt_system(
    read: Sequence[Line], system: str, network: Network, findings: list[Finding]
) -> None:
    """Warn when places stand along the streets only in another system."""
    places = [(line.lon, line.lat) for line in read[:MOST_SHIFTED]]
    found = adapter.shift_noticed(gateway.network_path(network), places, system)
    if found is not None:
        text = found.text_en if get_language() == "en" else found.text_zh
        findings.append(warning(0, "looks_shifted", text))


def _ready(
    sort: str,
    line: Line,
    spot: Spot,
    owner: int,
    kind: FacilityKind | None,
) -> Ready:
    lon, lat = round(spot[0], 7), round(spot[1], 7)
    values: dict[str, object] = {"name": line.name, "lon": lon, "lat": lat}
    values |= line.counts
    what = line.name
    if kind is not None:
        values |= {"kind": kind, "opening_hours": line.opening_hours}
        what = f"{kind.code}:{line.name}"
    # Five decimals are a metre: a table written anew names the same door.
    name = f"wugeyi:places:{sort}:{owner}:{what}:{lon:.5f}:{lat:.5f}"
    return Ready(line, uuid5(NAMESPACE_URL, name), owner, values)


def _sorted(sort: str, ready: Sequence[Ready], findings: list[Finding]) -> Plan:
    """Part what is new from what changes and what stands already; a query a thousand."""
    model = MODELS[sort]
    found = Plan(findings=findings)
    same = 0
    for start in range(0, len(ready), 1_000):
        part = ready[start : start + 1_000]
        there = {
            row.client_id: row
            for row in model.objects.filter(client_id__in=[r.client_id for r in part])
        }
        for each in part:
            row = there.get(each.client_id)
            if row is None:
                found.fresh.append(each)
            elif differing(row, each.values):
                found.changed.append(
                    Ready(
                        each.line,
                        each.client_id,
                        each.organisation_id,
                        each.values,
                        row.pk,
                    )
                )
            else:
                same += 1
    if same:
        findings.append(info(0, "known_rows", str(same)))
    return Plan(found.fresh, found.changed, same, findings)


def differing(row: Facility | Home, values: Mapping[str, object]) -> list[str]:
    """Return which columns a table would change; an empty cell changes nothing."""
    return [
        name
        for name, value in values.items()
        if name not in {"lon", "lat"}
        and value not in {None, ""}
        and getattr(row, name) != value
    ]
