"""Cases in bulk: the same ones every time, made inside PostgreSQL.

Python writes where cases lie (places, points, who handles what) by COPY; PostgreSQL
multiplies that to the wanted number. Indexes are laid again afterwards, which is
several times faster than keeping them up row by row.
"""

import time
from collections.abc import Iterator
from datetime import datetime

import h3
from django.db import connection

from benchmarks.casework.tree import shipped_categories
from wugeyi.audit.models import AuditEvent
from wugeyi.casework.models import (
    Assignment,
    Callback,
    Case,
    Category,
    Escalation,
    Merge,
    Pause,
    Reporter,
    Request,
    Update,
)
from wugeyi.casework.rules.places import CELL_RESOLUTION
from wugeyi.organisations.models import Organisation

SPOTS = 60
"""Points of a community; three lie within 50 m, as one in five reports does."""
TEXTS = (
    "楼下路灯坏了好几天,晚上老人走路看不见,请尽快来修。",
    "单元门口垃圾堆了三天没有人清运,天热气味很大。",
    "小区下水道堵住了,一下雨污水就往外冒。",
    "楼道里电动车飞线充电,怕着火,请上门看看。",
    "人行道地砖松动,昨天有人绊倒,希望换一下。",
    "夜里施工噪声太大,十二点还在响,孩子睡不着。",
    "通村路塌了一角,校车只能绕行。",
    "水压太低,五楼以上早晚没有水。",
)

# Numbers in 0..1 that depend on the key alone; each use has a seed of its own.
FUNCTIONS = """
CREATE OR REPLACE FUNCTION pg_temp.chance(key bigint, seed int) RETURNS float AS
$$ SELECT (hashint8extended(key, seed) & 1073741823) / 1073741824.0 $$
LANGUAGE sql IMMUTABLE PARALLEL SAFE;
"""

PLAN = """
CREATE TEMP TABLE plan AS
WITH drawn AS (
  SELECT key, s.*, d.category, d.handler, d.kind,
    %(start)s::timestamptz + (key - %(first)s) * (%(now)s::timestamptz - %(start)s)
      / %(count)s AS at
  FROM generate_series(%(first)s::bigint, %(first)s + %(count)s - 1) AS key
  JOIN spots s ON s.number =
    floor(pg_temp.chance(key, 1) ^ 1.6 * %(spots)s)::int
  JOIN duties d ON d.place = s.place
    AND d.number = floor(pg_temp.chance(key, 2) * %(categories)s)::int
), aged AS (
  SELECT *, extract(epoch FROM %(now)s - at) / 86400 AS days FROM drawn
), opened AS (
  SELECT *, pg_temp.chance(key, 3) <
    CASE WHEN days < 15 THEN 0.6 WHEN days < 60 THEN 0.1 ELSE 0.003 END AS open
  FROM aged
)
SELECT *, CASE
    WHEN open THEN (ARRAY['new', 'assigned', 'assigned', 'assigned', 'assigned',
      'assigned', 'objected', 'working', 'working', 'working', 'working', 'working',
      'working', 'working', 'working', 'working', 'answered', 'answered', 'answered',
      'answered'])[1 + floor(pg_temp.chance(key, 4) * 20)::int]
    WHEN key %% 100 = 7 AND key > %(first)s THEN 'merged'
    ELSE 'closed' END AS state,
  open AND pg_temp.chance(key, 5) < 0.08 AS paused,
  at + interval '1 day' * (3 + 5 * pg_temp.chance(key, 6)) AS due
FROM opened;
UPDATE plan SET state = 'working' WHERE paused;
ALTER TABLE plan ADD PRIMARY KEY (key);
ANALYZE plan;
"""
ENDED = "least(at + interval '1 day' * (1 + 6 * pg_temp.chance(key, 9)), %(now)s)"

