"""Rules and fares of a file beside those of the line: one of each holds on a day."""

from dataclasses import dataclass
from datetime import date

from wugeyi.buslines.adapter.standards import origins, standards
from wugeyi.buslines.adapter.tables import rule_name
from wugeyi.buslines.models import FareTable, Rule
from wugeyi.buslines.queries.importing.standing import on_day
from wugeyi.buslines.queries.importing.work import Row, Work
from wugeyi.buslines.rules.given import Fares
from wugeyi.buslines.rules.importing import Step, What
from wugeyi.buslines.rules.limits import LIMITS, MOST_BANDS, MOST_BASIS
from wugeyi.buslines.rules.rulenames import BY_NAME

Lines = list[tuple[int, Row]]


@dataclass(frozen=True, slots=True)
class _Term:
    """From when until when a row says it holds."""

    on: date
    until: date | None


def _term(work: Work, table: str, line: int, row: Row) -> _Term | None:
    """Return a row's days; None if it held before, or if they are turned round."""
    on, until = row.get("valid_from") or work.on, row.get("valid_until")
    if until is not None and until <= on:
        if until > work.on:
            work.fault(table, line, "days")
        return None
    past = until is not None and until <= work.on
    return None if past else _Term(on, until)


def _step(
    work: Work,
    record: str,
    code: str,
    term: _Term,
    known: Rule | FareTable | None,
    values: Row,
    before: Row,
    *,
    begins: set[date],
) -> None:
    """Note what one row, or one table of fares, does.

    Parameters
    ----------
    values
        None of them where what stands is the same.
    begins
        Days on which the file has the next one of its kind: the one before then ends
        without being told.
    """
    until = None if term.until in begins else term.until
    if known is not None and until == known.valid_until:
        until = None
    what = What.SAME
    if values:
        what = What.CHANGED if known else What.NEW
    if known is None and not values:
        until = None
    elif known is not None and until is not None:
        what = What.ENDED
    on = max(term.on, known.valid_from) if known else term.on
    row = known.pk if known else None
    work.result.steps.append(
        Step(what, record, code, on, code, values, before, until, row)
    )


def rules(work: Work, table: str) -> None:
    """Compare the numbers plans, or rosters, keep to."""
    rows: dict[str, Lines] = {}
    for line, row in work.rows(table):
        name = rule_name(str(row["rule"]).strip(), table)
        if name is None:
            work.fault(table, line, "rule", code=str(row["rule"])[:40])
        else:
            rows.setdefault(name, []).append((line, row))
    for name, lines in rows.items():
        begins = {row["valid_from"] for _line, row in lines if row.get("valid_from")}
        begun: set[date] = set()
        for line, row in lines:
            term = _term(work, table, line, row)
            if term is None or not _sound(work, table, line, name, row):
                continue
            if term.on in begun:
                work.fault(table, line, "twice", code=str(row["rule"]))
                continue
            begun.add(term.on)
            _rule(work, name, row, term, begins)


def _sound(work: Work, table: str, line: int, name: str, row: Row) -> bool:
    limits, number = BY_NAME[name], int(row["number"])
    if not limits.least <= number <= limits.most:
        told = {"number": number, "least": limits.least, "most": limits.most}
        work.fault(table, line, "number", field=name, **told)
        return False
    if len(str(row.get("source") or "")) > MOST_BASIS:
        work.fault(table, line, "long_basis", most=MOST_BASIS)
        return False
    return True


def _rule(work: Work, name: str, row: Row, term: _Term, begins: set[date]) -> None:
    known = on_day(work.held.rules.get(name, ()), max(term.on, work.on))
    stands = _standing(name, known)
    told: Row = {"number": int(row["number"])}
    source, verified = str(row.get("source") or "").strip(), bool(row.get("verified"))
    if told["number"] == stands["number"] and not source:
        # An empty cell, or a table without these columns, says nothing of them.
        source = str(stands["source"])
        verified = bool(verified and source) or bool(stands["verified"])
    told |= {"source": source, "verified": verified and bool(source)}
    changed = {key for key in told if told[key] != stands[key]}
    before = {key: stands[key] for key in stands if key in changed}
    values = told if changed else {}
    _step(work, "rule", name, term, known, values, before, begins=begins)


