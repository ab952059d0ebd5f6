import pytest

from tests.casework.world import World, build
from tests.services.desk import Desk, open_desk


@pytest.fixture
def desk(db) -> Desk:
    return open_desk()


@pytest.fixture
def world(db) -> World:
    return build()
