"""Each table of a file beside the records it is of."""

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from wugeyi.buslines.adapter.standards import standards
from wugeyi.buslines.adapter.tables import Tables, rule_name
from wugeyi.buslines.models import Demand, Line, Spot
from wugeyi.buslines.queries.importing.standing import Standing, standing
from wugeyi.buslines.rules.importing import SPOTS, Fault, Step, What
from wugeyi.buslines.rules.limits import LIMITS, ORDERED
from wugeyi.buslines.rules.rulenames import APART, BY_NAME

NO_ROAD = -1
SAME_DEGREES = 1e-6
MOST_CODE, MOST_NAME = 20, 60
PLACES = {"stop": "stop", "market": "market", "depot": "depot"}
Row = dict[str, Any]


@dataclass(slots=True)
class Compared:
    """What taking a file over would do, and the rows that cannot be taken over."""

    steps: list[Step] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def many(self) -> dict[str, Counter[str]]:
        """Return how many of each are new, changed, ended, the same, by record."""
        found: dict[str, Counter[str]] = {}
        for step in self.steps:
            found.setdefault(step.record, Counter())[step.what.value] += 1
        return found

    @property
    def does(self) -> bool:
        """Tell whether anything would be written."""
        return any(step.what is not What.SAME for step in self.steps)


def compared(
    line: Line,
    tables: Tables,
    *,
    on: date,
    end_missing: bool = False,
    filename: str = "",
) -> Compared:
    """Compare a file with a line's records.

    Parameters
    ----------
    on
        From when its rows hold, where they say nothing themselves.
    end_missing
        Whether what stands but is not in a table that the file has ends.
    """
    work = _Work(line, tables, on, filename, standing(line, on=on))
    for name, kind in SPOTS.items():
        work.spots(name, kind)
    work.vehicles()
    work.demands()
    work.rules()
    work.ways()
    work.departures()
    if end_missing and not work.result.faults:
        work.ends()
    return work.result


