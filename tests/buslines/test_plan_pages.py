"""Pages of scenarios and plans: what they say, who may, how many queries, both tongues."""

import io
import re
import zipfile
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.buslines.line import DAY, BusLine
from tests.buslines.planned import ask, bus, bus_name, plan, scenario, work
from wugeyi.buslines.actions import planning
from wugeyi.buslines.models import FareBand, FareTable, Plan, Scenario
from wugeyi.buslines.rules.by_hand import read
from wugeyi.jobs.models import Work

PARTS = ("overview", "times", "loads", "money", "left", "rosters")


def client(busline: BusLine, who: str = "town_worker") -> Client:
    made = Client()
    made.force_login(busline.world[who])
    return made


def english(asked: Client) -> Client:
    asked.cookies["django_language"] = "en"
    return asked


@pytest.fixture
def made(busline: BusLine) -> Plan:
    return plan(busline)


def test_a_planner_makes_a_scenario_and_asks_for_a_plan(busline: BusLine) -> None:
    asked = client(busline)
    pk = busline.line.pk
    assert "还没有方案" in asked.get(f"/bus/{pk}/scenarios").text
    form = {
        "client_id": uuid4(),
        "name": "停 6 站",
        "on": DAY.isoformat(),
        "stops_limit": "6",
        "price_fen": "1.20",
        f"fleet-{busline.vehicles['large'].pk}": "2",
    }
    answer = asked.post(f"/bus/{pk}/scenarios/new", form)
    found = Scenario.objects.get()
    assert answer.url == f"/bus/scenarios/{found.pk}"
    assert (found.stops_limit, found.price_fen) == (6, 120)
    assert [(row.vehicle_id, row.count) for row in found.fleet.all()] == [
        (busline.vehicles["large"].pk, 2)
    ]
    page = asked.get(answer.url).text
    assert "每班最多停 6 站" in page
    assert "11.4 米客车 2 辆" in page
    assert "算一个最好的方案" in page
    steps = {"client_id": uuid4(), "steps": "200"}
    answer = asked.post(f"/bus/scenarios/{found.pk}/plan", steps)
    waiting = Plan.objects.get()
    assert answer.url == f"/bus/plans/{waiting.pk}"
    assert "排队中" in asked.get(answer.url).text
    work()
    page = asked.get(answer.url).text
    assert "证明没有更好的" in page
    assert "没有发现问题" in page
    assert "停 6 站" in asked.get(f"/bus/{pk}/scenarios").text


def test_a_form_that_makes_no_sense_loses_nothing(busline: BusLine) -> None:
    form = {"name": "写错了", "on": DAY.isoformat(), "stops_limit": "0"}
    answer = client(busline).post(f"/bus/{busline.line.pk}/scenarios/new", form)
    assert answer.status_code == 422
    assert "写错了" in answer.text
    assert not Scenario.objects.exists()


def test_every_part_of_a_plan_is_shown(busline: BusLine, made: Plan) -> None:
    asked = client(busline)
    pages = {
        part: asked.get(f"/bus/plans/{made.pk}?part={part}").text for part in PARTS
    }
    assert "bus-sheet" in pages["overview"]
    assert bus_name(made) in pages["overview"]
    assert "plan-diagram" in pages["times"]
    assert "去北门市场" in pages["times"]
    assert "从北门市场回村" in pages["times"]
    assert "05:28" in pages["times"]
    assert "plan-profile" in pages["loads"]
    assert re.search(r'<span class="soft">/(24|42)</span>', pages["loads"])
    assert "需要补贴" in pages["money"]
    assert "2 筐" in pages["money"]
    for row in made.left_out.all():
        assert f"{row.request}的菜农" in pages["left"]
    assert "排一份" in pages["rosters"]
    # A part nobody knows is the first one.
    assert "bus-sheet" in asked.get(f"/bus/plans/{made.pk}?part=<b>").text


def test_everything_is_there_in_english(busline: BusLine, made: Plan) -> None:
    asked = english(client(busline))
    for part in PARTS:
        answer = asked.get(f"/bus/plans/{made.pk}?part={part}")
        assert answer.status_code == 200
        assert 'lang="en"' in answer.text
    left = asked.get(f"/bus/plans/{made.pk}?part=left").text
    assert "is left out" in left or "No bus can take" in left


def test_a_diagram_has_every_trip_stop_and_regular_departure(
    busline: BusLine, made: Plan
) -> None:
    page = client(busline).get(f"/bus/plans/{made.pk}?part=times").text
    there = page.split('class="plan-diagram"')[1].split("</svg>")[0]
    # Four stops and the market; one regular departure at v1, one at m1.
    assert there.count("plan-place") == 5
    assert there.count("plan-tick") == 2
    assert there.count("plan-band") == 2
    assert there.count("plan-dot") == 5
    shares = [float(each) for each in re.findall(r'[xc]\w?1?="(-?[\d.]+)%"', there)]
    assert shares
    assert all(-0.01 <= each <= 100.01 for each in shares)


