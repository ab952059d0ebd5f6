"""Which units, and which keys, have something in which months and on which days.

From that follow the spans of every level: what changed for a subject is taken out of
them with what stood before, and put in again with what stands now.
"""

from wugeyi.figures import gateway
from wugeyi.figures.actions.gaps import add_gaps
from wugeyi.figures.actions.levels import LENGTHS, NEVER, numbers
from wugeyi.figures.actions.turns import add_turns, make_moved
from wugeyi.figures.adapter import Aggregate
from wugeyi.figures.catalogue import catalogue

PLACE = "measure_id, what, subject, path, month"


def add_presence(batch: str) -> None:
    """Follow which units, and which keys, have something in which months and days."""
    measures = list(catalogue().measures.values())
    latest = numbers(m for m in measures if m.aggregate is Aggregate.LATEST)
    standing = numbers(m for m in measures if m.standing)
    _make_steps(batch, standing)
    _touched(latest, standing)
    make_moved(standing)
    _add(-1)
    gateway.run(
        "INSERT INTO figures_presence"
        f" ({PLACE}, records, days, value)"
        f" SELECT {PLACE}, records, days, 0"
        " FROM figures_step WHERE records <> 0 OR days <> 0"
        f" OR measure_id IN ({latest}) ORDER BY 1, 2, 3, 4, 5"
        f" ON CONFLICT ({PLACE}) DO UPDATE SET"
        " records = figures_presence.records + excluded.records,"
        " days = figures_presence.days | excluded.days"
    )
    _clear_days()
    _last_values(latest)
    _add(1)
    for table in ("day", "step", "cleared", "touched", "flipped", "moved"):
        gateway.run(f"DROP TABLE figures_{table}")


def _add(sign: int) -> None:
    _add_spans(sign)
    add_gaps(sign)
    add_turns(sign)


def _make(table: str, select: str) -> None:
    gateway.run(f"DROP TABLE IF EXISTS {table}")
    gateway.run(f"CREATE TEMPORARY TABLE {table} AS {select}")


def _make_steps(batch: str, standing: str) -> None:
    """Put together what each subject gains or loses: by day, by month, days it loses.

    A day on which something is gained is had from now on; whether one on which
    something is taken back still is, only the facts of that day tell.
    """
    measures = catalogue().measures.values()
    keyed = numbers(m for m in measures if m.aggregate is Aggregate.DISTINCT)
    month, bit = gateway.start("m"), gateway.bit_of("on_day")
    unit = "CAST(organisation_id AS VARCHAR(120))"
    _make(
        "figures_day",
        f"SELECT measure_id, 'u' AS what, {unit} AS subject, path, on_day,"
        f" {month} AS month,"
        f" CASE WHEN measure_id IN ({standing}) THEN 0 ELSE {bit} END AS bit,"
        f" SUM(records) AS records FROM {batch}"
        " GROUP BY measure_id, organisation_id, path, on_day"
        f" UNION ALL SELECT measure_id, 'k', subject, path, on_day, {month},"
        f" CASE WHEN measure_id IN ({standing}) THEN 0 ELSE {bit} END,"
        f" SUM(records) FROM {batch} WHERE measure_id IN ({keyed})"
        " GROUP BY measure_id, subject, path, on_day",
    )
    _make(
        "figures_step",
        f"SELECT {PLACE}, SUM(records) AS records,"
        " SUM(CASE WHEN records > 0 THEN bit ELSE 0 END) AS days"
        f" FROM figures_day GROUP BY {PLACE}",
    )
    there = (
        "(SELECT COALESCE(SUM(f.records), 0) FROM {} f WHERE f.measure_id ="
        " d.measure_id AND f.path = d.path AND f.on_day = d.on_day"
        " AND (d.what = 'u' OR f.subject = d.subject))"
    )
    # What is folded by now: the facts without those that are fresh still.
    left = f"{there.format('figures_fact')} - {there.format('figures_fresh')}"
    _make(
        "figures_cleared",
        f"SELECT {PLACE}, on_day, bit FROM figures_day d"
        f" WHERE d.records < 0 AND d.bit <> 0 AND {left} <= 0",
    )


def _touched(latest: str, standing: str) -> None:
    """Put down the subjects whose months change, and those whose days do."""
    had = (
        " LEFT JOIN figures_presence p ON p.measure_id = s.measure_id"
        " AND p.what = s.what AND p.subject = s.subject AND p.path = s.path"
        " AND p.month = s.month"
    )
    _make(
        "figures_touched",
        "SELECT DISTINCT s.measure_id, s.what, s.subject FROM figures_step s"
        f"{had} WHERE s.records <> 0 AND s.measure_id IN ({standing})"
        f" OR s.measure_id IN ({latest})"
        " OR (COALESCE(p.records, 0) > 0)"
        " <> (COALESCE(p.records, 0) + s.records > 0)",
    )
    _make(
        "figures_flipped",
        "SELECT measure_id, what, subject, MIN(on_day) AS first, MAX(on_day) AS last,"
        " MIN(month) AS first_month, MAX(month) AS last_month FROM"
        " (SELECT s.measure_id, s.what, s.subject, s.on_day, s.month FROM figures_day s"
        f"{had} WHERE s.bit <> 0 AND s.records > 0"
        " AND COALESCE(p.days, 0) & s.bit = 0"
        " UNION ALL SELECT measure_id, what, subject, on_day, month"
        " FROM figures_cleared) c"
        " GROUP BY measure_id, what, subject",
    )


