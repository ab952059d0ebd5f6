from datetime import UTC, date, datetime, timedelta

import pytest

from tests.deadlines.national import CALENDAR, ENTRIES, NAMES, at
from wugeyi.engines.deadlines import (
    Reason,
    Span,
    Unit,
    WorkCalendar,
    calendar_of,
    coverage,
    covered,
    due,
    elapsed,
    explain,
    last_day,
    remaining,
)

H, C, W = Unit.HOURS, Unit.CALENDAR_DAYS, Unit.WORKING_DAYS


def end_day(start: str, amount: int, unit: Unit, pauses=()) -> str:
    end = due(at(start), amount, unit, CALENDAR, pauses)
    assert end is not None
    return str(last_day(end))


@pytest.mark.parametrize(
    ("start", "amount", "unit", "expected"),
    [
        # 2025 notice: 1-8 October off, 28 September and 11 October worked.
        ("2025-09-26T10:00", 1, W, "2025-09-28"),
        ("2025-09-26T10:00", 5, W, "2025-10-10"),
        ("2025-09-30T23:59", 1, W, "2025-10-09"),
        ("2025-10-09T08:00", 2, W, "2025-10-11"),
        ("2025-10-09T08:00", 3, W, "2025-10-13"),
        # 2024 notice: Spring Festival 10-17 February, worked on the 4th and 18th.
        ("2024-02-02T09:00", 1, W, "2024-02-04"),
        ("2024-02-09T09:00", 1, W, "2024-02-18"),
        # 2026 notice: 15-23 February off, 14 and 28 February worked.
        ("2026-02-13T09:00", 2, W, "2026-02-24"),
        ("2026-02-27T09:00", 1, W, "2026-02-28"),
        ("2026-09-28T15:00", 5, W, "2026-10-10"),
        # Art. 201: the day of the event is not counted.
        ("2026-03-02T00:00", 1, C, "2026-03-03"),
        ("2026-03-02T23:59", 1, C, "2026-03-03"),
        # Art. 203: the last day is off, so the day after the break is the last day.
        ("2025-09-26T10:00", 5, C, "2025-10-09"),
        ("2026-03-06T10:00", 1, C, "2026-03-09"),
        # A weekend day that is worked (28 February 2026, a Saturday) ends a period.
        ("2026-02-26T10:00", 2, C, "2026-02-28"),
        # 信访工作条例: 15 days to say whether a letter is accepted, 60 to settle it.
        ("2026-01-05T10:00", 15, C, "2026-01-20"),
        ("2026-01-05T10:00", 60, C, "2026-03-06"),
        # Over the year's end.
        ("2025-12-31T10:00", 1, W, "2026-01-04"),
        # 0 days: the day itself, or the next working day.
        ("2026-03-06T10:00", 0, C, "2026-03-06"),
        ("2026-03-07T10:00", 0, C, "2026-03-09"),
        ("2026-03-07T10:00", 0, W, "2026-03-09"),
    ],
)
def test_days(start, amount, unit, expected):
    assert end_day(start, amount, unit) == expected


def test_a_last_day_ends_at_24_o_clock():
    end = due(at("2025-09-26T10:00"), 1, W, CALENDAR)
    assert end == at("2025-09-29T00:00")
    assert end is not None
    assert end.utcoffset() == timedelta(0)


def test_hours_run_through_nights_and_holidays():
    # 北京 12345 规范(征求意见稿): 2 hours for what endangers life, 24 for utilities.
    assert due(at("2025-09-30T23:30"), 2, H, CALENDAR) == at("2025-10-01T01:30")
    assert due(at("2025-10-03T12:00"), 24, H, CALENDAR) == at("2025-10-04T12:00")


def test_hours_stop_to_the_second():
    pause = Span(at("2026-03-02T10:00"), at("2026-03-02T10:20:30"))
    assert due(at("2026-03-02T09:00"), 2, H, CALENDAR, [pause]) == at(
        "2026-03-02T11:20:30"
    )
    begins_at_the_end = Span(at("2026-03-02T11:00"), at("2026-03-02T12:00"))
    end = due(at("2026-03-02T09:00"), 2, H, CALENDAR, [begins_at_the_end])
    assert end == at("2026-03-02T11:00")


