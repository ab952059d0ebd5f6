"""Local dates as people write them in tables. Pure Python."""

import re
from datetime import date, timedelta

# Excel counts days from here (its year 1900 has a day too many).
_EPOCH = date(1899, 12, 30)
_SERIAL = range(20_000, 80_000)  # 1954 to 2119
_PARTS = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})(?:\s*[-/.月]\s*(?:(\d{1,2})\s*日?)?)?"
    r"(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
)
_SOLID = re.compile(r"(\d{4})(\d{2})(\d{2})")


def read_day(text: str) -> date | None:
    """Read a day; None if it is none. A month alone is its first day.

    >>> read_day("2024年3月5日"), read_day("2024.3"), read_day("45356")
    (datetime.date(2024, 3, 5), datetime.date(2024, 3, 1), datetime.date(2024, 3, 5))
    """
    plain = text.strip().translate(str.maketrans("０１２３４５６７８９", "0123456789"))
    match = _PARTS.fullmatch(plain) or _SOLID.fullmatch(plain)
    if match is not None:
        year, month, day = match.groups()
        try:
            return date(int(year), int(month), int(day or 1))
        except ValueError:
            return None
    if plain.isascii() and plain.isdigit() and int(plain) in _SERIAL:
        return _EPOCH + timedelta(days=int(plain))
    return None


def is_month_only(text: str) -> bool:
    """Tell whether a day was left out, so that the first of the month was assumed."""
    match = _PARTS.fullmatch(text.strip())
    return match is not None and match.group(3) is None
