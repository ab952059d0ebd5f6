import json

import pytest
from django.test import Client

from tests.casework import world as acts
from tests.casework.public.conftest import sent
from tests.casework.world import World
from wugeyi.casework.actions import publishing
from wugeyi.casework.models import Case
from wugeyi.casework.queries import near
from wugeyi.casework.queries.near import metres_between, similar
from wugeyi.organisations.actions.areas import set_area

pytestmark = pytest.mark.django_db

LON, LAT = 106.63, 26.65
# One degree of latitude is some 110.9 km there.
METRE = 1 / 110_900


def light(world: World, **more) -> Case:
    values = {
        "category": acts.category("street-light"),
        "text": "单元门口的路灯坏了",
        "lon": LON,
        "lat": LAT,
    }
    return acts.report(world, **(values | more))


def found(world: World, **more):
    values = {
        "category": acts.category("street-light"),
        "place": world.community,
        "lon": LON,
        "lat": LAT,
    }
    return [each.case for each in similar("路灯不亮", **(values | more))]


def test_distance_on_the_globe():
    assert metres_between(LON, LAT, LON, LAT) == 0
    assert metres_between(0, 0, 1, 0) == pytest.approx(111_195, rel=1e-4)


def test_same_category_within_100_metres_is_offered(city):
    close = light(city, lat=LAT + 60 * METRE)
    light(city, lat=LAT + 130 * METRE)
    light(city, category=acts.category("rubbish"))
    assert found(city) == [close]


def test_slow_reference_finds_the_same_around_a_cell(city):
    """Every case within 100 m is found, wherever in its hexagon the point lies."""
    cases = [
        light(city, lon=LON + x * 20 * METRE, lat=LAT + y * 20 * METRE)
        for x in range(-6, 7, 2)
        for y in range(-6, 7, 2)
    ]
    close = {
        each.case.pk
        for each in near._near_point(
            "路灯坏了", acts.category("street-light"), LON, LAT
        )
    }
    within = {
        case.pk for case in cases if metres_between(LON, LAT, case.lon, case.lat) <= 100
    }
    assert close <= within
    assert len(close) == 3
    # Lift the limits of what is offered: then it must be exactly the reference.
    near_offered, near.OFFERED = near.OFFERED, 50
    try:
        everything = near._near_point(
            "路灯坏了", acts.category("street-light"), LON, LAT
        )
    finally:
        near.OFFERED = near_offered
    assert {each.case.pk for each in everything} == within


def test_ended_and_private_cases_are_not_offered(city):
    ended = light(city)
    acts.closing.withdraw(case=ended, by=None, at=city.now())
    assert found(city) == []
    private = acts.category("dispute")
    light(city, category=private)
    assert found(city, category=private) == []


def test_without_a_pin_the_community_and_the_words_decide(city):
    same = light(city, lon=None, lat=None)
    light(city, lon=None, lat=None, text="井盖丢了，很危险")
    light(city, lon=None, lat=None, place=city.neighbour)
    assert found(city, lon=None, lat=None) == [same]


def test_two_queries_at_most(city, django_assert_num_queries):
    category = acts.category("street-light")
    light(city)
    with django_assert_num_queries(2):
        similar("路灯", category=category, place=city.community, lon=LON, lat=LAT)


def test_the_hint_shows_only_approved_words(client: Client, city):
    case = light(city, text="我叫王小明，单元门口的路灯坏了", lon=None, lat=None)
    form = sent(city)
    page = client.post("/report", form).content.decode()
    assert "附近有人反映过类似的事" in page
    assert "王小明" not in page
    publishing.publish(
        case=case, public_text="路灯不亮，请修", by=city["worker"], at=city.now()
    )
    page = client.post("/report/hints", form).content.decode()
    assert "路灯不亮，请修" in page
    assert "王小明" not in page


def test_joining_gives_an_own_receipt_inside_the_other_case(client, city):
    main = light(city, lon=None, lat=None)
    answer = client.post("/report", sent(city, join=str(main.pk)))
    assert answer.status_code == 302
    joined = Case.objects.exclude(pk=main.pk).get()
    assert (joined.state, joined.merged_into) == ("merged", main)
    assert joined.receipt != main.receipt
    page = client.get(answer.url, follow=True).content.decode()
    assert "已和同一件事一起办" in page


