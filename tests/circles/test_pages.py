"""Pages of circles: what a planner and a resident are shown, and what is refused kindly."""

import json
from datetime import date, timedelta
from html import unescape
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import numpy as np
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.casework.world import report
from tests.circles.town import LAT, LON, Town, arrays, at, home, keep_network
from tests.projects.laying import begin, decide
from wugeyi.circles import actions
from wugeyi.circles.actions.siting import Question, ask_for_sites
from wugeyi.circles.models import Circle, Scenario
from wugeyi.circles.rules.changes import Plan
from wugeyi.circles.views import poster
from wugeyi.jobs.models import Work
from wugeyi.organisations.models import Installation
from wugeyi.places.gateway import network_path
from wugeyi.places.models import Network


@pytest.fixture
def circle(town: Town) -> Circle:
    return town.circle()


def client(town: Town, who: str = "worker") -> Client:
    made = Client()
    made.force_login(town.world[who])
    return made


def open_to_all(town: Town, circle: Circle) -> Circle:
    return actions.publish(circle=circle, by=town.world["worker"], at=town.world.now())


def bridge(x: float = 0) -> str:
    (lon, lat), (to_lon, to_lat) = at(x, north=True), at(x, north=False)
    return f"bridge:{lon:.6f},{lat:.6f}:{to_lon:.6f},{to_lat:.6f}"


def saved(
    town: Town, circle: Circle, name: str = "零米处的桥", x: float = 0
) -> Scenario:
    return actions.save(
        circle=circle,
        client_id=uuid4(),
        plan=Plan(name, "", (town.bridge(x),)),
        on=timezone.localdate(),
        by=town.world["worker"],
        at=town.world.now(),
    ).scenario


def outcome(page: str) -> dict:
    """What the page hands to the map."""
    return json.loads(unescape(page.split('data-outcome="')[1].split('"')[0]))


# The circle


def test_a_planner_sees_who_is_inside_and_who_has_it_worst(town, circle):
    page = client(town).get(f"/circles/{circle.pk}?kind=clinic").content.decode()
    assert "走 15 分钟以内，能到<strong>卫生站</strong>的" in page
    # 50 of 380 residents, 10 of 93 older people (tests/circles/town.py).
    assert "居民：380 人里 50 人" in page
    assert "老人：93 人里 10 人" in page
    assert "北岸一号" in page
    assert "还缺 10 个名额" in page


def test_the_kind_most_people_lack_is_shown_first(town, circle):
    page = client(town).get(f"/circles/{circle.pk}").content.decode()
    assert "能到<strong>卫生站</strong>的" in page or "老年食堂</strong>的" in page


def test_older_people_reach_less(town, circle):
    page = client(town).get(f"/circles/{circle.pk}?kind=clinic&pace=elder")
    assert "居民：380 人里 0 人" in page.content.decode()


