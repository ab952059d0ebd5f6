"""Days off, times at the wheel and days of the week as they stand in one cell."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, timedelta

from wugeyi.engines.lineplanning.findings import clock

Spans = tuple[tuple[int, int], ...]
SPAN = re.compile(r"(\d{1,2}):([0-5]\d)-(\d{1,2}):([0-5]\d)")
DASH = re.compile(r"\s*[-–—~至]\s*")
DAYS = re.compile(r"(\d{4}-\d{2}-\d{2})(?:\.\.(\d{4}-\d{2}-\d{2}))?")
APART = re.compile(r"[\s,,、;;]+")
LONGEST_ABSENCE = 800
NO_DRIVING = ("无", "none")
"""On duty without driving; an empty cell is driving all the time."""


def parts(text: str) -> list[str]:
    """Return what stands in a cell, separated as people are used to."""
    return [each for each in APART.split(text.strip()) if each]


def days(text: str) -> tuple[date, ...] | None:
    """Return the days of ``2026-03-02`` or ``2026-03-02..2026-03-04``, None if none."""
    span = DAYS.fullmatch(text)
    if span is None:
        return None
    try:
        first = date.fromisoformat(span[1])
        last = date.fromisoformat(span[2]) if span[2] else first
    except ValueError:
        return None
    many = (last - first).days + 1
    if not 0 < many <= LONGEST_ABSENCE:
        return None
    return tuple(first + timedelta(n) for n in range(many))


def days_text(given: Iterable[date]) -> str:
    """Return days as ``days`` reads them, those in a row as one span."""
    spans: list[list[date]] = []
    for day in sorted(set(given)):
        if spans and day - spans[-1][1] == timedelta(1):
            spans[-1][1] = day
        else:
            spans.append([day, day])
    return " ".join(
        first.isoformat() if first == last else f"{first}..{last}"
        for first, last in spans
    )


def driving(text: str, begin: int, end: int) -> tuple[Spans, list[str]]:
    """Return the minutes at the wheel, and the parts that cannot be read."""
    folded = unicodedata.normalize("NFKC", text).strip()
    if folded.lower() in NO_DRIVING:
        return (), []
    told = parts(DASH.sub("-", folded))
    if not told:
        return ((begin, end),), []
    found, bad = [], []
    for each in told:
        span = SPAN.fullmatch(each)
        if span is None:
            bad.append(each)
            continue
        hours = [int(each) for each in span.groups()]
        found.append((60 * hours[0] + hours[1], 60 * hours[2] + hours[3]))
    return tuple(found), bad


def driving_text(spans: Spans, *, chinese: bool) -> str:
    """Return minutes at the wheel as ``driving`` reads them."""
    if not spans:
        return NO_DRIVING[0 if chinese else 1]
    return " ".join(f"{clock(first)}-{clock(last)}" for first, last in spans)


def weekdays(text: str) -> tuple[bool, ...] | None:
    """Return which days ``12345`` means, Monday first; None if it means none."""
    if not re.fullmatch(r"[1-7]+", text):
        return None
    return tuple(str(day) in text for day in range(1, 8))
