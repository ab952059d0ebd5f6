"""What each command does."""

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from wugeyi.engines.ledger.balances import trial_balance
from wugeyi.engines.ledger.checking import check_book
from wugeyi.engines.ledger.closing import carry, close_month
from wugeyi.engines.ledger.command.options import parser
from wugeyi.engines.ledger.command.screen import Screen, spoken
from wugeyi.engines.ledger.distribution import (
    Decision,
    Distribution,
    distribute,
    earned,
    vouchers,
)
from wugeyi.engines.ledger.exports import beancount, journal, table
from wugeyi.engines.ledger.findings import Language, Refused, errors, yuan
from wugeyi.engines.ledger.heads import head
from wugeyi.engines.ledger.reading import Folder, read, write
from wugeyi.engines.ledger.records import Book, Month
from wugeyi.engines.ledger.statements import (
    balance_sheet,
    changes_in_equity,
    income_statement,
)

EXPORTS: dict[str, Callable[[Book], str]] = {
    "beancount": beancount,
    "ledger": journal,
    "csv": table,
}


def main(
    arguments: Sequence[str] | None = None,
    *,
    prog: str = "python -m wugeyi.engines.ledger",
    language: Language | None = None,
) -> int:
    """Run one command.

    Parameters
    ----------
    arguments
        The words after the program's name; those of this process if absent.
    prog
        How the program is called, for the help.
    language
        The terminal's if absent.

    Returns
    -------
    int
        0 done; 1 the book could not be used, or what was asked for is not allowed,
        which is said; 2 the arguments are wrong.
    """
    screen = Screen(language or spoken())
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        given = parser(screen, prog).parse_args(words or ["--help"])
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 2
    try:
        return _run(screen, given)
    except Refused as problem:
        screen.findings(problem.findings)
        return 1
    except OSError as problem:
        screen.tell("no-file", file=str(problem.filename), detail=str(problem.strerror))
        return 1


def _run(screen: Screen, given: argparse.Namespace) -> int:
    kept, of_rows = read(given.folder)
    found = (*of_rows, *check_book(kept.book))
    screen.findings(found)
    if errors(found):
        return 1
    return COMMANDS[given.command](screen, given, kept)


def _check(screen: Screen, given: argparse.Namespace, kept: Folder) -> int:
    book = kept.book
    screen.tell("sound", book=book.code, vouchers=len(book.vouchers))
    screen.result(head(book.code, book.vouchers))
    return 0


def _balance(screen: Screen, given: argparse.Namespace, kept: Folder) -> int:
    first, until = _period(given, kept.book)
    found = trial_balance(kept.book, first, until)
    screen.result(screen.text("titles-balance"))
    for row in (*found.rows, replace(found.total, name=screen.text("total"))):
        amounts = (row.opening_fen, row.debit_fen, row.credit_fen, row.closing_fen)
        screen.result(row.code, row.name, *map(yuan, amounts))
    return 0


def _statements(screen: Screen, given: argparse.Namespace, kept: Folder) -> int:
    first, until = _period(given, kept.book)
    both = (
        balance_sheet(kept.book, until),
        income_statement(kept.book, first, until),
    )
    for statement in both:
        screen.result(screen.text(statement.name))
        for line in statement.lines:
            name = screen.named(line.zh, line.en)
            screen.result(name, *map(yuan, line.amounts_fen))
        screen.result("")
    screen.result(screen.text("equity"))
    for row in changes_in_equity(kept.book, first, until):
        amounts = (
            row.capital_fen,
            row.reserve_fen,
            row.undistributed_fen,
            row.total_fen,
        )
        screen.result(screen.named(row.zh, row.en), *map(yuan, amounts))
    screen.tell("recalled")
    return 0


def _close(screen: Screen, given: argparse.Namespace, kept: Folder) -> int:
    book = kept.book
    month = given.month or (
        book.closed.following if book.closed else Month.of(_days(book)[0])
    )
    after = close_month(book, month)
    many = len(after.vouchers) - len(book.vouchers)
    screen.tell("closed", month=str(month), many=many)
    screen.whole(table(replace(after, vouchers=after.vouchers[len(book.vouchers) :])))
    if given.out:
        write(replace(kept, book=after), given.out)
    return 0


def _distribute(screen: Screen, given: argparse.Namespace, kept: Folder) -> int:
    if kept.reserve_share is None:
        screen.tell("charter-missing")
        return 1
    year = given.year or _days(kept.book)[1].year
    decision = Decision(
        reserve_share=kept.reserve_share,
        members_fen=given.members,
        others=tuple(given.other),
        from_reserve_fen=given.from_reserve,
    )
    found = distribute(earned(kept.book, year), decision, kept.shares)
    _told(screen, found)
    screen.tell("entries-recalled")
    if given.out:
        day = date(year, 12, 31)
        carried = carry(kept.book, day, year=True)
        made = vouchers(carried, found, day)
        after = replace(carried, vouchers=(*carried.vouchers, *made))
        write(replace(kept, book=after), given.out)
    return 0


def _told(screen: Screen, found: Distribution) -> None:
    screen.result(screen.text("losses"), yuan(found.losses_fen))
    screen.result(screen.text("reserve"), yuan(found.reserve_fen))
    screen.result(screen.text("members"), yuan(found.members_fen))
    for name, fen in found.others:
        screen.result(name, yuan(fen))
    screen.result(screen.text("kept"), yuan(found.kept_fen))
    screen.result("")
    screen.result(screen.text("titles-members"))
    for each in found.payments:
        screen.result(
            each.member,
            each.household,
            each.count,
            yuan(each.whole_fen),
            each.rest,
            yuan(each.extra_fen),
            yuan(each.fen),
        )


def _export(screen: Screen, given: argparse.Namespace, kept: Folder) -> int:
    screen.whole(EXPORTS[given.format](kept.book))
    return 0


def _days(book: Book) -> tuple[date, date]:
    """Return the first and last day of a book; of nothing, the first there is."""
    days = [each.day for each in book.vouchers] or [date(1, 1, 1)]
    return min(days), max(days)


def _period(given: argparse.Namespace, book: Book) -> tuple[date, date]:
    until = given.until or _days(book)[1]
    return given.first or date(until.year, 1, 1), until


COMMANDS: dict[str, Callable[[Screen, argparse.Namespace, Folder], int]] = {
    "check": _check,
    "balance": _balance,
    "statements": _statements,
    "close": _close,
    "distribute": _distribute,
    "export": _export,
}