def _clear_days() -> None:
    """Take the days on which nothing is left out of the months."""
    lost = (
        "(SELECT SUM(c.bit) FROM figures_cleared c"
        " WHERE c.measure_id = figures_presence.measure_id"
        " AND c.what = figures_presence.what AND c.subject = figures_presence.subject"
        " AND c.path = figures_presence.path AND c.month = figures_presence.month)"
    )
    gateway.run(
        f"UPDATE figures_presence SET days = days & ~{lost}"
        f" WHERE ({PLACE}) IN (SELECT {PLACE} FROM figures_cleared)"
    )


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
        f" WHERE measure_id IN ({latest}) AND ({PLACE})"
        f" IN (SELECT {PLACE} FROM figures_step WHERE what = 'u')"
    )


def _add_spans(sign: int) -> None:
    """Add (or take away) what the touched subjects give to the spans of every level."""
    measures = list(catalogue().measures.values())
    for standing in (False, True):
        some = numbers(each for each in measures if each.standing is standing)
        # The few touched ones first: SQLite would read every presence there is.
        rows = of_presence(
            sign,
            "figures_touched t CROSS JOIN figures_presence p",
            "p.measure_id = t.measure_id AND p.what = t.what"
            f" AND p.subject = t.subject AND t.measure_id IN ({some})",
            standing=standing,
        )
        gateway.run(
            "INSERT INTO figures_span"
            " (measure_id, what, path, month, following, subjects, value)"
            f" {rows} ORDER BY 1, 2, 3, 5, 4"
            " ON CONFLICT (measure_id, what, path, following, month) DO UPDATE SET"
            " subjects = figures_span.subjects + excluded.subjects,"
            " value = figures_span.value + excluded.value"
        )


def of_presence(sign: int, tables: str, condition: str, *, standing: bool) -> str:
    """Return the select of spans over the rows ``p`` of some tables on a condition."""
    chains = _standing(tables, condition) if standing else _chains(tables, condition)
    following = f"COALESCE(following, {gateway.day_literal(NEVER)})"
    return (
        f"SELECT measure_id, what, path, month, {following},"
        f" {sign} * COUNT(*), {sign} * SUM(value) FROM ({chains}) c WHERE here = 1"
        " GROUP BY 1, 2, 3, 4, 5"
    )


def _chains(tables: str, condition: str) -> str:
    """Return each subject's months with something, and the next one, at every level."""
    # A unit that moved within a month counts once above both places: its later value.
    levels = (
        "SELECT p.measure_id, p.what, p.subject, substr(p.path, 1, l.len) AS path,"
        " p.month, p.value, ROW_NUMBER() OVER (PARTITION BY p.measure_id, p.what,"
        " p.subject, substr(p.path, 1, l.len), p.month ORDER BY p.last DESC) AS place"
        f" FROM {tables} CROSS JOIN ({LENGTHS}) l"
        f" WHERE {condition} AND l.len <= length(p.path) AND p.records > 0"
    )
    return (
        "SELECT measure_id, what, path, month, value, 1 AS here,"
        " LEAD(month) OVER (PARTITION BY measure_id, what, subject, path"
        f" ORDER BY month) AS following FROM ({levels}) d WHERE place = 1"
    )


def _standing(tables: str, condition: str) -> str:
    """Return from the end of which month something stands in a unit, until which one."""
    levels = (
        "SELECT p.measure_id, p.what, p.subject, substr(p.path, 1, l.len) AS path,"
        f" p.month, SUM(p.records) AS records FROM {tables} CROSS JOIN ({LENGTHS}) l"
        f" WHERE {condition} AND l.len <= length(p.path)"
        " GROUP BY p.measure_id, p.what, p.subject, substr(p.path, 1, l.len), p.month"
    )
    by = "PARTITION BY measure_id, what, subject, path ORDER BY month"
    sums = (
        "SELECT measure_id, what, subject, path, month, CASE WHEN SUM(records)"
        f" OVER ({by}) > 0 THEN 1 ELSE 0 END AS here FROM ({levels}) d"
    )
    turns = f"SELECT s.*, LAG(here, 1, 0) OVER ({by}) AS before FROM ({sums}) s"
    return (
        "SELECT measure_id, what, path, month, 0 AS value, here, LEAD(month)"
        f" OVER ({by}) AS following FROM ({turns}) t WHERE here <> before"
    )
