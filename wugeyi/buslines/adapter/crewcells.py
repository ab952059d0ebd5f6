"""Days off, times at the wheel and days of the week as files write them."""

from datetime import date

from wugeyi.buslines.rules.minutes import spans, written_spans
from wugeyi.engines.lineplanning.reading import crew_cells as cells

__all__ = ["days_of", "driving_of", "weekdays_of"]


def days_of(text: str) -> tuple[list[date], str]:
    """Return the days a cell lists, in order, and the part that cannot be read."""
    found: set[date] = set()
    for part in cells.parts(text):
        days = cells.days(part)
        if days is None:
            return [], part
        found.update(days)
    return sorted(found), ""


def driving_of(text: str, begin: int, end: int) -> str | None:
    """Return minutes at the wheel as rows keep them; "" for all the time.

    None for what cannot be read, overlaps, lies outside the duty, or is no driving at
    all: a duty nobody drives is none of the line's.
    """
    found, bad = cells.driving(text, begin, end)
    if bad or not found:
        return None
    if found == ((begin, end),):
        return ""
    kept = written_spans(found)
    outside = found[0][0] < begin or found[-1][1] > end
    return None if outside or spans(kept) is None else kept


def weekdays_of(text: str) -> str | None:
    """Return days of the week as rows keep them, in order; None if there are none."""
    found = cells.weekdays(text)
    if found is None:
        return None
    return "".join(str(number) for number, on in enumerate(found, 1) if on)
