"""Fresh facts go into the totals of every level; safe to repeat, to stop, to run twice.

The statements are the same for one record and for a million: what is added up is put
together first and written in a stable order. One folder works at a time.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from wugeyi.figures import gateway
from wugeyi.figures.adapter import Aggregate, Measure
from wugeyi.figures.catalogue import catalogue
from wugeyi.figures.rules.pieces import DAILY
from wugeyi.organisations.rules import MAX_PATH, SEGMENT

AT_ONCE = 20_000
NEVER = "9999-12-01"
GRAINS = "dmy"
LENGTHS = "SELECT column1 AS len FROM (VALUES {}) l".format(
    ", ".join(f"({length})" for length in range(SEGMENT, MAX_PATH + 1, SEGMENT))
)


def fold(*, at: datetime, limit: int = AT_ONCE) -> int:
    """Add fresh facts to the totals until none are left; return how many there were.

    ``limit`` is how many are taken in one transaction. Readers see each fact once at
    any moment: fresh until the transaction ends, in the totals from then on.
    """
    total = 0
    while count := _fold_some(limit):
        total += count
        if count < limit:
            break
    return total


@transaction.atomic
def _fold_some(limit: int) -> int:
    if not gateway.rows("SELECT 1 FROM figures_fresh LIMIT 1", []):
        return 0
    if not gateway.take_folding_lock():
        return 0
    gateway.run("DROP TABLE IF EXISTS figures_batch")
    gateway.run(
        "CREATE TEMPORARY TABLE figures_batch AS SELECT id, measure_id,"
        " organisation_id, path, on_day, records, value, subject, dimension"
        f" FROM figures_fresh ORDER BY id LIMIT {int(limit)}"
    )
    count = gateway.run(
        "DELETE FROM figures_fresh WHERE id IN (SELECT id FROM figures_batch)"
    )
    add_totals("figures_batch")
    add_presence("figures_batch")
    gateway.run("DROP TABLE figures_batch")
    return count


def add_totals(batch: str) -> None:
    """Add a table of facts to the totals of every level: months, years, days on top."""
    make_days(batch)
    for grain in GRAINS:
        gateway.run(
            "INSERT INTO figures_total"
            " (measure_id, path, grain, start, dimension, records, value)"
            f" {of_days(grain)} ORDER BY 1, 2, 4, 5"
            " ON CONFLICT (measure_id, path, grain, start, dimension) DO UPDATE SET"
            " records = figures_total.records + excluded.records,"
            " value = figures_total.value + excluded.value"
        )
    gateway.run("DROP TABLE figures_days")


def make_days(batch: str) -> None:
    """Put the facts of a table together by day, dimension and every level."""
    gateway.run("DROP TABLE IF EXISTS figures_days")
    gateway.run(
        "CREATE TEMPORARY TABLE figures_days AS"
        " SELECT b.measure_id, substr(b.path, 1, l.len) AS path, b.on_day,"
        " b.dimension, SUM(b.records) AS records, SUM(b.value) AS value FROM"
        " (SELECT measure_id, path, on_day, dimension, SUM(records) AS records,"
        f" SUM(records * value) AS value FROM {batch}"
        " GROUP BY measure_id, path, on_day, dimension) b"
        f" JOIN ({LENGTHS}) l ON l.len <= length(b.path)"
        " GROUP BY b.measure_id, substr(b.path, 1, l.len), b.on_day, b.dimension"
    )


def of_days(grain: str) -> str:
    """Return the select of totals of a grain over what was put together by day."""
    known = f"length(path) <= {DAILY}" if grain == "d" else "true"
    return (
        f"SELECT measure_id, path, '{grain}', {gateway.start(grain)}, dimension,"
        f" SUM(records), SUM(value) FROM figures_days WHERE {known}"
        " GROUP BY 1, 2, 4, 5 HAVING SUM(records) <> 0 OR SUM(value) <> 0"
    )


def add_presence(batch: str) -> None:
    """Follow which units, and which keys, have something in which months."""
    measures = list(catalogue().measures.values())
    keyed = _numbers(m for m in measures if m.aggregate is Aggregate.DISTINCT)
    latest = _numbers(m for m in measures if m.aggregate is Aggregate.LATEST)
    standing = _numbers(m for m in measures if m.standing)
    month = gateway.start("m")
    gateway.run("DROP TABLE IF EXISTS figures_step")
    gateway.run(
        "CREATE TEMPORARY TABLE figures_step AS"
        " SELECT measure_id, 'u' AS what, CAST(organisation_id AS VARCHAR(120))"
        f" AS subject, path, {month} AS month, SUM(records) AS records FROM {batch}"
        f" GROUP BY measure_id, organisation_id, path, {month}"
        " UNION ALL"
        f" SELECT measure_id, 'k', subject, path, {month}, SUM(records) FROM {batch}"
        f" WHERE measure_id IN ({keyed}) GROUP BY measure_id, subject, path, {month}"
    )
    gateway.run("DROP TABLE IF EXISTS figures_touched")
    gateway.run(
        "CREATE TEMPORARY TABLE figures_touched AS"
        " SELECT DISTINCT s.measure_id, s.what, s.subject FROM figures_step s"
        " LEFT JOIN figures_presence p ON p.measure_id = s.measure_id"
        " AND p.what = s.what AND p.subject = s.subject AND p.path = s.path"
        " AND p.month = s.month"
        f" WHERE s.measure_id NOT IN ({standing}) AND (s.measure_id IN ({latest})"
        " OR (COALESCE(p.records, 0) > 0)"
        " <> (COALESCE(p.records, 0) + s.records > 0))"
    )
    _add_spans(-1)
    gateway.run(
        "INSERT INTO figures_presence"
        " (measure_id, what, subject, path, month, records, value)"
        " SELECT measure_id, what, subject, path, month, records, 0"
        " FROM figures_step WHERE records <> 0"
        f" OR measure_id IN ({latest}) ORDER BY 1, 2, 3, 4, 5"
        " ON CONFLICT (measure_id, what, subject, path, month) DO UPDATE SET"
        " records = figures_presence.records + excluded.records"
    )
    _last_values(latest)
    _add_spans(1)
    gateway.run("DROP TABLE figures_step")
    gateway.run("DROP TABLE figures_touched")


def _numbers(measures: Iterable[Measure]) -> str:
    """Return keys of measures as a list for IN; a key no measure has if there is none."""
    return ", ".join(str(each.number) for each in measures) or "0"


def _last_values(latest: str) -> None:
    """Let a unit's months hold the value of its last record, from the facts."""
    if latest == "0":
        return
    last = (
        "(SELECT {} FROM figures_fact f"
        " WHERE f.measure_id = figures_presence.measure_id"
        " AND f.path = figures_presence.path"
        " AND f.on_day >= figures_presence.month"
        f" AND f.on_day < {gateway.month_after('figures_presence.month')}"
        " GROUP BY f.record_id, f.on_day, f.value HAVING SUM(f.records) > 0"
        " ORDER BY f.on_day DESC, MAX(f.recorded_at) DESC, f.value DESC LIMIT 1)"
    )
    gateway.run(
        "UPDATE figures_presence"
        f" SET value = COALESCE({last.format('f.value')}, 0),"
        f" last = {last.format('f.on_day')}"
        f" WHERE measure_id IN ({latest}) AND (measure_id, what, subject, path, month)"
        " IN (SELECT measure_id, what, subject, path, month FROM figures_step"
        " WHERE what = 'u')"
    )


