"""The demo's hospital and city, as far as projects go: the article's numbers, computed."""

from datetime import datetime
from random import Random
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction

from tests.casework.world import NOW, START, build, plant
from wugeyi.branchwork.actions.dictionaries import install_dictionaries
from wugeyi.demo.hospital.branchwork import Scene
from wugeyi.demo.hospital.projects import city, hospital
from wugeyi.demo.hospital.units import build as build_hospital
from wugeyi.figures.queries import Period, figure, parts
from wugeyi.organisations.models import Organisation
from wugeyi.organisations.rules import NOBODY, Holding, Reach, Role
from wugeyi.projects.models import Project
from wugeyi.projects.queries.chain import chain_of_project
from wugeyi.projects.queries.details import details

UNTIL = datetime(2026, 11, 22, 18, tzinfo=ZoneInfo("Asia/Shanghai"))
STAGE = {
    "520115007005": "金元社区",
    "520112105201": "下坝村",
    "520111204218": "下坝村",
    "520181103243": "鸭池河村",
    "520181201214": "观游村",
}


@pytest.fixture(scope="module")
def lived(django_db_setup, django_db_blocker):
    """Build once for the module; everything is undone at its end."""
    with django_db_blocker.unblock(), transaction.atomic():
        world = build()
        install_dictionaries(by=None, at=NOW)
        units = build_hospital(parent=world.city, on=START, at=NOW)
        random = Random(51)
        hospital(units=units, random=random, until=UNTIL)
        for code, name in STAGE.items():
            plant(name, "village", code, world.city)
        city(
            units=Organisation.objects.filter(code__in=STAGE),
            random=random,
            until=UNTIL,
        )
        yield world, units.hospital
        transaction.set_rollback(True)


@pytest.fixture
def period() -> Period:
    scene = Scene(random=Random(1), until=UNTIL, secretaries={})
    return Period(scene.first, scene.last)


def test_the_articles_numbers_are_counted(lived, period: Period) -> None:
    _world, unit = lived
    assert figure("technologies", unit, period).value == 97
    assert figure("grants", unit, period).value == 85
    assert figure("key_specialties", unit, period).value == 1
    levels = {each.dimension: each.value for each in parts("grants", unit, period)}
    assert levels == {"national": 3, "provincial": 22, "city": 34, "own": 26}
    titles = list(Project.objects.filter(kind="technology").values_list("title"))
    assert len(set(titles)) == 97


def test_the_footbridge_goes_from_needs_to_a_measured_result(lived) -> None:
    _world, _unit = lived
    bridge = Project.objects.get(title="便民通道连心桥")
    reach = Reach(
        (Holding(Role.AUDITOR, bridge.organisation_id, bridge.organisation.path),)
    )
    steps = {step.name: step for step in chain_of_project(bridge, reach)}
    assert len(steps["need"].links) == 6
    assert len(steps["decision"].links) == 1
    assert len(steps["result"].links) == 2
    assert all(not step.links for step in chain_of_project(bridge, NOBODY))
    found = details(bridge)
    assert len(found.pairs) == 1
    assert found.money.found == []


def test_the_company_failures_and_findings_are_there(lived, period: Period) -> None:
    world, _unit = lived
    company = Project.objects.get(kind="company")
    shares = details(company).shares
    assert [row.share for row in shares.rows] == [5111, 4445, 444]
    assert shares.majority == "collective"
    fund = details(Project.objects.get(kind="fund"))
    assert [one.trouble.value for _account, one in fund.money.found] == ["over_budget"]
    assert figure("projects_failed", world.city, period).value == 1
    failed = Project.objects.get(state="failed")
    assert failed.state_reason
