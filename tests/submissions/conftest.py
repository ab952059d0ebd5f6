import pytest
from django.core.cache import cache

from tests.casework.world import World, build
from tests.submissions.phone import Phone


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()


@pytest.fixture
def city(db) -> World:
    return build()


@pytest.fixture
def phone_line() -> Phone:
    return Phone()
