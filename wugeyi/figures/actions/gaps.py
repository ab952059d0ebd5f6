"""From a day on which a subject has something to the next one, for the topmost levels."""

from wugeyi.figures import gateway
from wugeyi.figures.actions.levels import HIGH, NEVER

KEY = "measure_id, what, path, known, near, far, day, other"
NUMBERS = ", ".join(f"({number})" for number in range(31))


def add_gaps(sign: int) -> None:
    """Add (or take away) the gaps around the days that change, for their subjects."""
    # The few subjects first: SQLite would read every presence there is.
    levels = of_levels(
        "figures_flipped t CROSS JOIN figures_presence p",
        "p.measure_id = t.measure_id AND p.what = t.what AND p.subject = t.subject",
        ", t.first_month, t.last_month",
    )
    by = "OVER (PARTITION BY measure_id, what, subject, path ORDER BY month RANGE"
    # Of each subject only the months that change, the one before and the one after:
    # the cost does not grow with the years.
    around = (
        "SELECT v.*,"
        f" MAX(month) {by} BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW EXCLUDE GROUP)"
        " AS earlier,"
        f" MIN(month) {by} BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING EXCLUDE GROUP)"
        f" AS following FROM ({levels}) v"
    )
    near = (
        f"SELECT * FROM ({around}) w WHERE month <= last_month"
        " AND (month >= first_month OR following IS NULL OR following >= first_month)"
        " OR month >= first_month AND earlier <= last_month"
    )
    rows = of_days(
        sign,
        near,
        # Between the same days before and after: what lies elsewhere is as it was.
        "JOIN figures_flipped t ON t.measure_id = c.measure_id AND t.what = c.what"
        " AND t.subject = c.subject AND c.on_day <= t.last"
        " AND (c.later IS NULL OR c.later >= t.first)",
    )
    insert_gaps(rows)


def insert_gaps(rows: str) -> None:
    """Add rows of a select to the gaps there are."""
    gateway.run(
        f"INSERT INTO figures_gap ({KEY}, subjects) {rows}"
        " ORDER BY 1, 2, 3, 4, 5, 6, 7, 8"
        f" ON CONFLICT ({KEY}) DO UPDATE SET"
        " subjects = figures_gap.subjects + excluded.subjects"
    )


def of_levels(tables: str, condition: str, more: str = "") -> str:
    """Return the select of subjects' months at the topmost levels.

    Over the rows ``p`` of some tables on a condition; ``more`` are further columns.
    """
    return (
        "SELECT p.measure_id, p.what, p.subject, substr(p.path, 1, l.len) AS path,"
        f" p.month, p.days{more} FROM {tables} CROSS JOIN ({HIGH}) l"
        f" WHERE {condition} AND p.days <> 0 AND l.len <= length(p.path)"
    )


def of_days(sign: int, levels: str, only: str = "") -> str:
    """Return the select of gaps over the months of ``of_levels``.

    ``only`` is joined to the gaps ``c`` and chooses among them.
    """
    days = (
        "SELECT p.measure_id, p.what, p.subject, p.path, p.month,"
        f" {gateway.days_after('p.month', 'n.column1')} AS on_day"
        f" FROM ({levels}) p CROSS JOIN (VALUES {NUMBERS}) n"
        " WHERE (p.days >> n.column1) & 1 = 1 GROUP BY 1, 2, 3, 4, 5, 6"
    )
    by = "OVER (PARTITION BY measure_id, what, subject, path ORDER BY on_day)"
    chains = (
        "SELECT measure_id, what, subject, path, month, on_day, LEAD(on_day)"
        f" {by} AS later, LEAD(month) {by} AS later_month FROM ({days}) d"
    )
    never = gateway.day_literal(NEVER)
    told = "SELECT measure_id, what, path, '{}' AS known, {}, COUNT(*) AS n FROM c {}"
    earlier = told.format(
        "e",
        f"month AS near, COALESCE(later_month, {never}) AS far, on_day AS day,"
        f" {never} AS other",
        "WHERE later_month IS NULL OR later_month > month"
        " GROUP BY measure_id, what, path, month, later_month, on_day",
    )
    later = told.format(
        "l",
        f"later_month, month, later, {never}",
        "WHERE later_month > month"
        " GROUP BY measure_id, what, path, later_month, month, later",
    )
    both = told.format(
        "b",
        "month, later_month, on_day, later",
        "WHERE later IS NOT NULL"
        " GROUP BY measure_id, what, path, month, later_month, on_day, later",
    )
    return (
        f"WITH c AS (SELECT c.* FROM ({chains}) c {only})"
        f" SELECT {KEY}, {sign} * n FROM"
        f" ({earlier} UNION ALL {later} UNION ALL {both}) g WHERE true"
    )
