"""The demo's circle: real streets, invented residents, one footbridge, marked so."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.casework.world import hire
from wugeyi.circles.models import (
    Assessment,
    Circle,
    Coverage,
    Outcome,
    Scenario,
    Siting,
)
from wugeyi.demo import circles
from wugeyi.demo.circles import PLACE, WORKER
from wugeyi.jobs.models import Work
from wugeyi.jobs.tasks import perform
from wugeyi.organisations.actions.guiyang import load_guiyang
from wugeyi.organisations.models import Organisation
from wugeyi.organisations.rules import Role
from wugeyi.places import adapter
from wugeyi.places.models import Facility, Home, Network

UNTIL = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)


@pytest.fixture
def made(db: None) -> Circle:
    load_guiyang(by=None, at=UNTIL - timedelta(days=365))
    hire(WORKER, Role.WORKER, Organisation.objects.get(code=PLACE))
    work = circles.plan(at=UNTIL)
    assert work is not None
    assert perform(work).state == Work.State.DONE
    return Circle.objects.get()


def test_it_is_made_once_and_marked(made: Circle) -> None:
    again = circles.plan(at=UNTIL)
    assert again is not None
    perform(again)
    assert Circle.objects.get() == made
    network = Network.objects.get()
    assert "北京" in network.name
    assert "OpenStreetMap" in network.attribution
    assert not Home.objects.filter(invented=False).exists()
    assert Facility.objects.filter(invented=True).count() == len(circles.INVENTED)
    assert Facility.objects.filter(source="osm").count() > 100
    assert Scenario.objects.get().invented
    assert "虚构" in Scenario.objects.get().note


def test_the_footbridge_brings_somebody_inside(made: Circle) -> None:
    assert Assessment.objects.count() == 2
    whole = Coverage.objects.filter(assessment__pace="adult").first()
    assert whole is not None
    assert 3_000 < whole.residents < 12_000
    health = Outcome.objects.get(pace="elder", kind__code="health")
    assert health.residents_gained > 50
    assert health.elderly_gained > 10


def test_three_sites_are_sought_for_older_people(made: Circle) -> None:
    perform(Work.objects.get(kind="circles.siting"))
    siting = Siting.objects.get()
    assert siting.gained is not None
    assert 0 < siting.gained <= (siting.outside or 0)
    assert 1 <= siting.found.count() <= 3


def test_without_the_extra_nothing_is_asked(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adapter, "NEEDED", ("no_such_package",))
    assert circles.plan(at=UNTIL) is None
    assert not Work.objects.exists()
