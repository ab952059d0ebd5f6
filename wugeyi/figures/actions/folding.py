"""Fresh facts go into the totals of every level; safe to repeat, to stop, to run twice.

The statements are the same for one record and for a million: what is added up is put
together first and written in a stable order. One folder works at a time.
"""

from datetime import datetime

from django.db import transaction

from wugeyi.figures import gateway
from wugeyi.figures.actions.levels import LENGTHS
from wugeyi.figures.actions.presence import add_presence
from wugeyi.figures.rules.pieces import DAILY

AT_ONCE = 20_000
GRAINS = "dmy"


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
