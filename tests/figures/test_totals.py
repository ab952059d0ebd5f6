"""Random histories: totals and what is fresh equal the reference and a recount."""

import random
from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from tests.figures.conftest import AT
from wugeyi.engines.tally import reference
from wugeyi.figures import gateway
from wugeyi.figures.actions import filling, fold, follow, recount, refresh
from wugeyi.figures.catalogue import catalogue
from wugeyi.figures.models import Fact, Fresh
from wugeyi.figures.queries import Period, by_child, figure, figures, parts
from wugeyi.figures.queries.places import stays_of
from wugeyi.figures.rules.places import EVER, paths
from wugeyi.organisations import actions
from wugeyi.organisations.models import Organisation

CODES = ["things", "good_things", "money", "people", "headcount", "standing_things"]
PERIODS = [
    Period.year(2026),
    Period.month(2026, 3),
    Period.quarter(2026, 2),
    Period.of_months(2025, 11, 14),
    Period(date(2026, 1, 20), date(2026, 1, 25)),
    Period(date(2026, 2, 11), date(2026, 5, 9)),
    Period(date(2026, 3, 1), date(2026, 4, 15)),
    Period(date(2024, 12, 30), date(2027, 1, 2)),
    Period(date(2026, 3, 14), date(2026, 3, 31)),
    Period(date(2026, 3, 30), date(2026, 4, 2)),
    Period(date(2026, 1, 8), date(2026, 3, 31)),
]
LONGEST = 200


def some_period(rng: random.Random) -> Period:
    """Any days of the months in which things happen."""
    first = date(2025, 11, 15) + timedelta(days=rng.randrange(LONGEST))
    return Period(first, first + timedelta(days=rng.randrange(LONGEST)))


class History:
    """What happens to a small register and its records, at random."""

    def __init__(self, seed: int, tree: dict[str, Organisation]) -> None:
        self.random = random.Random(seed)
        self.tree = tree
        self.at = AT
        self.keys: list[int] = []
        self.kept: list[tuple[datetime, str, int, Period, object]] = []

    def step(self) -> None:
        self.at += timedelta(minutes=self.random.randint(1, 30_000))
        act = self.random.choice(
            [self.record] * 5
            + [self.correct] * 3
            + [self.withdraw, self.move, self.merge, self.fold, self.fold]
        )
        act()

    def row(self) -> list[object]:
        held = date(2026, 1, 1) + timedelta(days=self.random.randint(-40, 200))
        ended = held + timedelta(days=self.random.randint(1, 90))
        return [
            self.random.choice(list(self.tree.values())).pk,
            held,
            self.random.choice([None, ended]),
            self.random.randint(0, 6),
            self.random.choice("甲乙丙丁"),
            self.random.choice(["", "road", "water"]),
            self.random.choice(["yes", "yes", "no"]),
        ]

    def record(self) -> None:
        key = len(self.keys) + 1
        self.keys.append(key)
        gateway.insert(
            "tests_thing",
            [
                "id",
                "organisation_id",
                "held_on",
                "ended_on",
                "amount",
                "person",
                "topic",
                "good",
                "made_at",
                "withdrawn",
            ],
            [[key, *self.row(), gateway.moment(self.at), 0]],
        )
        refresh(source="things", records=[key], at=self.at, new=True)

    def correct(self) -> None:
        if self.keys:
            key = self.random.choice(self.keys)
            gateway.run(
                "UPDATE tests_thing SET organisation_id = %s, held_on = %s,"
                " ended_on = %s, amount = %s, person = %s, topic = %s, good = %s"
                " WHERE id = %s",
                [*self.row(), key],
            )
            refresh(source="things", records=[key], at=self.at)

    def withdraw(self) -> None:
        if self.keys:
            key = self.random.choice(self.keys)
            gateway.run("UPDATE tests_thing SET withdrawn = 1 WHERE id = %s", [key])
            refresh(source="things", records=[key], at=self.at)

    def day(self) -> date:
        return timezone.localdate(self.at) - timedelta(days=self.random.randint(0, 60))

    def move(self) -> None:
        unit = self.tree[self.random.choice(["A1", "A2", "B1", "A11", "A21", "B11"])]
        to = self.tree[self.random.choice(["A", "B", "A1", "B1"])]
        self.reorganise(actions.move, organisation=unit, to=to)

    def merge(self) -> None:
        unit, into = self.random.sample(["A1", "A2", "B1", "A11", "A12", "B11"], 2)
        if self.random.random() < 0.3:
            self.reorganise(
                actions.merge_into,
                organisation=self.tree[unit],
                into=self.tree[into],
            )

    def reorganise(self, act: object, **given: object) -> None:
        try:
            act(by=None, at=self.at, on=self.day(), **given)  # type: ignore[operator]
        except ValidationError:
            return
        # The worker looks at what is folded.
        fold(at=self.at)
        follow(at=self.at)

    def fold(self) -> None:
        from wugeyi.figures.actions.folding import _fold_some

        _fold_some(self.random.randint(1, 12))

    def keep(self) -> None:
        """Remember a figure as it is now."""
        self.at += timedelta(seconds=1)
        unit = self.random.choice(list(self.tree.values()))
        period = self.random.choice(PERIODS)
        code = self.random.choice([*CODES, "good_share"])
        self.kept.append(
            (self.at, code, unit.pk, period, figure(code, unit, period).value)
        )
        self.at += timedelta(seconds=1)