CASE = {
    "id": "key",
    "client_id": "md5('case ' || key)::uuid",
    "receipt": "lpad(upper(to_hex(key)), 12, '0')",
    "text": "%(text)s || ' ' || key",
    "salt": "md5('salt ' || key)",
    "public_text": "CASE WHEN published THEN %(text)s ELSE '' END",
    "published_at": f"CASE WHEN published THEN {ENDED} END",
    "category_id": "category",
    "urgency": "(ARRAY['general', 'general', 'general', 'timely', 'complex',"
    " 'urgent'])[1 + floor(pg_temp.chance(key, 10) * 6)::int]",
    "danger": "false",
    "channel": "(ARRAY['web', 'web', 'phone', 'door', 'hotline'])"
    "[1 + floor(pg_temp.chance(key, 11) * 5)::int]",
    "source_number": "''",
    "place_id": "place",
    "spot": "CASE WHEN key % 3 = 0 THEN (key % 40 + 1) || '栋' ELSE '' END",
    "lon": "CASE WHEN pointed THEN lon END",
    "lat": "CASE WHEN pointed THEN lat END",
    "cell": "CASE WHEN pointed THEN cell END",
    "state": "state",
    "outcome": "CASE WHEN state = 'closed' THEN (ARRAY['resolved', 'resolved',"
    " 'resolved', 'resolved', 'resolved', 'resolved', 'resolved', 'unreached',"
    " 'referred', 'withdrawn'])[1 + floor(pg_temp.chance(key, 12) * 10)::int]"
    " ELSE '' END",
    "satisfaction": "CASE WHEN state = 'closed' AND key % 2 = 0 THEN 'yes' ELSE '' END",
    "receiver_id": "place",
    "handler_id": "handler",
    "worker_id": "CASE WHEN state IN ('working', 'answered') THEN person END",
    "merged_into_id": "CASE WHEN state = 'merged' THEN key - 1 END",
    "registered_at": "at",
    "registered_on": "(at AT TIME ZONE 'Asia/Shanghai')::date",
    "counting_from": "at",
    "contact_due_at": "at + interval '1 day'",
    "due_at": "CASE WHEN NOT paused THEN due END",
    "contacted_at": "CASE WHEN state IN ('working', 'answered', 'closed') THEN"
    " least(at + interval '3 hours', %(now)s) END",
    "answered_at": f"CASE WHEN state IN ('answered', 'closed') THEN {ENDED} END",
    "closed_at": f"CASE WHEN state = 'closed' THEN {ENDED} END",
    "closed_on": f"CASE WHEN state = 'closed' THEN ({ENDED}"
    " AT TIME ZONE 'Asia/Shanghai')::date END",
    "reopened": "CASE WHEN key % 25 = 3 THEN 1 ELSE 0 END",
    "excluded": "false",
    "version": "3",
}
ASSIGNMENT = {
    "case_id": "key",
    "organisation_id": "handler",
    "basis": "'routed'",
    "reason": "'地点和类别在职责清单内。'",
    "at": "at",
    "accepted_at": "CASE WHEN state IN ('working', 'answered', 'closed') THEN at END",
    "accepted_by_id": "CASE WHEN state IN ('working', 'answered') THEN person END",
    "objected_at": "CASE WHEN state = 'objected' THEN"
    " least(at + interval '2 hours', %(now)s) END",
    "objection": "CASE WHEN state = 'objected' THEN '不在本单位职责清单内' ELSE '' END",
}
HANDED_ON = ASSIGNMENT | {
    "organisation_id": "town",
    "objected_at": "NULL",
    "objection": "''",
    "ended_at": "least(at + interval '1 hour', %(now)s)",
}
REPORTER = {
    "case_id": "key",
    "name": "'居民' || key % 1000",
    "phone": "'1390000' || lpad((key % 10000)::text, 4, '0')",
    "salt": "md5('reporter ' || key)",
    "keep_until": "CASE WHEN state IN ('closed', 'merged') THEN"
    " (at + interval '190 days')::date END",
}
UPDATE = {
    "case_id": "key",
    "kind": "'contact'",
    "text": "'已电话联系,了解情况。'",
    "organisation_id": "handler",
    "at": "least(at + interval '3 hours', %(now)s)",
    "by_id": "person",
}
ANSWER = UPDATE | {
    "kind": "'answer'",
    "text": "'已到现场处理完毕,请您查看。'",
    "at": ENDED,
}
CALLBACK = {
    "case_id": "key",
    "method": "'phone'",
    "result": "CASE WHEN key % 10 = 0 THEN 'unreached' ELSE 'resolved' END",
    "satisfaction": "CASE WHEN key % 2 = 0 THEN 'yes' ELSE '' END",
    "at": ENDED,
    "by_id": "person",
}
EVENT = {
    "at": "at",
    "actor_name": "'诉求人'",
    "action": "'casework.register'",
    "subject_type": "'casework.case'",
    "subject_id": "key",
    "organisation_id": "place",
    "before": "''",
    "after": """'{"category":' || category || ',"channel":"web","handler":' || handler
      || ',"place":' || place || ',"state":"assigned"}'""",
}
PAUSE = {
    "case_id": "key",
    "reason": "'construction'",
    "text": "'等施工队排期'",
    "started_at": "at",
    "by_id": "person",
}
REQUEST = {
    "case_id": "key",
    "organisation_id": "town",
    "text": "'请协助现场查看'",
    "at": "at",
    "by_id": "person",
}
ESCALATION = {
    "case_id": "key",
    "stage": "'expired'",
    "due_at": "due",
    "organisation_id": "town",
    "at": "due",
}
MERGE = {
    "case_id": "key",
    "into_id": "key - 1",
    "previous_state": "'assigned'",
    "at": "at",
    "by_id": "person",
}
OPEN = "state IN ('new', 'assigned', 'objected', 'working', 'answered')"
TABLES = (
    (Case, CASE, "true"),
    (Assignment, HANDED_ON, "key % 7 = 0"),
    (Assignment, ASSIGNMENT, "true"),
    (Reporter, REPORTER, "pg_temp.chance(key, 13) < 0.7"),
    (Update, UPDATE, "state IN ('working', 'answered', 'closed')"),
    (Update, ANSWER, "state IN ('answered', 'closed')"),
    (Callback, CALLBACK, "state = 'closed'"),
    (AuditEvent, EVENT, "true"),
    (Pause, PAUSE, "paused"),
    (Request, REQUEST, f"{OPEN} AND key % 20 = 1"),
    (Escalation, ESCALATION, f"{OPEN} AND NOT paused AND due < %(now)s"),
    (Merge, MERGE, "state = 'merged'"),
)
# A column that a table gained since, filled with what means "nothing".
NOTHING = {"boolean": "false", "integer": "0", "smallint": "0", "bigint": "0"}


