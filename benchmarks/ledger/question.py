"""What everybody is asked, and how answers are compared.

For every book and year: the trial balance with accounts of every level (opening, debit,
credit, closing), and each line of the income statement. Programs of plain-text
accounting tell less: closing balances of the accounts posted to, and net income.
"""

import functools
import hashlib
from collections.abc import Iterable
from typing import Any

from benchmarks.ledger.villages import FIRST_YEAR
from wugeyi.engines.ledger.batch import Periods, years
from wugeyi.engines.ledger.chart import chart
from wugeyi.engines.ledger.statements.formulas import reckon, tables

# Number of the book, year, code, opening, debit, credit, closing.
Row = tuple[int, int, int, int, int, int, int]
# Number of the book, year, line, fen.
Sum = tuple[int, int, str, int]


def periods(many: int) -> Periods:
    return years(FIRST_YEAR, FIRST_YEAR + many - 1)


def digest(rows: Iterable[Row], sums: Iterable[Sum]) -> str:
    """Return the digest of a whole answer."""
    lines = sorted("|".join(map(str, each)) for part in (rows, sums) for each in part)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def told_by_programs(
    closing: Iterable[tuple[int, int, int, int]], net: Iterable[tuple[int, int, int]]
) -> str:
    """Return the digest of what plain-text accounting tells; zeros are left out."""
    lines = [f"{b}|{y}|{code}|{fen}" for b, y, code, fen in closing if fen]
    lines += [f"{b}|{y}|net|{fen}" for b, y, fen in net if fen]
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()[:16]


@functools.cache
def coefficients() -> tuple[tuple[str, int, int, int, int], ...]:
    """Return the income statement as sums of accounts, for SQL.

    Each is a line, a code, how often what was posted counts in it and what was there
    before, and whether opening balances of the code are income of the year.
    """
    accounts = chart("2023")
    lines = tables("2023")["income_statement"]
    terms = {
        (term.name, term.how)
        for line in lines
        for term in line.terms
        if term.name.isdigit() and term.name != "0"
    }
    found: dict[tuple[str, str], dict[str, int]] = {}
    for name, how in terms:
        account = accounts.account(name)
        assert account is not None
        side = -1 if account.side == "credit" else 1

        def one(code: str, asked: str, of: Any = (name, how, side)) -> int:
            return of[2] if (code, asked) == of[:2] else 0

        for key, times in reckon(lines, one).items():
            if times:
                found.setdefault((key, name), {})[how] = times
    return tuple(
        (
            key,
            int(code),
            times.get("", 0),
            times.get("opening", 0),
            int(accounts.accounts[code[:3]].kind in {"income", "expense"}),
        )
        for (key, code), times in sorted(found.items())
    )


def sql(source: str, *, year: str, divide: str, years_told: Iterable[int]) -> str:
    """Return the whole question as SQL of DuckDB or SQLite; rows, then sums."""
    told = ", ".join(f"({each})" for each in years_told)
    coefs = ", ".join(
        f"('{k}', {c}, {p}, {b}, {f})" for k, c, p, b, f in coefficients()
    )
    keys = ", ".join(f"('{line.key}')" for line in tables("2023")["income_statement"])
    return f"""
WITH cells AS (
  SELECT book, {year} AS year, account,
    SUM(CASE WHEN nature <> 1 AND fen > 0 THEN fen ELSE 0 END) AS debit,
    SUM(CASE WHEN nature <> 1 AND fen < 0 THEN -fen ELSE 0 END) AS credit,
    SUM(CASE WHEN nature = 1 THEN fen ELSE 0 END) AS opened,
    SUM(CASE WHEN nature = 2 THEN fen ELSE 0 END) AS closed
  FROM {source} GROUP BY 1, 2, 3
), years(year) AS (VALUES {told}), levels(divisor) AS (VALUES (1), (100), (10000)),
rolled AS (
  SELECT book, year, account {divide} divisor AS code, SUM(debit) AS debit,
    SUM(credit) AS credit, SUM(opened) AS opened, SUM(closed) AS closed
  FROM cells, levels WHERE account {divide} divisor >= 100 GROUP BY 1, 2, 3
), grid AS (
  SELECT book, code, years.year FROM
    (SELECT book, code, MIN(year) AS first FROM rolled GROUP BY 1, 2) AS posted
  JOIN years ON years.year >= first
), trial AS (
  SELECT grid.book, grid.year, grid.code, COALESCE(debit, 0) AS debit,
    COALESCE(credit, 0) AS credit, COALESCE(opened, 0) AS opened,
    COALESCE(closed, 0) AS closed,
    SUM(COALESCE(opened + debit - credit, 0))
      OVER (PARTITION BY grid.book, grid.code ORDER BY grid.year) AS closing
  FROM grid LEFT JOIN rolled ON rolled.book = grid.book AND rolled.year = grid.year
    AND rolled.code = grid.code
), coef(line, code, posted, before, flows) AS (VALUES {coefs}),
named(line) AS (VALUES {keys}),
sums AS (
  SELECT book, year, line, SUM(posted * (debit - credit - closed + flows * opened)
    + before * (closing - debit + credit - flows * opened)) AS fen
  FROM trial JOIN coef ON coef.code = trial.code GROUP BY 1, 2, 3
)
SELECT book, year, CAST(code AS VARCHAR) AS name, closing - debit + credit AS one,
  debit AS two, credit AS three, closing AS four FROM trial
UNION ALL
SELECT met.book, met.year, named.line, COALESCE(fen, 0), NULL, NULL, NULL
FROM (SELECT DISTINCT book, year FROM trial) AS met JOIN named ON true
LEFT JOIN sums ON sums.book = met.book AND sums.year = met.year
  AND sums.line = named.line
"""


def split(found: Iterable[tuple[Any, ...]]) -> tuple[list[Row], list[Sum]]:
    """Return an answer of SQL as rows and sums."""
    rows: list[Row] = []
    sums: list[Sum] = []
    for book, year, name, *fen in found:
        if fen[1] is None:
            sums.append((book, year, name, int(fen[0])))
        else:
            rows.append((book, year, int(name), *map(int, fen)))  # type: ignore[arg-type]
    return rows, sums
