from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction

from tests.buslines.line import BusLine, build
from tests.casework.world import World
from tests.casework.world import build as build_world
from wugeyi.buslines.models import Line


@pytest.fixture(autouse=True)
def fresh_counts() -> None:
    """How often an address asked in other tests counts for nothing."""
    cache.clear()


@pytest.fixture(scope="module")
def small_line(django_db_setup, django_db_blocker) -> Iterator[BusLine]:
    """The small line, built once for a module; each test undoes what it adds."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build(build_world())
        transaction.set_rollback(True)


@pytest.fixture
def busline(small_line: BusLine, db: None) -> BusLine:
    """The line as it stands in the database: no test sees what another held on to."""

    def fresh(rows: dict[str, Any]) -> dict[str, Any]:
        return {
            code: type(row).objects.select_related("line__organisation").get(pk=row.pk)
            for code, row in rows.items()
        }

    return BusLine(
        small_line.world,
        Line.objects.select_related("organisation").get(pk=small_line.line.pk),
        fresh(small_line.spots),
        fresh(small_line.demands),
        fresh(small_line.vehicles),
        fresh(small_line.drivers),
    )


@pytest.fixture
def world(busline: BusLine) -> World:
    return busline.world
