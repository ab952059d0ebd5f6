from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from wugeyi.engines.deadlines import (
    SHANGHAI,
    Span,
    Unit,
    WorkCalendar,
    due,
    elapsed,
    explain,
    last_day,
    remaining,
)
from wugeyi.engines.deadlines.reference import due_slowly, elapsed_slowly

DAY_UNITS = [Unit.CALENDAR_DAYS, Unit.WORKING_DAYS]
# Midnight gaps and repeats: Havana falls back at 01:00 -> 00:00 and springs forward
# at 00:00 -> 01:00; Lord Howe moves by half an hour.
ZONES = [
    SHANGHAI,
    SHANGHAI,
    ZoneInfo("America/Havana"),
    ZoneInfo("Australia/Lord_Howe"),
    ZoneInfo("Europe/Berlin"),
    UTC,
]
# A window over a year's end, and one over both summer-time changes of Havana.
ORIGINS = [
    datetime(2025, 12, 20, tzinfo=UTC),
    datetime(2025, 3, 1, tzinfo=UTC),
    datetime(2025, 10, 25, tzinfo=UTC),
    datetime(2024, 2, 20, tzinfo=UTC),
]


@st.composite
def situations(draw: Callable) -> tuple:
    origin = draw(st.sampled_from(ORIGINS))
    zone = draw(st.sampled_from(ZONES))
    # Sometimes all within three days, so that several instants share a day.
    window = st.integers(0, draw(st.sampled_from([3, 30])) * 24 * 60)

    def instant() -> datetime:
        moment = origin + timedelta(minutes=draw(window))
        if draw(st.booleans()):
            day = moment.astimezone(zone).date()
            midnight = datetime(day.year, day.month, day.day, tzinfo=zone)
            nudge = timedelta(minutes=draw(st.integers(-1, 1)))
            moment = midnight.astimezone(UTC) + nudge
        return moment

    start = instant()
    pauses = []
    for _ in range(draw(st.integers(0, 4))):
        first, second = instant(), instant()
        end = draw(st.sampled_from([max(first, second)] * 6 + [None, first]))
        pauses.append((min(first, second) if end != first else first, end))
    days = st.integers(-5, 60).map(lambda n: (origin + timedelta(days=n)).date())
    closed = draw(st.frozensets(days, max_size=20))
    opened = draw(st.frozensets(days, max_size=8))
    return start, closed, opened, pauses, zone


def engine_side(situation: tuple) -> tuple:
    start, closed, opened, pauses, zone = situation
    # The engine must not care which zone an instant is written in.
    spans = [Span(b.astimezone(zone), e) for b, e in pauses]
    return start.astimezone(zone), WorkCalendar(closed, opened), spans, zone


@settings(max_examples=400, deadline=None)
@given(situations(), st.integers(0, 25), st.sampled_from(DAY_UNITS))
def test_due_in_days_agrees_with_the_reference(situation, amount, unit):
    start, calendar, spans, zone = engine_side(situation)
    expected = due_slowly(situation[0], amount, unit.value, *situation[1:])
    assert due(start, amount, unit, calendar, spans, zone) == expected


@settings(max_examples=100, deadline=None)
@given(situations(), st.integers(0, 30))
def test_due_in_hours_agrees_with_the_reference(situation, amount):
    start, calendar, spans, zone = engine_side(situation)
    expected = due_slowly(situation[0], amount, "hours", *situation[1:])
    assert due(start, amount, Unit.HOURS, calendar, spans, zone) == expected


@settings(max_examples=300, deadline=None)
@given(situations(), st.integers(0, 40 * 24 * 60), st.sampled_from(DAY_UNITS))
def test_elapsed_in_days_agrees_with_the_reference(situation, minutes, unit):
    start, calendar, spans, zone = engine_side(situation)
    end = situation[0] + timedelta(minutes=minutes)
    expected = elapsed_slowly(situation[0], end, unit.value, *situation[1:])
    assert elapsed(start, end, unit, calendar, spans, zone) == expected


@settings(max_examples=60, deadline=None)
@given(situations(), st.integers(0, 5 * 24 * 60))
def test_elapsed_in_hours_agrees_with_the_reference(situation, minutes):
    start, calendar, spans, zone = engine_side(situation)
    end = situation[0] + timedelta(minutes=minutes)
    expected = elapsed_slowly(situation[0], end, "hours", *situation[1:])
    assert elapsed(start, end, Unit.HOURS, calendar, spans, zone) == expected


