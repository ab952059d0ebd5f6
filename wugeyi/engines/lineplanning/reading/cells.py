"""Values of a spreadsheet's cells as the texts people would have typed."""

from datetime import date, datetime, time, timedelta

from wugeyi.engines.lineplanning.findings import clock

Value = str | int | float | bool | date | time | timedelta
"""What a spreadsheet holds; a text of a CSV file is such a value too."""

EPOCH = date(1899, 12, 30)
"""Day 0 of spreadsheets, from 1 March 1900 on."""
MIDNIGHT = datetime(1899, 12, 31)  # noqa: DTZ001 (a spreadsheet's time has no zone)
"""What a time of 0:00 is; 24:10 comes as ten past midnight of the next day."""
FIRST_DAY, LAST_DAY = 20_000, 80_000
"""Whole numbers in a column of days are days from 1954 to 2119."""
YES, NO = "是", "否"


def typed(value: Value, kind: str) -> str | None:
    """Return a value as text; None where the spreadsheet turned a text into a time.

    Times past midnight stay past 24:00, whether they came as a time, a duration or a
    share of a day. Seconds are kept, so that they are refused and not rounded.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, int | float):
        return _number(value, kind)
    if kind == "time":
        return _clock(_seconds(value))
    if kind == "date":
        return _day(value)
    return None


def _number(value: float, kind: str) -> str:
    whole = value == int(value)
    if kind == "time" and not whole and 0 < value < 3:
        return _clock(value * 86_400)
    if kind == "date" and whole and FIRST_DAY < value < LAST_DAY:
        return (EPOCH + timedelta(days=int(value))).isoformat()
    # Spreadsheets keep codes as numbers: 520103 comes back as 520103.0.
    if whole:
        return str(int(value))
    text = repr(value)
    return f"{value:.20f}" if "e" in text else text


def _seconds(value: date | time | timedelta) -> float:
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, time):
        return 3600 * value.hour + 60 * value.minute + value.second
    if not isinstance(value, datetime):
        value = datetime(value.year, value.month, value.day)  # noqa: DTZ001 (no zone)
    return (value - MIDNIGHT).total_seconds()


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    text = clock(minutes)
    return f"{text}:{rest:02d}" if rest else text


def _day(value: date | time | timedelta) -> str | None:
    if isinstance(value, datetime):
        return value.isoformat(" ")
    return value.isoformat() if isinstance(value, date) else None