@pytest.mark.parametrize(
    ("pause", "expected"),
    [
        # Only the day of the event, which is not counted anyway.
        (("2026-03-02T11:00", "2026-03-02T17:00"), "2026-03-04"),
        # Ends at midnight: the day that begins there is not touched.
        (("2026-03-03T11:00", "2026-03-04T00:00"), "2026-03-05"),
        (("2026-03-03T11:00", "2026-03-04T00:01"), "2026-03-06"),
        # Of no length.
        (("2026-03-03T11:00", "2026-03-03T11:00"), "2026-03-04"),
        # Before the start.
        (("2026-03-01T11:00", "2026-03-02T09:59"), "2026-03-04"),
        # Over a weekend costs working days only.
        (("2026-03-04T11:00", "2026-03-09T08:00"), "2026-03-10"),
        # After the end.
        (("2026-03-05T00:00", "2026-03-20T00:00"), "2026-03-04"),
    ],
)
def test_a_pause_takes_the_days_it_touches(pause, expected):
    span = Span(at(pause[0]), at(pause[1]))
    assert end_day("2026-03-02T10:00", 2, W, [span]) == expected


def test_a_moved_end_does_not_land_in_a_pause():
    # One day from Friday would end on Saturday, so on Monday, which is paused.
    pause = Span(at("2026-03-08T09:00"), at("2026-03-10T09:00"))
    assert end_day("2026-03-06T10:00", 1, C, [pause]) == "2026-03-11"


def test_two_pauses_on_one_day_take_that_day_once():
    morning = Span(at("2026-03-03T09:00"), at("2026-03-03T10:00"))
    evening = Span(at("2026-03-03T18:00"), at("2026-03-03T19:00"))
    over_night = Span(at("2026-03-03T20:00"), at("2026-03-04T08:00"))
    assert end_day("2026-03-02T10:00", 1, W, [evening, morning]) == "2026-03-04"
    assert end_day("2026-03-02T10:00", 1, C, [evening, morning]) == "2026-03-04"
    assert end_day("2026-03-02T10:00", 1, W, [morning, over_night]) == "2026-03-05"
    asked = at("2026-03-06T00:00")
    start, pauses = at("2026-03-02T10:00"), [morning, evening, over_night]
    assert elapsed(start, asked, W, CALENDAR, pauses) == 1


def test_a_clock_that_stands_before_a_moved_end_is_not_late():
    # One day from Friday, 13 February 2026 ends with the 14th, a working Saturday;
    # from the 14th it would end within the break, so it is moved to the 24th.
    standing = Span(at("2026-02-20T09:00"))
    start, asked = at("2026-02-14T09:00"), at("2026-02-20T12:00")
    assert due(start, 1, C, CALENDAR, [standing]) is None
    assert remaining(start, asked, 1, C, CALENDAR, [standing]) == 0


@pytest.mark.parametrize("unit", list(Unit))
def test_a_standing_clock_has_no_end(unit):
    start = at("2026-03-02T10:00")
    standing = Span(at("2026-03-03T10:00"))
    assert due(start, 72, unit, CALENDAR, [standing]) is None
    later = start + timedelta(days=400)
    assert remaining(start, later, 72, unit, CALENDAR, [standing]) == (
        48 if unit is H else 72
    )


def test_an_open_pause_after_the_end_does_not_unmake_it():
    standing = Span(at("2026-03-05T00:00"))
    assert end_day("2026-03-02T10:00", 2, W, [standing]) == "2026-03-04"


@pytest.mark.parametrize(
    ("asked", "left"),
    [
        ("2026-03-02T10:00", 2),
        ("2026-03-03T09:00", 2),
        ("2026-03-04T23:59", 1),
        ("2026-03-05T00:00", 0),
        ("2026-03-05T12:00", 0),
        ("2026-03-06T00:00", -1),
        ("2026-03-08T12:00", -2),
    ],
)
def test_working_days_left(asked, left):
    assert remaining(at("2026-03-02T10:00"), at(asked), 2, W, CALENDAR) == left


def test_days_by_which_the_end_moved_are_left_too():
    friday, saturday = at("2026-03-06T10:00"), at("2026-03-07T10:00")
    assert remaining(friday, saturday, 1, C, CALENDAR) == 3


def test_hours_left_are_a_fraction():
    start, asked = at("2026-03-02T10:00"), at("2026-03-02T10:30")
    assert elapsed(start, asked, H, CALENDAR) == 0.5
    assert remaining(start, asked, 2, H, CALENDAR) == 1.5