@settings(max_examples=300, deadline=None)
@given(situations(), st.integers(1, 60), st.sampled_from(list(Unit)))
def test_what_has_run_by_the_end_is_what_was_allowed(situation, amount, unit):
    start, calendar, spans, zone = engine_side(situation)
    end = due(start, amount, unit, calendar, spans, zone)
    assume(end is not None)
    gone = elapsed(start, end, unit, calendar, spans, zone)
    if unit is Unit.CALENDAR_DAYS:
        notes = explain(start, amount, unit, calendar, spans, zone)
        moved = notes[-1].number != amount
        assert gone > amount if moved else gone == amount
    else:
        assert gone == amount
    assert remaining(start, end, amount, unit, calendar, spans, zone) == 0


@settings(max_examples=300, deadline=None)
@given(situations(), st.integers(1, 25), st.sampled_from(DAY_UNITS))
def test_explained_days_lead_to_the_same_end(situation, amount, unit):
    start, calendar, spans, zone = engine_side(situation)
    end = due(start, amount, unit, calendar, spans, zone)
    notes = explain(start, amount, unit, calendar, spans, zone)
    numbers = [note.number for note in notes if note.number is not None]
    assert numbers == list(range(1, len(numbers) + 1))
    if end is None:
        assert notes[-1].reason == "paused" or len(notes) == 1
    else:
        assert notes[-1].day == last_day(end, zone)
        assert len(numbers) == amount


@settings(max_examples=200, deadline=None)
@given(
    situations(),
    st.integers(1, 25),
    st.sampled_from(list(Unit)),
    st.integers(0, 20000),
    st.integers(0, 20000),
)
def test_what_is_left_never_grows_and_ends_at_the_end(
    situation, amount, unit, one, other
):
    start, calendar, spans, zone = engine_side(situation)
    arguments = (amount, unit, calendar, spans, zone)
    # Minutes that pass, not minutes on a wall clock that may be set back.
    began = start.astimezone(UTC)
    early, late = (began + timedelta(minutes=m) for m in sorted((one, other)))
    left_early = remaining(start, early, *arguments)
    left_late = remaining(start, late, *arguments)
    assert left_late <= left_early
    end = due(start, *arguments)
    if end is not None and late < end:
        assert left_late >= 0


@settings(max_examples=200, deadline=None)
@given(situations(), st.integers(0, 25), st.sampled_from(list(Unit)))
def test_order_and_overlap_of_pauses_do_not_matter(situation, amount, unit):
    start, calendar, spans, zone = engine_side(situation)
    end = due(start, amount, unit, calendar, spans, zone)
    again = [*reversed(spans), *spans]
    assert due(start, amount, unit, calendar, again, zone) == end


@settings(max_examples=200, deadline=None)
@given(situations(), st.integers(0, 25), st.sampled_from(list(Unit)))
def test_a_longer_allowance_never_ends_earlier(situation, amount, unit):
    start, calendar, spans, zone = engine_side(situation)
    end = due(start, amount, unit, calendar, spans, zone)
    longer = due(start, amount + 1, unit, calendar, spans, zone)
    assert longer is None or (end is not None and longer >= end)


@given(
    st.frozensets(st.dates(date(2020, 1, 1), date(2021, 1, 1)), max_size=60),
    st.frozensets(st.dates(date(2020, 1, 1), date(2021, 1, 1)), max_size=60),
    st.dates(date(2019, 12, 1), date(2021, 2, 1)),
)
@example(frozenset(), frozenset(), date(2020, 1, 1))
def test_counting_working_days_agrees_with_asking_each_day(closed, opened, day):
    calendar = WorkCalendar(closed, opened)
    before = calendar.count_to(day.toordinal() - 1)
    assert calendar.count_to(day.toordinal()) - before == calendar.is_working(day)
    nearest = date.fromordinal(calendar.reaching(before + 1))
    assert nearest >= day
    assert calendar.is_working(nearest)
    assert not any(
        calendar.is_working(day + timedelta(days=n))
        for n in range((nearest - day).days)
    )
