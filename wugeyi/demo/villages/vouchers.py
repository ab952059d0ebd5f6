"""The vouchers of an invented village, month by month, the same every time."""

from collections.abc import Iterator
from datetime import date
from random import Random

from wugeyi.books.rules.entries import Entry, Line
from wugeyi.books.rules.months import first_day
from wugeyi.demo.villages.stories import PRINTED, Flow, Village

FEN = 100
LAST_DAY = 28
SHARED_OUT_IN = 3
"""The month in which the year before is shared out."""


def opening(village: Village, begins: date) -> Entry:
    """Return the opening balances."""
    lines = [
        _line(account, yuan * FEN, "期初余额") for account, yuan in village.opening
    ]
    return Entry(begins, tuple(lines), kind="opening")


def of_month(village: Village, month: int, begins: date) -> Iterator[Entry]:
    """Yield a month's vouchers by their days.

    Each amount is drawn from the village, the flow and the year alone, so that a month
    does not depend on those made before.
    """
    year, index = divmod(month, 12)
    made = []
    if month == begins.year * 12 + begins.month - 1:
        for words, account, yuan, project in village.invested:
            lines = (
                _line(account, yuan * FEN, words, project),
                _line("102", -yuan * FEN, words, project),
            )
            made.append(Entry(date(year, 1, 10), lines))
    for flow in village.flows:
        made.extend(_of_flow(village, flow, year, index + 1, begins))
    yield from sorted(made, key=lambda each: each.day)


def amount(flow: Flow, year: int) -> int:
    """Return what a flow comes to in a year, in yuan; what the article prints in 2024."""
    return flow.yuan + flow.yuan * flow.growth * (year - PRINTED) // 100


def split(village: Village, flow: Flow, year: int) -> dict[int, int]:
    """Return a year's amount over its months, in yuan: every yuan in one of them."""
    random = _random(village, flow, year)
    weights = [random.randrange(85, 116) for _ in flow.months]
    whole = amount(flow, year)
    parts = [whole * weight // sum(weights) for weight in weights]
    parts[-1] += whole - sum(parts)
    return dict(zip(flow.months, parts, strict=True))


def shared_out(village: Village, month: int, undistributed_fen: int) -> list[Entry]:
    """Return how the year before is shared out, in its month, if there is anything."""
    if month % 12 + 1 != SHARED_OUT_IN or undistributed_fen <= 0:
        return []
    day = first_day(month).replace(day=20)
    reserve = undistributed_fen * village.to_reserve // 100
    members = undistributed_fen * village.to_members // 100
    return [
        Entry(
            day,
            (
                _line("3220101", reserve, "提取公积公益金"),
                _line("311", -reserve, "提取公积公益金"),
            ),
        ),
        Entry(
            day,
            (
                _line("3220102", members, "向成员分配收益"),
                _line("211", -members, "应付成员收益"),
            ),
        ),
        Entry(
            day.replace(day=26),
            (
                _line("211", members, "发放成员收益"),
                _line("102", -members, "发放成员收益"),
            ),
        ),
    ]


def _of_flow(
    village: Village, flow: Flow, year: int, month: int, begins: date
) -> Iterator[Entry]:
    parts = split(village, flow, year)
    if month in parts:
        fen = parts[month] * FEN
        yield _entry(flow, _day(village, flow, year, month), fen)
    if flow.later:
        before_year, before = (year - 1, 12) if month == 1 else (year, month - 1)
        owed = split(village, flow, before_year).get(before)
        if owed and before_year >= begins.year:
            words = f"收到{flow.words}"
            lines = (
                _line("102", owed * FEN, words, flow.project),
                _line(flow.debit, -owed * FEN, words, flow.project),
            )
            yield Entry(_day(village, flow, year, month), lines)


def _entry(flow: Flow, day: date, fen: int) -> Entry:
    return Entry(
        day,
        (
            _line(flow.debit, fen, flow.words, flow.project),
            _line(flow.credit, -fen, flow.words, flow.project),
        ),
        papers=1 if flow.credit in {"101", "102"} else 0,
    )


def _line(account: str, fen: int, words: str, project: str = "") -> Line:
    return Line(account, max(fen, 0), max(-fen, 0), words, project=project)


def _day(village: Village, flow: Flow, year: int, month: int) -> date:
    random = _random(village, flow, year * 12 + month)
    return date(year, month, random.randrange(1, LAST_DAY + 1))


def _random(village: Village, flow: Flow, number: int) -> Random:
    return Random(f"{village.code} {flow.words} {number}")  # noqa: S311 - a story
