"""Figures follow assessments: counted once, where people live, and opened to records."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils.translation import override

from tests.circles.town import DAY, Town
from wugeyi.circles import actions
from wugeyi.circles.rules.changes import Plan
from wugeyi.figures.actions import recount
from wugeyi.figures.naming import names
from wugeyi.figures.queries import Period, figures, parts, records
from wugeyi.organisations.models import Organisation
from wugeyi.organisations.queries import reach_of


def values(town: Town, codes: list[str], unit: Organisation, *, days: int = 0) -> Any:
    day = DAY + timedelta(days=days)
    told = figures(codes, unit, Period(day, day))
    return [told[code].value for code in codes]


def assess(town: Town, circle: Any, *, days: int = 0) -> None:
    actions.assess(
        circle=circle,
        on=DAY + timedelta(days=days),
        by=town.world["worker"],
        at=town.world.now(),
    )


PEOPLE = ["circle_residents", "circle_residents_all_kinds", "circle_elderly"]


def test_residents_count_where_they_live_and_above(town: Town) -> None:
    world = town.world
    assess(town, town.circle(world.town))
    assert values(town, PEOPLE, world.community) == [380, 50, 93]
    assert values(town, PEOPLE, world.neighbour) == [40, 0, 8]
    assert values(town, PEOPLE, world.city) == [420, 50, 101]
    # Nothing on record is no record, not 0.
    assert values(town, PEOPLE, world.other_county) == [None, None, None]
    # The day before, nobody had looked.
    assert values(town, PEOPLE, world.city, days=-1) == [None, None, None]


def test_the_parts_of_daily_needs_are_people_by_kind(town: Town) -> None:
    assess(town, town.circle())
    period = Period(DAY, DAY)
    community = town.world.community
    inside = parts("circle_needs_within", community, period)
    assert {part.dimension: part.value for part in inside} == {
        "clinic": 50,
        "market": 380,
        "canteen": 50,
    }
    whole = parts("circle_needs", community, period)
    assert {part.value for part in whole} == {380}
    share = figures(["circle_residents_share"], community, period)[
        "circle_residents_share"
    ]
    assert (share.numerator, share.denominator) == (480, 1140)


def test_two_circles_over_the_same_homes_count_them_once(town: Town) -> None:
    world = town.world
    assess(town, town.circle(world.town))
    assess(town, town.circle(world.community), days=5)
    assert values(town, PEOPLE, world.city, days=4) == [420, 50, 101]
    assert values(town, PEOPLE, world.city, days=5) == [420, 50, 101]
    assert values(town, ["circles", "circles_assessed"], world.city, days=5) == [2, 2]


def test_a_circle_that_is_only_tried_counts_nobody(town: Town) -> None:
    town.circle()
    assess(town, town.circle(name="试一试", minutes=30))
    assert values(town, PEOPLE, town.world.community) == [None, None, None]
    assert values(town, ["circles_assessed"], town.world.community) == [1]


def test_a_later_assessment_takes_the_place_of_the_earlier(town: Town) -> None:
    circle = town.circle()
    assess(town, circle)
    town.homes["N0"].residents = 210
    town.homes["N0"].save()
    assess(town, circle, days=7)
    assert values(town, PEOPLE[:1], town.world.community, days=6) == [380]
    assert values(town, PEOPLE[:1], town.world.community, days=7) == [390]
    assert values(town, ["circles_assessed"], town.world.community, days=7) == [1]


def test_closing_a_circle_ends_its_figures(town: Town) -> None:
    circle = town.circle()
    assess(town, circle)
    day = DAY + timedelta(days=9)
    actions.close(circle=circle, on=day, by=town.world["worker"], at=town.world.now())
    codes = ["circle_residents", "circles", "circles_assessed"]
    assert values(town, codes, town.world.city, days=8) == [380, 1, 1]
    assert set(values(town, codes, town.world.city, days=9)) <= {None, 0}


def test_another_circle_counts_when_the_first_is_closed(town: Town) -> None:
    first, second = town.circle(), town.circle(name="另一个", minutes=20)
    assess(town, first)
    assess(town, second, days=2)
    codes = ["circle_residents", "circle_residents_all_kinds"]
    day = DAY + timedelta(days=9)
    # Twenty minutes are enough for no more homes than fifteen.
    assert values(town, codes, town.world.city, days=8) == [380, 50]
    town.homes["S1900"].residents = 31
    town.homes["S1900"].save()
    assess(town, second, days=3)
    actions.close(circle=first, on=day, by=town.world["worker"], at=town.world.now())
    assert values(town, codes, town.world.city, days=8) == [380, 50]
    assert values(town, codes, town.world.city, days=9) == [381, 50]
    second.refresh_from_db()
    assert second.counts
    _row, differing = recount(at=town.world.now())
    assert not [each for each in differing if each.code.startswith("circle")]


def test_every_figure_opens_onto_its_records(town: Town) -> None:
    world = town.world
    circle = town.circle()
    assess(town, circle)
    reach = reach_of(world["worker"], on=DAY)
    stranger = reach_of(world["outsider"], on=DAY)
    for code, many in [
        ("circles", 1),
        ("circles_assessed", 1),
        ("circle_residents", 1),
        ("circle_needs_within", 3),
    ]:
        behind = records(
            code, world.community, Period(DAY, DAY), reach=reach, today=DAY
        )
        assert len(behind.shown) == many, code
        client = Client()
        client.force_login(world["worker"])
        for each in behind.shown:
            page, _mark, anchor = each.url.partition("#")
            answer = client.get(page)
            assert answer.status_code == 200
            assert not anchor or f'id="{anchor}"' in answer.content.decode()
        hidden = records(
            code, world.community, Period(DAY, DAY), reach=stranger, today=DAY
        )
        assert (hidden.shown, hidden.hidden) == ([], many)


def test_scenarios_are_counted_drawn_and_built(town: Town) -> None:
    circle = town.circle()
    made = actions.save(
        circle=circle,
        client_id=uuid4(),
        plan=Plan(name="便民桥", changes=(town.bridge(),)),
        on=DAY,
        by=town.world["worker"],
        at=town.world.now(),
    ).scenario
    codes = ["circle_scenarios", "circle_scenarios_built"]
    assert values(town, codes, town.world.city) == [1, None]
    actions.mark_built(
        scenario=made, on=DAY, by=town.world["worker"], at=town.world.now()
    )
    assert values(town, codes, town.world.city) == [1, 1]
    actions.withdraw(scenario=made, by=town.world["worker"], at=town.world.now())
    assert set(values(town, codes, town.world.city)) <= {None, 0}


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_kind_is_called_by_its_name(town: Town, language: str) -> None:
    with override(language):
        told = names("circle_coverage", "kind", {"clinic"})
    assert told == {"clinic": "卫生站" if language == "zh-hans" else "Clinic"}


def test_recounting_finds_nothing_to_mend(town: Town) -> None:
    circle = town.circle()
    assess(town, circle)
    town.homes["N0"].residents = 210
    town.homes["N0"].save()
    assess(town, circle, days=7)
    _row, differing = recount(at=town.world.now())
    assert not [each for each in differing if each.code.startswith("circle")]
