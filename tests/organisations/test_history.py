"""The tree of every day against a reference that only knows parents."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from wugeyi.organisations import actions
from wugeyi.organisations.models import Organisation, Placement, TreeView
from wugeyi.organisations.queries import path_in_view, standing, subtree
from wugeyi.organisations.rules import STATUTORY, keys

FIRST = date(2026, 1, 1)


class Register(RuleBasedStateMachine):
    """Adds, moves, merges, splits and abolishes; beside it a dictionary of parents."""

    def __init__(self) -> None:
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.day = FIRST
        self.parents: dict[int, int | None] = {}
        self.alive: set[int] = set()
        self.past: dict[date, dict[int, int | None]] = {}
        self.number = 0

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    @property
    def at(self) -> datetime:
        return datetime.combine(self.day, time(4), UTC)

    @initialize()
    def begin(self) -> None:
        self.add(None)

    def add(self, parent: int | None) -> None:
        self.number += 1
        unit = actions.add_organisation(
            code=f"u{self.number}",
            name=f"单位{self.number}",
            kind="other",
            parent=None if parent is None else self.unit(parent),
            by=None,
            at=self.at,
            on=self.day,
        )
        self.parents[unit.pk] = parent
        self.alive.add(unit.pk)

    def unit(self, key: int) -> Organisation:
        return Organisation.objects.get(pk=key)

    def pick(self, number: int) -> int:
        living = sorted(self.alive)
        return living[number % len(living)]

    def below(self, key: int) -> set[int]:
        found, waiting = set(), [key]
        while waiting:
            at = waiting.pop()
            found.add(at)
            waiting += [child for child, parent in self.parents.items() if parent == at]
        return found

    @rule(number=st.integers(0, 99))
    def add_below(self, number: int) -> None:
        self.add(self.pick(number))

    @rule(one=st.integers(0, 99), other=st.integers(0, 99))
    def move(self, one: int, other: int) -> None:
        unit, to = self.pick(one), self.pick(other)
        if to in self.below(unit):
            with pytest.raises(ValidationError) as refused:
                actions.move(
                    organisation=self.unit(unit), to=self.unit(to), by=None, at=self.at
                )
            assert refused.value.code == "under_itself"
            return
        # A stale object: only its key may matter.
        stale = self.unit(unit)
        stale.path = "ZZZZZ"
        actions.move(organisation=stale, to=self.unit(to), by=None, at=self.at)
        self.parents[unit] = to

    @rule(one=st.integers(0, 99))
    def make_root(self, one: int) -> None:
        unit = self.pick(one)
        actions.move(organisation=self.unit(unit), to=None, by=None, at=self.at)
        self.parents[unit] = None

    @precondition(lambda self: len(self.alive) > 2)
    @rule(one=st.integers(0, 99), other=st.integers(0, 99))
    def merge(self, one: int, other: int) -> None:
        unit, into = self.pick(one), self.pick(other)
        if into in self.below(unit):
            return
        actions.merge_into(
            organisation=self.unit(unit), into=self.unit(into), by=None, at=self.at
        )
        for child in [c for c in self.alive if self.parents[c] == unit]:
            self.parents[child] = into
        self.alive.discard(unit)

    @rule(one=st.integers(0, 99))
    def split(self, one: int) -> None:
        unit = self.pick(one)
        children = sorted(c for c in self.alive if self.parents[c] == unit)
        self.number += 1
        made = actions.split(
            organisation=self.unit(unit),
            parts=[
                actions.Part(
                    f"u{self.number}", "拆分", "other", list(map(self.unit, children))
                )
            ],
            by=None,
            at=self.at,
        )[0]
        self.parents[made.pk] = self.parents[unit]
        self.alive.add(made.pk)
        self.alive.discard(unit)
        for child in children:
            self.parents[child] = made.pk

    @precondition(lambda self: len(self.alive) > 2)
    @rule(one=st.integers(0, 99))
    def abolish(self, one: int) -> None:
        unit = self.pick(one)
        if any(self.parents[child] == unit for child in self.alive):
            with pytest.raises(ValidationError) as refused:
                actions.abolish(organisation=self.unit(unit), by=None, at=self.at)
            assert refused.value.code == "has_children"
            return
        actions.abolish(organisation=self.unit(unit), by=None, at=self.at)
        self.alive.discard(unit)

    @rule(days=st.integers(1, 3))
    def wait(self, days: int) -> None:
        for passed in range(days):
            self.past[self.day + timedelta(passed)] = {
                key: self.parents[key] for key in self.alive
            }
        self.day += timedelta(days)

    @invariant()
    def every_range_is_a_subtree(self) -> None:
        for unit in Organisation.objects.all():
            assert set(subtree(unit).values_list("pk", flat=True)) == self.below(
                unit.pk
            )
            assert unit.parent_id == self.parents[unit.pk]

    @invariant()
    def every_day_keeps_its_tree(self) -> None:
        view = TreeView.objects.filter(code=STATUTORY).first()
        if view is None:
            return
        now = {key: self.parents[key] for key in self.alive}
        for day, parents in [*self.past.items(), (self.day, now)]:
            found = {}
            for root in [key for key, parent in parents.items() if parent is None]:
                path = path_in_view(self.unit(root), view, day)
                for each in standing(view, path, day):
                    way = keys(each.path)
                    found[each.organisation_id] = way[-2] if len(way) > 1 else None
            assert found == parents, day

    @invariant()
    def no_two_placements_overlap(self) -> None:
        for key in self.parents:
            rows = list(
                Placement.objects.filter(organisation_id=key).order_by(
                    "valid_from", "id"
                )
            )
            for before, following in pairwise(rows):
                assert before.valid_to == following.valid_from
            assert all(r.valid_to is None or r.valid_from < r.valid_to for r in rows)


def test_the_register_against_the_reference(db):
    run_state_machine_as_test(
        Register,
        settings=settings(
            max_examples=20,
            stateful_step_count=14,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
