from collections.abc import Iterator
from copy import deepcopy

import pytest
from django.core.cache import cache
from django.db import transaction

from tests.casework.world import World
from tests.casework.world import build as build_world
from tests.sharing.corner import Corner, build


@pytest.fixture(autouse=True)
def fresh_counts() -> None:
    """How often an address asked in other tests counts for nothing."""
    cache.clear()


@pytest.fixture(scope="module")
def small_corner(django_db_setup, django_db_blocker) -> Iterator[Corner]:
    """Built once for a module; each test undoes what it adds."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build(build_world())
        transaction.set_rollback(True)


@pytest.fixture
def corner(small_corner: Corner, db: None) -> Corner:
    return deepcopy(small_corner)


@pytest.fixture
def world(corner: Corner) -> World:
    return corner.world