def test_a_page_costs_the_same_for_many_plans(busline: BusLine, made: Plan) -> None:
    asked = client(busline)

    def queries(address: str) -> int:
        asked.get(address)
        with CaptureQueriesContext(connection) as caught:
            asked.get(address)
        return len(caught)

    listed = f"/bus/{busline.line.pk}/scenarios"
    one = f"/bus/scenarios/{made.scenario_id}"
    before = [queries(listed), queries(one), queries(f"/bus/plans/{made.pk}")]
    for number in range(6):
        other = scenario(busline, f"又一个 {number}", stops_limit=number + 1)
        ask(busline, other)
        planning.save_by_hand(
            base=made,
            client_id=uuid4(),
            acts=[read(f"move:{bus(made)}:1:0:{370 - number}")],
            by=busline.by,
            at=busline.world.now(),
        )
    after = [queries(listed), queries(one), queries(f"/bus/plans/{made.pk}")]
    # One list of variants more, once there are some.
    assert after[0] == before[0]
    assert after[1] == before[1]
    assert after[2] <= before[2] + 1


# By hand


def test_moving_a_trip_shows_at_once_what_breaks(busline: BusLine, made: Plan) -> None:
    asked = client(busline)
    address = reverse("buslines:try", args=[made.pk])
    assert "还没有改" in asked.get(address).text
    page = asked.get(address, {"do": f"move:{bus(made)}:1:0:500"}).text
    assert "违反规则" in page
    assert "存成另一个方案" in page
    part = asked.get(
        address, {"do": f"move:{bus(made)}:1:0:500"}, headers={"HX-Request": "true"}
    )
    assert "<html" not in part.text
    assert part.headers["HX-Push-Url"].startswith(address)
    typed = asked.get(
        address, {"add": "move", "trip": f"{bus(made)}:1:0", "time": "6:09"}
    )
    assert f"do=move%3A{bus(made)}%3A1%3A0%3A369" in typed.url
    odd = asked.get(
        address, {"add": "move", "trip": f"{bus(made)}:1:0", "time": "early"}
    )
    assert "06:05" in odd.text
    assert asked.get(address, {"do": "<b>"}).status_code == 200
    assert "找不到" in asked.get(address, {"do": "drop:nobody"}).text
    assert not Plan.objects.exclude(pk=made.pk).exists()


def test_somebody_left_out_is_put_on_a_trip(busline: BusLine, made: Plan) -> None:
    asked = client(busline)
    address = reverse("buslines:try", args=[made.pk])
    left = made.left_out.order_by("request").first()
    assert left is not None
    form = {"add": "take", "request": left.request, "trip": f"{bus(made)}:1:0"}
    added = asked.get(address, form)
    assert f"take%3A{left.request}" in added.url
    page = asked.get(added.url.split("#")[0]).text
    assert f"{left.request}的菜农 坐 {bus_name(made)} 第 1 趟" in page
    handed = asked.get(
        address, {"add": "hand", "trip": f"{bus(made)}:1:0", "bus": "large:1"}
    )
    page = asked.get(handed.url.split("#")[0]).text
    assert f"{bus_name(made)} 第 1 趟交给" in page


def test_what_was_tried_is_kept_with_its_breaches(busline: BusLine, made: Plan) -> None:
    asked = client(busline)
    form = {"client_id": uuid4(), "do": [f"move:{bus(made)}:1:0:500"], "note": "太晚了"}
    answers = [
        asked.post(f"/bus/plans/{made.pk}/try/save", form) for _twice in range(2)
    ]
    assert answers[0].url == answers[1].url
    kept = Plan.objects.exclude(pk=made.pk).get()
    page = asked.get(answers[0].url).text
    assert "太晚了" in page
    assert "违反规则" in page
    assert "做成时刻表" not in page.split("</nav>")[-1].replace("不能做成时刻表", "")
    assert kept.breaches
    assert f"方案 {kept.pk} 号" in asked.get(f"/bus/plans/{made.pk}").text


def test_before_it_is_worked_out_nothing_can_be_tried(busline: BusLine) -> None:
    waiting = ask(busline, scenario(busline))
    asked = client(busline)
    for address in ("try", "plan.xlsx", "gtfs.zip"):
        answer = asked.get(f"/bus/plans/{waiting.pk}/{address}")
        assert answer.url == f"/bus/plans/{waiting.pk}"


# Side by side


def test_a_series_is_queued_and_compared(busline: BusLine) -> None:
    asked = client(busline)
    form = {"client_id": uuid4(), "kind": "stops"}
    answer = asked.post(f"/bus/{busline.line.pk}/series", form)
    assert "/compare?with=" in answer.url
    assert "排队中" in asked.get(answer.url).text
    work()
    page = asked.get(answer.url).text
    assert "每班最多停 4 站" in page
    assert "每班最多停 6 站" in page
    assert "plan-bar" in page
    assert "最长乘车" in page
    asked.post(f"/bus/{busline.line.pk}/series", form)
    assert Scenario.objects.count() == 2


