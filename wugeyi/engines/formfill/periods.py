"""Words of time in a form (本年、上年同期、1—9月 …) and the days they mean."""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple


class Span(NamedTuple):
    """Days from ``first`` to ``last``, both included."""

    first: date
    last: date


class When(StrEnum):
    """What a word of time means, seen from the period the form is filled for."""

    WHOLE = "whole"  # 本期
    BEFORE = "before"  # 上期: as many months, right before
    SAME = "same"  # 上年同期
    MONTH = "month"
    MONTH_BEFORE = "month_before"
    QUARTER = "quarter"
    QUARTER_BEFORE = "quarter_before"
    YEAR = "year"  # 本年: the year so far, or whole when the form is a year's
    YEAR_BEFORE = "year_before"
    END = "end"  # 期末: stands on the last day
    BEGIN = "begin"  # 年初
    FIXED = "fixed"  # a year, quarter or month by its number


@dataclass(frozen=True, slots=True)
class Word:
    """A word of time found in a text."""

    when: When
    text: str
    year: int | None = None
    months: tuple[int, int] | None = None


_HALF = {"上": (1, 6), "下": (7, 12)}
_QUARTER = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_DASH = "[-—–~至到]{1,2}"
_YEAR = r"(?P<year>20[0-9]{2})年?度?"
# The longer pattern stands first.
_NUMBERED = [
    (re.compile(rf"(?:{_YEAR}年?)?第?(?P<quarter>[一二三四1-4])季度"), "quarter"),
    (re.compile(rf"{_YEAR}(?P<half>[上下])半年"), "half"),
    (
        re.compile(rf"(?:{_YEAR})?(?P<a>[0-9]{{1,2}})月?{_DASH}(?P<b>[0-9]{{1,2}})月"),
        "months",
    ),
    (re.compile(r"(?P<year>20[0-9]{2})年(?P<a>[0-9]{1,2})月(?![0-9])"), "month"),
    (re.compile(r"(?P<year>20[0-9]{2})年(?:度|全年)?数?"), "year"),
    (re.compile(r"^(?P<a>1?[0-9])月份?数?$"), "month"),
]
_WORDS = [
    (re.compile(r"(?:上|去|上一)年度?同(?:期|月|季度?)累?计?数?"), When.SAME),
    (re.compile(r"(?:上年|去年|上一年)(?:年?末|年?底)数?|年初数?|期初数?"), When.BEGIN),
    (
        re.compile(r"(?:本|当|报告)?(?:年度?|季度?|月|期)(?:末|底)数?|截至目前|目前"),
        When.END,
    ),
    (
        re.compile(
            r"(?:(?:本|今|当)年度?|年初以来|年度)?累计数?|(?:本|今|当)年度?至今"
        ),
        When.YEAR,
    ),
    (re.compile(r"(?:上|去|上一)年度?(?:全年)?数?"), When.YEAR_BEFORE),
    (re.compile(r"(?:本|今|当)年度?数?|全年数?"), When.YEAR),
    (re.compile(r"上(?:一)?季度?数?"), When.QUARTER_BEFORE),
    (re.compile(r"上(?:个)?月数?"), When.MONTH_BEFORE),
    (re.compile(r"上(?:一)?期数?"), When.BEFORE),
    (re.compile(r"(?:本|当)季度?数?"), When.QUARTER),
    (re.compile(r"(?:本|当)月数?"), When.MONTH),
    (re.compile(r"(?:本|当|报告)期数?"), When.WHOLE),
]


def find(text: str) -> Word | None:
    """Return the first word of time in a text without spaces, None if there is none."""
    for pattern, kind in _NUMBERED:
        found = pattern.search(text)
        if found:
            return _numbered(found, kind)
    for pattern, when in _WORDS:
        found = pattern.search(text)
        if found:
            return Word(when, found.group())
    return None


def _numbered(found: re.Match[str], kind: str) -> Word | None:
    groups = found.groupdict()
    year = int(groups["year"]) if groups.get("year") else None
    if kind == "quarter":
        quarter = _QUARTER[groups["quarter"]]
        months = (quarter * 3 - 2, quarter * 3)
    elif kind == "half":
        months = _HALF[groups["half"]]
    elif kind == "year":
        months = (1, 12)
    else:
        months = (int(groups["a"]), int(groups.get("b") or groups["a"]))
    if not 1 <= months[0] <= months[1] <= 12:
        return None
    return Word(When.FIXED, found.group(), year, months)


def months(year: int, first: int, last: int) -> Span:
    """Return the days of some months of a year."""
    return Span(date(year, first, 1), date(year, last, monthrange(year, last)[1]))


def _shift(span: Span, by: int) -> Span:
    """Move a span of whole months."""

    def moved(day: date) -> tuple[int, int]:
        number = day.year * 12 + day.month - 1 + by
        return number // 12, number % 12 + 1

    (a_year, a_month), (b_year, b_month) = moved(span.first), moved(span.last)
    last = date(b_year, b_month, monthrange(b_year, b_month)[1])
    if span.last.day != monthrange(span.last.year, span.last.month)[1]:
        last = last.replace(day=min(span.last.day, last.day))
    first = date(a_year, a_month, 1)
    return Span(first.replace(day=min(span.first.day, 28)), last)


def _length(span: Span) -> int:
    a, b = span
    return (b.year - a.year) * 12 + b.month - a.month + 1


def _quarter(day: date) -> Span:
    first = (day.month - 1) // 3 * 3 + 1
    return months(day.year, first, first + 2)


def resolve(word: Word | None, span: Span) -> Span:
    """Return the days a word means in a form filled for ``span``; no word: its own."""
    if word is None:
        return span
    if word.when is When.FIXED:
        assert word.months is not None  # noqa: S101 (set with FIXED)
        return months(word.year or span.last.year, *word.months)
    return _BY_WORD[word.when](span)


def _year(span: Span) -> Span:
    return span if _length(span) >= 12 else Span(date(span.last.year, 1, 1), span.last)


_BY_WORD: dict[When, Callable[[Span], Span]] = {
    When.WHOLE: lambda span: span,
    When.END: lambda span: span,
    When.BEFORE: lambda span: _shift(span, -_length(span)),
    When.SAME: lambda span: _shift(span, -12),
    When.MONTH: lambda span: months(span.last.year, span.last.month, span.last.month),
    When.MONTH_BEFORE: lambda span: _shift(
        months(span.last.year, span.last.month, span.last.month), -1
    ),
    When.QUARTER: lambda span: _quarter(span.last),
    When.QUARTER_BEFORE: lambda span: _shift(_quarter(span.last), -3),
    When.YEAR: _year,
    When.YEAR_BEFORE: lambda span: months(span.last.year - 1, 1, 12),
    When.BEGIN: lambda span: months(span.last.year - 1, 1, 12),
}
