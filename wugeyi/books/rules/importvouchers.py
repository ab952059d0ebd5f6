"""Rows of a voucher list as vouchers: which belong together, and what is wrong.

Rows of one voucher follow one another. Programs leave number, day and summary out from
the second line on (or merge the cells), so what is empty is what stood above.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from wugeyi.books.rules.entries import Entry, Kind, Line
from wugeyi.books.rules.importlines import Row, Rows
from wugeyi.books.rules.months import first_day, month_of
from wugeyi.imports.rules import Finding, Table, error, info, warning

Tell = Callable[[int, int], bool]
EVERY = 2_000
MOST_LINES = 1_000
# A year that so few of a file's vouchers are of is probably a slip.
FEW = 0.02


class Stopped(Exception):
    """Somebody does not want it any more."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What vouchers of a file must lie in.

    Parameters
    ----------
    begins_on
        The first day of the books.
    closed_until
        The last closed month as ``rules.months`` counts.
    today
        Later days are in the future.
    year
        The year the file is said to be of; None: several may be.
    """

    begins_on: date
    closed_until: int
    today: date
    year: int | None = None


@dataclass(slots=True)
class Given:
    """A voucher of a file, posted as a whole or not at all."""

    line: int
    mark: str
    day: date
    kind: Kind
    lines: tuple[Line, ...]
    papers: int = 0
    reverses: str = ""
    sound: bool = True

    @property
    def entry(self) -> Entry:
        """What would be posted."""
        return Entry(self.day, self.lines, self.kind, papers=self.papers)

    @property
    def likeness(self) -> tuple[object, ...]:
        """What it has in common with one that was posted twice."""
        lines = (
            (each.account, each.debit_fen, each.credit_fen, *each.items)
            for each in self.lines
        )
        return (self.day, *sorted(lines))


@dataclass(slots=True)
class Read:
    """What a file says."""

    vouchers: list[Given] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def read(
    table: Table, rows: Rows, frame: Frame, tell: Tell = lambda done, of: True
) -> Read:
    """Return the vouchers of a table, and everything noticed.

    Parameters
    ----------
    tell
        Is told how far it is; False stops it.

    Raises
    ------
    Stopped
        ``tell`` wanted it.
    """
    made = Read()
    groups = list(_groups(_rows(table, rows, tell), rows))
    joined = _joined(groups, rows)
    for group in joined:
        made.vouchers.append(_voucher(group, rows))
    # Opening balances stand before everything else of their month.
    made.vouchers.sort(key=lambda each: (month_of(each.day), each.kind != "opening"))
    natures = _natures(made.vouchers, rows)
    for voucher in made.vouchers:
        voucher.kind = natures.get(id(voucher), voucher.kind)
        _check(voucher, frame, rows)
    made.findings = [*rows.findings, *_years(made.vouchers, frame)]
    made.findings += _same(made.vouchers)
    if rows.totals:
        made.findings.append(info(0, "totals_skipped", str(rows.totals)))
    unsound = {each.line for each in made.findings if each.severity == "error"}
    for voucher in made.vouchers:
        voucher.sound = voucher.sound and voucher.line not in unsound
    return made


def _rows(table: Table, rows: Rows, tell: Tell) -> Iterator[Row]:
    of = len(table.rows)
    for done, (line, texts) in enumerate(table.rows):
        if done % EVERY == 0 and not tell(done, of):
            raise Stopped
        row = rows.read(line, texts)
        if row is not None:
            yield row


def _groups(found: Iterable[Row], rows: Rows) -> Iterator[list[Row]]:
    group: list[Row] = []
    for row in found:
        if group and _goes_on(group, row):
            group.append(row)
            continue
        if group:
            yield group
        if row.mark is None and row.sound:
            rows.say(row, [error(row.line, "number_missing")])
        group = [row]
    if group:
        yield group


def _goes_on(group: list[Row], row: Row) -> bool:
    """Tell whether a row belongs to the voucher above it."""
    first = group[0]
    same_day = row.day is None or row.day == first.day or first.day is None
    if row.mark is None:
        return same_day
    if row.mark != first.mark:
        return False
    # The same number again in another month is another voucher; on another day of the
    # month its day is at odds, which is told below.
    return (
        row.day is None or first.day is None or month_of(row.day) == month_of(first.day)
    )


def _joined(groups: Iterable[list[Row]], rows: Rows) -> list[list[Row]]:
    """Bring together what has one number in one month but stands apart."""
    found: dict[object, list[Row]] = {}
    kept: list[list[Row]] = []
    for group in groups:
        first = group[0]
        if first.mark is None or first.day is None:
            kept.append(group)
            continue
        key = (month_of(first.day), first.mark)
        before = found.get(key)
        if before is None:
            found[key] = group
            kept.append(group)
        elif _alike(before) == _alike(group):
            _again(rows, "voucher_twice", first, before[0])
            kept.append(group)
        elif _net(before) == 0 and _net(group) == 0:
            _again(rows, "number_twice", first, before[0])
            kept.append(group)
        else:
            at = before[0].line
            said = warning(first.line, "rows_scattered", str(first.mark), other_line=at)
            rows.say(first, [said])
            before += group
    return kept


def _again(rows: Rows, code: str, row: Row, before: Row) -> None:
    said = error(row.line, code, str(row.mark), other_line=before.line)
    rows.say(row, [said])


def _alike(group: list[Row]) -> list[tuple[object, ...]]:
    return sorted((row.account, row.fen, *row.items.items()) for row in group)


def _net(group: list[Row]) -> int:
    return sum(row.fen for row in group)


def _voucher(group: list[Row], rows: Rows) -> Given:
    first = group[0]
    day = next((row.day for row in group if row.day is not None), None)
    if day is None and first.sound:
        rows.say(first, [error(first.line, "day_none")])
    for row in group[1:]:
        if row.day is not None and row.day != day:
            said = f"{row.day}"
            rows.say(row, [error(row.line, "days_differ", said, other=f"{day}")])
        if row.kind != first.kind and row.kind != "ordinary":
            rows.say(row, [error(row.line, "kinds_differ")])
    if _doubled(group):
        rows.findings.append(
            warning(first.line, "voucher_doubled", str(first.mark or ""))
        )
    lines = []
    summary = next((row.summary for row in group if row.summary), "")
    if not summary:
        rows.say(first, [warning(first.line, "summary_missing")])
    for row in group:
        summary = row.summary or summary
        if row.fen:
            lines.append(row.as_line(summary))
        elif row.sound:
            rows.findings.append(warning(row.line, "no_amount"))
    return Given(
        line=first.line,
        mark=str(first.mark or ""),
        day=day or date(1, 1, 1),
        kind=first.kind,
        lines=tuple(lines),
        papers=max(row.papers for row in group),
        reverses=first.reverses,
        sound=all(row.sound for row in group) and day is not None,
    )


def _doubled(group: list[Row]) -> bool:
    """Tell whether a voucher is the same balanced lines twice over."""
    half, odd = divmod(len(group), 2)
    first, second = group[:half], group[half:]
    return half > 1 and not odd and not _net(first) and _alike(first) == _alike(second)


def _check(voucher: Given, frame: Frame, rows: Rows) -> None:
    """Tell what keeps a voucher from being posted."""
    if voucher.day.year == 1:
        return
    say = rows.findings.append
    line, told = voucher.line, voucher.mark
    if voucher.sound:
        debit = sum(each.debit_fen for each in voucher.lines)
        credit = sum(each.credit_fen for each in voucher.lines)
        if debit != credit:
            values = f"{_yuan(debit)} / {_yuan(credit)}"
            say(error(line, "unbalanced", told, other=values))
        elif len(voucher.lines) < 2:
            say(error(line, "too_few_lines", told))
        elif len(voucher.lines) > MOST_LINES:
            say(error(line, "too_many_lines", told, other=MOST_LINES))
    day = voucher.day
    if frame.year is not None and day.year != frame.year:
        say(error(line, "other_year", day.isoformat(), other=frame.year))
    elif day < frame.begins_on:
        begins = frame.begins_on.isoformat()
        say(error(line, "before_books", day.isoformat(), other=begins))
    elif month_of(day) <= frame.closed_until:
        closed = first_day(frame.closed_until).isoformat()[:7]
        say(error(line, "month_closed", day.isoformat(), other=closed))
    elif day > frame.today:
        say(error(line, "future", day.isoformat()))


def _natures(vouchers: Sequence[Given], rows: Rows) -> dict[int, Kind]:
    """Return what reversals do: what those they take back did.

    A reversal names a voucher by its number in the other books, which it loses here, so
    its lines are posted as they stand.
    """
    kinds = {f"{each.day.year}-{each.mark}": each.kind for each in vouchers}
    found: dict[int, Kind] = {}
    for each in vouchers:
        if each.kind == "reversal":
            nature = kinds.get(each.reverses, "ordinary")
            # Opening balances stand before everything else, what takes them back not.
            found[id(each)] = "closing" if nature == "closing" else "ordinary"
            said = info(each.line, "reversal_as_lines", each.mark, other=each.reverses)
            rows.findings.append(said)
    return found


def _years(vouchers: Sequence[Given], frame: Frame) -> Iterator[Finding]:
    if frame.year is not None:
        return
    many = Counter(each.day.year for each in vouchers if each.day.year > 1)
    for each in vouchers:
        if many[each.day.year] and many[each.day.year] < FEW * len(vouchers):
            yield warning(each.line, "odd_year", each.day.isoformat())


def _same(vouchers: Sequence[Given]) -> Iterator[Finding]:
    seen: dict[tuple[object, ...], Given] = {}
    for each in vouchers:
        if not each.sound or each.kind != "ordinary":
            continue
        first = seen.setdefault(each.likeness, each)
        if first is not each:
            values = {"value": each.mark, "other": first.mark}
            yield warning(each.line, "voucher_same", **values, other_line=first.line)


def _yuan(fen: int) -> str:
    return f"{fen // 100:,}.{fen % 100:02d}"