def test_climbs_are_switched_on_where_heights_are_known(town, circle):
    address = reverse("circles:circle", args=[circle.pk])
    assert "算上坡度" not in client(town).get(address).text
    flat = arrays()
    # Every way climbs one metre in five towards its head.
    hills = flat.with_rise((flat.length_mm // 5).astype(np.int32))
    circle.network = keep_network(town.world.county, hills)
    circle.save(update_fields=["network"])
    assert "算上坡度" in client(town).get(address).text

    def seconds(slope: str) -> int:
        query = {"kind": "clinic", "slope": slope}
        found = client(town).get(reverse("circles:scene", args=[circle.pk]), query)
        homes = found.json()["homes"]
        return dict(zip(homes["name"], homes["seconds"], strict=True))["南岸一号"]

    # Tobler's exp(-3.5 |s + 0.05|) against its value on the flat: 0.50 of the pace
    # uphill, 0.70 downhill.
    level, hilly = seconds("0"), seconds("1")
    assert min(abs(hilly * share - level) for share in (0.4966, 0.7047)) < level / 50


def test_what_cannot_be_read_in_an_address_changes_nothing(town, circle):
    asked = client(town)
    odd = asked.get(f"/circles/{circle.pk}?kind=<b>&pace=swim&slope=7")
    assert odd.status_code == 200
    assert "<b>" not in odd.content.decode()


def test_the_map_gets_homes_with_their_seconds(town, circle):
    answer = client(town).get(f"/circles/{circle.pk}/scene?kind=clinic").json()
    homes = dict(zip(answer["homes"]["name"], answer["homes"]["seconds"], strict=True))
    assert homes == {
        "北岸一号": None,
        "北岸二号": None,
        "南岸一号": 751,
        "南岸二号": 1426,
    }
    assert answer["limit"] == 900
    (clinic,) = answer["facilities"]
    assert (clinic["mark"], clinic["name"]) == ("卫", "南岸卫生站")
    assert answer["area"]


def test_streets_are_kept_for_ever_by_their_digest(town, circle):
    asked = client(town)
    digest = circle.network.digest
    answer = asked.get(f"/circles/{circle.pk}/ground/{digest}")
    assert answer.content[:4] == b"WGG1"
    assert "immutable" in answer.headers["Cache-Control"]
    assert "private" in answer.headers["Cache-Control"]
    assert asked.get(f"/circles/{circle.pk}/ground/{'0' * 64}").status_code == 404


def test_the_table_says_what_the_map_says(town, circle):
    page = client(town).get(f"/circles/{circle.pk}/homes").content.decode()
    assert page.count("<tr>") == 1 + 4
    assert "13 分钟" in page
    assert "走不到" in page


def test_a_page_costs_the_same_for_two_hundred_homes(town, circle):
    asked = client(town)
    asked.get(f"/circles/{circle.pk}")
    with CaptureQueriesContext(connection) as few:
        asked.get(f"/circles/{circle.pk}")
    for number in range(200):
        x = number * 10
        home(
            town.world.community, f"{number} 栋", x, north=True, residents=9, elderly=1
        )
    with CaptureQueriesContext(connection) as many:
        asked.get(f"/circles/{circle.pk}")
    assert len(many) == len(few)


def test_newer_streets_are_offered_and_taken(town, circle):
    newer = keep_network(town.world.county, arrays(extra=True), since=date(2026, 3, 20))
    asked = client(town)
    page = asked.get(f"/circles/{circle.pk}").content.decode()
    assert f"换用新路网：{newer.name}" in page
    asked.post(f"/circles/{circle.pk}/network")
    circle.refresh_from_db()
    assert circle.network == newer
    assert "换用新路网" not in asked.get(f"/circles/{circle.pk}").content.decode()


def test_a_lost_file_is_told_and_nothing_breaks(town, circle):
    path = network_path(circle.network)
    aside = path.with_suffix(".aside")
    path.rename(aside)
    try:
        asked = client(town)
        for address in ("", "/homes", "/try"):
            answer = asked.get(f"/circles/{circle.pk}{address}")
            assert "路网文件不在原来的地方了" in answer.content.decode()
        assert asked.get(f"/circles/{circle.pk}/poster").status_code == 409
        assert asked.get(f"/circles/{circle.pk}/scene").status_code == 404
    finally:
        aside.rename(path)


def test_a_circle_is_begun_changed_and_ended(town):
    asked = client(town)
    unit = town.world.community
    form = {
        "to_pick": unit.pk,
        "name": "新的圈",
        "template": town.template.pk,
        "minutes": "15",
        "adult_mm_s": "4.8",
        "elder_mm_s": "3",
        "client_id": str(uuid4()),
    }
    answer = asked.post("/circles/new", form)
    made = Circle.objects.get(name="新的圈")
    assert answer.headers["Location"] == f"/circles/{made.pk}"
    assert (made.adult_mm_s, made.elder_mm_s) == (1333, 833)
    edited = asked.get(f"/circles/{made.pk}/edit").content.decode()
    assert 'value="4.8"' in edited
    asked.post(f"/circles/{made.pk}/edit", form | {"minutes": "10", "version": "1"})
    made.refresh_from_db()
    assert made.minutes == 10
    stale = asked.post(f"/circles/{made.pk}/edit", form | {"version": "1"})
    assert stale.status_code == 422
    assert "有人改过它" in stale.content.decode()
    asked.post(f"/circles/{made.pk}/close")
    made.refresh_from_db()
    assert made.closed_at is not None
    assert "起停用" in asked.get(f"/circles/{made.pk}").content.decode()


def test_where_no_streets_are_a_circle_says_what_to_do(town):
    asked = client(town, "administrator")
    assert asked.get("/circles/new").status_code == 403
    Network.objects.all().update(valid_to=date(2026, 3, 19))
    answer = client(town).post(
        "/circles/new",
        {
            "to_pick": town.world.community.pk,
            "name": "没有路",
            "template": town.template.pk,
            "minutes": "15",
            "adult_mm_s": "4.8",
            "elder_mm_s": "3",
        },
    )
    assert answer.status_code == 422
    assert "还没有路网" in answer.content.decode()


def test_assessing_is_one_button(town, circle):
    asked = client(town)
    answer = asked.post(f"/circles/{circle.pk}/assess", follow=True)
    assert "今天的情况记下了" in answer.content.decode()
    assert circle.assessments.count() == 2


# Trying


def test_a_bridge_in_the_address_says_who_comes_inside(town, circle):
    page = client(town).get(
        f"/circles/{circle.pk}/try", {"kind": "clinic", "change": bridge()}
    )
    text = page.content.decode()
    # Both northern homes: 100 m and 600 m from the clinic.
    assert "+300" in text
    assert "其中老人 80 人" in text
    drawn = outcome(text)
    after = {home: seconds for home, _before, seconds in drawn["homes"]}
    assert after[town.homes["N0"].pk] == 76
    assert after[town.homes["N500"].pk] == 451
    assert len(drawn["links"]) == 1


def test_the_part_for_the_map_is_only_the_part(town, circle):
    answer = client(town).get(
        f"/circles/{circle.pk}/try",
        {"kind": "clinic", "change": bridge()},
        headers={"HX-Request": "true"},
    )
    text = answer.content.decode()
    assert "<html" not in text
    assert "+300" in text
    address = urlsplit(answer.headers["HX-Replace-Url"])
    assert parse_qs(address.query)["change"] == [bridge()]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("bridge:1,2", "两个点"),
        ("bridge:x,y:1,2", "两个点"),
        ("fly:1,2:3,4", "写得不对"),
        ("open:casino:106.7,26.6", "请选要加哪一类"),
        ("bridge:10.0,10.0:10.001,10.0", "不在路网的范围里"),
        (f"open:clinic:{LON + 0.01:.4f},{LAT + 0.04:.4f}", "不在路网的范围里"),
        ("shut:999999", "已经没有了"),
        (f"bridge:{LON},{LAT}:{LON},{LAT}", "同一个点"),
    ],
)
def test_a_change_that_cannot_be_is_told_and_the_rest_stays(town, circle, change, said):
    answer = client(town).get(
        f"/circles/{circle.pk}/try", {"kind": "clinic", "change": [change]}
    )
    assert answer.status_code == 200
    assert said in answer.content.decode()


