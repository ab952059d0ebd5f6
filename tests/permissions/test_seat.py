"""What holds for everybody is kept by the seat's administrators, not by any other."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.casework.world import World, build, hire
from wugeyi.casework.models import CalendarDay
from wugeyi.organisations.rules import Role

DAY = {"day": "2026-04-09", "working": "no", "name": "三月三", "source": "县里通知"}


@pytest.fixture
def world(db: None) -> World:
    return build()


@pytest.fixture
def lesser(world: World) -> Client:
    """The administrator of the town."""
    client = Client()
    client.force_login(hire("lesser", Role.ADMINISTRATOR, world.town))
    return client


@pytest.mark.parametrize(
    ("view", "args"),
    [
        ("desk:new-category", []),
        ("desk:tables-deadlines", []),
        ("desk:duty-list", ["community"]),
        ("desk:tables-days", []),
    ],
)
def test_a_towns_administrator_changes_no_table(lesser, view, args) -> None:
    answer = lesser.post(reverse(view, args=args), DAY)
    assert answer.status_code == 403


def test_a_town_may_have_a_day_off_of_its_own(world: World, lesser: Client) -> None:
    data = DAY | {"to": f"{world.community.name} {world.community.code}"}
    assert lesser.post(reverse("desk:tables-days"), data).status_code == 302
    day = CalendarDay.objects.get(name="三月三")
    assert day.organisation == world.community
    client = Client()
    client.force_login(hire("other", Role.ADMINISTRATOR, world.other_county))
    drop = reverse("desk:drop-day", args=[day.pk])
    assert client.post(drop).status_code == 403
    assert lesser.post(drop).status_code == 302


def test_the_seats_administrator_changes_them(world: World) -> None:
    client = Client()
    client.force_login(world["administrator"])
    assert client.post(reverse("desk:tables-days"), DAY).status_code == 302
    assert CalendarDay.objects.get(name="三月三").organisation is None


def test_without_a_seat_the_roots_administrators_do(world: World) -> None:
    from wugeyi.organisations.models import Installation

    Installation.objects.update(seat=None)
    for name, place, status in (
        ("of-city", world.city, 403),
        ("of-root", world.province, 302),
    ):
        client = Client()
        client.force_login(hire(name, Role.ADMINISTRATOR, place))
        answer = client.post(reverse("desk:tables-days"), DAY)
        assert answer.status_code == status
