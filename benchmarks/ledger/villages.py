"""Invented books, the same for every program: from a seed, and never otherwise.

A voucher is drawn among those a village has: rents, dividends, grants and what is built
of them, welfare, wages, stores. One in a hundred takes back the one before it. The first
voucher of a book opens it, the last of each year carries its income over.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from wugeyi.engines.ledger.batch import Writer
from wugeyi.engines.ledger.records import Book, Number, Posting, Voucher

SEED = 20_260_101
FIRST_YEAR = 2022
EPOCH = date(1970, 1, 1).toordinal()
ORDINARY, OPENING, CLOSING, REVERSAL = range(4)
KINDS = ("ordinary", "opening", "closing", "reversal")
BACK = 100

# What is posted, as account and how much of two amounts drawn; sums are 0.
ENTRIES: tuple[tuple[str, tuple[tuple[int, int, int], ...]], ...] = (
    ("鱼塘租金", ((1020101, 1, 0), (5010101, -1, 0))),
    ("铺面租金，部分未收", ((1020101, 1, 0), (112, 0, 1), (5010102, -1, -1))),
    ("加油站分红", ((1020101, 1, 0), (502, -1, 0))),
    ("收回应收款", ((1020102, 1, 0), (112, -1, 0))),
    ("一般补助", ((1020101, 1, 0), (503, -1, 0))),
    ("专项资金", ((1020201, 1, 0), (241, -1, 0))),
    ("路灯工程", ((15301, 1, 0), (15302, 0, 1), (1020201, -1, -1))),
    ("专项形成资产", ((151, 1, 1), (15301, -1, 0), (15302, 0, -1), (241, 1, 0), (311, -1, 0))),
    ("慰问老人", ((514, 1, 0), (101, -1, 0))),
    ("办公和路灯电费", ((51301, 1, 0), (514, 0, 1), (1020101, -1, -1))),
    ("计提工资", ((51302, 1, 0), (511, 0, 1), (212, -1, -1))),
    ("发工资", ((212, 1, 1), (1020101, -1, 0), (113, 0, -1))),
    ("买化肥", ((121, 1, 0), (21101, -1, 0))),
    ("领用物资", ((401, 1, 0), (511, 0, 1), (121, -1, -1))),
    ("卖菜", ((101, 1, 0), (1020101, 0, 1), (50102, -1, -1))),
    ("折旧", ((511, 1, 0), (51303, 0, 1), (152, -1, -1))),
    ("付货款", ((21101, 1, 0), (21102, 0, 1), (1020101, -1, -1))),
    ("提现", ((101, 1, 0), (1020101, -1, 0))),
    ("劳务费", ((511, 1, 0), (51302, 0, 1), (213, -1, -1))),
    ("税费", ((512, 1, 0), (521, 0, 1), (214, -1, -1))),
)  # fmt: skip
OPENS = ((1020101, 5, 0), (151, 0, 3), (301, -5, 0), (311, 0, -3))
CARRIED = (5010101, 5010102, 50102, 502, 503, 511, 512, 51301, 51302, 51303, 514, 521)
UNDISTRIBUTED = 32202
MOST_LINES = max(len(lines) for _, lines in ENTRIES)


@dataclass(frozen=True)
class Columns:
    """Vouchers and lines of some books, in the order they are posted.

    ``of`` is a line's voucher; days are counted from 1970.
    """

    book: Any
    year: Any
    day: Any
    kind: Any
    entry: Any
    of: Any
    account: Any
    fen: Any


def columns(first: int, many: int, years: int, vouchers: int) -> Columns:
    """Return books by number; any run of them is as it is among all."""
    made = [_book(number, years, vouchers) for number in range(first, first + many)]
    sizes = np.cumsum([0, *(len(each.book) for each in made[:-1])])
    whole = {
        name: np.concatenate([getattr(each, name) for each in made])
        for name in ("book", "year", "day", "kind", "entry", "account", "fen")
    }
    of = np.concatenate([each.of + at for each, at in zip(made, sizes, strict=True)])
    return Columns(of=of, **whole)


_COUNTS = np.array([len(lines) for _, lines in ENTRIES])
_ACCOUNTS = np.zeros((len(ENTRIES), MOST_LINES), np.int64)
_ONE = np.zeros((len(ENTRIES), MOST_LINES), np.int64)
_TWO = np.zeros((len(ENTRIES), MOST_LINES), np.int64)
for _at, (_, _lines) in enumerate(ENTRIES):
    for _place, (_code, _one, _two) in enumerate(_lines):
        _ACCOUNTS[_at, _place] = _code
        _ONE[_at, _place] = _one
        _TWO[_at, _place] = _two


def _book(number: int, years: int, vouchers: int) -> Columns:
    chance = np.random.default_rng([SEED, number])
    plain = vouchers - 1
    entry = chance.integers(0, len(ENTRIES), (years, plain))
    amounts = chance.integers(1, 5_000_000, (2, years, plain))
    day = np.sort(chance.integers(0, 365, (years, plain)), axis=1)
    back = chance.random((years, plain)) < 1 / BACK
    back[:, 0] = False
    back[:, 1:] &= ~back[:, :-1]
    at = np.nonzero(back)
    before = (at[0], at[1] - 1)
    entry[at] = entry[before]
    amounts[0][at], amounts[1][at] = amounts[0][before], amounts[1][before]
    first_day = np.array(
        [date(FIRST_YEAR + y, 1, 1).toordinal() - EPOCH for y in range(years)]
    )
    counts = _COUNTS[entry.ravel()]
    of = np.repeat(np.arange(entry.size), counts)
    place = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    told = entry.ravel()[of]
    fen = _ONE[told, place] * amounts[0].ravel()[of]
    fen += _TWO[told, place] * amounts[1].ravel()[of]
    fen *= np.where(back.ravel(), -1, 1)[of]
    account = _ACCOUNTS[told, place]
    return _closed(
        Columns(
            book=np.full(entry.size, number),
            year=np.repeat(np.arange(years), plain),
            day=(day + first_day[:, None]).ravel(),
            kind=np.where(back.ravel(), REVERSAL, ORDINARY),
            entry=entry.ravel(),
            of=of,
            account=account,
            fen=fen,
        ),
        chance.integers(1, 9_000_000, 2),
        first_day,
    )


def _closed(plain: Columns, opens: Any, first_day: Any) -> Columns:
    """Put the opening before all, and after each year what carries its income over."""
    number = int(plain.book[0])
    parts = {name: [] for name in Columns.__annotations__}

    def put(year: int, day: int, kind: int, lines: list[tuple[int, int]]) -> None:
        many = sum(len(each) for each in parts["book"])
        told = (number, year, day, kind, -1)
        for name, value in zip(
            ("book", "year", "day", "kind", "entry"), told, strict=True
        ):
            parts[name].append(np.array([value]))
        parts["of"].append(np.full(len(lines), many))
        parts["account"].append(np.array([code for code, _ in lines], np.int64))
        parts["fen"].append(np.array([fen for _, fen in lines], np.int64))

    one, two = (int(each) for each in opens)
    put(0, int(first_day[0]), OPENING, [(c, a * one + b * two) for c, a, b in OPENS])
    for year, begins in enumerate(first_day):
        mine = plain.year == year
        lines = mine[plain.of]
        start = int(np.argmax(mine))
        many = sum(len(each) for each in parts["book"])
        for name in ("book", "year", "day", "kind", "entry"):
            parts[name].append(getattr(plain, name)[mine])
        parts["of"].append(plain.of[lines] - start + many)
        parts["account"].append(plain.account[lines])
        parts["fen"].append(plain.fen[lines])
        account, fen = plain.account[lines], plain.fen[lines]
        sums = [(code, -int(fen[account == code].sum())) for code in CARRIED]
        carried = [(code, each) for code, each in sums if each]
        rest = -sum(each for _, each in carried)
        if rest:
            carried.append((UNDISTRIBUTED, rest))
        days = 365 if begins + 365 in first_day else 364
        put(year, int(begins) + min(days, 364), CLOSING, carried)
    return Columns(**{name: np.concatenate(each) for name, each in parts.items()})


def books(first: int, many: int, years: int, vouchers: int) -> Iterator[Book]:
    """Yield books as the engine has them."""
    for number in range(first, first + many):
        yield _engine_book(_book(number, years, vouchers))


def code_of(number: int) -> str:
    return f"V{number:06}"


def _engine_book(held: Columns) -> Book:
    code = code_of(int(held.book[0]))
    lines: list[list[Posting]] = [[] for _ in held.book]
    names = [name for name, _ in ENTRIES]
    words = [names[each] if each >= 0 else "" for each in held.entry.tolist()]
    kinds = held.kind.tolist()
    for of, account, fen in zip(
        held.of.tolist(), held.account.tolist(), held.fen.tolist(), strict=True
    ):
        summary = words[of] or ("期初余额" if kinds[of] == OPENING else "结转本年收益")
        lines[of].append(Posting(str(account), max(fen, 0), max(-fen, 0), summary))
    vouchers: list[Voucher] = []
    number, last = 0, -1
    for at, (year, day) in enumerate(
        zip(held.year.tolist(), held.day.tolist(), strict=True)
    ):
        number = number + 1 if year == last else 1
        last = year
        marked = Number(FIRST_YEAR + year, number - 1)
        vouchers.append(
            Voucher(
                book=code,
                year=FIRST_YEAR + year,
                number=number,
                day=date.fromordinal(day + EPOCH),
                postings=tuple(lines[at]),
                reverses=marked if kinds[at] == REVERSAL else None,
                kind=KINDS[kinds[at]],  # type: ignore[arg-type]
            )
        )
    return Book(code, "2023", tuple(vouchers), f"虚构村 {code}")


def write(writer: Writer, first: int, many: int, years: int, vouchers: int) -> None:
    """Write books as the batch path reads them."""
    for number in range(first, first + many):
        held = _book(number, years, vouchers)
        nature = np.where(held.kind == REVERSAL, ORDINARY, held.kind)
        writer.add_columns(
            code_of(number),
            "2023",
            "",
            held.day[held.of],
            held.account,
            nature[held.of],
            held.fen,
        )
