"""What the two databases write differently, in one place."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection

ROWS_AT_ONCE = 80


def on_postgresql() -> bool:
    """Tell whether the database is PostgreSQL."""
    return connection.vendor == "postgresql"


def moment(at: datetime) -> Any:
    """Return an aware datetime as raw statements of this database take it."""
    return connection.ops.adapt_datetimefield_value(at)


def as_day(value: Any) -> date | None:
    """Return a date a raw statement gave, which SQLite may give as text."""
    if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
        return value
    if isinstance(value, datetime):
        return value.date()
    return date.fromisoformat(str(value)[:10])


def day_text(day: date) -> str:
    """Return a date as SQLite keeps it: four digits of the year, always."""
    return day.isoformat()


def mark(kind: str) -> str:
    """Return a placeholder whose type PostgreSQL knows without a column beside it."""
    return f"CAST(%s AS {kind})" if on_postgresql() else "%s"


def table_of(rows: Sequence[Sequence[Any]], kinds: Sequence[str]) -> str:
    """Return the text ``VALUES (…), (…)`` for as many rows, typed by ``kinds``."""
    line = f"({', '.join(mark(kind) for kind in kinds)})"
    return "VALUES " + ", ".join([line] * len(rows))


def rows(sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Run a select and return its rows."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def run(sql: str, values: Sequence[Any] = ()) -> int:
    """Run a statement; return how many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return int(cursor.rowcount)


def insert(table: str, columns: Sequence[str], lines: Iterable[Sequence[Any]]) -> None:
    """Insert rows, many with one statement."""
    found = list(lines)
    marks = f"({', '.join(['%s'] * len(columns))})"
    names = ", ".join(columns)
    with connection.cursor() as cursor:
        for start in range(0, len(found), ROWS_AT_ONCE):
            part = found[start : start + ROWS_AT_ONCE]
            cursor.execute(
                f"INSERT INTO {table} ({names}) VALUES {', '.join([marks] * len(part))}",
                [value for line in part for value in line],
            )


def take_folding_lock() -> bool:
    """Let one folder work at a time, within the transaction; False: another does.

    SQLite lets only one writer in anyway.
    """
    if not on_postgresql():
        return True
    return bool(
        rows("SELECT pg_try_advisory_xact_lock(hashtext('wugeyi figures fold'))", [])[
            0
        ][0]
    )


def start(grain: str, day: str = "on_day") -> str:
    """Return the text for the first day of the day, month or year (d, m, y) of a day."""
    if grain == "d":
        return day
    unit = {"m": "month", "y": "year"}[grain]
    if on_postgresql():
        return f"CAST(date_trunc('{unit}', {day}) AS date)"
    return f"date({day}, 'start of {unit}')"


def month_after(day: str) -> str:
    """Return the text for the day a month after a day."""
    if on_postgresql():
        return f"({day} + interval '1 month')"
    return f"date({day}, '+1 month')"


def bit_of(day: str) -> str:
    """Return the text for the bit of a day in its month: the lowest is the first's."""
    if on_postgresql():
        return f"(1 << CAST(EXTRACT(day FROM {day}) AS integer) - 1)"
    return f"(1 << CAST(strftime('%%d', {day}) AS integer) - 1)"


def days_after(day: str, number: str) -> str:
    """Return the text for the day so many days after a day."""
    if on_postgresql():
        return f"({day} + {number})"
    return f"date({day}, '+' || {number} || ' days')"


def day_literal(day: str) -> str:
    """Return the text for a day, typed."""
    return f"CAST('{day}' AS date)" if on_postgresql() else f"'{day}'"


def wait_for_folding() -> None:
    """Hold folding until the transaction ends, after waiting for one under way."""
    if on_postgresql():
        rows("SELECT pg_advisory_xact_lock(hashtext('wugeyi figures fold'))", [])


def has_temporary(table: str) -> bool:
    """Tell whether this connection has a temporary table."""
    if on_postgresql():
        found = rows("SELECT to_regclass(%s) IS NOT NULL", [f"pg_temp.{table}"])
        return bool(found[0][0])
    return bool(rows("SELECT 1 FROM temp.sqlite_master WHERE name = %s", [table]))
