"""Attacks on posted vouchers, months and heads: what anybody might send as SQL.

Each is told by a name and by the words with which it must be refused; an attack that
raises nothing must have changed nothing either.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from tests.books.guards.forge import RENT, Forge, Step, Steps

BOTH, SQLITE, POSTGRESQL = "both", "sqlite", "postgresql"
MARCH = 2024 * 12 + 2
MUCH = 10**16


@dataclass(frozen=True)
class Attack:
    name: str
    steps: Callable[[Forge], Steps | Step]
    # Any of these words in the refusal; none: whatever stops it will do.
    words: tuple[str, ...] = ()
    on: str = BOTH
    # May end without an error, having changed nothing.
    silent: bool = False


ATTACKS: list[Attack] = []


def attack(name, steps, *words, on=BOTH, silent=False) -> None:
    ATTACKS.append(Attack(name, steps, words, on, silent))


def on(vendor: str) -> Iterator[Attack]:
    return (each for each in ATTACKS if each.on in (BOTH, vendor))


def sql(text: str) -> Callable[[Forge], Steps]:
    return lambda f: [(text, [])]


# Amounts

attack(
    "a fen too much",
    lambda f: f.voucher(lines=(("102", 501, 0), ("501", 0, 500))),
    "unbalanced",
)
attack(
    "half a fen as a fraction",
    lambda f: f.voucher(lines=(("102", 500.5, 0), ("501", 0, 500.5))),
    "whole-fen", "leaf",
)  # fmt: skip
attack(
    "half a fen that rounds away",
    lambda f: f.voucher(lines=(("102", 500.5, 0), ("501", 0, 500))),
    "whole-fen", "unbalanced",
)  # fmt: skip
attack(
    "an amount in words",
    lambda f: f.voucher(lines=(("102", "五百", 0), ("501", 0, "五百"))),
    "whole-fen", "invalid input",
)  # fmt: skip
attack(
    "no amount",
    lambda f: f.voucher(lines=(("102", None, 0), ("501", 0, None))),
    "whole-fen", "null value",
)  # fmt: skip
attack(
    "both sides of a line",
    lambda f: f.voucher(lines=(("102", 500, 500), ("501", 500, 500))),
    "posting_one_side",
)
attack(
    "a debit below nothing",
    lambda f: f.voucher(lines=(("102", -500, 0), ("501", 0, -500))),
    "posting_one_side",
)
attack(
    "red letters against a positive line",
    lambda f: f.voucher(lines=(("102", 0, -500), ("501", 0, 500))),
    "posting_one_side",
)
attack(
    "a line of nothing",
    lambda f: f.voucher(lines=(*RENT, ("511", 0, 0))),
    "posting_one_side",
)
attack("one line", lambda f: f.voucher(lines=(("102", 500, 0),)), "too-few-lines")
attack("no lines", lambda f: f.voucher(lines=()), "too-few-lines")
attack(
    "more than any village has",
    lambda f: f.voucher(lines=(("102", MUCH, 0), ("501", 0, MUCH))),
    "whole-fen",
)
attack(
    "the least number there is",
    lambda f: f.voucher(lines=(("102", -(2**63), 0), ("501", 0, 500))),
)
attack(
    "sums that overflow into balance",
    lambda f: f.voucher(
        lines=(*((("102", 2**62, 0),) * 4), *((("501", 0, 2**62),) * 4))
    ),
    "whole-fen", "overflow", "out of range",
)  # fmt: skip
attack(
    "a place left out",
    lambda f: f.voucher(lines=(RENT[0], ("501", 0, 500, {"place": 3}))),
    "places",
)
attack(
    "places from nought",
    lambda f: f.voucher(
        lines=(("102", 500, 0, {"place": 0}), ("501", 0, 500, {"place": 1}))
    ),
    "places",
)
attack(
    "two lines at one place",
    lambda f: f.voucher(lines=(RENT[0], ("501", 0, 500, {"place": 1}))),
    "there-already", "posting_place_once", "UNIQUE",
)  # fmt: skip

# Accounts, items, other books

attack(
    "an account nobody knows",
    lambda f: f.voucher(lines=(("999", 500, 0), RENT[1])),
    "account",
)
attack(
    "an account of the other regime",
    lambda f: f.voucher(lines=(("522", 500, 0), RENT[1])),
    "account",
)
attack(
    "a sub-account of another book",
    lambda f: f.voucher(lines=(("10202", 500, 0), RENT[1])),
    "account",
)
attack(
    "a sub-account that is shipped with the other regime",
    lambda f: f.voucher(lines=(("3220104", 500, 0), RENT[1])),
    "account",
)
attack(
    "an account with a blank behind",
    lambda f: f.voucher(lines=(("102 ", 500, 0), RENT[1])),
    "account",
)
attack(
    "an account with a zero byte behind",
    lambda f: f.voucher(lines=(("102\0x", 500, 0), RENT[1])),
    "account", "NUL", "0x00",
)  # fmt: skip
attack(
    "an account as bytes",
    lambda f: f.voucher(lines=((b"102", 500, 0), RENT[1]), leaf="0" * 64),
    on=SQLITE,
)
attack(
    "an item of another book",
    lambda f: f.voucher(lines=(("102", 500, 0, {"project": "Q1"}), RENT[1])),
    "item",
)
attack(
    "an item of another kind",
    lambda f: f.voucher(lines=(("102", 500, 0, {"asset": "P1"}), RENT[1])),
    "item",
)
attack(
    "a line that names another book",
    lambda f: f.voucher(lines=(("102", 500, 0), ("501", 0, 500, {"book": f.qt}))),
    "other-book",
)
attack(
    "a voucher over another book's lines",
    lambda f: [
        *f.voucher(book=f.village.other)[:-1],
        f.voucher(id=f.next_id())[-1],
    ],
    "other-book",
)
attack(
    "a book that is not there",
    lambda f: f.voucher(book_id=9_999),
    "no-book", "other-book", "too-few-lines",
)  # fmt: skip

# Numbers, days, people, kinds

attack(
    "a number left out", lambda f: f.voucher(number=f.next_number(f.xk) + 1), "number"
)
attack("number nought", lambda f: f.voucher(number=0), "number")
attack(
    "a number below nought",
    lambda f: f.voucher(number=-1),
    "number", "check constraint",
)  # fmt: skip
attack(
    "a number used before",
    lambda f: f.voucher(number=2),
    "number", "there-already", "voucher_number_once",
)  # fmt: skip
attack(
    "a place in the order left out",
    lambda f: f.voucher(position=f.next_position(f.xk) + 1),
    "position",
)
attack(
    "a place in the order used before",
    lambda f: f.voucher(position=1),
    "position", "there-already", "voucher_position_once",
)  # fmt: skip
attack(
    "numbers of a year that has none yet, from two",
    lambda f: f.voucher(day="2025-01-05", number=2),
    "number",
)
attack("another year than the day's", lambda f: f.voucher(year=2025), "year")
attack(
    "a day that is none",
    lambda f: f.voucher(day="2024-04-31"),
    "day", "out of range",
)  # fmt: skip
attack(
    "a day with an hour",
    lambda f: f.voucher(day="2024-03-15 23:00:00"),
    "day", "leaf",
)  # fmt: skip
attack(
    "a day as a number",
    lambda f: f.voucher(day=2_460_385.5, year=2024),
    "day", "type date",
)  # fmt: skip
attack(
    "the day after tomorrow's millennium", lambda f: f.voucher(day="9999-12-31"), "day"
)
attack("a day for ever", lambda f: f.voucher(day="infinity", year=2024), "day")
attack(
    "a day before Christ",
    lambda f: f.voucher(day="0044-03-15 BC", year=44),
    "day", "year",
)  # fmt: skip
attack("a day in a closed month", lambda f: f.voucher(day="2024-01-31"), "closed")
attack(
    "the last day of the last closed month",
    lambda f: f.voucher(day="2024-02-29"),
    "closed",
)
attack("a day before the books begin", lambda f: f.voucher(day="2023-12-31"), "closed")
attack(
    "who wrote it reviewed it",
    lambda f: f.voucher(reviewed=f.village.accountant.pk),
    "same-person",
)
attack("nobody wrote it", lambda f: f.voucher(prepared=None), "null", "NOT NULL")
attack("somebody who does not exist reviewed it", lambda f: f.voucher(reviewed=99_999))
attack("a kind nobody knows", lambda f: f.voucher(kind="gift"), "kind")
attack("no kind", lambda f: f.voucher(kind=None, nature="ordinary"), "kind", "null")
attack(
    "ordinary, but kept out of the income",
    lambda f: f.voucher(nature="closing"),
    "kind",
)
attack(
    "income called a closing, so that no statement has it",
    lambda f: f.voucher(kind="closing"),
    "not-carried",
)
attack(
    "income called an opening balance in March",
    lambda f: f.voucher(kind="opening"),
    "opening-late",
)
attack("fewer papers than none", lambda f: f.voucher(papers=-1))
attack("key nought", lambda f: f.voucher(id=0), "whole-fen")
attack("a key below nought", lambda f: f.voucher(id=-7), "whole-fen")
attack(
    "a key that uses up all keys",
    lambda f: f.voucher(id=2**63 - 1),
    "there-already",
    on=SQLITE,
)
attack(
    "lines of key -1, and a voucher that gets its key later",
    lambda f: f.voucher(id=None, lines_of=-1),
    "whole-fen", "null value",
)  # fmt: skip
attack(
    "two halves: a voucher without key, then one with key -1",
    lambda f: [*f.voucher(id=None, lines_of=-1), f.voucher(id=-1)[-1]],
    "whole-fen", "null value",
)  # fmt: skip

# Leaves

attack("a leaf of something else", lambda f: f.voucher(leaf="0" * 64), "leaf")
attack("no leaf", lambda f: f.voucher(leaf=None), "leaf", "null")
attack("the leaf of another voucher", lambda f: f.voucher(leaf=f"{f.xk:064d}"), "leaf")
attack(
    "a leaf in capitals",
    lambda f: [
        *f.voucher()[:-1],
        (
            f.voucher()[-1][0],
            [*f.voucher()[-1][1][:-1], str(f.voucher()[-1][1][-1]).upper()],
        ),
    ],
    "leaf",
)
attack(
    "a leaf over other words",
    lambda f: f.voucher(
        lines=(("102", 500, 0, {"summary": "修路"}), RENT[1]), claimed=RENT
    ),
    "leaf",
)

# Reversals

attack("a reversal that names nothing", lambda f: f.voucher(kind="reversal"), "kind")
attack(
    "a reversal of a voucher taken back before",
    lambda f: f.mirror(3),
    "there-already", "reverses_id",
)  # fmt: skip
attack(
    "a reversal of a reversal",
    lambda f: f.mirror(8),
    "reversal",
)
attack(
    "a reversal of another book's voucher",
    lambda f: f.voucher(
        kind="reversal",
        reverses=f.id_of(1, f.qt),
        lines=(("102", 0, 100_000), ("501", 100_000, 0)),
    ),
    "reversal",
)
attack(
    "a reversal of nothing there is",
    lambda f: f.voucher(kind="reversal", reverses=99_999),
    "reversal",
)
attack(
    "a reversal for half the amount",
    lambda f: f.mirror(6, lines=(("102", 0, 40_000), ("501", 40_000, 0))),
    "mirror",
)
attack(
    "a reversal on other accounts",
    lambda f: f.mirror(6, lines=(("101", 0, 80_000), ("501", 80_000, 0))),
    "mirror",
)
attack(
    "a reversal that does the same once more",
    lambda f: f.mirror(6, lines=(("102", 80_000, 0), ("501", 0, 80_000))),
    "mirror",
)
attack(
    "a reversal with lines of its own",
    lambda f: f.mirror(
        6,
        lines=(
            ("102", 0, 80_000),
            ("501", 80_000, 0),
            ("101", 5, 0),
            ("501", 0, 5),
        ),
    ),
    "mirror",
)
attack(
    "a reversal before what it reverses",
    lambda f: f.mirror(7, day="2024-03-01"),
    "reversal",
)
attack(
    "a reversal of another nature", lambda f: f.mirror(6, nature="closing"), "reversal"
)
attack(
    "a reversal called ordinary",
    lambda f: f.voucher(reverses=f.id_of(6)),
    "kind",
)

# Lines of posted vouchers

attack("a line more", lambda f: f.line(f.id_of(6), 3, ("101", 500, 0)), "sealed")
attack(
    "two lines more that balance",
    lambda f: [
        f.line(f.id_of(6), 3, ("101", 500, 0)),
        f.line(f.id_of(6), 4, ("511", 0, 500)),
    ],
    "sealed",
)
attack(
    "a line more under another book's name",
    lambda f: f.line(f.id_of(6), 3, ("101", 500, 0), f.qt),
    "sealed",
)
attack(
    "a line more of every posted voucher",
    sql(
        "INSERT INTO books_posting (voucher_id, book_id, place, account, debit_fen,"
        " credit_fen, summary, asset, counterparty, household, project)"
        " SELECT voucher_id, book_id, place + 100, account, debit_fen, credit_fen,"
        " summary, asset, counterparty, household, project FROM books_posting"
    ),
    "sealed",
)
attack("lines without a voucher", lambda f: f.voucher()[:-1])
attack(
    "a line moved to another voucher",
    lambda f: (
        "UPDATE books_posting SET voucher_id = %s, place = 9 WHERE voucher_id = %s"
        " AND place = 1",
        [f.id_of(6), f.id_of(7)],
    ),
    "added-only", "permission denied",
)  # fmt: skip

# Editing and deleting

_ADDED = ("voucher", "posting", "closing", "monthsum", "head", "subaccount")
for table in _ADDED:
    attack(
        f"{table}: every row deleted",
        sql(f"DELETE FROM books_{table}"),
        "added-only", "permission denied",
    )  # fmt: skip
    attack(
        f"{table}: a row deleted by its key",
        sql(f"DELETE FROM books_{table} WHERE id = (SELECT max(id) FROM books_{table})"),
        "added-only", "permission denied",
    )  # fmt: skip
    attack(
        f"{table}: keys moved",
        sql(f"UPDATE books_{table} SET id = id + 1000"),
        "added-only", "permission denied",
    )  # fmt: skip
for table in ("book", "item"):
    attack(
        f"{table}: every row deleted",
        sql(f"DELETE FROM books_{table}"),
        "added-only", "permission denied",
    )  # fmt: skip

_COLUMNS = {
    "voucher": {
        "book_id": "(SELECT id FROM books_book WHERE code = 'QT')",
        "year": "year + 1",
        "number": "number + 1",
        "position": "position + 1",
        "day": "'2024-03-31'",
        "kind": "'closing'",
        "nature": "'closing'",
        "reverses_id": "NULL",
        "papers": "papers + 1",
        "prepared_by_id": "reviewed_by_id",
        "reviewed_by_id": "prepared_by_id",
        "posted_at": "'2020-01-01 00:00:00+00:00'",
        "decision_id": "NULL",
        "batch_id": "NULL",
        "client_id": "NULL",
        "leaf": "'0'",
    },
    "posting": {
        "book_id": "(SELECT id FROM books_book WHERE code = 'QT')",
        "place": "place + 1",
        "account": "'101'",
        "debit_fen": "debit_fen * 2",
        "credit_fen": "credit_fen * 2",
        "summary": "'修路'",
        "project": "'P1'",
    },
    "closing": {
        "closed_until": "closed_until - 1",
        "month": "month - 1",
        "kind": "'reopen'",
        "vouchers": "vouchers - 1",
        "reason": "'别的'",
        "position": "position + 9",
    },
    "monthsum": {
        "debit_fen": "debit_fen + 1",
        "credit_fen": "credit_fen + 1",
        "account": "'101'",
        "nature": "'closing'",
        "closing_id": "1",
    },
    "head": {"root": "'0'", "size": "size - 1", "published_at": "NULL"},
    "subaccount": {"code": "'10199'", "name": "'别的'", "book_id": "1"},
    "book": {
        "code": "code || 'x'",
        "regime": "'2004'",
        "begins_on": "'2020-01-01'",
        "keeper": "'committee'",
        "organisation_id": "organisation_id + 1",
        "created_at": "'2020-01-01 00:00:00+00:00'",
        "id": "id + 1000",
    },
    "item": {
        "code": "code || 'x'",
        "kind": "'asset'",
        "book_id": "(SELECT max(id) FROM books_book)",
        "id": "id + 1000",
    },
}
for table, columns in _COLUMNS.items():
    for column, value in columns.items():
        attack(
            f"{table}.{column} changed",
            sql(f"UPDATE books_{table} SET {column} = {value}"),
            "added-only", "fixed", "there-already", "permission denied",
        )  # fmt: skip
attack(
    "sides of an amount exchanged",
    sql("UPDATE books_posting SET debit_fen = credit_fen, credit_fen = debit_fen"),
    "added-only", "permission denied",
)  # fmt: skip
attack(
    "accounts exchanged by a join",
    sql(
        "UPDATE books_posting SET account = o.account FROM books_posting o"
        " WHERE o.voucher_id = books_posting.voucher_id"
        " AND o.place <> books_posting.place"
    ),
    "added-only", "permission denied",
)  # fmt: skip
attack(
    "a book's regime changed by a key that is the same",
    sql(
        "INSERT INTO books_book SELECT * FROM books_book WHERE code = 'XK'"
        " ON CONFLICT (id) DO UPDATE SET regime = '2004'"
    ),
)
attack(
    "a voucher changed by an insertion that meets it",
    lambda f: [
        *f.voucher()[:-1],
        (
            f.voucher(number=2)[-1][0]
            + " ON CONFLICT (book_id, year, number) DO UPDATE SET kind = 'closing'",
            f.voucher(number=2)[-1][1],
        ),
    ],
)
attack(
    "a line changed by an insertion that meets it",
    lambda f: (
        f.line(f.id_of(6), 1, ("101", 500, 0))[0]
        + " ON CONFLICT (voucher_id, place) DO UPDATE SET account = '101'",
        f.line(f.id_of(6), 1, ("101", 500, 0))[1],
    ),
)
attack(
    "a line that may be left out",
    lambda f: (
        f.line(f.id_of(6), 3, ("101", 500, 0))[0] + " ON CONFLICT DO NOTHING",
        f.line(f.id_of(6), 3, ("101", 500, 0))[1],
    ),
    "sealed",
)
attack(
    "the same client sends another voucher",
    lambda f: [
        *f.voucher(client=uuid4().hex),
        (f.voucher()[-1][0], f.voucher(number=2)[-1][1]),
    ],
)

# Months

attack("March closed without its sums", lambda f: f.closing(), "sums")
attack(
    "March closed with a fen more",
    lambda f: [
        f.sums(f.next_id("books_closing")),
        f.sum(f.next_id("books_closing"), "101", debit=1),
        f.closing(),
    ],
    "sums",
)
attack(
    "March closed with January's sums",
    lambda f: [f.sums(f.next_id("books_closing"), date(2024, 1, 1)), f.closing()],
    "sums",
)
attack(
    "March closed with another book's sums",
    lambda f: [f.sums(f.next_id("books_closing"), book=f.qt), f.closing()],
    "sums",
)
attack(
    "April closed before March",
    lambda f: f.closing(month=MARCH + 1),
    "closing-order",
)
attack(
    "February closed twice",
    lambda f: [
        f.sums(f.next_id("books_closing"), date(2024, 2, 1)),
        f.closing(month=MARCH - 1),
    ],
    "closing-order",
)
attack(
    "March closed, but only until January",
    lambda f: [
        f.sums(f.next_id("books_closing")),
        f.closing(closed_until=MARCH - 2),
    ],
    "closing-order",
)
attack(
    "a closing that skips its place",
    lambda f: [f.sums(f.next_id("books_closing")), f.closing(position=99)],
    "position",
)
attack(
    "a closing that tells of fewer vouchers",
    lambda f: [f.sums(f.next_id("books_closing")), f.closing(vouchers=3)],
    "vouchers",
)
attack(
    "a closing of a kind nobody knows",
    lambda f: f.closing(kind="forget"),
    "closing-order", "too long",
)  # fmt: skip
attack(
    "a month opened without a reason",
    lambda f: f.closing(kind="reopen", month=MARCH - 1, closed_until=MARCH - 2),
    "no-reason",
)
attack(
    "a month opened for a reason of blanks",
    lambda f: f.closing(
        kind="reopen",
        month=MARCH - 1,
        closed_until=MARCH - 2,
        reason=" \t\n　",
    ),
    "no-reason",
)
attack(
    "January opened while February is closed",
    lambda f: f.closing(
        kind="reopen", month=MARCH - 2, closed_until=MARCH - 3, reason="x"
    ),
    "closing-order",
)
attack(
    "all months opened at once",
    lambda f: f.closing(
        kind="reopen", month=MARCH - 1, closed_until=MARCH - 9, reason="x"
    ),
    "closing-order",
)
attack(
    "a month before the books begin opened",
    lambda f: f.closing(
        book_id=f.qt, kind="reopen", month=MARCH - 3, closed_until=MARCH - 4, reason="x"
    ),
    "closing-order",
)
attack(
    "a month opened and sums kept for it",
    lambda f: [
        f.sum(f.next_id("books_closing")),
        f.closing(kind="reopen", month=MARCH - 1, closed_until=MARCH - 2, reason="x"),
    ],
    "sums",
)
attack(
    "a sum added to a closed month",
    lambda f: f.sum(f.last_closing(), "101"),
    "sealed",
)
attack("a sum of no closing", lambda f: f.sum(9_999))
attack(
    "a sum of half a fen",
    lambda f: [
        f.sums(f.next_id("books_closing")),
        f.sum(f.next_id("books_closing"), "101", debit=0.5),
        f.closing(),
    ],
    "whole-fen", "sums",
)  # fmt: skip
attack(
    "sums of key -1, and a closing that gets its key later",
    lambda f: [f.sums(-1), f.closing(id=None)],
    "whole-fen", "null value",
)  # fmt: skip
attack(
    "a month closed and its voucher posted in one breath",
    lambda f: [
        f.sums(f.next_id("books_closing")),
        f.closing(),
        *f.voucher(day="2024-03-31"),
    ],
    "closed",
)

# Books, accounts, heads

attack(
    "a second set of books of one keeper",
    lambda f: f.book(keeper="collective"),
    "there-already", "book_one_of_a_keeper",
)  # fmt: skip
attack(
    "books that begin in the middle of a month",
    lambda f: f.book(begins_on="2024-01-15"),
    "begins-first",
)
attack("books without a regime", lambda f: f.book(regime="2030"), "begins-first")
attack(
    "books that begin never",
    lambda f: f.book(begins_on="infinity"),
    "begins-first", "day",
)  # fmt: skip
attack(
    "books of the year 9999",
    lambda f: f.book(begins_on="9999-12-01"),
    "begins-first", "day",
)  # fmt: skip


def _sub_account(f: Forge, code: object, book: int | None = None) -> Step:
    return (
        "INSERT INTO books_subaccount (book_id, code, name, added_at)"
        " VALUES (%s, %s, 'x', '2026-01-01 00:00:00+00:00')",
        [book or f.xk, code],
    )


attack("a sub-account of no account", lambda f: _sub_account(f, "99901"), "account")
attack("a sub-account of three digits", lambda f: _sub_account(f, "102"), "account")
attack("a sub-account with a letter", lambda f: _sub_account(f, "1020x"), "account")
attack(
    "a sub-account of the other regime",
    lambda f: _sub_account(f, "52201"),
    "account",
)
attack(
    "a sub-account with a zero byte",
    lambda f: _sub_account(f, "10201\0\0"),
    "account", "NUL", "0x00",
)  # fmt: skip
attack(
    "a sub-account of no book",
    lambda f: _sub_account(f, "10203", 9_999),
    "account",
)
attack(
    "a sub-account there already",
    lambda f: _sub_account(f, "10201"),
    "there-already", "sub_account_once",
)  # fmt: skip


def _head(f: Forge, size: object, root: str, book: int | None = None) -> Step:
    return (
        "INSERT INTO books_head (book_id, size, root, published_at)"
        " VALUES (%s, %s, %s, '2026-01-01 00:00:00+00:00')",
        [book or f.xk, size, root],
    )


attack("a head of anything", lambda f: _head(f, 3, "0" * 64), "head")
attack("a head over more than there is", lambda f: _head(f, 99, "0" * 64), "head")
attack("a head over nothing", lambda f: _head(f, 0, "0" * 64), "head")
attack(
    "a head with another book's root",
    lambda f: _head(f, 1, f.village.head.root, f.qt),
    "head",
)
attack("a head that is no hash", lambda f: _head(f, 3, "x"), "head")

# Drafts and papers of posted vouchers

_POSTED = "WHERE voucher_id IS NOT NULL"
attack(
    "a posted draft opened again",
    sql(f"UPDATE books_draft SET state = 'writing' {_POSTED}"),
    "posted",
)
attack(
    "a posted draft let go of its voucher",
    sql(f"UPDATE books_draft SET voucher_id = NULL, state = 'writing' {_POSTED}"),
    "posted",
)
attack("a posted draft deleted", sql(f"DELETE FROM books_draft {_POSTED}"), "posted")
attack(
    "another draft laid under a posted voucher",
    lambda f: (
        "UPDATE books_draft SET voucher_id = %s, state = 'posted',"
        " reviewed_by_id = %s WHERE id = %s",
        [f.id_of(7), f.village.reviewer.pk, f.village.open_draft],
    ),
    "not-this-draft",
)
attack(
    "a draft posted without a voucher",
    lambda f: (
        "UPDATE books_draft SET state = 'posted' WHERE id = %s",
        [f.village.open_draft],
    ),
    "posted",
)
for column, value in (
    ("withdrawn_at", "'2026-01-01 00:00:00+00:00'"),
    ("upload_id", "(SELECT max(id) FROM uploads_upload)"),
    ("draft_id", "(SELECT max(id) FROM books_draft)"),
):
    attack(
        f"papers of a posted voucher: {column} changed",
        lambda f, column=column, value=value: (
            f"UPDATE books_paper SET {column} = {value} WHERE draft_id = %s",
            [f.village.posted_draft],
        ),
        "posted",
    )
attack(
    "papers of a posted voucher deleted",
    lambda f: ("DELETE FROM books_paper WHERE draft_id = %s", [f.village.posted_draft]),
    "posted",
)
attack(
    "a paper slipped under a posted voucher",
    lambda f: (
        "INSERT INTO books_paper (draft_id, upload_id, added_at)"
        " SELECT %s, max(id), '2026-01-01 00:00:00+00:00' FROM uploads_upload",
        [f.village.posted_draft],
    ),
    "posted",
)
attack(
    "a paper moved under a posted voucher",
    lambda f: (
        "UPDATE books_paper SET draft_id = %s WHERE draft_id = %s",
        [f.village.posted_draft, f.village.open_draft],
    ),
    "posted",
)
attack(
    "another picture under a posted paper",
    lambda f: (
        "UPDATE uploads_upload SET path = 'other.jpg', sha256 = '0' WHERE id ="
        " (SELECT upload_id FROM books_paper WHERE draft_id = %s)",
        [f.village.posted_draft],
    ),
    "posted",
)
attack(
    "lines of a posted draft changed",
    lambda f: (
        "UPDATE books_draftline SET summary = '修路' WHERE draft_id = %s",
        [f.village.posted_draft],
    ),
    "posted",
)
attack(
    "lines of a posted draft deleted",
    lambda f: (
        "DELETE FROM books_draftline WHERE draft_id = %s",
        [f.village.posted_draft],
    ),
    "posted",
)

# SQLite's own ways

for verb in ("INSERT OR REPLACE", "REPLACE"):
    attack(
        f"{verb} on a voucher's number",
        lambda f, verb=verb: f.voucher(number=2, verb=verb),
        on=SQLITE,
    )
    attack(
        f"{verb} on a voucher's key",
        lambda f, verb=verb: f.voucher(id=f.id_of(6), verb=verb),
        on=SQLITE,
    )
attack(
    "INSERT OR REPLACE on what is reversed",
    lambda f: f.mirror(3, verb="INSERT OR REPLACE"),
    "there-already",
    on=SQLITE,
)
attack(
    "INSERT OR IGNORE over a refusal",
    lambda f: f.voucher(lines=(("102", 501, 0), RENT[1]), verb="INSERT OR IGNORE"),
    "unbalanced",
    on=SQLITE,
)
attack(
    "INSERT OR FAIL keeps what came before",
    lambda f: f.voucher(lines=(("102", 501, 0), RENT[1]), verb="INSERT OR FAIL"),
    "unbalanced",
    on=SQLITE,
)
attack(
    "INSERT OR REPLACE on a line",
    lambda f: (
        "INSERT OR REPLACE INTO books_posting (id, voucher_id, book_id, place, account,"
        " debit_fen, credit_fen, summary, asset, counterparty, household, project)"
        " SELECT id, voucher_id, book_id, place, '101', debit_fen, credit_fen, '', '',"
        " '', '', '' FROM books_posting WHERE voucher_id = %s",
        [f.id_of(6)],
    ),
    "there-already",
    "sealed",
    on=SQLITE,
)
attack(
    "a sealed line pushed out by one of a new voucher",
    lambda f: (
        "INSERT OR REPLACE INTO books_posting (id, voucher_id, book_id, place, account,"
        " debit_fen, credit_fen, summary, asset, counterparty, household, project)"
        " SELECT id, %s, book_id, place, account, debit_fen, credit_fen, '', '', '',"
        " '', '' FROM books_posting WHERE voucher_id = %s",
        [f.next_id(), f.id_of(6)],
    ),
    "there-already",
    on=SQLITE,
)
for table in ("closing", "monthsum", "head", "subaccount", "book", "item"):
    attack(
        f"INSERT OR REPLACE of every {table}",
        sql(f"INSERT OR REPLACE INTO books_{table} SELECT * FROM books_{table}"),
        on=SQLITE,
    )
attack(
    "a book pushed out by one of the same keeper",
    lambda f: f.book("INSERT OR REPLACE", keeper="collective"),
    "there-already",
    on=SQLITE,
)
attack(
    "a book pushed out and put back under the other regime",
    lambda f: [
        f.book("INSERT OR REPLACE", keeper="collective"),
        f.book(
            "INSERT OR REPLACE", id=f.xk, code="XK", keeper="collective", regime="2004"
        ),
    ],
    "there-already",
    on=SQLITE,
)
attack(
    "a book pushed out by old books opened again",
    sql("UPDATE OR REPLACE books_book SET closed_at = NULL WHERE code = 'ALT'"),
    "there-already",
    on=SQLITE,
)
attack(
    "a posted draft pushed out by its client's key",
    lambda f: (
        "INSERT OR REPLACE INTO books_draft SELECT * FROM books_draft WHERE id = %s",
        [f.village.posted_draft],
    ),
    on=SQLITE,
)
attack(
    "UPDATE OR REPLACE moves an open draft onto a posted one",
    lambda f: (
        "UPDATE OR REPLACE books_draft SET id = %s WHERE id = %s",
        [f.village.posted_draft, f.village.open_draft],
    ),
    "posted",
    on=SQLITE,
)
attack(
    "UPDATE OR REPLACE moves an open paper onto a posted one",
    lambda f: (
        "UPDATE OR REPLACE books_paper SET id = (SELECT id FROM books_paper"
        " WHERE draft_id = %s) WHERE draft_id = %s",
        [f.village.posted_draft, f.village.open_draft],
    ),
    "posted",
    on=SQLITE,
)
attack(
    "INSERT OR REPLACE of a posted picture",
    sql(
        "INSERT OR REPLACE INTO uploads_upload SELECT * FROM uploads_upload"
        " ORDER BY id LIMIT 1"
    ),
    "posted",
    on=SQLITE,
)
attack(
    "UPDATE OR IGNORE of amounts",
    sql("UPDATE OR IGNORE books_posting SET debit_fen = 1 WHERE debit_fen > 0"),
    "added-only",
    on=SQLITE,
)
attack(
    "rowid moved",
    sql("UPDATE books_voucher SET rowid = rowid + 100"),
    "added-only",
    on=SQLITE,
)
attack(
    "the last key lowered so that keys come again",
    lambda f: [
        ("UPDATE sqlite_sequence SET seq = 0 WHERE name LIKE 'books_%%'", []),
        ("DELETE FROM books_posting WHERE id = 1", []),
    ],
    "added-only",
    on=SQLITE,
)
attack(
    "DELETE that returns",
    sql("DELETE FROM books_voucher RETURNING id"),
    "added-only",
    on=SQLITE,
)

# PostgreSQL's own ways

attack(
    "TRUNCATE of lines",
    sql("TRUNCATE books_posting"),
    "permission denied",
    on=POSTGRESQL,
)
attack(
    "TRUNCATE of everything",
    sql("TRUNCATE books_voucher, books_posting, books_book CASCADE"),
    "permission denied",
    on=POSTGRESQL,
)
attack(
    "DELETE by a join",
    sql("DELETE FROM books_posting p USING books_voucher v WHERE v.id = p.voucher_id"),
    "permission denied",
    on=POSTGRESQL,
)
attack(
    "MERGE into lines",
    sql(
        "MERGE INTO books_posting p USING books_voucher v ON v.id = p.voucher_id"
        " WHEN MATCHED THEN UPDATE SET account = '101'"
    ),
    "permission denied",
    on=POSTGRESQL,
)
attack(
    "MERGE that inserts into posted vouchers",
    lambda f: (
        "MERGE INTO books_posting p USING (SELECT %s AS v) s ON p.place = 99"
        " WHEN NOT MATCHED THEN INSERT (voucher_id, book_id, place, account, debit_fen,"
        " credit_fen, summary, asset, counterparty, household, project)"
        " VALUES (s.v, %s, 99, '101', 5, 0, '', '', '', '', '')",
        [f.id_of(6), f.xk],
    ),
    "sealed",
    on=POSTGRESQL,
)


def _at_once(f: Forge) -> Step:
    """Lines and voucher by one statement: nothing is sealed while it runs."""
    *lines, head = f.voucher(lines=(("102", 501, 0), ("501", 0, 500)))
    texts = [f"l{at} AS ({each[0]} RETURNING 1)" for at, each in enumerate(lines)]
    values = [value for each in (*lines, head) for value in each[1]]
    return (f"WITH {', '.join(texts)} {head[0]}", values)


attack("lines and voucher by one statement", _at_once, on=POSTGRESQL)
attack(
    "a line and a deletion by one statement",
    sql("WITH gone AS (DELETE FROM books_voucher RETURNING id) SELECT * FROM gone"),
    "permission denied",
    on=POSTGRESQL,
)
attack(
    "constraints put off",
    lambda f: [
        ("SET CONSTRAINTS ALL DEFERRED", []),
        f.line(f.id_of(6), 3, ("101", 500, 0), f.qt),
    ],
    "sealed",
    on=POSTGRESQL,
)
for level in ("REPEATABLE READ", "SERIALIZABLE", "READ UNCOMMITTED"):
    attack(
        f"at the isolation level {level}",
        lambda f, level=level: [
            (f"SET TRANSACTION ISOLATION LEVEL {level}", []),
            *f.voucher(),
        ],
        "isolation", "must be called before",
        on=POSTGRESQL,
    )  # fmt: skip
for name, steps in (
    ("lines of", lambda f: [f.line(f.id_of(6), 3, ("101", 500, 0))]),
    ("vouchers of", lambda f: f.voucher(day="2024-01-31")),
):
    attack(
        f"an empty temporary table in the place of {name}",
        lambda f, steps=steps: [
            *steps(f)[:0],
            ("CREATE TEMP TABLE books_voucher (LIKE public.books_voucher)", []),
            ("CREATE TEMP TABLE books_closing (LIKE public.books_closing)", []),
            *(
                (
                    text.replace("INTO books_", "INTO public.books_"),
                    values,
                )
                for text, values in steps(f)
            ),
        ],
        "sealed", "closed",
        on=POSTGRESQL,
    )  # fmt: skip
attack(
    "a search path of the attacker's",
    lambda f: [
        ("SET LOCAL search_path = pg_temp, public", []),
        ("CREATE TEMP TABLE books_voucher (LIKE public.books_voucher)", []),
        (
            f.line(1, 3, ("101", 5, 0))[0].replace("INTO ", "INTO public."),
            f.line(f.id_of(6), 3, ("101", 5, 0))[1],
        ),
    ],
    "sealed",
    on=POSTGRESQL,
)
for what, text in (
    ("triggers switched off", "ALTER TABLE books_voucher DISABLE TRIGGER ALL"),
    ("a trigger dropped", "DROP TRIGGER books_voucher_guard ON books_voucher"),
    ("replication's triggers only", "SET session_replication_role = replica"),
    ("a guard replaced", "CREATE OR REPLACE FUNCTION books_refuse() RETURNS trigger"
     " LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$"),
    ("a rule instead", "CREATE RULE quiet AS ON INSERT TO books_voucher DO INSTEAD"
     " NOTHING"),
    ("rights given to oneself", "GRANT ALL ON books_voucher TO CURRENT_USER"),
    ("the owner's role taken", "SET ROLE wugeyi"),
    ("the next key set", "SELECT setval('books_voucher_id_seq', 1)"),
    ("a table of one's own", "CREATE TABLE public.books_mine (id integer)"),
):  # fmt: skip
    attack(what, sql(text), on=POSTGRESQL, silent=True)