def test_only_what_was_offered_can_be_joined(client, city):
    far = light(city, place=city.neighbour, lon=None, lat=None)
    answer = client.post("/report", sent(city, join=str(far.pk)))
    assert answer.status_code == 302
    assert not Case.objects.filter(merged_into=far).exists()


def test_joining_what_ended_meanwhile_makes_a_case_of_its_own(city):
    main = light(city)
    acts.closing.withdraw(case=main, by=None, at=city.now())
    joined = acts.register(need=acts.need(city), join=main, by=None, at=city.now()).case
    assert (joined.state, joined.merged_into) == ("assigned", None)


def square(lon: float, lat: float, side: float = 0.01) -> dict:
    ring = [
        [lon, lat],
        [lon + side, lat],
        [lon + side, lat + side],
        [lon, lat + side],
        [lon, lat],
    ]
    return {"type": "Polygon", "coordinates": [ring]}


@pytest.fixture
def mapped(city: World) -> World:
    for unit, lon, side in (
        (city.county, 106.60, 0.1),
        (city.community, 106.62, 0.02),
    ):
        set_area(
            organisation=unit,
            shape=square(lon, 26.64, side),
            by=None,
            at=city.now(),
        )
    return city


def test_the_pin_finds_the_smallest_area(client, mapped):
    form = sent(mapped, place="", lon="106.63", lat="26.65")
    client.post("/report", form)
    case = Case.objects.get()
    assert case.place == mapped.community
    assert (case.lon, case.lat) == (106.63, 26.65)
    assert case.cell is not None


def test_a_pin_outside_every_area_asks_for_the_list_and_stays(client, mapped):
    form = sent(mapped, place="", lon="107.5", lat="27.5")
    page = client.post("/report", form)
    assert page.status_code == 422
    text = page.content.decode()
    assert "不在我们负责的范围内" in text
    assert 'value="107.5"' in text
    chosen = form | {"place": str(mapped.community.pk)}
    assert client.post("/report", chosen).status_code == 302
    assert Case.objects.get().place == mapped.community


def test_swapped_coordinates_are_offered_turned_round(client, mapped):
    form = sent(mapped, place="", lon="26.65", lat="106.63")
    page = client.post("/report", form)
    assert page.status_code == 422
    text = page.content.decode()
    assert "好像写反了" in text
    assert 'name="lon" value="106.63"' in text
    assert 'name="lat" value="26.65"' in text


def test_what_is_chosen_from_the_list_wins_over_the_pin(client, mapped):
    form = sent(mapped, place=str(mapped.neighbour.pk), lon="106.63", lat="26.65")
    client.post("/report", form)
    assert Case.objects.get().place == mapped.neighbour


def test_hints_tell_where_the_pin_is(client, mapped):
    form = sent(mapped, place="", lon="106.63", lat="26.65")
    assert "这个点在金桥社区" in client.post("/report/hints", form).content.decode()
    outside = form | {"lon": "107.5", "lat": "27.5"}
    assert (
        "不在我们负责的范围" in client.post("/report/hints", outside).content.decode()
    )


def test_hints_survive_anything(client, city):
    for odd in (
        {},
        {"text": "\x00"},
        {"text": "坏" * 20_000, "lon": "x", "place": "y"},
    ):
        assert client.post("/report/hints", odd).status_code == 200


def test_map_outlines_are_geojson_from_the_coarsest_level_down(client, mapped):
    answer = client.get("/areas.geojson")
    body = json.loads(answer.content)
    assert [each["properties"]["name"] for each in body["features"]] == [
        "甲县",
        "金桥社区",
    ]


def test_places_fragment_lists_communities_with_paths(client, city):
    page = client.get("/report/places", {"place_query": "金桥"}).content.decode()
    assert "金桥社区" in page
    assert "东街街道" in page
    assert client.get("/report/places", {"place_query": "\x00"}).status_code == 200