def fill(*, upto: int, now: datetime) -> float:
    """Add cases until the table holds ``upto``; return the seconds it took."""
    began = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), coalesce(max(id), 0) FROM casework_case")
        held, last = cursor.fetchone()
        if held < upto:
            _fill(cursor, first=last + 1, count=upto - held, now=now)
    return time.perf_counter() - began


def _fill(cursor, *, first: int, count: int, now: datetime) -> None:
    values = {
        "first": first,
        "count": count,
        "now": now,
        "start": now.replace(year=now.year - 1),
        "text": TEXTS[0],
        "spots": _spots(cursor),
        "categories": _duties(cursor),
    }
    cursor.execute("SET synchronous_commit = off")
    cursor.execute("SET work_mem = '256MB'")
    # Superusers may skip the check of every foreign key; the keys are right.
    cursor.execute("SELECT usesuper FROM pg_user WHERE usename = current_user")
    if cursor.fetchone()[0]:
        cursor.execute("SET session_replication_role = replica")
    cursor.execute(FUNCTIONS)
    for statement in PLAN.split(";\n"):
        if statement.strip():
            cursor.execute(statement, values)
    indexes = _drop_indexes(cursor)
    for model, columns, condition in TABLES:
        _insert(cursor, model._meta.db_table, columns, condition, values)
    for index in indexes:
        cursor.execute(index)
    _settle(cursor)


