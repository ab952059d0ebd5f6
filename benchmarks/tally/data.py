"""A country's year of facts, made from a seed and closed month by month.

The tree has the shape of China's register of divisions; the facts are invented: as
uneven over places as people are, people met near their home four times in five,
one fact in seventy taken back.
"""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
from rich.console import Console
from rich.progress import track

from benchmarks.tally.question import MONTHS, SHARES
from wugeyi.engines.tally.definitions import Aggregate
from wugeyi.engines.tally.extract import Closing, ExtractError, KeyKind, write_month
from wugeyi.engines.tally.extract import open_extract as opened
from wugeyi.engines.tally.rollup import Month, Part
from wugeyi.organisations.rules.paths import segment

WIDTHS = (1, 31, 342, 2_978, 41_024, 620_000)
SEED = 20_260_101
FACTS = 20_000_000
AS_OF = datetime(2026, 3, 1, tzinfo=UTC)
BACK = 70  # one fact in so many is taken back


def folder_of(facts: int) -> Path:
    return Path("var") / "bench" / f"tally-{facts}-{SEED}"


def prepare(console: Console, facts: int = FACTS) -> Path:
    """Return the extract, made once and kept for the next run."""
    folder = folder_of(facts)
    try:
        opened(folder, MONTHS)
    except ExtractError:
        shutil.rmtree(folder, ignore_errors=True)
    else:
        return folder
    units, leaves = tree()
    for month in track(MONTHS, description="Closing months", console=console):
        batches = month_of(month, leaves, facts // len(MONTHS))
        circumstances = Closing(month, tuple(SHARES), AS_OF, AS_OF, "1", KeyKind.NUMBER)
        write_month(folder, circumstances, batches, [units])
    return folder


def tree() -> tuple[pa.Table, pa.Array]:
    """Return the stays of all units, and the paths of the leaves in tree order."""
    dice = np.random.default_rng(SEED)
    paths = [segment(1)]
    found = [*paths]
    number = 1
    for width in WIDTHS[1:]:
        # Everyone has one below, the rest falls unevenly.
        weight = dice.gamma(2.0, size=len(paths))
        below = 1 + dice.multinomial(width - len(paths), weight / weight.sum())
        lower = []
        for path, count in zip(paths, below.tolist(), strict=True):
            lower += [path + segment(number + one) for one in range(1, count + 1)]
            number += count
        paths = lower
        found += paths
    count = len(found)
    units = {
        "unit": [f"u{one}" for one in range(count)],
        "path": found,
        "valid_from": np.full(count, np.datetime64("1949-10-01", "D")),
        "valid_until": pa.nulls(count, pa.date32()),
    }
    return pa.table(units), pa.array(sorted(paths))


def month_of(month: Month, leaves: pa.Array, facts: int) -> Iterator[pa.RecordBatch]:
    for part, share in SHARES.items():
        yield from batches(month, part, leaves, int(facts * share))


def batches(
    month: Month, part: Part, leaves: pa.Array, facts: int
) -> Iterator[pa.RecordBatch]:
    dice = np.random.default_rng([SEED, month.year, month.number, part.code])
    back = facts // BACK
    entered = facts - back
    # The square makes some places busy; the step scatters them over the country.
    place = (dice.random(entered) ** 2 * len(leaves)).astype(np.int64)
    place = place * 7_919 % len(leaves)
    days = (month.next.first - month.first).days
    day = np.datetime64(month.first, "D") + dice.integers(0, days, entered)
    late = dice.integers(0, int(timedelta(days=5).total_seconds() * 1e6), entered)
    value = np.zeros(entered, dtype=np.int64)
    if part.aggregate is Aggregate.SUM:
        value = dice.integers(100, 10_000_000, entered)
    key = None
    if part.aggregate is Aggregate.DISTINCT:
        home = np.where(
            dice.random(entered) < 0.8, place, dice.integers(0, len(leaves), entered)
        )
        key = home * 8 + dice.integers(0, 8, entered) + 10**9
    chosen = np.concatenate(
        (np.arange(entered), dice.choice(entered, back, replace=False))
    )
    sign = np.ones(facts, dtype=np.int8)
    sign[entered:] = -1
    columns = {
        "measure": pa.array(np.full(facts, part.code, dtype=np.int32)),
        "path": leaves.take(pa.array(place[chosen])),
        "day": pa.array(day[chosen]),
        "record": pa.array(chosen + part.code * 10**9),
        "records": pa.array(sign),
        "value": pa.array(value[chosen]),
        "key": pa.nulls(facts, pa.int64()) if key is None else pa.array(key[chosen]),
        "dimension": pa.array([""] * facts),
        "recorded_at": pa.array(
            (day.astype("datetime64[us]") + late)[chosen],
            type=pa.timestamp("us", "UTC"),
        ),
    }
    yield pa.RecordBatch.from_pydict(columns)
