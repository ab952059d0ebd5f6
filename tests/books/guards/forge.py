"""What an attacker would send: vouchers as raw SQL, right in all but what is asked."""

import json
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from django.db import connection

from tests.books.guards.ground import Village

Step = tuple[str, list[Any]]
Steps = list[Step]
RENT = (("102", 500, 0), ("501", 0, 500))
ITEMS = ("asset", "counterparty", "household", "project")
LINE_COLUMNS = (
    "voucher_id, book_id, place, account, debit_fen, credit_fen, summary, "
    "asset, counterparty, household, project"
)
VOUCHER_COLUMNS = (
    "id, book_id, year, number, position, day, kind, nature, reverses_id, papers, "
    "prepared_by_id, reviewed_by_id, posted_at, client_id, leaf"
)
AT = "2026-03-18 01:00:00+00:00"


def leaf(*, code, year, number, day, kind, reverses, papers, lines) -> str:
    """The leaf as anybody can compute it, from engines/ledger/heads/canonical."""
    told = [
        [
            each[0],
            each[1],
            each[2],
            extra(each).get("summary", "x"),
            [[kind_, extra(each)[kind_]] for kind_ in ITEMS if extra(each).get(kind_)],
        ]
        for each in lines
    ]
    whole = [
        *("wugeyi-voucher-1", code, year, number, day, kind),
        *(reverses, papers, told),
    ]
    text = json.dumps(whole, ensure_ascii=False, separators=(",", ":"), default=str)
    return sha256(b"\0" + text.encode()).hexdigest()


def extra(line: tuple) -> dict[str, Any]:
    return line[3] if len(line) > 3 else {}


def ask(sql: str, *values: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(values))
        row = cursor.fetchone()
    return row[0] if row else None


