"""What the tests of the public side share: a city, a picture, a report."""

import io
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests.casework.world import World
from wugeyi.organisations.rules.naming import words


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()


@pytest.fixture
def city(world: World) -> World:
    """The small city with names that the search finds."""
    for unit in (world.county, world.town, world.community, world.neighbour):
        unit.search = words(unit.name, unit.code)
        unit.save(update_fields=["search"])
    return world


def picture(name: str = "路灯.jpg", size: tuple[int, int] = (640, 480)):
    file = io.BytesIO()
    Image.new("RGB", size, (90, 120, 60)).save(file, "JPEG")
    return SimpleUploadedFile(name, file.getvalue(), "image/jpeg")


def sent(world: World, **more):
    """What a browser sends for a plain report."""
    values = {
        "client_id": str(uuid4()),
        "text": "单元门口的路灯坏了三天，晚上看不见路",
        "category": "",
        "place": str(world.community.pk),
    }
    return values | {name: value for name, value in more.items() if value is not None}
