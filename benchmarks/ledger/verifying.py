"""A million vouchers held to a published head: how many a second, and memory."""

import os
import time
from collections.abc import Iterator
from itertools import islice
from statistics import median

from rich.console import Console

from benchmarks.casework.measure import yardstick
from benchmarks.ledger import villages
from benchmarks.ledger.inside import peak_mb
from wugeyi.engines.ledger import head, verify
from wugeyi.engines.ledger.records import Voucher

VOUCHERS = 1_000_000
CHUNK = 5_000
CODE = villages.code_of(0)


def stream(many: int) -> Iterator[Voucher]:
    """Yield vouchers of one book, made anew each time as a database's rows are."""
    kept = next(villages.books(0, 1, 3, 600)).vouchers
    for at in range(many):
        each = kept[at % len(kept)]
        yield Voucher(
            book=CODE,
            year=each.year,
            number=at + 1,
            day=each.day,
            postings=each.postings,
            reverses=each.reverses,
            kind=each.kind,
        )


def run(many: int = VOUCHERS) -> None:
    console = Console()
    console.print(f"yardstick {yardstick():.0f} ms, load {os.getloadavg()[0]:.1f}")
    published = head(CODE, stream(many))
    seconds = []
    for _ in range(3):
        began = time.process_time()
        found = verify(stream(many), published)
        seconds.append(time.process_time() - began)
        assert found == ()
    began = time.process_time()
    lines = sum(len(each.postings) for each in stream(many))
    alone = time.process_time() - began
    peak = peak_mb()
    took = median(seconds)
    console.print(
        f"{many:,} vouchers of {lines / many:.1f} lines verified against a head in"
        f" {took:.1f} CPU s: {many / took:,.0f} a second (goal ≥ 50,000), without making"
        f" them {many / (took - alone):,.0f}; peak {peak:.0f} MB (goal ≤ 300)"
    )
    spoilt = islice(stream(many), many - 1)
    assert verify(spoilt, published)[0].code == "head-short"
