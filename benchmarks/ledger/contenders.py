"""Who answers: each a function from the folder to an answer, and from it to digests.

Imports stand inside: what a process does not use must not count against it.
"""

from __future__ import annotations

import json
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

Answer = Any
YEARS = 3


def ours(folder: Path) -> Answer:
    from benchmarks.ledger.question import periods
    from wugeyi.engines.ledger.batch import opened, parts

    kept = opened(folder)
    return [
        (part, part.statement("2023", "income_statement"))
        for part in parts(kept, periods(YEARS))
    ]


def ours_told(answer: Answer) -> tuple[str, str]:
    from benchmarks.ledger.question import digest, told_by_programs
    from benchmarks.ledger.villages import FIRST_YEAR

    rows, sums, closing, net = [], [], [], []
    for part, income in answer:
        for number in range(part.first, part.first + len(part.regimes)):
            for at in range(YEARS):
                year, place = FIRST_YEAR + at, number - part.first
                trial = part.rows(number, at)
                rows += [(number, year, int(code), *fen) for code, *fen in trial]
                closing += own(number, year, {int(x[0]): x[4] for x in trial})
                sums += [
                    (number, year, key, int(each[place, at]))
                    for key, each in income.items()
                ]
                net.append((number, year, int(income["net"][place, at])))
    return digest(rows, sums), told_by_programs(closing, net)


