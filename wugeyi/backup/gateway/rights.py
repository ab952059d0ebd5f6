"""What the application's role may do in a PostgreSQL database that another role owns.

A role that owns no table cannot switch a guard off. Where a guard refuses an UPDATE or
DELETE anyhow, the right is not given either.
"""

from collections.abc import Iterator

from django.conf import settings
from django.db import connection, transaction
from psycopg import sql

from wugeyi.backup.errors import Stopped

# Written by those who migrate only.
_READ_ONLY = {"django_migrations"}
_DELETE, _UPDATE = 8, 16
# Triggers for whole statements, before them, named as guards.
_GUARDS = """
SELECT c.relname, bit_or(t.tgtype)::integer
  FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
 WHERE c.relnamespace = 'public'::regnamespace AND NOT t.tgisinternal
   AND t.tgname LIKE '%\\_guard%' AND t.tgtype & 3 = 2
 GROUP BY c.relname
"""
_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
_ROLE = """
SELECT r.rolsuper, pg_has_role(r.oid, d.datdba, 'MEMBER'),
       EXISTS (SELECT 1 FROM pg_class c WHERE c.relowner = r.oid
           AND c.relnamespace = 'public'::regnamespace)
  FROM pg_roles r, pg_database d
 WHERE r.rolname = %s AND d.datname = current_database()
"""

_OWNED_BY_OTHERS = """
SELECT EXISTS (SELECT 1 FROM pg_tables WHERE schemaname = 'public'
    AND NOT pg_has_role(current_user, tableowner, 'USAGE'))
"""


def application_role() -> str:
    """Return the role of WUGEYI_DATABASE_URL if another one owns the tables."""
    return str(getattr(settings, "APPLICATION_ROLE", ""))


def grant(role: str) -> list[str]:
    """Give a role what the application needs and take what it does not; say how.

    Raises
    ------
    Stopped
        There is no such role, it may do anything it likes anyway, or the one asking
        does not own the tables.
    """
    if connection.vendor != "postgresql":
        raise Stopped("SQLite 没有数据库角色；这个命令只用于 PostgreSQL。")
    _need_plain(role)
    done = []
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in _statements(role):
            cursor.execute(statement)
            done.append(statement.as_string(cursor.connection))
    return done


def _need_plain(role: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_ROLE, [role])
        found = cursor.fetchone()
        cursor.execute(_OWNED_BY_OTHERS)
        (others,) = cursor.fetchone()
    if others:
        raise Stopped("授权要由表的所有者来做：请设置 WUGEYI_OWNER_URL。")
    if found is None:
        raise Stopped(
            f"没有数据库角色 {role}。先用 createuser --pwprompt {role} 建一个。"
        )
    if any(found):
        raise Stopped(
            f"角色 {role} 是超级用户、拥有表，或者能变成数据库的所有者："
            "它可以关掉防改规则。请另建一个普通角色。"
        )


def _statements(role: str) -> Iterator[sql.Composed]:
    who = sql.Identifier(role)
    database = sql.Identifier(str(connection.settings_dict["NAME"]))
    with connection.cursor() as cursor:
        cursor.execute(_TABLES)
        tables = [name for (name,) in cursor.fetchall()]
        cursor.execute(_GUARDS)
        guarded = dict(cursor.fetchall())
    for text in (
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC, {role}",
        "REVOKE CREATE ON DATABASE {database} FROM PUBLIC, {role}",
        # Figures are counted in temporary tables; no guard ever looks at one.
        "GRANT CONNECT, TEMPORARY ON DATABASE {database} TO {role}",
        "GRANT USAGE ON SCHEMA public TO {role}",
        "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, {role}",
        "REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM PUBLIC, {role}",
        "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
        "GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {role}",
    ):
        yield sql.SQL(text).format(role=who, database=database)
    for table in tables:
        yield sql.SQL("GRANT {rights} ON public.{table} TO {role}").format(
            rights=sql.SQL(", ").join(map(sql.SQL, rights(table, guarded))),
            table=sql.Identifier(table),
            role=who,
        )


def rights(table: str, guarded: dict[str, int]) -> list[str]:
    """Return what may be done to a table, given what its guards refuse."""
    if table in _READ_ONLY:
        return ["SELECT"]
    refused = guarded.get(table, 0)
    return [
        "SELECT",
        "INSERT",
        *(["UPDATE"] if not refused & _UPDATE else []),
        *(["DELETE"] if not refused & _DELETE else []),
    ]
