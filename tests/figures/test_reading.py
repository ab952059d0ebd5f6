from datetime import date

import pytest

from tests.casework.world import World, build, report
from wugeyi.figures import queries
from wugeyi.figures.queries import Period

pytestmark = pytest.mark.django_db
MARCH = Period.month(2026, 3)


@pytest.fixture
def world(db) -> World:
    return build()


def test_a_need_is_counted_above_and_nowhere_else(world: World) -> None:
    case = report(world)
    assert case.registered_on == date(2026, 3, 18)
    for unit in (world.province, world.city, world.county, world.town, world.community):
        found = queries.figure("cases", unit, MARCH)
        assert (found.value, found.records, found.units_reported) == (1, 1, 1)
        assert found.units_expected == (2 if unit is not world.community else 1)
    beside = queries.figure("cases", world.neighbour, MARCH)
    assert beside.value is None
    assert not beside.recorded