@dataclass
class Forge:
    village: Village

    @property
    def xk(self) -> int:
        return self.village.book.pk

    @property
    def qt(self) -> int:
        return self.village.other.pk

    def id_of(self, number: int, book: int | None = None, year: int = 2024) -> int:
        return ask(
            "SELECT id FROM books_voucher WHERE book_id = %s AND number = %s"
            " AND year = %s",
            *(book or self.xk, number, year),
        )

    def next_id(self, table: str = "books_voucher") -> int:
        return ask(f"SELECT max(id) + 1 FROM {table}")

    def next_number(self, book: int, year: int = 2024) -> int:
        return ask(
            "SELECT coalesce(max(number), 0) + 1 FROM books_voucher"
            " WHERE book_id = %s AND year = %s",
            *(book, year),
        )

    def next_position(self, book: int) -> int:
        return ask(
            "SELECT coalesce(max(position), 0) + 1 FROM books_voucher"
            " WHERE book_id = %s",
            book,
        )

    def line(self, voucher: Any, place: int, line: tuple, book: Any = None) -> Step:
        more = extra(line)
        values = [
            voucher,
            more.get("book", book or self.xk),
            more.get("place", place),
            *line[:3],
            more.get("summary", "x"),
            *(more.get(kind, "") for kind in ITEMS),
        ]
        return (
            f"INSERT INTO books_posting ({LINE_COLUMNS}) VALUES"
            " (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
            values,
        )

    def voucher(self, *, lines: tuple = RENT, verb: str = "INSERT", **given) -> Steps:
        """Lines, then the voucher over them; its leaf fits what is claimed."""
        book = given.get("book") or self.village.book
        day = given.get("day", "2024-03-15")
        kind = given.get("kind", "ordinary")
        plain = day if isinstance(day, str) and day[:4].isdigit() else "2024"
        year = given.get("year", int(plain[:4]))
        key = given.get("id", self.next_id())
        number = given.get("number", self.next_number(book.pk, year))
        papers = given.get("papers", 0)
        reverses = given.get("reverses")
        marks = None
        if reverses is not None:
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT year, number FROM books_voucher WHERE id = %s", [reverses]
                )
                marks = list(cursor.fetchone() or [0, 0])
        made = given.get(
            "leaf",
            leaf(
                code=book.code,
                year=year,
                number=number,
                day=day,
                kind=kind,
                reverses=marks,
                papers=papers,
                lines=given.get("claimed", lines),
            ),
        )
        values = [
            key,
            given.get("book_id", book.pk),
            year,
            number,
            given.get("position", self.next_position(book.pk)),
            day,
            kind,
            given.get("nature", "ordinary" if kind == "reversal" else kind),
            reverses,
            papers,
            given.get("prepared", self.village.accountant.pk),
            given.get("reviewed", self.village.reviewer.pk),
            AT,
            given.get("client"),
            made,
        ]
        marks_ = ", ".join(["%s"] * len(values))
        return [
            *(
                self.line(given.get("lines_of", key), place, each, book.pk)
                for place, each in enumerate(lines, start=1)
            ),
            (
                f"{verb} INTO books_voucher ({VOUCHER_COLUMNS}) VALUES ({marks_})",
                values,
            ),
        ]

    def mirror(self, number: int, **more: Any) -> Steps:
        """Take a voucher back."""
        key = self.id_of(number)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT account, credit_fen, debit_fen, asset, counterparty, household,"
                " project FROM books_posting WHERE voucher_id = %s ORDER BY place",
                [key],
            )
            lines = tuple(
                (*row[:3], {k: v for k, v in zip(ITEMS, row[3:], strict=True) if v})
                for row in cursor.fetchall()
            )
        given = {"kind": "reversal", "reverses": key, "lines": lines} | more
        return self.voucher(**given)

    def closing(self, **given: Any) -> Step:
        book = given.get("book_id", self.xk)
        month = given.get("month", 2024 * 12 + 2)
        values = [
            given.get("id", self.next_id("books_closing")),
            book,
            given.get(
                "position",
                ask(
                    "SELECT coalesce(max(position), 0) + 1 FROM books_closing"
                    " WHERE book_id = %s",
                    book,
                ),
            ),
            given.get("kind", "close"),
            month,
            given.get("closed_until", month),
            given.get("vouchers", self.next_position(book) - 1),
            given.get("reason", ""),
            self.village.accountant.pk,
            AT,
        ]
        return (
            "INSERT INTO books_closing (id, book_id, position, kind, month,"
            " closed_until, vouchers, reason, by_id, at)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
            values,
        )

    def sums(self, closing: int, month: date = date(2024, 3, 1), book=None) -> Step:
        """What a closing would keep of a month."""
        after = date(month.year + month.month // 12, month.month % 12 + 1, 1)
        columns = ", ".join(f"p.{each}" for each in ("account", *ITEMS))
        return (
            f"INSERT INTO books_monthsum (closing_id, nature, account,"
            f" {', '.join(ITEMS)}, debit_fen, credit_fen)"
            f" SELECT %s, v.nature, {columns}, sum(p.debit_fen), sum(p.credit_fen)"
            "  FROM books_voucher v JOIN books_posting p ON p.voucher_id = v.id"
            " WHERE v.book_id = %s AND v.day >= %s AND v.day < %s"
            f" GROUP BY v.nature, {columns}",
            [closing, book or self.xk, month.isoformat(), after.isoformat()],
        )

    def sum(self, closing: int, account: str = "102", **given: Any) -> Step:
        return (
            "INSERT INTO books_monthsum (closing_id, nature, account, asset,"
            " counterparty, household, project, debit_fen, credit_fen)"
            " VALUES (%s, %s, %s, '', '', '', '', %s, %s)",
            [
                closing,
                given.get("nature", "ordinary"),
                account,
                given.get("debit", 1),
                given.get("credit", 0),
            ],
        )

    def last_closing(self) -> int:
        return ask(
            "SELECT id FROM books_closing WHERE book_id = %s ORDER BY position DESC",
            self.xk,
        )

    def book(self, verb: str = "INSERT", **given: Any) -> Step:
        of = self.village.book
        values = [
            given.get("id", self.next_id("books_book")),
            given.get("code", "NEW"),
            given.get("organisation", of.organisation_id),
            given.get("keeper", "committee"),
            given.get("regime", "2023"),
            given.get("begins_on", "2024-01-01"),
            AT,
            given.get("closed_at"),
        ]
        return (
            f"{verb} INTO books_book (id, code, organisation_id, keeper, regime,"
            " begins_on, created_at, closed_at, name_zh, name_en, rhythm, version)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, 'x', '', 'quarterly', 1)",
            values,
        )
