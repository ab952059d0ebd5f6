import pytest
from django.test import Client

from tests.casework.world import World, build
from tests.reports.stage import Stage


@pytest.fixture
def world(db) -> World:
    return build()


@pytest.fixture
def stage(world: World) -> Stage:
    return Stage(world)


@pytest.fixture
def worker(world: World) -> Client:
    client = Client()
    client.force_login(world["worker"])
    return client
