from collections.abc import Iterator

import pytest
from django.db import transaction

from tests.casework.world import World, build


@pytest.fixture(scope="module")
def city(django_db_setup, django_db_blocker) -> Iterator[World]:
    """Built once for a module; each test undoes what it adds."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


@pytest.fixture
def world(city: World, db: None) -> World:
    return city