def own(
    number: int, year: int, closing: dict[int, int]
) -> list[tuple[int, int, int, int]]:
    """Return balances of accounts without those of their sub-accounts."""
    left = dict(closing)
    for code in sorted(closing, reverse=True):
        if code >= 10_000:
            left[code // 100] -= closing[code]
    return [(number, year, code, fen) for code, fen in left.items()]


def engine(folder: Path) -> Answer:
    """Ask the engine for one book after another, as a page of the app does."""
    from benchmarks.ledger.question import periods
    from benchmarks.ledger.villages import books
    from wugeyi.engines.ledger import income_statement, trial_balance

    told = json.loads((folder / "made.json").read_text())
    asked = periods(YEARS)
    return [
        (
            trial_balance(book, asked.first(at), asked.last(at)),
            income_statement(book, asked.first(at), asked.last(at)),
        )
        for book in books(0, told["books"], YEARS, told["vouchers"])
        for at in range(YEARS)
    ]


def engine_told(answer: Answer) -> tuple[str, str]:
    from benchmarks.ledger.question import digest, told_by_programs
    from benchmarks.ledger.villages import FIRST_YEAR

    rows, sums, closing, net = [], [], [], []
    for place, (trial, income) in enumerate(answer):
        number, year = place // YEARS, FIRST_YEAR + place % YEARS
        rows += [
            (number, year, int(x.code), x.opening_fen, x.debit_fen, x.credit_fen, x.closing_fen)
            for x in trial.rows
        ]  # fmt: skip
        sums += [(number, year, x.key, x.amounts_fen[0]) for x in income.lines]
        closing += own(number, year, {int(x.code): x.closing_fen for x in trial.rows})
        net.append((number, year, income.amount("net")))
    return digest(rows, sums), told_by_programs(closing, net)


def duckdb(folder: Path) -> Answer:
    import duckdb as base

    from benchmarks.ledger.question import sql
    from benchmarks.ledger.villages import FIRST_YEAR

    text = sql(
        f"read_parquet('{folder / 'lines.parquet'}')",
        year="year(day)",
        divide="//",
        years_told=range(FIRST_YEAR, FIRST_YEAR + YEARS),
    )
    with base.connect(config={"threads": 2}) as connection:
        return connection.sql(text).fetchnumpy()


def duckdb_told(answer: Answer) -> tuple[str, str]:
    from benchmarks.ledger.question import digest, split

    columns = ("book", "year", "name", "one", "two", "three", "four")
    lists = [answer[each].tolist() for each in columns]
    return digest(*split(zip(*lists, strict=True))), ""


def sqlite(folder: Path) -> Answer:
    from benchmarks.ledger.question import sql
    from benchmarks.ledger.villages import FIRST_YEAR

    text = sql(
        "lines",
        year="CAST(substr(day, 1, 4) AS INTEGER)",
        divide="/",
        years_told=range(FIRST_YEAR, FIRST_YEAR + YEARS),
    )
    base = sqlite3.connect(folder / "lines.sqlite3")
    try:
        return base.execute(text).fetchall()
    finally:
        base.close()


def sqlite_told(answer: Answer) -> tuple[str, str]:
    from benchmarks.ledger.question import digest, split

    return digest(*split(answer)), ""


def beancount(folder: Path) -> Answer:
    from benchmarks.accessibility.peers import python_of

    inside = Path(__file__).with_name("peer_beancount.py")
    done = subprocess.run(
        [python_of("beancount"), inside, folder / "text"],
        stdout=subprocess.PIPE,
        check=True,
    )
    return json.loads(done.stdout)


def beancount_told(answer: Answer) -> tuple[str, str]:
    from benchmarks.ledger.question import told_by_programs

    closing = [
        (number, int(year), int(name.partition(":")[2].replace(":", "")), fen)
        for number, told in enumerate(answer)
        for year, balances in told["closing"].items()
        for name, fen in balances.items()
    ]
    net = [
        (number, int(year), fen)
        for number, told in enumerate(answer)
        for year, fen in told["net"].items()
    ]
    return "", told_by_programs(closing, net)


def hledger(folder: Path) -> Answer:
    """Ask for both reports of each book: one file of all takes more of everything."""
    trial = ("bal", "--yearly", "--historical", "--flat", "--no-total", "-O", "csv")
    income = ("is", "--yearly", "--depth", "1", "-O", "csv", "not:tag:nature=closing")
    return [
        tuple(
            subprocess.run(
                ["hledger", "-f", path, *words],
                stdout=subprocess.PIPE,
                check=True,
                text=True,
                env={"LANG": "C.UTF-8", "PATH": "/usr/bin:/usr/local/bin"},
            ).stdout
            for words in (trial, income)
        )
        for path in sorted((folder / "text").glob("*.journal"))
    ]


def hledger_told(answer: Answer) -> tuple[str, str]:
    import csv

    from benchmarks.ledger.question import told_by_programs

    closing, net = [], []
    for number, (trial, income) in enumerate(answer):
        (_, *years), *rows = csv.reader(trial.splitlines())
        for name, *cells in rows:
            code = int(name.partition(":")[2].replace(":", ""))
            closing += [
                (number, int(y[:4]), code, fen(x)) for y, x in zip(years, cells, strict=True)
            ]  # fmt: skip
        table = list(csv.reader(income.splitlines()))
        years, last = table[1][1:], table[-1]
        net += [
            (number, int(y[:4]), fen(x)) for y, x in zip(years, last[1:], strict=True)
        ]
    return "", told_by_programs(closing, net)


def ledger(folder: Path) -> Answer:
    form = '%(format_date(date, "%Y")) %(account) %(quantity(amount))\n'
    start = ("ledger", "--no-pager", "--init-file", "/dev/null", "-f")
    income = 'tag("nature") != "closing" and account =~ /^(Income|Expenses)/'
    return [
        tuple(
            subprocess.run(
                [*start, path, "reg", "--yearly", *words, "-F", form],
                stdout=subprocess.PIPE,
                check=True,
                text=True,
            ).stdout
            for words in ((), ("--limit", income, "--collapse"))
        )
        for path in sorted((folder / "text").glob("*.journal"))
    ]


def ledger_told(answer: Answer) -> tuple[str, str]:
    from benchmarks.ledger.question import told_by_programs
    from benchmarks.ledger.villages import FIRST_YEAR

    closing, net = [], []
    for number, (trial, income) in enumerate(answer):
        balances: dict[int, dict[int, int]] = {}
        for line in trial.splitlines():
            year, name, yuan = line.split(" ")
            code = int(name.partition(":")[2].replace(":", ""))
            balances.setdefault(code, {})[int(year)] = fen(yuan)
        for code, by_year in balances.items():
            total = 0
            for year in range(FIRST_YEAR, FIRST_YEAR + YEARS):
                total += by_year.get(year, 0)
                closing.append((number, year, code, total))
        for line in income.splitlines():
            year, _, yuan = line.split(" ")
            net.append((number, int(year), -fen(yuan)))
    return "", told_by_programs(closing, net)


def fen(yuan: str) -> int:
    """Return what "-1234.5 CNY" is in fen."""
    sign = -1 if yuan.startswith("-") else 1
    whole, _, part = yuan.removeprefix("-").removesuffix("CNY").strip().partition(".")
    return sign * (int(whole) * 100 + int(part.ljust(2, "0") or 0))


Asked = tuple[Callable[[Path], Answer], Callable[[Answer], tuple[str, str]]]
CONTENDERS: dict[str, Asked] = {
    "ours": (ours, ours_told),
    "duckdb on Parquet": (duckdb, duckdb_told),
    "sqlite GROUP BY": (sqlite, sqlite_told),
    "ours, book by book": (engine, engine_told),
    "ledger": (ledger, ledger_told),
    "hledger": (hledger, hledger_told),
    "beancount": (beancount, beancount_told),
}
