"""Writing many rows the way each database does it fastest."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice

from django.db import connection, models

CHUNK = 5_000


def insert_rows(
    model: type[models.Model],
    columns: Sequence[str],
    rows: Iterable[Sequence[str | int | bool | None]],
) -> Iterator[int]:
    """Insert rows in chunks, yielding how many each chunk held; nothing is kept.

    COPY on PostgreSQL, one prepared statement elsewhere. The generator has to be
    consumed; it runs in the caller's transaction. Dates are given as ISO text.
    """
    table = connection.ops.quote_name(model._meta.db_table)
    names = ", ".join(connection.ops.quote_name(column) for column in columns)
    rest = iter(rows)
    while chunk := list(islice(rest, CHUNK)):
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                    for row in chunk:
                        copy.write_row(row)
            else:
                marks = ", ".join(["%s"] * len(columns))
                cursor.executemany(
                    f"INSERT INTO {table} ({names}) VALUES ({marks})",  # noqa: S608
                    chunk,
                )
        yield len(chunk)


@contextmanager
def indexing_at_the_end(first_key: int) -> Iterator[None]:
    """Index the words of a bulk of new organisations in one go, not row by row.

    SQLite only, inside the caller's transaction: the trigger is set aside and put
    back as it was. It makes the load of the whole country three times as fast.
    """
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = %s",
            ["organisation_search_insert"],
        )
        trigger = cursor.fetchone()[0]
        cursor.execute("DROP TRIGGER organisation_search_insert")
        yield
        cursor.execute(
            "INSERT INTO organisation_search (rowid, search, path)"
            " SELECT id, search, path FROM organisations_organisation"
            " WHERE id >= %s ORDER BY id",
            [first_key],
        )
        cursor.execute(trigger)


def reserve_keys(model: type[models.Model], count: int) -> int:
    """Take ``count`` consecutive keys no row has or will get; return the first.

    The caller holds the lock of the tree: two callers must not look at once.
    """
    table = model._meta.db_table
    highest = model._default_manager.aggregate(top=models.Max("pk"))["top"] or 0
    if connection.vendor != "postgresql":
        return int(highest) + 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [table])
        first = max(int(cursor.fetchone()[0]), int(highest) + 1)
        cursor.execute(
            "SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)",
            [table, first + count - 1],
        )
    return first


def refresh_statistics(*tables: type[models.Model]) -> None:
    """Let the planner see what a bulk load brought."""
    with connection.cursor() as cursor:
        for model in tables:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")