def test_a_bridge_is_typed_by_names(town, circle):
    asked = client(town)
    answer = asked.get(
        f"/circles/{circle.pk}/try",
        {"kind": "clinic", "add": "bridge", "from": "北岸一号", "to": "南岸卫生站"},
    )
    assert answer.status_code == 302
    query = parse_qs(urlsplit(answer.headers["Location"]).query)
    assert query["change"] == [bridge()]
    unknown = asked.get(
        f"/circles/{circle.pk}/try",
        {"kind": "clinic", "add": "bridge", "from": "月亮", "to": "南岸卫生站"},
    )
    text = unknown.content.decode()
    assert "两个点" in text
    assert 'value="月亮"' in text


def test_what_is_tried_is_kept_once(town, circle):
    asked = client(town)
    form = {
        "name": "零米处的桥",
        "note": "",
        "change": [bridge()],
        "client_id": str(uuid4()),
    }
    first = asked.post(f"/circles/{circle.pk}/try/save", form)
    again = asked.post(f"/circles/{circle.pk}/try/save", form)
    assert first.status_code == again.status_code == 302
    made = Scenario.objects.get()
    assert first.headers["Location"] == f"/circles/scenarios/{made.pk}"
    nameless = asked.post(
        f"/circles/{circle.pk}/try/save", form | {"name": " ", "client_id": ""}
    )
    assert nameless.status_code == 422
    assert bridge() in nameless.content.decode()


def test_nothing_tried_is_nothing_to_keep(town, circle):
    answer = client(town).post(
        f"/circles/{circle.pk}/try/save", {"name": "空的", "client_id": str(uuid4())}
    )
    assert answer.status_code == 422
    assert not Scenario.objects.exists()


# Scenarios