@dataclass(slots=True)
class _Work:
    line: Line
    tables: Tables
    on: date
    filename: str
    held: Standing
    result: Compared = field(default_factory=Compared)
    seen: set[tuple[str, str]] = field(default_factory=set)
    kinds: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for spot in self.held.spots.values():
            self.kinds[spot.code] = spot.kind
        for name, kind in SPOTS.items():
            for _line, row in self.tables.rows.get(name, ()):
                self.kinds.setdefault(str(row["code"]).strip(), kind)

    def fault(self, table: str, line: int, told: str, /, **values: Any) -> None:
        self.result.faults.append(Fault(self.tables.titles[table], line, told, values))

    def spots(self, table: str, kind: str) -> None:
        usual = standards()
        usual |= {each.name: each.number for each in self.held.rules.values()}
        for line, row in self.tables.rows.get(table, ()):
            code = str(row["code"]).strip()
            known = self.held.spots.get(code)
            if known is not None and known.kind != kind:
                self.fault(table, line, "kind", code=code)
                continue
            values = {name: row[name] for name in _columns("spot") if name in row}
            values |= {"lat": row.get("lat"), "lon": row.get("lon")}
            if (values["lat"] is None) != (values["lon"] is None):
                self.fault(table, line, "coordinates", code=code)
                continue
            given = str(row.get("name") or "")
            values["name"] = given or (known.name if known else code)
            if known is not None and (known.lat is not None and values["lat"] is None):
                values |= {"lat": known.lat, "lon": known.lon}
            standing_ = _apart(known, usual) if known else {}
            self._coded(table, line, "spot", row, values, kind, standing_)

    def vehicles(self) -> None:
        for line, row in self.tables.rows.get("vehicles", ()):
            values = {n: row[n] for n in (*_columns("vehicle"), "name", "depot")}
            if self._places("vehicles", line, values, ("depot",)):
                self._coded("vehicles", line, "vehicle", row, values)

    def demands(self) -> None:
        for line, row in self.tables.rows.get("requests", ()):
            names = (*_columns("demand"), "name", "stop", "market")
            values = {name: row[name] for name in names}
            values["home"] = bool(row.get("home"))
            if self._places("requests", line, values, ("stop", "market")):
                self._coded("requests", line, "demand", row, values)

    def _places(
        self, table: str, line: int, values: Row, names: tuple[str, ...]
    ) -> bool:
        for name in names:
            code = str(values[name]).strip()
            if self.kinds.get(code) != PLACES[name]:
                self.fault(table, line, f"no_{name}", code=code)
                return False
            values[name] = code
        return True

    def _coded(
        self,
        table: str,
        line: int,
        record: str,
        row: Row,
        values: Row,
        kind: str = "",
        effective: Row | None = None,
    ) -> None:
        """Compare one row with the record of its code."""
        code = str(row["code"]).strip()
        on = row.get("valid_from") or self.on
        until = row.get("valid_until")
        if until is not None and until <= on and until <= self.on:
            return  # it held before; what has held is not rewritten
        if not self._sound(table, line, record, code, values, on, until):
            return
        known = self.held.of(record).get(code)
        name = str(values.get("name") or "")
        if known is None:
            if kind:
                values["kind"] = kind
            if record == "demand":
                values["source"] = Demand.Source.TABLE.value
            step = Step(What.NEW, record, code, on, name, values, {}, until)
            self.result.steps.append(step)
            return
        stands = {key: _standing(known, key) for key in values} | (effective or {})
        stands = {key: stands[key] for key in values}
        before = {k: old for k, old in stands.items() if not _equal(old, values[k])}
        what = What.CHANGED if before else What.SAME
        if until is not None and until != known.valid_until:
            what = What.ENDED
        changed = {key: values[key] for key in before}
        on = max(on, known.valid_from)
        self.result.steps.append(
            Step(
                what,
                record,
                code,
                on,
                name or str(known),
                changed,
                before,
                until,
                known.pk,
            )
        )

    def _sound(
        self,
        table: str,
        line: int,
        record: str,
        code: str,
        values: Row,
        on: date,
        until: date | None,
    ) -> bool:
        if not code or len(code) > MOST_CODE or any(c.isspace() for c in code):
            self.fault(table, line, "code", code=code)
            return False
        if (record, code) in self.seen:
            self.fault(table, line, "twice", code=code)
            return False
        self.seen.add((record, code))
        if len(str(values.get("name") or "")) > MOST_NAME:
            self.fault(table, line, "long", most=MOST_NAME)
            return False
        for name, (least, most) in LIMITS[record].items():
            number = values.get(name)
            if number is not None and not least <= number <= most:
                told = {"field": name, "number": number, "least": least, "most": most}
                self.fault(table, line, "number", **told)
                return False
        first, last = ORDERED[record]
        if first in values and values[first] > values[last]:
            told = {"first": values[first], "last": values[last]}
            self.fault(table, line, "turned", **told)
            return False
        if until is not None and until <= on:
            self.fault(table, line, "days")
            return False
        return True

    def rules(self) -> None:
        for line, row in self.tables.rows.get("rules", ()):
            name = rule_name(str(row["rule"]).strip())
            if name is None:
                self.fault("rules", line, "rule", code=str(row["rule"])[:40])
                continue
            limits, number = BY_NAME[name], _whole(row["number"])
            if not limits.least <= number <= limits.most:
                told = {"number": number, "least": limits.least, "most": limits.most}
                self.fault("rules", line, "number", field=name, **told)
                continue
            self._rule(name, number, row)

    def _rule(self, name: str, number: int, row: Row) -> None:
        known = self.held.rules.get(name)
        stands = known.number if known else standards()[name]
        what = What.SAME if stands == number else What.CHANGED
        if known is None and what is What.CHANGED:
            what = What.NEW
        values = {} if what is What.SAME else {"number": number}
        before = {"number": stands} if what is What.CHANGED else {}
        on = row.get("valid_from") or self.on
        step = Step(what, "rule", name, on, name, values, before)
        self.result.steps.append(step)

    def ways(self) -> None:
        rows = self.tables.rows.get("ways", ())
        if not rows:
            return
        codes = sorted({str(row[n]) for _line, row in rows for n in ("here", "there")})
        unknown = [code for code in codes if code not in self.kinds]
        for code in unknown[:20]:
            line = next(n for n, r in rows if code in {str(r["here"]), str(r["there"])})
            self.fault("ways", line, "no_place", code=code)
        if unknown:
            return
        made = _matrix(codes, [row for _line, row in rows])
        held = self.held.ways
        same = held is not None and held.ways == made
        what = What.SAME if same else What.CHANGED if held else What.NEW
        step = Step(what, "ways", "", self.on, values={} if same else made)
        self.result.steps.append(step)

    def departures(self) -> None:
        rows = self.tables.rows.get("departures", ())
        if not rows:
            return
        found = sorted(
            [str(row["place"]), _whole(row["minute"]), str(row["line"] or "")]
            for _line, row in rows
        )
        held = self.held.timetable
        same = held is not None and sorted(map(list, held.departures)) == found
        what = What.SAME if same else What.CHANGED if held else What.NEW
        digest = hashlib.sha256(repr(found).encode()).hexdigest()
        values = {"departures": found, "digest": digest, "name": self.filename}
        step = Step(what, "timetable", "", self.on, values={} if same else values)
        self.result.steps.append(step)

    def ends(self) -> None:
        """End what stands but is not in a table that the file has."""
        there = {
            "demand": "requests" in self.tables.rows,
            "vehicle": "vehicles" in self.tables.rows,
            "spot": all(name in self.tables.rows for name in SPOTS),
        }
        for record, whole in there.items():
            for code, known in self.held.of(record).items() if whole else ():
                if (record, code) in self.seen or known.valid_until is not None:
                    continue
                on = max(self.on, known.valid_from)
                step = Step(
                    What.ENDED, record, code, on, str(known), until=on, row=known.pk
                )
                self.result.steps.append(step)


def _whole(cell: Any) -> int:
    """Return a cell that was read as a whole number."""
    return int(cell)


def _columns(record: str) -> tuple[str, ...]:
    return tuple(LIMITS[record])


def _standing(known: Any, name: str) -> Any:
    found = getattr(known, name)
    return found.code if isinstance(found, Spot) else found


def _equal(old: Any, new: Any) -> bool:
    """Tell whether two values are the same; files keep fewer digits of degrees."""
    if isinstance(old, float) and isinstance(new, (int, float)):
        return abs(old - new) < SAME_DEGREES
    return bool(old == new)


def _apart(spot: Spot, usual: dict[str, int]) -> Row:
    """Return a place's own distances as a workbook writes them: whole, or not at all."""
    own = {name: getattr(spot, name) for name in APART}
    if all(number is None for number in own.values()):
        return own
    return {n: usual[n] if number is None else number for n, number in own.items()}


def _matrix(codes: list[str], rows: list[Row]) -> Row:
    place = {code: number for number, code in enumerate(codes)}
    size = len(codes)
    minutes = [[0 if i == j else NO_ROAD for j in range(size)] for i in range(size)]
    metres = [list(row) for row in minutes]
    for row in rows:
        i, j = place[str(row["here"])], place[str(row["there"])]
        minutes[i][j], metres[i][j] = int(row["minutes"]), int(row["metres"])
    return {"codes": codes, "minutes": minutes, "metres": metres}
