"""Each table of a file beside the records it is of."""

import hashlib
from datetime import date
from typing import Any

from wugeyi.buslines.adapter.standards import standards
from wugeyi.buslines.adapter.tables import Tables
from wugeyi.buslines.models import Line, Spot
from wugeyi.buslines.queries.importing import crew, singles
from wugeyi.buslines.queries.importing.standing import standing
from wugeyi.buslines.queries.importing.work import Compared, Row, Work
from wugeyi.buslines.rules.importing import SPOTS, Step, What
from wugeyi.buslines.rules.limits import LIMITS
from wugeyi.buslines.rules.rulenames import APART

NO_ROAD = -1
PLACES = {"stop": "stop", "market": "market", "depot": "depot"}


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
        Whether what stands but is not in a table that the file has ends; nothing does
        while a row of the file cannot be read.
    """
    work = _Work(line, tables, on, filename, standing(line, on=on))
    work.know_places()
    for name, kind in SPOTS.items():
        work.spots(name, kind)
    work.vehicles()
    work.regular()
    work.demands()
    crew.drivers(work)
    crew.duties(work)
    singles.rules(work, "rules")
    singles.rules(work, "roster_rules")
    singles.fares(work)
    work.ways()
    work.departures()
    unread = any(each.severity == "error" for each in tables.findings)
    if end_missing and not unread and not work.result.faults:
        work.ends()
    return work.result


class _Work(Work):
    """Places, buses, people, ways: what a plan is made from."""

    def know_places(self) -> None:
        """Note what kind of place every code is, of those that stand or come."""
        for spot in self.held.spots.values():
            self.kinds[spot.code] = spot.kind
        for name, kind in SPOTS.items():
            for _line, row in self.rows(name):
                self.kinds.setdefault(str(row["code"]).strip(), kind)

    def spots(self, table: str, kind: str) -> None:
        usual = standards()
        usual |= self.held.numbers(self.on)
        for line, row in self.rows(table):
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
            self.coded(table, line, "spot", row, values, kind, standing_)

    def vehicles(self) -> None:
        for line, row in self.rows("vehicles"):
            values = {n: row[n] for n in (*_columns("vehicle"), "name", "depot")}
            if self._places("vehicles", line, values, ("depot",)):
                self.coded("vehicles", line, "vehicle", row, values)

    def regular(self) -> None:
        rows = self.rows("vehicles")
        buses = {*self.held.vehicles, *(str(row["code"]).strip() for _, row in rows)}
        for line, row in self.rows("regular_duties"):
            names = (
                *_columns("regularduty"),
                "name",
                "vehicle",
                "starts_at",
                "ends_at",
            )
            values = {name: row[name] for name in names}
            values["same_driver"] = bool(row.get("same_driver"))
            values["vehicle"] = str(values["vehicle"]).strip()
            if values["vehicle"] not in buses:
                self.fault("regular_duties", line, "no_vehicle", code=values["vehicle"])
            elif self._anywhere("regular_duties", line, values):
                self.coded("regular_duties", line, "regularduty", row, values)

    def _anywhere(self, table: str, line: int, values: Row) -> bool:
        for name in ("starts_at", "ends_at"):
            values[name] = str(values[name]).strip()
            if values[name] not in self.kinds:
                self.fault(table, line, "no_place", code=values[name])
                return False
        return True

    def demands(self) -> None:
        for line, row in self.rows("requests"):
            names = (*_columns("demand"), "name", "stop", "market")
            values = {name: row[name] for name in names}
            values["home"] = bool(row.get("home"))
            if self._places("requests", line, values, ("stop", "market")):
                self.coded("requests", line, "demand", row, values)

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

    def ways(self) -> None:
        rows = self.rows("ways")
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
        rows = self.rows("departures")
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
            "regularduty": "regular_duties" in self.tables.rows,
            "driver": "drivers" in self.tables.rows,
            "otherduty": "duties" in self.tables.rows,
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
