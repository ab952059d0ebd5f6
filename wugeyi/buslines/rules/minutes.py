"""Minutes of a day of operation as people write and read them."""

import re
import unicodedata

DAY = 1440
LAST_MINUTE = 2879
WRITTEN = re.compile(
    r"(次日)?\s*(\d{1,2})[:：点.](\d{2})(?::00)?|(次日)?(\d{2})(\d{2})"
)


def read_minute(text: str) -> int | None:
    """Return the minute a text says, None if it says none.

    ``25:10`` and ``次日1:10`` are both ten past one in the night after the day of
    operation; 47:59 is the last minute there is.
    """
    folded = unicodedata.normalize("NFKC", text).strip()
    found = WRITTEN.fullmatch(folded)
    if found is None:
        return None
    later = bool(found[1] or found[4])
    hours, minutes = int(found[2] or found[5]), int(found[3] or found[6])
    minute = 60 * hours + minutes + (DAY if later else 0)
    if minutes > 59 or minute > LAST_MINUTE:
        return None
    return minute


def clock(minute: int) -> str:
    """Return a minute as it is typed: 06:05, and 25:10 after midnight."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def spans(text: str) -> tuple[tuple[int, int], ...] | None:
    """Return the spans of ``06:00-08:10 08:30-10:00``; None if one cannot be read.

    They have to follow one another, each ending after it begins.
    """
    found: list[tuple[int, int]] = []
    folded = unicodedata.normalize("NFKC", text)
    folded = re.sub(r"\s*[-–—~至]\s*", "-", folded)
    for part in re.split(r"[\s,、;]+", folded.strip()):
        if not part:
            continue
        first, _dash, last = part.partition("-")
        begin, end = read_minute(first), read_minute(last)
        if begin is None or end is None or end <= begin:
            return None
        if found and begin < found[-1][1]:
            return None
        found.append((begin, end))
    return tuple(found)


def written_spans(held: tuple[tuple[int, int], ...]) -> str:
    """Return spans as they are kept in a row."""
    return " ".join(f"{clock(begin)}-{clock(end)}" for begin, end in held)