def facts() -> list[reference.Fact]:
    return [
        reference.Fact(
            each.measure_id,
            each.path,
            each.on,
            each.records,
            each.value,
            each.key,
            each.dimension,
            each.recorded_at,
            each.record_id,
        )
        for each in Fact.objects.all()
    ]


def compare(tree: dict[str, Organisation], rng: random.Random) -> None:
    every = facts()
    for code in rng.sample(sorted(tree), 5):
        unit = Organisation.objects.get(pk=tree[code].pk)
        stood = paths(stays_of([unit.pk])[unit.pk])
        for period in [*rng.sample(PERIODS, 2), some_period(rng), some_period(rng)]:
            found = figures(CODES, unit, period)
            for name in CODES:
                measure = catalogue().measures[name]
                first = EVER if measure.standing else period.first
                right = reference.answer(
                    [each for each in every if each.measure == measure.number],
                    [reference.Place(path, first, period.last) for path in stood],
                    measure.aggregate,
                )
                seen = found[name]
                assert (seen.records, seen.units_reported) == (
                    right.records,
                    right.units,
                ), (code, period, name)
                assert (seen.value or 0) == right.value, (code, period, name)
            by_topic = reference.by_dimension(
                [e for e in every if e.measure == catalogue().measures["money"].number],
                [reference.Place(path, period.first, period.last) for path in stood],
            )
            seen_parts = parts("money", unit, period)
            assert {each.dimension: each.records for each in seen_parts} == by_topic
        below = by_child(CODES, unit, PERIODS[1])
        for child in below:
            alone = figures(CODES, child.organisation, PERIODS[1])
            assert child.figures == alone


@pytest.mark.parametrize("seed", range(4))
def test_random_histories(seed: int, things, tree) -> None:
    follow(at=AT)
    history = History(seed, tree)
    for _ in range(50):
        history.step()
        if history.random.random() < 0.3:
            history.keep()
        if history.random.random() < 0.15:
            compare(tree, history.random)
    fold(at=history.at)
    assert not Fresh.objects.exists()
    compare(tree, history.random)
    # Whatever was folded in whatever order: spans, gaps and days are those of the facts.
    assert recount(at=history.at)[1] == []
    for moment, code, pk, period, value in history.kept:
        unit = Organisation.objects.get(pk=pk)
        assert figure(code, unit, period, as_of=moment).value == value, (code, period)
    for measure in catalogue().measures.values():
        assert filling.fill(measure, at=history.at) == 0, measure.code
    filling.forget_stays()
