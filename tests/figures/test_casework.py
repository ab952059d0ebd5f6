"""The figures of casework are those of casework's own rates, on random courses."""

import random
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.casework.world import World, build, category, need
from wugeyi.casework.actions import closing, combining, handling
from wugeyi.casework.actions.counting import count_due
from wugeyi.casework.actions.intake import register
from wugeyi.casework.models import Case
from wugeyi.casework.queries import rates
from wugeyi.casework.queries.rates import Figure as Count
from wugeyi.casework.rules.refusals import Refused
from wugeyi.figures import catalogue
from wugeyi.figures.actions import filling, fold
from wugeyi.figures.queries import Period, figures

SAME = {
    "cases": Count.REGISTERED,
    "cases_merged": Count.MERGED,
    "cases_excluded": Count.EXCLUDED,
    "cases_counted": Count.COUNTED,
    "contact_due": Count.CONTACT_DUE,
    "contacted_in_time": Count.CONTACTED_IN_TIME,
    "cases_reached": Count.REACHED,
    "cases_resolved": Count.RESOLVED,
    "satisfaction_said": Count.SATISFACTION_SAID,
    "cases_satisfied": Count.SATISFIED,
    "cases_unreached": Count.UNREACHED,
}


class Course:
    def __init__(self, world: World, seed: int) -> None:
        self.world = world
        self.random = random.Random(seed)
        self.at = world.now()

    def step(self) -> None:
        self.at += timedelta(minutes=self.random.choice([5, 60, 400, 3_000]))
        acts = [self.report] * 2 + [self.call] * 2
        acts += [self.accept, self.contact, self.answer, self.merge, self.exclude]
        acts += [self.reclassify, self.clock]
        act = self.random.choice(acts)
        try:
            act()
        except Refused:
            return

    def case(self) -> Case:
        return self.random.choice(list(Case.objects.all()) or [self.report()])

    def report(self) -> Case:
        place = self.random.choice([self.world.community, self.world.neighbour])
        said = need(
            self.world,
            place=place,
            category=category(self.random.choice(["rubbish", "noise"])),
            danger=self.random.random() < 0.1,
        )
        return register(need=said, by=None, at=self.at).case

    def accept(self) -> None:
        handling.accept(case=self.case(), by=self.world["worker"], at=self.at)

    def contact(self) -> None:
        handling.write_update(
            case=self.case(),
            kind="contact",
            text="联系了",
            by=self.world["worker"],
            at=self.at,
        )

    def answer(self) -> None:
        handling.answer(
            case=self.case(), text="好了", by=self.world["worker"], at=self.at
        )

    def call(self) -> None:
        closing.call_back(
            case=self.case(),
            method="phone",
            result=self.random.choice(["resolved", "resolved", "unresolved"]),
            satisfaction=self.random.choice(["yes", "mostly", "no", ""]),
            by=self.world["dispatcher"],
            at=self.at,
        )

    def merge(self) -> None:
        combining.merge(
            case=self.case(), into=self.case(), by=self.world["dispatcher"], at=self.at
        )

    def exclude(self) -> None:
        asked = closing.request_exclusion(
            case=self.case(),
            reason="beyond",
            text="超出职责",
            by=self.world["worker"],
            at=self.at,
        )
        closing.decide_exclusion(
            exclusion=asked,
            approved=True,
            text="同意",
            by=self.world["supervisor"],
            at=self.at,
        )

    def reclassify(self) -> None:
        handling.reclassify(
            case=self.case(),
            category=category("noise"),
            urgency="urgent",
            place=self.world.neighbour,
            reason="换一类",
            by=self.world["dispatcher"],
            at=self.at,
        )

    def clock(self) -> None:
        count_due(at=self.at)
        fold(at=self.at)


@pytest.mark.parametrize("seed", range(3))
def test_the_same_counts(seed: int, db) -> None:
    world = build()
    course = Course(world, seed)
    for _ in range(70):
        course.step()
    count_due(at=course.at)
    period = rates.Period(course.at.date() - timedelta(days=60), course.at.date())
    for unit in (world.city, world.town, world.community, world.neighbour):
        right = rates.rates(rates.below(unit), period, now=course.at)
        seen = figures(list(SAME), unit, Period(period.first, period.last))
        assert {code: each.value or 0 for code, each in seen.items()} == {
            code: right[count] for code, count in SAME.items()
        }
    for measure in catalogue.catalogue().of_source("cases"):
        assert filling.fill(measure, at=course.at) == 0, measure.code
    filling.forget_stays()
    assert {each.value for each in seen.values()} != {None}


def test_queries_do_not_grow(db) -> None:
    world = build()
    course = Course(world, 1)

    def ask() -> int:
        with CaptureQueriesContext(
            connection,
        ) as context:
            figures(
                [*SAME, "response_rate", "cases_open"],
                world.city,
                Period.month(2026, 3),
            )
        return len(context)

    course.report()
    before = ask()
    for _ in range(8):
        course.report()
    assert ask() == before <= 6