def _copy(cursor, table: str, rows: Iterator[tuple[object, ...]]) -> None:
    with cursor.copy(f"COPY {table} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _spots(cursor) -> int:
    cursor.execute(
        "CREATE TEMP TABLE spots (number int PRIMARY KEY, place bigint, town bigint,"
        " person bigint, lon float, lat float, cell bigint)"
    )
    # Read beforehand: while COPY runs, the connection answers no query.
    units = list(
        Organisation.objects.filter(kind__in=("community", "village"))
        .order_by("code")
        .values_list("pk", "parent", "posts__person", "area__lon", "area__lat")
    )

    def rows() -> Iterator[tuple[object, ...]]:
        for n, (*place, middle_lon, middle_lat) in enumerate(units):
            for spot in range(SPOTS):
                # 200 m from corner to corner, 20 m from pin to pin.
                corner, pin = divmod(spot, 3)
                lon = middle_lon + (corner % 5 - 2) * 0.002 + pin * 0.0002
                lat = middle_lat + (corner // 5 - 2) * 0.0018
                cell = h3.str_to_int(h3.latlng_to_cell(lat, lon, CELL_RESOLUTION))
                yield (n * SPOTS + spot, *place, lon, lat, cell)

    _copy(cursor, "spots", rows())
    return len(units) * SPOTS


def _duties(cursor) -> int:
    """Write who handles each category in each community, as the duty lists say."""
    cursor.execute(
        "CREATE TEMP TABLE duties (place bigint, number int, category bigint,"
        " handler bigint, kind text, PRIMARY KEY (place, number))"
    )
    keys = dict(Category.objects.values_list("code", "pk"))
    kinds = [
        (keys[row["code"]], row["kinds"].split("|"), row["department"])
        for row in shipped_categories()
    ]
    units = {unit.pk: unit for unit in Organisation.objects.all()}
    departments = {
        (unit.parent_id, unit.code.partition("-")[2]): unit.pk
        for unit in units.values()
        if unit.kind == "department"
    }

    def handler(unit: Organisation, found: list[str], department: str) -> int:
        town = units[unit.parent_id]
        if unit.kind in found:
            return unit.pk
        if "town" in found:
            return town.pk
        return departments.get((town.parent_id, department), town.parent_id)

    def rows() -> Iterator[tuple[object, ...]]:
        for unit in units.values():
            if unit.kind in ("community", "village"):
                for number, (category, found, department) in enumerate(kinds):
                    chosen = handler(unit, found, department)
                    yield unit.pk, number, category, chosen, units[chosen].kind

    _copy(cursor, "duties", rows())
    return len(kinds)


def _drop_indexes(cursor) -> list[str]:
    """Drop what no constraint needs; return the statements that lay it again."""
    cursor.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY(%s)"
        " AND NOT EXISTS (SELECT FROM pg_constraint WHERE conname = indexname)",
        [sorted({model._meta.db_table for model, *_rest in TABLES})],
    )
    found = cursor.fetchall()
    for name, _definition in found:
        cursor.execute(f'DROP INDEX "{name}"')
    return [definition for _name, definition in found]


def _insert(
    cursor, table: str, columns: dict[str, str], condition: str, values: dict
) -> None:
    cursor.execute(
        "SELECT column_name, data_type FROM information_schema.columns"
        " WHERE table_name = %s AND is_nullable = 'NO' AND column_default IS NULL"
        " AND is_identity = 'NO'",
        [table],
    )
    missing = {
        name: NOTHING.get(kind, "''")
        for name, kind in cursor.fetchall()
        if name not in columns
    }
    columns = missing | columns
    texts = "(ARRAY[" + ",".join(f"'{text}'" for text in TEXTS) + "])[1 + key % 8]"
    chosen = ", ".join(columns.values()).replace("%(text)s", texts)
    for name in ("first", "count", "now"):
        chosen = chosen.replace(f"%({name})s", f"${name}$")
        condition = condition.replace(f"%({name})s", f"${name}$")
    text = f"""
        INSERT INTO {table} ({", ".join(columns)})
        SELECT {chosen} FROM (
          SELECT *, key % 10 < 3 AS pointed, state = 'closed' AND key % 10 = 5
            AS published FROM plan
        ) AS plan WHERE {condition} ORDER BY key"""
    text = text.replace("%", "%%")
    for name in ("first", "count", "now"):
        text = text.replace(f"${name}$", f"%({name})s")
    cursor.execute(text, values)
    identity = "SELECT setval(pg_get_serial_sequence(%s, 'id'), max(id)) FROM "
    cursor.execute(identity + table, [table])


def _settle(cursor) -> None:
    """Bring the tables into the state a night's rest leaves them in."""
    cursor.execute("RESET session_replication_role")
    cursor.execute("VACUUM (ANALYZE)")
    cursor.execute("CHECKPOINT")
