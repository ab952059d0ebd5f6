"""Figures follow what is written: counted once, where people get on, opened to records."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from tests.buslines.line import DAY, BusLine
from wugeyi.buslines.actions import records
from wugeyi.buslines.actions.dated import end
from wugeyi.buslines.actions.lines import close
from wugeyi.buslines.queries.opening import OPENERS
from wugeyi.figures.actions import recount
from wugeyi.figures.catalogue import catalogue
from wugeyi.figures.queries import Period, figures
from wugeyi.organisations.models import Organisation

CODES = ["lines_running", "line_growers", "line_baskets_wanted", "line_drivers"]


def values(codes: list[str], unit: Organisation, *, days: int = 0) -> list[Any]:
    day = DAY + timedelta(days=days)
    told = figures(codes, unit, Period(day, day))
    return [told[code].value for code in codes]


def test_growers_count_in_their_village_and_lines_where_they_are_run(
    busline: BusLine,
) -> None:
    world = busline.world
    # To market: 3 + 2 + 4 + 5 + 2 + 1 people, 6 + 4 + 4 + 10 + 2 baskets; the way home
    # is not counted again.
    assert values(CODES, world.town) == [1, 17, 26, 3]
    assert values(CODES, world.community) == [None, 3, 6, None]
    assert values(CODES, world.neighbour) == [None, 5, 10, None]
    assert values(CODES, world.city) == [1, 17, 26, 3]
    assert values(CODES, world.other_county) == [None] * 4


def test_a_change_counts_from_its_day_on(busline: BusLine) -> None:
    world, row = busline.world, busline.demands["r1"]
    later = DAY + timedelta(days=10)
    records.change(
        row=row, values={"persons": 9}, on=later, by=busline.by, at=world.now()
    )
    assert values(["line_growers"], world.community, days=9) == [3]
    assert values(["line_growers"], world.community, days=10) == [9]


def test_what_never_held_is_taken_back(busline: BusLine) -> None:
    world = busline.world
    end(row=busline.demands["r1"], on=DAY, by=busline.by, at=world.now())
    assert values(["line_growers"], world.community) == [None]


def test_people_move_with_the_village_of_their_stop(busline: BusLine) -> None:
    world = busline.world
    records.change(
        row=busline.spots["v1"],
        values={"organisation": world.neighbour},
        on=DAY,
        by=busline.by,
        at=world.now(),
    )
    assert values(["line_growers"], world.community) == [None]
    assert values(["line_growers"], world.neighbour) == [8]


def test_a_line_that_ended_is_not_counted(busline: BusLine) -> None:
    world, later = busline.world, DAY + timedelta(days=30)
    close(line=busline.line, on=later, by=busline.by, at=world.now())
    assert values(["lines_running"], world.city, days=29) == [1]
    assert values(["lines_running"], world.city, days=30) in ([0], [None])


def test_counting_anew_finds_the_same(busline: BusLine) -> None:
    world = busline.world
    records.change(
        row=busline.demands["r2"],
        values={"baskets": 7},
        on=DAY + timedelta(days=3),
        by=busline.by,
        at=world.now(),
    )
    _row, differing = recount(at=world.now())
    assert not [each for each in differing if each.code.startswith("line")]


def test_every_record_counted_can_be_opened(busline: BusLine) -> None:
    sources = {
        source.record
        for source in catalogue().sources.values()
        if source.record.startswith("busline")
    }
    assert sources == set(OPENERS)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_records_behind_a_figure_open(busline: BusLine, language: str) -> None:
    browser = Client()
    browser.force_login(busline.by)
    browser.cookies["language"] = language
    unit = busline.world.town
    day = DAY.isoformat()
    with override(language):
        page = browser.get(
            f"/figures/line_growers/{unit.code}/", {"from": day, "to": day}
        )
    assert page.status_code == 200
    assert "r1" in page.content.decode()