def test_a_scenario_shows_what_it_does_and_what_was_kept(town, circle):
    made = saved(town, circle)
    page = client(town).get(f"/circles/scenarios/{made.pk}").content.decode()
    assert "+300" in page
    assert "便民桥" in page
    assert "老年人" in page


def test_scenarios_stand_side_by_side(town, circle):
    one = saved(town, circle)
    other = saved(town, circle, "一千米处的桥", 1000)
    asked = client(town)
    page = asked.get(
        f"/circles/{circle.pk}/compare",
        {"with": [one.pk, other.pk], "kind": "clinic"},
    ).content.decode()
    assert page.count("data-outcome-here") == 2
    assert "零米处的桥" in page
    assert "一千米处的桥" in page
    alone = asked.get(f"/circles/{circle.pk}/compare", {"with": [one.pk]})
    assert "请选两个以上" in alone.content.decode()


def test_a_scenario_of_another_circle_is_not_compared(town, circle):
    own = saved(town, circle)
    other = saved(town, town.circle(name="另一个"), "别的圈的")
    page = client(town).get(
        f"/circles/{circle.pk}/compare", {"with": [own.pk, other.pk]}
    )
    assert "别的圈的" not in page.content.decode()


def test_a_scenario_is_seen_where_it_belongs(town, circle):
    made = saved(town, circle)
    case = report(town.world)
    decision = decide(town.world)
    project = begin(town.world)
    asked = client(town)
    address = f"/circles/scenarios/{made.pk}/attach"
    asked.post(address, {"case": case.number})
    asked.post(address, {"decision": decision.pk})
    asked.post(address, {"project": project.pk})
    assert made.attachments.count() == 3
    for page in (
        reverse("desk:case", args=[case.pk]),
        decision.get_absolute_url(),
        reverse("projects:project", args=[project.pk]),
    ):
        text = asked.get(page).content.decode()
        assert "零米处的桥" in text, page
        assert "300 人新进圈，其中老人 80 人" in text, page
    row = made.attachments.get(case=case)
    asked.post(f"/circles/attachments/{row.pk}/remove")
    text = asked.get(reverse("desk:case", args=[case.pk])).content.decode()
    assert "零米处的桥" not in text


def test_only_one_thing_at_a_time_is_attached(town, circle):
    made = saved(town, circle)
    asked = client(town)
    address = f"/circles/scenarios/{made.pk}/attach"
    project = begin(town.world)
    for form in ({}, {"case": "1", "project": project.pk}):
        answer = asked.post(address, form)
        assert answer.status_code == 422
        assert "只能填一样" in answer.content.decode()
    unknown = asked.post(address, {"case": "209912319999"})
    assert "找不到这个编号" in unknown.content.decode()


def test_somebody_elses_case_is_not_attached(town, circle):
    made = saved(town, circle)
    elsewhere = report(town.world, place=town.world.neighbour)
    answer = client(town).post(
        f"/circles/scenarios/{made.pk}/attach", {"case": elsewhere.number}
    )
    assert answer.status_code == 422
    assert not made.attachments.exists()


def test_a_scenario_is_built_and_withdrawn(town, circle):
    made = saved(town, circle)
    asked = client(town)
    today = timezone.localdate()
    asked.post(f"/circles/scenarios/{made.pk}/built", {"on": today.isoformat()})
    made.refresh_from_db()
    assert made.built_on == today
    tomorrow = today + timedelta(days=1)
    asked.post(f"/circles/scenarios/{made.pk}/built", {"on": tomorrow.isoformat()})
    made.refresh_from_db()
    assert made.built_on == today
    asked.post(f"/circles/scenarios/{made.pk}/withdraw")
    listed = asked.get(f"/circles/{circle.pk}/scenarios").content.decode()
    assert "零米处的桥" not in listed


# Sites


def test_sites_are_asked_for_and_awaited(town, circle):
    asked = client(town)
    form = {
        "kind": town.clinic.pk,
        "sites": "3",
        "whom": "residents",
        "pace": "adult",
        "client_id": str(uuid4()),
    }
    answer = asked.post(f"/circles/{circle.pk}/sites", form, follow=True)
    text = answer.content.decode()
    assert "卫生站再加 3 处" in text
    assert "排队中" in text
    work = Work.objects.get()
    asked.post(reverse("jobs:cancel", args=[work.pk]))
    work.refresh_from_db()
    assert work.state == Work.State.CANCELLED
    wrong = asked.post(
        f"/circles/{circle.pk}/sites", form | {"sites": "99", "client_id": ""}
    )
    assert wrong.status_code == 422


