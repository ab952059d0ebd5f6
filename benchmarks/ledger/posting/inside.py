"""Our app posting: one at a time, many at once, statements, verification.

`python -m benchmarks.ledger.posting.inside VOUCHERS-FILE ONE MANY` with our environment
set; prints JSON.
"""

import json
import random
import resource
import sys
import time
from datetime import UTC, date, datetime, timedelta
from typing import Any

import django

from benchmarks.ledger.posting.clock import cpu

AT = datetime(2026, 3, 18, 1, 0, tzinfo=UTC)
Told = dict[str, Any]
YEARS, A_YEAR = 3, 600
BATCH = 2_000


def main(path: str, one: int, many: int) -> None:
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    with open(path, encoding="utf-8") as file:
        told = json.load(file)
    keeper = Keeper(told["accounts"])
    found = {
        "one": keeper.one_by_one(told["vouchers"][:one]),
        "many": keeper.at_once(many),
        "plain": plain(many),
        "statements": keeper.statements(),
    }
    found["verify"] = verify()
    print(json.dumps(found))


class Keeper:
    """Two people who keep the books of invented villages."""

    def __init__(self, accounts: list[tuple[str, str]]) -> None:
        from tests.books.collective import found

        self.world = found()
        self.accounts = accounts
        self.many = 0
        self.people = self.world.people

    def book(self) -> Any:
        """Open the books of another village."""
        from tests.casework.world import plant
        from wugeyi.books.actions.books import add_sub_account, open_book
        from wugeyi.books.adapter.charts import shipped

        self.many += 1
        code = f"990101001{500 + self.many}"
        village = plant(f"村{self.many}", "village", code, self.world.world.town)
        book = open_book(
            organisation=village,
            keeper="collective",
            regime="2023",
            code=f"B{self.many}",
            name_zh=f"村{self.many}",
            begins_on=date(2024, 1, 1),
            by=self.world.accountant,
            at=AT,
        )
        for code, _ in self.accounts:
            if len(code) > 3 and code not in shipped("2023"):
                add_sub_account(
                    book=book, code=code, name=code, by=self.world.accountant, at=AT
                )
        return book

    def one_by_one(self, vouchers: list[Told]) -> Told:
        from wugeyi.books.actions.posting import post

        book = self.book()
        entries = [entry(each) for each in vouchers]
        seconds, used = [], cpu()
        for each in entries:
            began = time.perf_counter()
            post(book=book, entry=each, **self.people)
            seconds.append(time.perf_counter() - began)
        used = (cpu() - used) / len(entries)
        return {"seconds": seconds[20:], "cpu_ms": used * 1000}

    def at_once(self, many: int) -> Told:
        """Import vouchers as one act, and by acts of some hundred."""
        from wugeyi.books.actions.posting import post_many

        entries = drawn(many)
        book = self.book()
        began, used = time.perf_counter(), cpu()
        assert post_many(book=book, entries=entries, **self.people) == many
        whole = time.perf_counter() - began
        used = cpu() - used
        book = self.book()
        began = time.perf_counter()
        for at in range(0, many, 500):
            post_many(book=book, entries=entries[at : at + 500], **self.people)
        parts = time.perf_counter() - began
        return {"rate": many / whole, "cpu_rate": many / used, "by_500": many / parts}

    def statements(self) -> Told:
        """Ask for statements of a village with three years, all but the last months closed."""
        from wugeyi.books.actions.months import close_month
        from wugeyi.books.actions.posting import post_many
        from wugeyi.books.adapter.amounts import summed
        from wugeyi.books.rules.months import month_of
        from wugeyi.engines.ledger import (
            balance_sheet,
            changes_in_equity,
            income_statement,
            trial_balance,
        )

        book = self.book()
        by_month: dict[int, list[Any]] = {}
        for each in drawn(YEARS * A_YEAR, YEARS):
            by_month.setdefault(month_of(each.day), []).append(each)
        months = sorted(by_month)
        for at, month in enumerate(months):
            post_many(book=book, entries=by_month[month], **self.people)
            if at < len(months) - 2:
                close_month(
                    book=book,
                    month=month,
                    by=self.world.accountant,
                    reviewed_by=self.world.reviewer,
                    at=AT,
                )
        chance = random.Random(1)
        last = date(2026, 12, 31)
        seconds: dict[str, list[float]] = {"sums": [], "all": []}
        for turn in range(220):
            ago = chance.choice((0, 31, 61, chance.randrange(1000)))
            until = last - timedelta(days=ago)
            first = date(until.year, 1, 1)
            began = time.perf_counter()
            sums = summed(book, until)
            read = time.perf_counter() - began
            trial_balance(sums, first, until)
            income_statement(sums, first, until)
            balance_sheet(sums, until)
            changes_in_equity(sums, first, until)
            if turn >= 20:
                seconds["sums"].append(read)
                seconds["all"].append(time.perf_counter() - began)
        return seconds


def drawn(many: int, years: int = 1) -> list[Any]:
    from benchmarks.ledger.posting.drawn import vouchers

    return [entry(each) for each in vouchers(many, years)]


def entry(told: Told) -> Any:
    from wugeyi.books.rules.entries import Entry, Line

    lines = tuple(
        Line(code, max(fen, 0), max(-fen, 0), told["summary"])
        for code, fen in told["lines"]
    )
    return Entry(date.fromisoformat(told["day"]), lines)


def plain(many: int) -> Told:
    """Insert the same rows into tables that hold nothing to any rule."""
    from django.db import connection, transaction

    from benchmarks.ledger.posting.drawn import vouchers

    key = "bigserial" if connection.vendor == "postgresql" else "integer"
    made = vouchers(many)
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TABLE plain_voucher (id {key} PRIMARY KEY, book integer,"
            " year integer, number integer, day date, kind text, leaf text)"
        )
        cursor.execute(
            f"CREATE TABLE plain_line (id {key} PRIMARY KEY, voucher bigint,"
            " place integer, account text, debit bigint, credit bigint, summary text)"
        )
        began, used = time.perf_counter(), cpu()
        with transaction.atomic():
            cursor.executemany(
                "INSERT INTO plain_voucher (book, year, number, day, kind, leaf)"
                " VALUES (%s, %s, %s, %s, %s, %s)",
                [
                    (1, 2024, at, each["day"], "ordinary", "0" * 64)
                    for at, each in enumerate(made, start=1)
                ],
            )
            cursor.executemany(
                "INSERT INTO plain_line (voucher, place, account, debit, credit,"
                " summary) VALUES (%s, %s, %s, %s, %s, %s)",
                [
                    (at, place, code, max(fen, 0), max(-fen, 0), each["summary"])
                    for at, each in enumerate(made, start=1)
                    for place, (code, fen) in enumerate(each["lines"], start=1)
                ],
            )
        used = cpu() - used
        return {"rate": many / (time.perf_counter() - began), "cpu_rate": many / used}


def verify() -> Told:
    """Verify all that was posted, from the database."""
    from wugeyi.books.models import Voucher
    from wugeyi.books.queries.verification import verify

    many = Voucher.objects.count()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    began, used = time.perf_counter(), cpu()
    report = verify()
    wall, used = time.perf_counter() - began, cpu() - used
    assert report.break_count == 0, report.breaks[:3]
    assert report.vouchers == many
    return {
        "vouchers": many,
        "rate": many / wall,
        "cpu_rate": many / used,
        "before_mb": before,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
