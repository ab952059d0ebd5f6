"""Two at the same moment: one takes it, one span is written. On both databases."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection

from tests.casework.world import build
from tests.volunteering.people import NAME, alarm, opened, rider, span
from wugeyi.volunteering.actions import emergencies, takes
from wugeyi.volunteering.models import Hours, Take
from wugeyi.volunteering.rules.refusals import Refused, Why

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 5


def together(acts: list[Callable[[], object]]) -> list[object]:
    """Do all at once; what each came to, or why it was refused."""
    gate = threading.Barrier(len(acts))
    found: list[object] = [None] * len(acts)

    def run(place: int, act: Callable[[], object]) -> None:
        try:
            gate.wait()
            found[place] = act()
        except Refused as refused:
            found[place] = refused.why
        finally:
            connection.close()

    threads = [
        threading.Thread(target=run, args=(place, act))
        for place, act in enumerate(acts)
    ]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return found


def test_of_many_at_once_one_takes_it() -> None:
    world = build()
    riders = [rider(world, name=f"{NAME}{n}") for n in range(MANY)]
    row, at = opened(world), world.now()
    found = together(
        [lambda who=who: takes.take(help=row, volunteer=who, at=at) for who in riders]
    )
    assert sum(isinstance(each, Take) for each in found) == 1
    assert found.count(Why.TAKEN) == MANY - 1
    assert Take.objects.count() == 1
    # One more thing of two people: the same minute is served once.
    start = world.now() - timedelta(hours=3)
    at = world.now()
    spans = together(
        [
            lambda n=n: span(
                world, riders[0], start=start + timedelta(minutes=n), at=at
            )
            for n in range(MANY)
        ]
    )
    assert sum(isinstance(each, Hours) for each in spans) == 1
    assert spans.count(Why.OVERLAPS) == MANY - 1
    # And one of the desk has seen it first.
    told, at = alarm(world), world.now()
    seen = together(
        [
            lambda by=by: emergencies.notice(emergency=told, by=by, at=at)
            for by in (world["worker"], world["secretary"], world["dispatcher"])
        ]
    )
    assert seen.count(True) == 1
    raised = together(
        [
            lambda: emergencies.go_up(at=at + timedelta(days=1)),
            lambda: emergencies.go_up(at=at + timedelta(days=1)),
        ]
    )
    assert raised == [0, 0]
