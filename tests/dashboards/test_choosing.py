from datetime import date

import pytest

from wugeyi.dashboards.rules.choosing import choose

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("query", "first", "last"),
    [
        ({}, date(2026, 1, 1), TODAY),
        ({"period": "last-year"}, date(2025, 1, 1), date(2025, 12, 31)),
        ({"period": "12-months"}, date(2025, 12, 1), TODAY),
        ({"period": "quarter"}, date(2026, 10, 1), TODAY),
        ({"period": "nonsense"}, date(2026, 1, 1), TODAY),
        ({"as_of": "2025-03-05"}, date(2025, 1, 1), date(2025, 3, 5)),
        (
            {"as_of": "2025-03-05", "period": "quarter"},
            date(2025, 1, 1),
            date(2025, 3, 5),
        ),
    ],
)
def test_periods_end_with_the_day_they_are_seen_from(query, first, last):
    period = choose(query, today=TODAY).period
    assert (period.first, period.last) == (first, last)


@pytest.mark.parametrize("text", ["2026-11-23", "2030-01-01", "gestern", "0001-01-01"])
def test_a_day_nobody_can_look_at_counts_as_today_and_is_told(text):
    chosen = choose({"as_of": text}, today=TODAY)
    assert chosen.known is None
    assert chosen.wrong_day


def test_today_is_simply_today():
    chosen = choose({"as_of": TODAY.isoformat()}, today=TODAY)
    assert chosen.known is None
    assert not chosen.wrong_day


def test_small_lines_are_twelve_months_or_five_years():
    months = choose({}, today=TODAY).steps
    assert len(months) == 12
    assert months[0].first == date(2025, 12, 1)
    assert months[-1].last == TODAY
    years = choose({"trend": "years"}, today=TODAY).steps
    assert [each.first.year for each in years] == [2022, 2023, 2024, 2025, 2026]
    assert years[-1].last == TODAY


def test_an_address_carries_what_was_chosen_and_no_defaults():
    assert choose({}, today=TODAY).query == {}
    query = {"period": "quarter", "trend": "years", "as_of": "2026-01-02", "view": "f"}
    assert choose(query, today=TODAY).query == query