def test_an_explanation_names_the_days():
    notes = explain(at("2025-09-27T10:00"), 4, W, CALENDAR, names=NAMES)
    assert [(n.day.isoformat()[5:], n.number, n.reason) for n in notes[:6]] == [
        ("09-27", None, Reason.START),
        ("09-28", 1, Reason.MAKE_UP),
        ("09-29", 2, Reason.WORKING),
        ("09-30", 3, Reason.WORKING),
        ("10-01", None, Reason.HOLIDAY),
        ("10-02", None, Reason.HOLIDAY),
    ]
    assert notes[-1].day == date(2025, 10, 9)
    assert notes[-1].number == 4
    assert notes[1].name == "国庆节调休上班"
    assert {note.name for note in notes[4:12]} == {"国庆节", "中秋节"}


def test_hours_have_no_days_to_explain():
    with pytest.raises(ValueError, match="nothing to list"):
        explain(at("2025-09-27T10:00"), 4, H, CALENDAR)


def test_a_place_has_its_own_days():
    # 黔南布依族苗族自治州成立纪念日 8 August; a place that works on a holiday's eve.
    own = WorkCalendar(
        closed=frozenset({date(2025, 8, 8), date(2025, 9, 28)}),
        open=frozenset({date(2025, 10, 8)}),
    )
    local = WorkCalendar.merged(CALENDAR, own)
    assert not local.is_working(date(2025, 8, 8))
    assert not local.is_working(date(2025, 9, 28))
    assert local.is_working(date(2025, 10, 8))
    assert not local.is_working(date(2025, 10, 7))
    assert local.is_working(date(2025, 10, 11))
    assert coverage(local) == coverage(CALENDAR)


def test_years_without_a_notice_are_reckoned_by_weekends_and_flagged():
    only_2025 = calendar_of(e for e in ENTRIES if e.day.year == 2025)
    start = at("2025-12-30T10:00")
    within = due(start, 1, W, only_2025)
    beyond = due(start, 2, W, only_2025)
    assert covered(start, within, only_2025)
    assert last_day(beyond) == date(2026, 1, 1)  # a Thursday, off by the 2026 notice
    assert not covered(start, beyond, only_2025)
    assert covered(start, None, only_2025)
    assert not covered(at("2027-01-04T10:00"), None, only_2025)
    gap = calendar_of(e for e in ENTRIES if e.day.year in (2023, 2025))
    assert not covered(at("2023-12-01T10:00"), at("2025-01-05T00:00"), gap)


def test_open_wins_over_closed_and_weekend():
    saturday, monday = date(2026, 3, 7), date(2026, 3, 9)
    both = frozenset({saturday, monday})
    calendar = WorkCalendar(closed=both, open=both)
    assert calendar.is_working(saturday)
    assert calendar.is_working(monday)


NAIVE = datetime(2026, 3, 2, 10)  # noqa: DTZ001 - that is what is refused
AWARE = NAIVE.replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: due(NAIVE, 1, W, CALENDAR), "the start .* no time zone"),
        (lambda: due(AWARE, -1, W, CALENDAR), "0 or more"),
        (lambda: due(AWARE, 1.5, W, CALENDAR), "whole number"),
        (lambda: due(AWARE, True, W, CALENDAR), "whole number"),
        (lambda: due(AWARE, 1, "weeks", CALENDAR), "unknown unit"),
        (lambda: due(AWARE, 10**7, W, CALENDAR), "beyond the year 9999"),
        (lambda: due(AWARE, 10**7, C, CALENDAR), "beyond the year 9999"),
        (lambda: due(AWARE, 10**12, H, CALENDAR), "beyond the year 9999"),
        (lambda: due(AWARE, 10**8, H, CALENDAR), "beyond the year 9999"),
        (lambda: due(datetime.max.replace(tzinfo=UTC), 0, W, CALENDAR), "9999"),
        (lambda: elapsed(AWARE, NAIVE, W, CALENDAR), "the end .* no time zone"),
        (lambda: elapsed(AWARE, AWARE - timedelta(1), W, CALENDAR), "before the start"),
        (lambda: remaining(AWARE, NAIVE, 1, W, CALENDAR), "no time zone"),
        (lambda: last_day(NAIVE), "no time zone"),
        (lambda: covered(NAIVE, None, CALENDAR), "no time zone"),
        (lambda: Span(NAIVE), "start of a pause .* no time zone"),
        (lambda: Span(AWARE, NAIVE), "end of a pause .* no time zone"),
        (lambda: Span(AWARE, AWARE - timedelta(seconds=1)), "before it starts"),
    ],
)
def test_what_cannot_be_meant_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_a_unit_may_be_given_as_its_stored_text():
    start = at("2026-03-02T10:00")
    assert due(start, 1, "working_days", CALENDAR) == due(start, 1, W, CALENDAR)
