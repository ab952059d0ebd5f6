from datetime import date, timedelta
from itertools import pairwise

import chinese_calendar
import pytest
from chinese_calendar import constants

from tests.deadlines.national import CALENDAR, ENTRIES
from wugeyi.engines.deadlines import Kind, coverage

# The three notices, in their own words: breaks (first day, last day) and the weekend
# days worked. Sources: 国务院办公厅关于2024年(2023-10-25)、2025年(国办发明电〔2024〕12号,
# 2024-11-12)、2026年(2025-11-04)部分节假日安排的通知.
NOTICES = {
    2024: (
        "01-01 01-01, 02-10 02-17, 04-04 04-06, 05-01 05-05, 06-10 06-10, "
        "09-15 09-17, 10-01 10-07",
        "02-04, 02-18, 04-07, 04-28, 05-11, 09-14, 09-29, 10-12",
    ),
    2025: (
        "01-01 01-01, 01-28 02-04, 04-04 04-06, 05-01 05-05, 05-31 06-02, 10-01 10-08",
        "01-26, 02-08, 04-27, 09-28, 10-11",
    ),
    2026: (
        "01-01 01-03, 02-15 02-23, 04-04 04-06, 05-01 05-05, 06-19 06-21, "
        "09-25 09-27, 10-01 10-07",
        "01-04, 02-14, 02-28, 05-09, 09-20, 10-10",
    ),
}


@pytest.mark.parametrize("year", NOTICES)
def test_verified_years_say_what_the_notices_say(year):
    breaks, worked = NOTICES[year]
    closed = set()
    for text in breaks.split(", "):
        first, last = (date.fromisoformat(f"{year}-{day}") for day in text.split())
        closed |= {first + timedelta(days=n) for n in range((last - first).days + 1)}
    opened = {date.fromisoformat(f"{year}-{day}") for day in worked.split(", ")}
    listed = [entry for entry in ENTRIES if entry.day.year == year]
    assert {e.day for e in listed if e.kind is Kind.CLOSED} == closed
    assert {e.day for e in listed if e.kind is Kind.OPEN} == opened
    assert all(entry.verified for entry in listed)


def test_every_day_is_what_chinesecalendar_says():
    day = date(min(CALENDAR.years), 1, 1)
    while day.year <= max(CALENDAR.years):
        assert CALENDAR.is_working(day) == chinese_calendar.is_workday(day), day
        day += timedelta(days=1)


def test_no_year_of_chinesecalendar_is_missing():
    years = {day.year for day in constants.holidays}
    assert set(coverage(CALENDAR)) == years
    assert all(later == earlier + 1 for earlier, later in pairwise(sorted(years)))


def test_every_day_has_a_name_and_a_source():
    assert all(e.name_zh and e.source.startswith("国务院") for e in ENTRIES)
