"""Reading a file: what it would do and what is wrong with it; nothing counts yet."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from wugeyi.books.adapter.imports import chart_of
from wugeyi.books.models import Book, BookFile
from wugeyi.books.queries import importing as queries
from wugeyi.books.queries.large import judged_many
from wugeyi.books.rules import bankrows, columns, importdocs, openingrows
from wugeyi.books.rules.importaccounts import Accounts, Chart
from wugeyi.books.rules.importdocs import Head, Total
from wugeyi.books.rules.importitems import Items
from wugeyi.books.rules.importlines import Rows
from wugeyi.books.rules.importvouchers import Given, Tell
from wugeyi.books.rules.importvouchers import read as read_vouchers
from wugeyi.imports.actions import keep_findings
from wugeyi.imports.models import BatchFinding
from wugeyi.imports.queries import accepted_before
from wugeyi.imports.rules import Finding, Table, error, info, warning
from wugeyi.imports.tables import read_table

# More of one kind tell no more, and nobody reads them.
MOST_FINDINGS = 2_000
AT_ONCE = 5_000


class Result:
    """What was read: packed rows, how many, and everything noticed."""

    def __init__(self) -> None:
        self.packed = b""
        self.many = 0
        self.findings: list[Finding] = []


def table_of(file: BookFile) -> Table:
    """Return the rows of a file below its headings."""
    content = BookFile.objects.values_list("batch__content", flat=True).get(pk=file.pk)
    return read_table(
        bytes(content), heading=lambda rows: columns.find_header(file.kind, rows)
    )


def read(
    *, file: BookFile, at: datetime, tell: Tell = lambda done, of: True
) -> BookFile:
    """Read a file anew; what was found before is replaced.

    It leaves no event: nobody decided anything, and nothing but findings is written.

    Raises
    ------
    Stopped
        ``tell`` wanted it; nothing is written.
    """
    table = table_of(file)
    result = Result()
    result.findings += table.findings
    chosen = queries.remembered(file.book, file.kind, table)
    wanting = columns.lacking(file.kind, chosen)
    if not table.readable:
        pass
    elif wanting:
        result.findings += [error(0, "columns_wanting", "/".join(w)) for w in wanting]
    elif file.kind == BookFile.Kind.BANK:
        _bank(file, table, chosen, result, at)
    else:
        _vouchers(file, table, chosen, result, at, tell)
    return _keep(file, table, result)


@transaction.atomic
def _keep(file: BookFile, table: Table, result: Result) -> BookFile:
    row = BookFile.objects.select_for_update(of=("self",)).get(pk=file.pk)
    if row.state not in (row.State.READING, row.State.LOOKED, row.State.RETURNED):
        return row
    findings = _bounded(result.findings)
    BatchFinding.objects.filter(batch=row.batch_id).delete()
    keep_findings(row.batch, findings)
    row.errors = sum(each.severity == "error" for each in result.findings)
    row.reading = result.packed
    row.vouchers = result.many
    if row.state == row.State.READING:
        row.state = row.State.LOOKED
    row.version += 1
    row.save()
    row.batch.rows = len(table.rows)
    row.batch.save(update_fields=["rows"])
    return row


def _bounded(findings: Iterable[Finding]) -> list[Finding]:
    many: Counter[tuple[str, str]] = Counter()
    kept = []
    for each in findings:
        many[each.severity, each.code] += 1
        if many[each.severity, each.code] <= MOST_FINDINGS:
            kept.append(each)
    return sorted(kept, key=lambda each: each.line)


def _vouchers(
    file: BookFile,
    table: Table,
    chosen: dict[str, int],
    result: Result,
    at: datetime,
    tell: Tell,
) -> None:
    book, chart = file.book, chart_of(file.book)
    if file.regime != book.regime:
        told = file.regime or "—"
        result.findings.append(error(0, "regime_differs", told, other=book.regime))
    accounts, items = Accounts(chart), Items(queries.items(book))
    rows = Rows(chosen, accounts, items, year=file.year)
    if file.kind == BookFile.Kind.OPENING:
        given = _opening(book, table, rows, result, tell)
    else:
        frame = queries.frame(book, timezone.localdate(at), file.year)
        made = read_vouchers(table, rows, frame, tell)
        result.findings += made.findings
        given = _fresh(file, made.vouchers, result)
        result.findings += _undecided(book, given)
    result.findings += _mixed(result.findings)
    result.many = len(given)
    if not any(each.severity == "error" for each in result.findings) and not given:
        result.findings.append(error(0, "nothing_new"))
    result.packed = importdocs.pack_vouchers(
        Head(
            totals=tuple(_totals(given, chart, accounts.new)),
            sub_accounts=tuple(sorted(accounts.new.items())),
            items=tuple(items.new.values()),
        ),
        given,
    )


def _opening(
    book: Book, table: Table, rows: Rows, result: Result, tell: Tell
) -> list[Given]:
    opened = openingrows.read(table, rows, tell)
    result.findings += opened.findings
    there, late = queries.opened_before(book)
    if there:
        result.findings.append(error(0, "opening_there"))
    elif late:
        result.findings.append(error(0, "opening_late"))
    if not opened.lines:
        return []
    return [Given(0, "", book.begins_on, "opening", opened.lines)]


def _fresh(file: BookFile, vouchers: list[Given], result: Result) -> list[Given]:
    """Hold vouchers against what is posted; leave those out if that is wanted."""
    sound = [each for each in vouchers if each.sound]
    same = accepted_before(file.batch.kind, file.batch.sha256)
    if same is not None and same.accepted_at is not None:
        on = timezone.localdate(same.accepted_at).isoformat()
        made = warning if file.skip_posted else error
        result.findings.append(made(0, "file_posted", on))
    if not sound:
        return vouchers
    days = [each.day for each in sound]
    known = queries.posted(file.book, min(days), max(days))
    kept = []
    for each in vouchers:
        if each.sound and known[each.likeness] > 0:
            known[each.likeness] -= 1
            said = info if file.skip_posted else warning
            code = "posted_left_out" if file.skip_posted else "posted_before"
            result.findings.append(said(each.line, code, each.mark))
            if file.skip_posted:
                continue
        kept.append(each)
    return kept


def _undecided(book: Book, given: Sequence[Given]) -> Iterable[Finding]:
    """Tell large matters: a decision is named one voucher at a time, not by a file."""
    if book.large_fen is None:
        return
    for start in range(0, len(given), AT_ONCE):
        part = given[start : start + AT_ONCE]
        judgements = judged_many(book, [each.entry for each in part])
        for each, judged in zip(part, judgements, strict=True):
            if not judged.may_post:
                limit = f"{book.large_fen / 100:,.2f}"
                yield error(each.line, "large_undecided", each.mark, other=limit)


def _mixed(findings: Sequence[Finding]) -> list[Finding]:
    """Say once for the whole file that it seems to be kept by the other system."""
    telling = {
        "account_other_regime",
        "account_regime_name",
        "account_other_name",
    }
    many = sum(each.code in telling for each in findings)
    return [error(0, "regimes_mixed", str(many))] if many else []


def _totals(
    given: Iterable[Given], chart: Chart, new: dict[str, str]
) -> Iterable[Total]:
    debit: Counter[str] = Counter()
    credit: Counter[str] = Counter()
    for voucher in given:
        for line in voucher.lines:
            debit[line.account] += line.debit_fen
            credit[line.account] += line.credit_fen
    for code in sorted(debit.keys() | credit.keys()):
        name = chart.name(code) or new.get(code, "")
        yield Total(code, name, debit[code], credit[code])


def _bank(
    file: BookFile,
    table: Table,
    chosen: dict[str, int],
    result: Result,
    at: datetime,
) -> None:
    made = bankrows.read(table, chosen, timezone.localdate(at))
    known = queries.bank_lines(file.book, file.account, made.lines)
    fresh, said = bankrows.unknown(made.lines, known)
    result.findings += [*made.findings, *said]
    if made.lines and not fresh:
        result.findings.append(error(0, "bank_nothing_new"))
    if fresh and fresh[0].balance_fen is not None:
        before = queries.last_balance(file.book, file.account, fresh[0].on)
        expected = fresh[0].balance_fen - fresh[0].amount_fen
        if before is not None and before != expected:
            gap = f"{before / 100:,.2f}"
            told = f"{expected / 100:,.2f}"
            result.findings.append(warning(fresh[0].line, "bank_gap", told, other=gap))
    result.many = len(fresh)
    result.packed = importdocs.pack_lines(fresh)
