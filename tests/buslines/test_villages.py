"""A village's page: three questions, its own growers only."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.buslines.line import BusLine
from wugeyi.buslines.models import Demand


def client(busline: BusLine, who: str = "worker") -> Client:
    made = Client()
    made.force_login(busline.world[who])
    return made


def address(busline, name="village-demand", *args):
    return reverse(f"buslines:{name}", args=[busline.world.community.code, *args])


def said(busline, **values):
    known = {
        "name": "三组",
        "persons": "2",
        "baskets": "5",
        "stop": busline.spots["v1"].pk,
        "market": busline.spots["m1"].pk,
        "latest_minute": "06:40",
        "source": "meeting",
        "code": "r8",
    }
    return {**known, **values}


@pytest.mark.parametrize("who", ["worker", "secretary", "town_worker"])
def test_the_villages_own_people_write_down_who_rides(busline, who):
    values = said(busline, back="on", home_from="11:00", home_until="13:00")
    for _again in range(2):
        answer = client(busline, who).post(address(busline), values)
        assert answer.status_code == 302
    rows = Demand.objects.filter(name="三组").order_by("home")
    assert [(row.home, row.earliest_minute, row.latest_minute) for row in rows] == [
        (False, 340, 400),
        (True, 660, 780),
    ]
    assert {row.recorded_by for row in rows} == {busline.world[who]}


@pytest.mark.parametrize(
    "who", ["neighbour", "department", "supervisor", "outsider", "postless"]
)
def test_nobody_else_does(busline, who):
    browser = client(busline, who)
    assert browser.get(address(busline)).status_code == 403
    assert browser.post(address(busline), said(busline)).status_code == 403
    row = busline.demands["r1"].pk
    for name in ("village-edit", "village-end"):
        assert browser.get(address(busline, name, row)).status_code == 403


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"persons": "0"}, "persons"),
        ({"baskets": ""}, "baskets"),
        ({"market": ""}, "market"),
        ({"latest_minute": "半夜"}, "latest_minute"),
        ({"earliest_minute": "07:00"}, "earliest_minute"),
        ({"back": "on", "home_from": "", "home_until": "13:00"}, "home_from"),
        ({"back": "on", "home_from": "13:00", "home_until": "11:00"}, "home_until"),
        ({"back": "on", "home_from": "05:00", "home_until": "06:00"}, "home_until"),
        ({"source": "table"}, "source"),
    ],
)
def test_bad_answers_are_explained_and_kept(busline, values, field):
    answer = client(busline).post(address(busline), said(busline, **values))
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert 'value="三组"' in answer.content.decode()
    assert not Demand.objects.filter(name="三组").exists()


def test_a_stop_of_another_village_is_not_offered(busline):
    values = said(busline, stop=busline.spots["v4"].pk)
    answer = client(busline).post(address(busline), values)
    assert "stop" in answer.context["form"].errors


def test_a_request_of_another_village_is_not_found(busline):
    row = busline.demands["r4"].pk
    assert client(busline).get(address(busline, "village-edit", row)).status_code == 404
    assert client(busline).post(address(busline, "village-end", row)).status_code == 404


def test_a_request_is_changed_and_ended_by_its_village(busline):
    row = busline.demands["r1"]
    today = timezone.localdate()
    values = {
        "name": "一组",
        "home": "0",
        "stop": row.stop_id,
        "market": row.market_id,
        "persons": "4",
        "baskets": "6",
        "earliest_minute": "06:00",
        "latest_minute": "06:30",
        "source": "visit",
        "on": today.isoformat(),
        "version": row.version,
    }
    browser = client(busline)
    assert (
        browser.post(address(busline, "village-edit", row.pk), values).status_code
        == 302
    )
    new = Demand.objects.get(code="r1", valid_until=None)
    assert (new.persons, new.name) == (4, "一组")
    stale = browser.post(address(busline, "village-edit", row.pk), values)
    assert stale.status_code == 422
    ended = {"on": today.isoformat(), "version": new.version}
    browser.post(address(busline, "village-end", new.pk), ended)
    assert not Demand.objects.filter(code="r1", valid_until=None).exists()


def test_a_village_without_a_stop_is_told_what_to_do(busline):
    town = busline.world.other_county
    page = client(busline, "outsider").get(
        reverse("buslines:village-demand", args=[town.code])
    )
    assert page.status_code == 403
    unknown = reverse("buslines:village-demand", args=["nonsense"])
    assert client(busline).get(unknown).status_code == 404


def test_the_page_takes_as_many_queries_for_many_rows_as_for_few(busline):
    browser = client(busline)

    def asked() -> int:
        browser.get(address(busline))
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(address(busline)).status_code == 200
        return len(queries)

    before = asked()
    for n in range(25):
        busline.demand(f"x{n}")
    assert asked() == before


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_page_opens_in_both_languages(busline, language):
    browser = client(busline)
    browser.cookies["django_language"] = language
    assert browser.get(address(busline)).status_code == 200
