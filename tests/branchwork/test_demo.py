"""The invented hospital's records give the article's figures (domain notes, §4)."""

from datetime import date, datetime
from random import Random
from zoneinfo import ZoneInfo

import pytest

from tests.casework.world import build, report
from wugeyi.branchwork.models import Decision, Meeting
from wugeyi.demo.hospital import branchwork as demo
from wugeyi.demo.hospital.units import build as build_units
from wugeyi.figures.queries import Period, figures

ZONE = ZoneInfo("Asia/Shanghai")
FIGURES = {
    "decisions_joined": 57,
    "suggestions_made": 81,
    "vanguard_posts": 146,
    "demonstration_posts": 32,
    "training_secretaries_outside": 25,
    "members_promoted": 11,
}


@pytest.mark.parametrize("until", [date(2026, 11, 22), date(2026, 2, 3)])
def test_the_articles_figures_come_out_of_the_records(db, until) -> None:
    world = build()
    at = datetime(2023, 1, 5, 9, tzinfo=ZONE)
    units = build_units(parent=world.city, on=at.date(), at=at)
    demo.words(since=at.date(), at=at)
    first, last = demo.hospital(
        units=units,
        random=Random(5),
        until=datetime(until.year, until.month, until.day, 16, tzinfo=ZONE),
    )
    assert last == until
    period = Period(first, last)
    wanted = [*FIGURES, "secretaries_professional"]
    found = figures(wanted, units.hospital, period)
    assert {code: found[code].value for code in FIGURES} == FIGURES
    share = found["secretaries_professional"]
    assert (share.numerator, share.denominator, share.percent) == (22, 22, 100.0)
    admitted = figures(["members_admitted"], units.hospital, Period.year(2024))
    assert admitted["members_admitted"].value == 6
    # Nothing lies in the future, nothing is said twice by one branch.
    assert not Decision.objects.filter(held_on__gt=until).exists()
    said = list(Decision.objects.values_list("organisation", "matter"))
    assert len(said) == len(set(said))


def test_communities_decide_on_what_comes_up_again(db) -> None:
    world = build()
    for _number in range(3):
        report(world)
    at = datetime(2026, 3, 1, 9, tzinfo=ZONE)
    demo.words(since=at.date(), at=at)
    until = datetime(2026, 11, 22, 16, tzinfo=ZONE)
    demo.communities(units=[world.community], random=Random(5), until=until)
    decision = Decision.objects.get()
    assert decision.causes.count() == 3
    assert decision.suggestions.count() == 1
    world.neighbour.kind = "village"
    demo.communities(units=[world.neighbour], random=Random(5), until=until)
    assert Meeting.objects.count() == 13