def _standing(name: str, known: Rule | None) -> Row:
    """Return what is kept to: a rule nobody wrote down is the software's own."""
    if known is not None:
        names = ("number", "source", "verified")
        return {key: getattr(known, key) for key in names}
    source, verified = origins().get(name, ("", False))
    return {"number": standards()[name], "source": source, "verified": verified}


def fares(work: Work) -> None:
    """Compare tables of fares: rows with the same days are one."""
    tables: dict[_Term, Lines] = {}
    for line, row in work.rows("fares"):
        term = _term(work, "fares", line, row)
        if term is not None:
            tables.setdefault(term, []).append((line, row))
    begins = {term.on for term in tables}
    if len(begins) < len(tables):
        work.fault("fares", next(iter(tables.values()))[0][0], "fare_days")
        return
    for term, lines in tables.items():
        try:
            made = _fares(lines)
        except _Unsound as unsound:
            work.fault("fares", unsound.line, unsound.told, **unsound.values)
        else:
            _table(work, made, term, begins)


def _table(work: Work, made: Fares, term: _Term, begins: set[date]) -> None:
    known = on_day(work.held.fares, max(term.on, work.on))
    told = {"base_fen": made.base_fen, "bands": made.bands, "cap_fen": made.cap_fen}
    stands: Row = {}
    if known is not None:
        held = tuple((each.from_baskets, each.fen) for each in known.bands.all())
        stands = {"base_fen": known.base_fen, "bands": tuple(sorted(held))}
        stands |= {"cap_fen": known.cap_fen}
    basis = made.basis
    if known is not None and stands == told and not basis:
        basis = known.basis
    values: Row = told | {"basis": basis}
    if known is not None:
        stands |= {"basis": known.basis}
    before = {key: old for key, old in stands.items() if old != values[key]}
    same = known is not None and not before
    nothing: Row = {}
    write = nothing if same else values
    _step(work, "fares", "", term, known, write, before, begins=begins)


class _Unsound(Exception):
    """Rows that make no table of fares: the line, a code, what fills it."""

    def __init__(self, line: int, told: str, /, **values: str | int) -> None:
        super().__init__(told)
        self.line, self.told, self.values = line, told, values


def _fares(lines: Lines) -> Fares:
    """Return the fares of rows that belong together."""
    first = lines[0][0]
    fen: dict[int, int] = {}
    for line, row in lines:
        baskets = int(row["from_baskets"])
        if baskets in fen:
            raise _Unsound(line, "fare_twice", baskets=baskets)
        fen[baskets] = int(row["fen"])
    if 0 not in fen:
        raise _Unsound(first, "fare_base")
    caps = {row["cap_fen"] for _line, row in lines if row.get("cap_fen") is not None}
    if len(caps) > 1:
        raise _Unsound(first, "fare_caps")
    base, cap = fen.pop(0), next(iter(caps), None)
    if cap is not None and cap < base:
        raise _Unsound(first, "fare_cap")
    bands = tuple((baskets, more - base) for baskets, more in sorted(fen.items()))
    sources = (str(row.get("source") or "").strip() for _line, row in lines)
    made = Fares(base, bands, cap, next(filter(None, sources), ""))
    _within(first, made)
    return made


def _within(line: int, fares: Fares) -> None:
    """Hold fares within the limits of their records."""
    numbers: list[tuple[str, str, int]] = [("faretable", "base_fen", fares.base_fen)]
    if fares.cap_fen is not None:
        numbers.append(("faretable", "cap_fen", fares.cap_fen))
    for baskets, more in fares.bands:
        numbers.append(("fareband", "from_baskets", baskets))
        numbers.append(("fareband", "fen", more))
    for record, name, number in numbers:
        least, most = LIMITS[record][name]
        if not least <= number <= most:
            told = {"number": number, "least": least, "most": most}
            raise _Unsound(line, "number", field=name, **told)
    if len(fares.bands) > MOST_BANDS:
        raise _Unsound(line, "fare_many", most=MOST_BANDS)
    if len(fares.basis) > MOST_BASIS:
        raise _Unsound(line, "long_basis", most=MOST_BASIS)