def _add_spans(sign: int) -> None:
    """Add (or take away) what the touched subjects give to the spans of every level."""
    # The few touched ones first: SQLite would read every presence there is.
    rows = of_presence(
        sign,
        "figures_touched t CROSS JOIN figures_presence p",
        "p.measure_id = t.measure_id AND p.what = t.what AND p.subject = t.subject",
    )
    gateway.run(
        "INSERT INTO figures_span"
        " (measure_id, what, path, month, following, subjects, value)"
        f" {rows} ORDER BY 1, 2, 3, 5, 4"
        " ON CONFLICT (measure_id, what, path, following, month) DO UPDATE SET"
        " subjects = figures_span.subjects + excluded.subjects,"
        " value = figures_span.value + excluded.value"
    )


def of_presence(sign: int, tables: str, condition: str) -> str:
    """Return the select of spans over the rows ``p`` of some tables on a condition."""
    # A unit that moved within a month counts once above both places: its later value.
    levels = (
        "SELECT p.measure_id, p.what, p.subject, substr(p.path, 1, l.len) AS path,"
        " p.month, p.value, ROW_NUMBER() OVER (PARTITION BY p.measure_id, p.what,"
        " p.subject, substr(p.path, 1, l.len), p.month ORDER BY p.last DESC) AS place"
        f" FROM {tables} CROSS JOIN ({LENGTHS}) l"
        f" WHERE {condition} AND l.len <= length(p.path) AND p.records > 0"
    )
    chains = (
        "SELECT measure_id, what, path, month, value,"
        " LEAD(month) OVER (PARTITION BY measure_id, what, subject, path"
        f" ORDER BY month) AS following FROM ({levels}) d WHERE place = 1"
    )
    following = f"COALESCE(following, {gateway.day_literal(NEVER)})"
    return (
        f"SELECT measure_id, what, path, month, {following},"
        f" {sign} * COUNT(*), {sign} * SUM(value) FROM ({chains}) c WHERE true"
        " GROUP BY 1, 2, 3, 4, 5"
    )
