from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from tests.casework.world import World
from tests.interfaces.listening import OWN, Listener
from tests.interfaces.open import Open, build


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker) -> Iterator[Open]:
    """The city with areas, published cases and a key, built once for a module."""
    with django_db_blocker.unblock(), transaction.atomic():
        cache.clear()
        yield build(at=timezone.now() - timedelta(hours=2))
        transaction.set_rollback(True)


@pytest.fixture
def city(built: Open, db: None) -> Open:
    cache.clear()
    return built


@pytest.fixture
def world(city: Open) -> World:
    return city.world


@pytest.fixture
def listen() -> Iterator[Any]:
    made: list[Listener] = []

    def start(*answers: bytes | None, **more: Any) -> Listener:
        made.append(Listener(*answers, **more))
        return made[-1]

    yield start
    for each in made:
        each.close()


@pytest.fixture
def own(settings) -> None:
    settings.WEBHOOK_NETWORKS = OWN
