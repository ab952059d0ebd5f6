import pytest

from tests.casework.world import NOW, World, build, hire, plant
from wugeyi.branchwork.actions.dictionaries import install_dictionaries
from wugeyi.organisations.rules import Role


@pytest.fixture
def world(db) -> World:
    """The small city, its topics, a village with a secretary of its own."""
    made = build()
    install_dictionaries(by=None, at=NOW)
    made.village = plant("坪上村", "village", "990101001201", made.town)
    made.users["village_secretary"] = hire(
        "village_secretary", Role.SECRETARY, made.village
    )
    return made
