import pytest

from tests.casework.world import World, build
from wugeyi.talents.actions import install_defaults


@pytest.fixture
def world(db) -> World:
    world = build()
    install_defaults(by=None, at=world.now())
    return world
