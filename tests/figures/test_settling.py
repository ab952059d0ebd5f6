"""Every app's definitions are right, compile, and fill on this database."""

import pytest

from tests.casework.world import NOW, build, resolved
from wugeyi.figures.actions import recount, settle
from wugeyi.figures.catalogue import catalogue
from wugeyi.figures.models import Fact, MeasureVersion, Total
from wugeyi.figures.queries.checking import findings

pytestmark = pytest.mark.django_db


def test_definitions_are_right_and_fill() -> None:
    assert [f"{each.code}: {each.text_en}" for each in findings()] == []
    world = build()
    resolved(world)
    before = Fact.objects.count()
    assert set(settle(at=world.now())) == set(catalogue().measures)
    assert settle(at=world.now()) == []
    assert Fact.objects.count() == before
    row, found = recount(at=world.now())
    assert found == []
    assert MeasureVersion.objects.filter(code="cases").exists()
    assert row.measures == len(catalogue().measures)


def test_what_went_wrong_is_found_and_repaired() -> None:
    world = build()
    case = resolved(world)
    settle(at=NOW)
    type(case).objects.filter(pk=case.pk).update(excluded=True)
    Total.objects.filter(grain="y").update(records=7)
    row, found = recount(at=world.now())
    assert "cases_counted" in {each.code for each in found}
    assert not row.repaired
    row, found = recount(at=world.now(), repair=True)
    assert row.repaired
    assert recount(at=world.now())[1] == []
