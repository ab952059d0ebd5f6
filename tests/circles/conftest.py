from collections.abc import Iterator

import pytest
from django.db import transaction

from tests.casework.world import World
from tests.casework.world import build as build_world
from tests.circles.town import Town, build


@pytest.fixture(scope="module")
def banks(django_db_setup, django_db_blocker) -> Iterator[Town]:
    """The two banks, built once for a module; each test undoes what it adds."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build(build_world())
        transaction.set_rollback(True)


@pytest.fixture
def town(banks: Town, db: None) -> Town:
    return banks


@pytest.fixture
def world(town: Town) -> World:
    return town.world
