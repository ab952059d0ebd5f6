"""Whether the database's guards are there, switched on, and those of this program."""

from collections.abc import Iterator
from typing import Any

from django.db import connection

from wugeyi.books.migrations.guards import lists, postgresql, sqlite

TABLES = (*lists.ADDED_ONLY, *lists.FIXED, "books_draft", *lists.OF_A_DRAFT)
"""Tables whose triggers are exactly the guards."""
# pg_trigger.tgtype
_BITS = {"BEFORE": 2, "INSERT": 4, "DELETE": 8, "UPDATE": 16, "TRUNCATE": 32}
_ROW = 1


def flaws_of_guards() -> list[str]:
    """Return the names of guards that are missing, off or altered, and of strangers.

    A stranger is a trigger or rule on a guarded table that this program did not make.
    """
    if connection.vendor == "postgresql":
        return sorted({*_triggers(), *_functions(), *_constraints(), *_rules()})
    found = {
        name: (table, text)
        for name, table, text in _ask(
            "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'"
        )
    }
    due = sqlite.triggers()
    wrong = {name for name, text in due.items() if found.get(name, ("", ""))[1] != text}
    strangers = {
        name
        for name, (table, _) in found.items()
        if table in TABLES and name not in due
    }
    return sorted(wrong | strangers)


def _ask(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values or None)
        return list(cursor.fetchall())


def _triggers() -> Iterator[str]:
    found = {
        name: rest
        for name, *rest in _ask(
            "SELECT t.tgname, c.relname, t.tgtype, p.proname,"
            " encode(t.tgargs, 'escape'), t.tgenabled, t.tgqual IS NULL,"
            " coalesce(t.tgnewtable, '')"
            " FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            " JOIN pg_namespace n ON n.oid = c.relnamespace"
            " JOIN pg_proc p ON p.oid = t.tgfoid"
            " WHERE NOT t.tgisinternal AND n.nspname = 'public'"
        )
    }
    due = {each.name: each for each in postgresql.triggers()}
    for name, each in due.items():
        kind = sum(bit for word, bit in _BITS.items() if word in each.when.split())
        expected = [
            each.table,
            kind + (_ROW if each.each == "ROW" else 0),
            each.function,
            f"{each.argument}\\000" if each.argument else "",
            "O",
            True,
            "fresh" if each.fresh else "",
        ]
        if found.get(name) != expected:
            yield name
    for name, rest in found.items():
        if rest[0] in TABLES and name not in due:
            yield name


def _functions() -> Iterator[str]:
    found: dict[str, list[list[Any]]] = {}
    for name, *rest in _ask(
        "SELECT p.proname, p.prosrc, pg_get_function_identity_arguments(p.oid),"
        " l.lanname, coalesce(p.proconfig, ARRAY[]::text[])"
        " FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
        " JOIN pg_language l ON l.oid = p.prolang"
        " WHERE n.nspname = 'public' AND p.proname LIKE 'books\\_%'"
    ):
        found.setdefault(name, []).append(rest)
    for each in postgresql.FUNCTIONS:
        config = []
        if postgresql.PATH in each.settings:
            config.append("search_path=public, pg_temp")
        if "enable_seqscan" in each.settings:
            config.append("enable_seqscan=off")
        expected = [each.body, each.arguments, each.language, config]
        if found.get(each.name) != [expected]:
            yield each.name


def _constraints() -> Iterator[str]:
    found = {
        name for (name,) in _ask("SELECT conname FROM pg_constraint WHERE convalidated")
    }
    yield from set(postgresql.CONSTRAINTS) - found


def _rules() -> Iterator[str]:
    """Yield rules: one could do something else INSTEAD, and nobody would see."""
    for name, table in _ask("SELECT rulename, tablename FROM pg_rules"):
        if table in TABLES:
            yield name
