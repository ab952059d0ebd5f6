import time

import pytest
from django.db import transaction

from wugeyi.organisations import kept
from wugeyi.organisations.kept import Kept
from wugeyi.organisations.models import Organisation
from wugeyi.organisations.queries import names


class Shelf:
    """Values that may change, and what was asked for."""

    def __init__(self):
        self.values = {1: "一", 2: "二", 3: "三"}
        self.asked = []

    def read(self, keys):
        self.asked.append(set(keys))
        return {key: self.values[key] for key in keys if key in self.values}


@pytest.fixture
def shelf():
    return Shelf()


@pytest.fixture
def outside(settings, monkeypatch):
    """As in a server: nothing encloses the reading, and values are good for a while."""
    settings.KEPT_SECONDS = 5

    class Now:
        seconds = 100.0
        in_atomic_block = False

    now = Now()
    monkeypatch.setattr(time, "monotonic", lambda: now.seconds)
    monkeypatch.setattr(kept, "connection", now)
    return now


def test_values_are_read_once_and_again_when_their_time_is_over(shelf, outside):
    values = Kept(shelf.read)
    assert values([1, 2]) == {1: "一", 2: "二"}
    shelf.values[1] = "壹"
    outside.seconds += 4.9
    assert values([1, 3]) == {1: "一", 3: "三"}
    assert shelf.asked == [{1, 2}, {3}]
    outside.seconds += 0.2
    assert values.one(1) == "壹"


def test_what_does_not_exist_is_asked_for_again(shelf, outside):
    values = Kept(shelf.read)
    assert values([9]) == {}
    shelf.values[9] = "九"
    assert values([9]) == {9: "九"}


def test_nothing_is_kept_or_taken_inside_a_transaction(shelf, outside):
    values = Kept(shelf.read)
    values([1])
    outside.in_atomic_block = True
    shelf.values[1] = "never committed"
    assert values.one(1) == "never committed"
    outside.in_atomic_block = False
    assert values.one(1) == "一"


def test_it_never_grows_beyond_its_measure(shelf, outside):
    values = Kept(shelf.read, most=2)
    values([1, 2])
    assert values([2, 3]) == {2: "二", 3: "三"}
    assert len(values.rows) <= 2


def test_nobody_is_asked_for_nothing(shelf, outside):
    assert Kept(shelf.read)([]) == {}
    assert shelf.asked == []


@pytest.mark.django_db(transaction=True)
def test_a_rolled_back_name_is_never_shown(settings):
    settings.KEPT_SECONDS = 60
    unit = Organisation.objects.create(code="kept", name="老名字", path="000KP")
    with transaction.atomic():
        Organisation.objects.filter(pk=unit.pk).update(name="新名字")
        assert names([unit.pk])[unit.pk].name == "新名字"
        transaction.set_rollback(True)
    assert names([unit.pk])[unit.pk].name == "老名字"
    assert names.rows
    kept.forget()
    assert not names.rows