def test_what_was_found_is_listed_and_adopted(town, circle):
    siting = ask_for_sites(
        circle=circle,
        question=Question(client_id=uuid4(), kind=town.clinic, sites=2),
        by=town.world["worker"],
        at=town.world.now(),
    )
    lon, lat = at(0, north=True)
    site = siting.found.create(
        position=1, lon=lon, lat=lat, residents=300, elderly=80, homes=2
    )
    siting.gained, siting.bound, siting.outside = 300, 310, 330
    siting.finished_at = town.world.now()
    siting.save()
    asked = client(town)
    page = asked.get(f"/circles/sitings/{siting.pk}").content.decode()
    assert "+300" in page
    assert "310" in page
    answer = asked.post(f"/circles/sites/{site.pk}/adopt", follow=True)
    assert "做成了一个方案" in answer.content.decode()
    assert Scenario.objects.get().changes.get().kind == town.clinic


# Paper and residents


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("kind", ["clinic", ""])
def test_a_poster_is_one_sheet(town, circle, kind, language):
    open_to_all(town, circle)
    answer = client(town).get(
        f"/circles/{circle.pk}/poster", {"kind": kind, "lang": language}
    )
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert answer.content.count(b"/Type /Page\n") == 1


def test_a_poster_of_invented_people_says_so(town, circle, monkeypatch):
    drawn = []
    monkeypatch.setattr(poster, "pdf", lambda sheet: drawn.append(sheet) or b"%PDF")
    for demo in (False, True):
        Installation.objects.update(demo=demo)
        client(town).get(f"/circles/{circle.pk}/poster", {"lang": "zh-hans"})
    assert ["演示数据(虚构)" in sheet.place for sheet in drawn] == [False, True]


def test_residents_learn_what_is_near_and_nothing_of_each_other(town, circle):
    open_to_all(town, circle)
    lon, lat = at(1000, north=False)
    answer = Client().get(
        f"/circles/around/{circle.code}", {"lon": f"{lon:.6f}", "lat": f"{lat:.6f}"}
    )
    page = answer.content.decode()
    assert "南岸卫生站" in page
    assert "13 分钟" in page
    for home_ in town.homes.values():
        assert home_.name not in page
    slow = Client().get(
        f"/circles/around/{circle.code}",
        {"lon": f"{lon:.6f}", "lat": f"{lat:.6f}", "pace": "elder"},
    )
    assert "超过 15 分钟" in slow.content.decode()


@pytest.mark.parametrize(
    ("lon", "lat"),
    [("", "26.6"), ("abc", "1"), ("nan", "1"), ("10", "10"), ("106.7", "26.649")],
)
def test_a_door_nobody_knows_is_refused_kindly(town, circle, lon, lat):
    open_to_all(town, circle)
    answer = Client().get(f"/circles/around/{circle.code}", {"lon": lon, "lat": lat})
    assert answer.status_code == 422
    assert "这个位置算不了" in answer.content.decode()


def test_counts_below_five_are_hidden_from_everybody(town, circle):
    actions.assess(
        circle=circle,
        on=timezone.localdate(),
        by=town.world["worker"],
        at=town.world.now(),
    )
    circle = open_to_all(town, circle)
    before = Client().get(f"/circles/around/{circle.code}").content.decode()
    assert "330" in before
    town.homes["S1000"].residents = 3
    town.homes["S1000"].elderly = 1
    town.homes["S1000"].save()
    actions.assess(
        circle=circle,
        on=timezone.localdate(),
        by=town.world["worker"],
        at=town.world.now(),
    )
    after = Client().get(f"/circles/around/{circle.code}").content.decode()
    assert "不显示" in after
    # Neither by complement: 330 of 333 would give it away.
    assert "330" not in after


def test_published_circles_are_found_without_an_account(town, circle):
    assert circle.name not in Client().get("/circles/around").content.decode()
    open_to_all(town, circle)
    assert circle.name in Client().get("/circles/around").content.decode()
    assert "我家 15 分钟" in Client().get("/").content.decode()
    asked = client(town)
    asked.post(f"/circles/{circle.pk}/publish", {"open": "0"})
    assert Client().get(f"/circles/around/{circle.code}").status_code == 404
