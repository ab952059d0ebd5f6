"""What comparing any table does: a row beside its record, and what cannot be."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from wugeyi.buslines.adapter.tables import Tables
from wugeyi.buslines.models import Demand, Line, Spot
from wugeyi.buslines.queries.importing.standing import Standing
from wugeyi.buslines.rules.importing import Fault, Step, What
from wugeyi.buslines.rules.limits import LIMITS, MOST_CODE, MOST_NAME, ORDERED

SAME_DEGREES = 1e-6
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


@dataclass(slots=True)
class Work:
    """A file being compared; ``result`` is what came of it so far."""

    line: Line
    tables: Tables
    on: date
    filename: str
    held: Standing
    result: Compared = field(default_factory=Compared)
    seen: set[tuple[str, str]] = field(default_factory=set)
    kinds: dict[str, str] = field(default_factory=dict)

    def rows(self, table: str) -> list[tuple[int, Row]]:
        """Return a table's rows with their lines, none if it is not there."""
        return self.tables.rows.get(table, [])

    def fault(self, table: str, line: int, told: str, /, **values: Any) -> None:
        """Note a row that cannot be taken over."""
        self.result.faults.append(Fault(self.tables.titles[table], line, told, values))

    def coded(
        self,
        table: str,
        line: int,
        record: str,
        row: Row,
        values: Row,
        kind: str = "",
        effective: Row | None = None,
    ) -> None:
        """Compare one row with the record of its code; ``effective`` is what stands."""
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
        own = effective or {}
        stands = {k: own[k] if k in own else _standing(known, k) for k in values}
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
        most = MOST_NAME.get(record, 0)
        if len(str(values.get("name") or "")) > most:
            self.fault(table, line, "long", most=most)
            return False
        for name, (least, most) in LIMITS[record].items():
            number = values.get(name)
            if number is not None and not least <= number <= most:
                told = {"field": name, "number": number, "least": least, "most": most}
                self.fault(table, line, "number", **told)
                return False
        first, last = ORDERED.get(record, ("", ""))
        if first in values and values[first] > values[last]:
            told = {"first": values[first], "last": values[last]}
            self.fault(table, line, "turned", **told)
            return False
        if until is not None and until <= on:
            self.fault(table, line, "days")
            return False
        return True


def _standing(known: Any, name: str) -> Any:
    found = getattr(known, name)
    return found.code if isinstance(found, Spot) else found


def _equal(old: Any, new: Any) -> bool:
    """Tell whether two values are the same; files keep fewer digits of degrees."""
    if isinstance(old, float) and isinstance(new, (int, float)):
        return abs(old - new) < SAME_DEGREES
    return bool(old == new)
