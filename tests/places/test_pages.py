from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.places.conftest import facility, home, kind, square
from wugeyi.organisations.actions.areas import set_area
from wugeyi.organisations.rules.coordinates import to_wgs84
from wugeyi.places.models import Facility, Home


def address(name: str, *args) -> str:
    return reverse(f"places:{name}", args=args)


def typed(**more) -> dict:
    values = {
        "kind": kind().pk,
        "name": "金桥卫生站",
        "lon": "106.705",
        "lat": "26.645",
        "client_id": "9b2f8b8e-0000-4000-8000-000000000001",
    }
    return values | more


def live(**more) -> dict:
    values = {"name": "3 栋", "lon": "106.704", "lat": "26.644", "residents": "120"}
    return values | more


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_opens(worker, world, language):
    worker.cookies["django_language"] = language
    row, house = facility(world), home(world)
    code = world.community.code
    for page in (
        address("unit", code),
        address("facilities", code),
        address("facilities", code) + "?kind=clinic&closed=1",
        address("new-facility", code) + "?kind=clinic",
        address("facility", row.pk),
        address("edit-facility", row.pk),
        address("homes", code),
        address("new-home", code),
        address("home", house.pk),
        address("edit-home", house.pk),
        address("networks", code),
        address("imports", code),
        address("unit", world.city.code),
    ):
        answer = worker.get(page)
        assert answer.status_code == 200, page
        assert answer.headers["Cache-Control"] == "no-store"
    assert worker.get(address("start")).status_code == 302


def test_a_facility_by_a_tap_is_one_record_however_often_sent(worker, world):
    url = address("new-facility", world.community.code)
    for _press in range(2):
        answer = worker.post(url, typed())
        assert answer.status_code == 302
    row = Facility.objects.get()
    assert (row.name, row.lon, row.source) == ("金桥卫生站", 106.705, "typed")
    assert row.organisation == world.community


def test_one_after_the_other_keeps_the_kind(worker, world):
    url = address("new-facility", world.community.code)
    answer = worker.post(url, typed(again="1"))
    assert answer.headers["Location"] == f"{url}?kind=clinic"
    page = worker.get(answer.headers["Location"]).content.decode()
    assert f'value="{kind().pk}" selected' in page


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"lon": "", "lat": ""}, "点一下"),
        ({"typed": "二十六度"}, "看不懂"),
        ({"typed": "26.645, 106.705"}, "先写了纬度"),
        ({"lon": "500"}, "不在地球上"),
        ({"name": ""}, "name"),
        ({"kind": ""}, "kind"),
        ({"capacity": "-3"}, "capacity"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(worker, world, wrong, told):
    url = address("new-facility", world.community.code)
    answer = worker.post(url, typed(opening_hours="周一至周五", **wrong))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert told in page
    assert "周一至周五" in page
    assert not Facility.objects.exists()


def test_coordinates_of_a_chinese_map_are_turned_back(worker, world):
    url = address("new-facility", world.community.code)
    worker.post(url, typed(typed="106.713478，26.578343", system="gcj02"))
    row = Facility.objects.get()
    lon, lat = to_wgs84(106.713478, 26.578343)
    assert (row.lon, row.lat) == pytest.approx((lon, lat), abs=1e-6)
    assert abs(row.lon - 106.713478) > 0.003


def test_a_twin_is_asked_about_once(worker, world):
    there = facility(world)
    url = address("new-facility", world.community.code)
    data = typed(name="另一个", lat="26.6451")
    asked = worker.post(url, data)
    assert asked.status_code == 422
    assert there.name in asked.content.decode()
    assert worker.post(url, data | {"different": "on"}).status_code == 302
    # Another kind or another place is no twin.
    more = {"client_id": "9b2f8b8e-0000-4000-8000-000000000002"}
    assert worker.post(url, typed(kind=kind("school").pk, **more)).status_code == 302
    assert Facility.objects.count() == 3


def test_what_looks_odd_is_said_on_its_page(worker, world):
    set_area(organisation=world.neighbour, shape=square(), by=None, at=world.now())
    row = facility(world)
    facility(world, name="同一处", lat=26.6452)
    page = worker.get(address("facility", row.pk)).content.decode()
    for told in ("同一处", "银桥社区", "还没有路网"):
        assert told in page


def test_correcting_closing_and_opening_again(worker, world):
    row = facility(world)
    answer = worker.post(
        address("edit-facility", row.pk), typed(name="新名", edition=1)
    )
    assert answer.status_code == 302
    late = worker.post(address("edit-facility", row.pk), typed(name="晚了", edition=1))
    assert late.status_code == 422
    assert "刚才有人改过" in late.content.decode()
    today = timezone.localdate()
    tomorrow = (today + timedelta(days=1)).isoformat()
    worker.post(address("close-facility", row.pk), {"on": tomorrow})
    row.refresh_from_db()
    assert (row.name, row.valid_to) == ("新名", None)
    data = {"on": today.isoformat(), "reason": "搬走了"}
    page = worker.post(address("close-facility", row.pk), data, follow=True)
    assert "搬走了" in page.content.decode()
    listed = address("facilities", world.community.code)
    assert "新名" not in worker.get(listed).content.decode()
    assert "新名" in worker.get(listed + "?closed=1").content.decode()
    worker.post(address("reopen-facility", row.pk))
    assert "新名" in worker.get(listed).content.decode()


def test_a_home_is_figures_and_nobodys_name(worker, world):
    url = address("new-home", world.community.code)
    wrong = worker.post(url, live(elderly="121"))
    assert "老人比住的人还多" in wrong.content.decode()
    assert worker.post(url, live(elderly="30")).status_code == 302
    row = Home.objects.get()
    worker.post(address("edit-home", row.pk), live(residents="130", edition=1))
    row.refresh_from_db()
    assert (row.residents, row.elderly) == (130, None)
    today = timezone.localdate().isoformat()
    worker.post(address("close-home", row.pk), {"on": today})
    page = worker.get(address("homes", world.community.code)).content.decode()
    assert "还没有住处" in page
    worker.post(address("reopen-home", row.pk))
    row.refresh_from_db()
    assert row.valid_to is None


def test_homes_are_for_whose_post_reaches_them(client, world):
    house, row = home(world), facility(world)
    client.force_login(world["neighbour"])
    assert client.get(address("home", house.pk)).status_code == 404
    assert client.get(address("homes", world.community.code)).status_code == 403
    # Facilities are no secret; who writes there is another question.
    assert client.get(address("facility", row.pk)).status_code == 200
    assert client.get(address("edit-facility", row.pk)).status_code == 403
    page = client.get(address("unit", world.community.code)).content.decode()
    assert "住着多少人" not in page


def test_lists_are_paged_by_key_at_a_fixed_cost(
    worker, world, django_assert_max_num_queries
):
    for n in range(60):
        facility(world, name=f"站 {n}", lon=106.70 + n / 1000)
        home(world, name=f"{n} 栋")
    for name in ("facilities", "homes"):
        url = address(name, world.community.code)
        with django_assert_max_num_queries(16):
            first = worker.get(url).content.decode()
        assert first.count('class="entry"') == 50
        older = first.split('rel="next" href="')[1].split('"')[0]
        second = worker.get(url + older).content.decode()
        assert second.count('class="entry"') == 10
    with django_assert_max_num_queries(22):
        worker.get(address("unit", world.community.code))
