"""The article's hospital: printed figures beside those the invented records lead to."""

from datetime import date, datetime
from random import Random
from zoneinfo import ZoneInfo

from tests.casework.world import NOW, build
from wugeyi.demo import quoted
from wugeyi.demo.hospital import branchwork, projects
from wugeyi.demo.hospital.units import build as build_hospital
from wugeyi.figures.actions import fold, follow, settle
from wugeyi.figures.models import QuotedFigure
from wugeyi.figures.queries import Period, figure, quoted_for

UNTIL = datetime(2026, 11, 20, 12, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
# By hand, from domain notes §4: measure, value, qualifier.
PRINTED = {
    ("secretaries_professional", 100, "equal"),
    ("training_secretaries_outside", 25, "equal"),
    ("members_promoted", 11, "equal"),
    ("members_admitted", 6, "equal"),
    ("vanguard_posts", 146, "equal"),
    ("demonstration_posts", 32, "equal"),
    ("decisions_joined", 57, "equal"),
    ("suggestions_made", 81, "equal"),
    ("technologies", 97, "equal"),
    ("grants", 85, "equal"),
}


def test_computed_figures_equal_the_printed_ones(db: None) -> None:
    world = build()
    units = build_hospital(parent=world.city, on=date(2018, 1, 1), at=NOW)
    random = Random(51)
    branchwork.words(since=date(2018, 1, 1), at=NOW)
    first, last = branchwork.hospital(units=units, random=random, until=UNTIL)
    projects.hospital(units=units, random=random, until=UNTIL)
    quoted.load(at=UNTIL)
    settle(at=UNTIL)
    follow(at=UNTIL)
    fold(at=UNTIL)
    beside = [each for each in quoted_for(units.hospital) if each.measure]
    assert {(q.measure, int(q.value), q.qualifier) for q in beside} == PRINTED
    for each in beside:
        period = (
            Period.year(2024) if "2024" in each.period_text else Period(first, last)
        )
        found = figure(each.measure, units.hospital, period)
        if each.measure == "secretaries_professional":
            # Of the clinical and medical-technical branches only.
            assert (found.numerator, found.denominator) == (22, 22)
            assert found.percent == each.value
        else:
            assert found.value == each.value, each.measure
        assert found.records > 0
    # What is printed is never counted.
    QuotedFigure.objects.all().delete()
    assert figure("decisions_joined", units.hospital, Period(first, last)).value == 57
