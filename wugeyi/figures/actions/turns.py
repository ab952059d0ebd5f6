"""On which days something begins to stand in a unit, or ceases to: the topmost levels.

Kept beside the gaps (``known`` is ``s``): how many units more, or fewer, from a day on.
"""

from wugeyi.figures import gateway
from wugeyi.figures.actions.gaps import insert_gaps
from wugeyi.figures.actions.levels import HIGH, NEVER

LINE = "t.measure_id, t.subject, t.path, t.since, {}, {}"


def make_moved(standing: str) -> None:
    """Put down which units change in what stands, since which month, at which paths."""
    gateway.run("DROP TABLE IF EXISTS figures_moved")
    gateway.run(
        "CREATE TEMPORARY TABLE figures_moved AS"
        " WITH m AS (SELECT measure_id, subject, MIN(month) AS since FROM figures_day"
        f" WHERE measure_id IN ({standing}) GROUP BY measure_id, subject)"
        " SELECT m.measure_id, m.subject, m.since, p.path FROM m"
        " CROSS JOIN figures_presence p WHERE p.measure_id = m.measure_id"
        " AND p.what = 'u' AND p.subject = m.subject"
        " UNION SELECT m.measure_id, m.subject, m.since, d.path FROM m"
        " JOIN figures_day d ON d.measure_id = m.measure_id AND d.subject = m.subject"
    )


def add_turns(sign: int) -> None:
    """Add (or take away) the turns of the units that change, since they do.

    What stood before comes from their months, the days since from the facts: without
    what is fresh still and, to begin with, without what is being folded.
    """
    if not gateway.rows("SELECT 1 FROM figures_moved LIMIT 1", []):
        return
    since = "WHERE f.measure_id = t.measure_id AND f.path = t.path"
    since += " AND f.on_day >= t.since"
    parts = [
        f"SELECT {LINE.format('p.month AS on_day', 'p.records AS records')}"
        " FROM figures_moved t CROSS JOIN figures_presence p"
        " WHERE p.measure_id = t.measure_id AND p.what = 'u'"
        " AND p.subject = t.subject AND p.path = t.path AND p.month < t.since",
        f"SELECT {LINE.format('f.on_day', 'f.records')}"
        f" FROM figures_moved t CROSS JOIN figures_fact f {since}",
        f"SELECT {LINE.format('f.on_day', '-f.records')}"
        f" FROM figures_moved t CROSS JOIN figures_fresh f {since}",
    ]
    if sign < 0:
        parts.append(
            f"SELECT {LINE.format('f.on_day', '-f.records')}"
            f" FROM figures_moved t JOIN figures_day f ON f.subject = t.subject {since}"
        )
    insert_gaps(of_lines(sign, " UNION ALL ".join(parts)))


def of_lines(sign: int, lines: str) -> str:
    """Return the select of turns over lines: measure, unit, path, since, day, records."""
    levels = (
        "SELECT t.measure_id, t.subject, substr(t.path, 1, l.len) AS path, t.since,"
        f" t.on_day, SUM(t.records) AS records FROM ({lines}) t CROSS JOIN ({HIGH}) l"
        " WHERE l.len <= length(t.path) GROUP BY 1, 2, 3, 4, 5"
    )
    by = "OVER (PARTITION BY measure_id, subject, path ORDER BY on_day)"
    sums = (
        "SELECT measure_id, subject, path, since, on_day,"
        f" CASE WHEN SUM(records) {by} > 0 THEN 1 ELSE 0 END AS here FROM ({levels}) d"
    )
    turns = f"SELECT s.*, LAG(here, 1, 0) {by} AS before FROM ({sums}) s"
    never = gateway.day_literal(NEVER)
    return (
        f"SELECT measure_id, 'u', path, 's', {gateway.start('m')}, {never}, on_day,"
        f" {never}, {sign} * SUM(here - before) FROM ({turns}) t"
        " WHERE here <> before AND on_day >= since GROUP BY 1, 3, 5, 7"
    )
