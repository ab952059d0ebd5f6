"""kill -9 in the middle of posting: no half voucher, no acknowledged voucher lost.

WUGEYI_KILL_ROUNDS=500 makes a long run of it; `-s` shows what it came to.
"""

import os
import random
import select
import signal
import time
from datetime import date

from django.db import connection

from tests.books.collective import AT, rent
from tests.books.guards.forge import ask
from wugeyi.books.actions.posting import post, post_many
from wugeyi.books.models import Voucher
from wugeyi.books.queries.verification import verify

ROUNDS = int(os.environ.get("WUGEYI_KILL_ROUNDS", "14"))
WRITERS = 2
BATCH = 20
DAY = date(2024, 3, 21)


def work(village, out: int, seed: int) -> None:
    """Post until killed: one voucher, then twenty at once; say so after each commit."""
    dice = random.Random(seed)
    people = {
        "prepared_by": village.accountant,
        "reviewed_by": village.reviewer,
        "by": village.reviewer,
        "at": AT,
    }
    while True:
        book = dice.choice((village.book, village.other))
        if dice.random() < 0.8:
            made = post(book=book, entry=rent(DAY, 1), **people)
            os.write(out, f"{made.pk}\n".encode())
        else:
            post_many(book=book, entries=[rent(DAY, 2)] * BATCH, **people)
            os.write(out, b"many\n")


def begin(village, seed: int) -> tuple[int, int]:
    """Start a writer; return its process and where it speaks."""
    hear, out = os.pipe()
    process = os.fork()
    if process == 0:
        try:
            os.close(hear)
            work(village, out, seed)
        finally:
            os._exit(1)
    os.close(out)
    return process, hear


def end(process: int, hear: int) -> list[str]:
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    with os.fdopen(hear) as said:
        # What was cut off in the middle of a line was not heard.
        return [
            line for line in said.read().splitlines(keepends=True) if line[-1] == "\n"
        ]


def test_nothing_is_halved_and_nothing_acknowledged_is_lost(ground):
    village = ground.village
    dice = random.Random(9)
    acknowledged: set[int] = set()
    batches = killed = 0
    begun = time.monotonic()
    for turn in range(ROUNDS):
        connection.close()
        writers = [begin(village, 100 * turn + each) for each in range(WRITERS)]
        if turn % 4:
            select.select([hear for _, hear in writers], [], [], 20)
        time.sleep(dice.random() * 0.15)
        for process, hear in writers:
            for line in end(process, hear):
                if line == "many\n":
                    batches += 1
                else:
                    acknowledged.add(int(line))
            killed += 1
        kept = set(
            Voucher.objects.filter(pk__in=acknowledged).values_list("pk", flat=True)
        )
        assert kept == acknowledged
        many = ask(
            "SELECT count(DISTINCT voucher_id) FROM books_posting"
            " WHERE debit_fen = 200 AND voucher_id IN"
            " (SELECT id FROM books_voucher WHERE day = '2024-03-21')"
        )
        assert many % BATCH == 0
        assert many >= batches * BATCH
    # Lines, numbers, leaves, sums and heads of everything, once at the end.
    report = verify(heads=[village.head, village.older])
    assert report.breaks == []
    assert len(acknowledged) + batches > ROUNDS / 2
    print(
        f"{killed} writers killed in {time.monotonic() - begun:.1f} s;"
        f" {len(acknowledged)} vouchers and {batches} batches of {BATCH} acknowledged,"
        f" {report.vouchers} vouchers kept, none lost or halved"
    )
    ground.ground.reset()
