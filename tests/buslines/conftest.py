from collections.abc import Iterator

import pytest
from django.db import transaction

from tests.buslines.line import BusLine, build
from tests.casework.world import World
from tests.casework.world import build as build_world


@pytest.fixture(scope="module")
def small_line(django_db_setup, django_db_blocker) -> Iterator[BusLine]:
    """The small line, built once for a module; each test undoes what it adds."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build(build_world())
        transaction.set_rollback(True)


@pytest.fixture
def busline(small_line: BusLine, db: None) -> BusLine:
    return small_line


@pytest.fixture
def world(busline: BusLine) -> World:
    return busline.world