def test_the_price_of_keeping_apart_has_eleven_columns(busline: BusLine) -> None:
    asked = client(busline)
    answer = asked.post(
        f"/bus/{busline.line.pk}/series", {"client_id": uuid4(), "kind": "separation"}
    )
    assert answer.url.count("with=") == 11
    limits = Scenario.objects.order_by("pk").values_list("hard_minutes", flat=True)
    assert list(limits) == list(range(11))
    assert Work.objects.filter(kind="buslines.plan").count() == 11
    work()
    page = asked.get(answer.url).text
    assert "错开 10 分钟" in page
    values = [
        each.value_fen for each in Plan.objects.order_by("scenario_id") if each.proven
    ]
    assert len(values) == 11
    # Keeping farther apart never pays.
    assert values == sorted(values, reverse=True)


def test_another_fare_table_changes_money_only(busline: BusLine) -> None:
    asked = client(busline)
    pk = busline.line.pk
    nothing = asked.post(f"/bus/{pk}/series", {"kind": "fares"})
    assert nothing.url == f"/bus/{pk}/scenarios"
    table = FareTable.objects.create(
        line=busline.line,
        base_fen=100,
        trial=True,
        valid_from=DAY,
        recorded_at=busline.world.now(),
    )
    FareBand.objects.create(table=table, from_baskets=1, fen=100)
    answer = asked.post(f"/bus/{pk}/series", {"kind": "fares"})
    assert answer.url.count("with=") == 2
    work()
    one, other = Plan.objects.order_by("pk")
    assert one.value_fen == other.value_fen
    assert one.revenue_fen > other.revenue_fen > 0
    # "base", and one bus more of each type.
    more = asked.post(f"/bus/{pk}/series", {"kind": "bus"})
    assert more.url.count("with=") == 3
    base = asked.post(f"/bus/{pk}/series", {"kind": "base"})
    assert "/bus/scenarios/" in base.url
    assert asked.post(f"/bus/{pk}/series", {"kind": "<b>"}).status_code == 302


def test_without_two_there_is_nothing_to_compare(busline: BusLine) -> None:
    page = client(busline).get(f"/bus/{busline.line.pk}/compare?with=x&with=9").text
    assert "请选两个以上的方案" in page


# Files


def test_a_plan_is_taken_along_as_tables(busline: BusLine, made: Plan) -> None:
    answer = client(busline).get(f"/bus/plans/{made.pk}/plan.xlsx")
    assert "spreadsheetml" in answer["Content-Type"]
    with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
        shared = book.read("xl/sharedStrings.xml").decode()
    assert "石头寨" in shared
    assert "没有接" in shared


def test_a_plan_is_taken_along_as_a_feed(
    busline: BusLine, made: Plan, settings: Any
) -> None:
    settings.ALLOWED_HOSTS = ["bus.example.org"]
    line = busline.line
    line.phone = "0851-12345678"
    line.save(update_fields=["phone"])
    host = {"host": "bus.example.org"}
    answer = client(busline).get(f"/bus/plans/{made.pk}/gtfs.zip", headers=host)
    assert answer.status_code == 200
    with zipfile.ZipFile(io.BytesIO(answer.content)) as feed:
        assert {"trips.txt", "stop_times.txt", "stops.txt"} <= set(feed.namelist())
        assert "05:28:00" in feed.read("stop_times.txt").decode()
    line.phone = ""
    line.save(update_fields=["phone"])
    refused = client(busline).get(f"/bus/plans/{made.pk}/gtfs.zip", headers=host)
    assert refused.status_code == 302


# Who may


def test_others_neither_see_nor_change(busline: BusLine, made: Plan) -> None:
    addresses = [
        f"/bus/{busline.line.pk}/scenarios",
        f"/bus/scenarios/{made.scenario_id}",
        f"/bus/plans/{made.pk}",
        f"/bus/plans/{made.pk}/try",
        f"/bus/plans/{made.pk}/plan.xlsx",
        f"/bus/plans/{made.pk}/gtfs.zip",
        f"/bus/{busline.line.pk}/compare",
    ]
    for address in addresses:
        assert client(busline, "outsider").get(address).status_code == 404
        assert Client().get(address).status_code == 302
    posts = [
        f"/bus/scenarios/{made.scenario_id}/plan",
        f"/bus/scenarios/{made.scenario_id}/withdraw",
        f"/bus/plans/{made.pk}/try/save",
        f"/bus/plans/{made.pk}/roster",
        f"/bus/{busline.line.pk}/series",
    ]
    for address in posts:
        assert client(busline, "supervisor").post(address).status_code == 403
    assert client(busline, "supervisor").get(addresses[2]).status_code == 200
    page = client(busline, "supervisor").get(addresses[3]).text
    assert "存成另一个方案" not in page
