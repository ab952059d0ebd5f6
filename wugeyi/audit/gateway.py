"""What the two databases do each in their own way: the clock, the lock, the guards.

PostgreSQL lets transactions commit out of the order of their ids. Every event carries
the number of its writing transaction (column ``writer``); a transaction below the
oldest one still running has ended, so events below that point are complete and can be
sealed, in the order (writer, id), without any writer waiting.

SQLite has one writer at a time: events come in the order of their ids.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.models import BooleanField, QuerySet
from django.db.models.expressions import RawSQL

from wugeyi.audit.models import AuditEvent, AuditHead, AuditSeal

Order = tuple[int, int]
"""Where an event stands in the order of sealing: (writer, id)."""

TABLES = tuple(model._meta.db_table for model in (AuditEvent, AuditSeal, AuditHead))
# Any number nobody else uses: PostgreSQL's advisory locks have no names.
_SEALING = 5_150_119


def _scalar(sql: str) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        row = cursor.fetchone()
    return None if row is None or row[0] is None else int(row[0])


def take_sealing_lock() -> None:
    """Wait until nobody else seals; held to the end of the transaction.

    On SQLite an open transaction holds the write lock already.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_SEALING])


def certain_below() -> int | None:
    """Return the writer below which no event can still appear; None: all are certain.

    Ask before reading the events. A statement that starts later sees at least what
    was committed now.
    """
    if connection.vendor != "postgresql":
        return None
    return _scalar(
        "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
        " + audit_clock_base()"
    )


def after(order: Order) -> QuerySet[AuditEvent]:
    """Return the events behind ``order``, in the order of sealing."""
    if connection.vendor != "postgresql":
        return AuditEvent.objects.filter(pk__gt=order[1]).order_by("pk")
    # A comparison of rows is one range of the index (writer, id); the same written
    # with OR is not. (SQLite would use the first column only, and there it is 0.)
    behind: RawSQL = RawSQL(
        "(writer, id) > (%s, %s)", order, output_field=BooleanField()
    )
    return AuditEvent.objects.filter(behind).order_by("writer", "id")


def clock_is_behind() -> bool:
    """Tell whether events carry writers this server has not come to yet.

    They were restored from another server; see :func:`hold_writers` and
    :func:`advance_clock`.
    """
    if connection.vendor != "postgresql":
        return False
    return bool(
        _scalar(
            "SELECT (SELECT max(writer) FROM audit_auditevent) - audit_clock_base()"
            " >= greatest(pg_snapshot_xmax(pg_current_snapshot())::text::bigint,"
            " pg_current_xact_id_if_assigned()::text::bigint + 1)"
        )
    )


def hold_writers() -> None:
    """Wait for open writing transactions, then keep new ones waiting to the end."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE audit_auditevent IN SHARE ROW EXCLUSIVE MODE")


def advance_clock() -> int:
    """Let the clock go on from the greatest writer on record; return that writer."""
    if connection.vendor != "postgresql":
        return 0
    greatest = _scalar(
        "SELECT greatest(audit_clock_base(), max(writer)) FROM audit_auditevent"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE OR REPLACE FUNCTION audit_clock_base() RETURNS bigint"
            f" LANGUAGE sql IMMUTABLE RETURN {int(greatest or 0)}::bigint"
        )
    return int(greatest or 0)


def unguarded_tables() -> list[str]:
    """Return the tables whose triggers against changes are missing or switched off."""
    if connection.vendor == "postgresql":
        suffixes = ["_guard"]
        sql = "SELECT tgname FROM pg_trigger WHERE tgenabled IN ('O', 'A')"
    else:
        suffixes = ["_guard_UPDATE", "_guard_DELETE"]
        sql = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    with connection.cursor() as cursor:
        cursor.execute(sql)
        found = {row[0] for row in cursor.fetchall()}
    return [
        table
        for table in TABLES
        if not found.issuperset(table + suffix for suffix in suffixes)
    ]


@contextmanager
def guards_lifted() -> Iterator[None]:
    """Let everything be deleted inside the block: for emptying a whole database.

    Guards of every app are lifted: triggers whose name has ``_guard`` in it. The
    transaction holds the change of the triggers and the deletion together: a failure
    leaves both as they were.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger"
                " WHERE tgname LIKE '%\\_guard%' AND NOT tgisinternal"
            )
            tables = [row[0] for row in cursor.fetchall()]
            for table in tables:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            yield
            for table in tables:
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            return
        cursor.execute(
            "SELECT name, sql FROM sqlite_master"
            " WHERE type = 'trigger' AND name LIKE '%\\_guard%' ESCAPE '\\'"
        )
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        yield
        for _, sql in triggers:
            cursor.execute(sql)
