import json
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
import shapely
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from shapely.geometry import mapping

from tests.stations.place import LAT, LON, NIGHTS
from wugeyi.audit.models import AuditEvent
from wugeyi.casework.models import Case, CasePhoto
from wugeyi.organisations.models import Area
from wugeyi.stations.actions import breakages
from wugeyi.stations.actions.breakages import Broken
from wugeyi.stations.models import Breakage, Item, Station, StationKind, VisitDay


def at(name: str, *args) -> str:
    return reverse(f"stations:{name}", args=args)


@pytest.fixture
def staff(here) -> Client:
    client = Client()
    client.force_login(here.by)
    return client


@pytest.fixture
def anybody() -> Client:
    return Client()


def test_the_public_list_and_page(here, anybody) -> None:
    station = here.station(has=("charging", "toilet"))
    text = anybody.get(at("list")).content.decode()
    assert "红骑一号" in text
    assert "李四" not in text
    page = anybody.get(at("station", station.code)).content.decode()
    assert "充电设施" in page
    assert "13800138001" not in page
    assert 'data-queued="station-broken"' in page
    assert anybody.get(at("station", station.code.lower())).status_code == 200
    assert anybody.get(at("station", "NICHT")).status_code == 404


def test_a_position_is_not_kept(here, anybody) -> None:
    here.station()
    answer = anybody.get(at("list"), {"lon": LON, "lat": LAT, "has": "toilet"})
    assert answer.headers["Cache-Control"] == "no-store"
    near = anybody.get(at("list"), {"lon": LON + 0.01, "lat": LAT})
    assert "1.0 公里" in near.content.decode()
    assert anybody.get(at("list"), {"lon": "x", "lat": "NaN"}).status_code == 200
    assert not AuditEvent.objects.filter(at__gt=timezone.now()).exists()


def test_rubbish_in_the_address(here, anybody) -> None:
    here.station()
    for asked in (
        {"q": "\x00'; DROP", "has": "none", "kind": "x" * 99},
        {"older": "9" * 40},
        {"lon": "1e999", "lat": "90"},
    ):
        assert anybody.get(at("list"), asked).status_code == 200


def test_everything_as_json_names_nobody(here, anybody) -> None:
    station = here.station(week=NIGHTS)
    answer = anybody.get(at("json"))
    told = answer.json()
    assert told["stations"][0]["c"] == station.code
    assert told["stations"][0]["h"][0] == [0, 1080, 1560]
    assert "李四" not in answer.content.decode()
    features = anybody.get(at("geojson")).json()["features"]
    assert features[0]["geometry"]["coordinates"] == [LON, LAT]


def test_two_taps_without_script_or_cookies(here, anybody) -> None:
    station = here.station(has=("charging",))
    sent = {"station": station.code, "item": "charging", "client_id": str(uuid4())}
    answer = Client(enforce_csrf_checks=True).post(at("broken"), sent)
    assert answer.status_code == 302
    row = Breakage.objects.get()
    assert answer["Location"].startswith(reverse("public:receipt", args=[row.case_id]))
    assert anybody.get(answer["Location"]).status_code == 200
    assert anybody.post(at("broken"), sent).status_code == 302
    assert Case.objects.count() == 1
    page = anybody.get(at("station", station.code)).content.decode()
    assert "已开诉求" in page


def test_a_photo_goes_to_the_case_alone(here, anybody) -> None:
    station = here.station()
    sheet = BytesIO()
    Image.new("RGB", (40, 30), "#336655").save(sheet, "PNG")
    sent = {
        "station": station.code,
        "item": "other",
        "text": "门锁打不开",
        "client_id": str(uuid4()),
        "photos": SimpleUploadedFile("p.png", sheet.getvalue()),
    }
    assert anybody.post(at("broken"), sent).status_code == 302
    assert CasePhoto.objects.count() == 1


def test_what_is_wrong_with_a_report_is_said(here, anybody) -> None:
    station = here.station()
    for sent in (
        {"station": "ZZZZZ", "item": "charging"},
        {"station": station.code},
        {"station": station.code, "item": "other"},
        {"station": station.code, "item": "keeper"},
        {
            "station": station.code,
            "item": "charging",
            "photos": SimpleUploadedFile("p.png", b"<svg onload=alert(1)>"),
        },
    ):
        answer = anybody.post(at("broken"), sent)
        assert answer.status_code == 422
        assert 'aria-invalid="true"' in answer.content.decode()
    assert Case.objects.count() == 0


def test_what_the_queue_sends_is_taken_once(here, anybody) -> None:
    station = here.station()
    key = str(uuid4())
    sent = {"station": station.code, "item": "rest", "client_id": key}
    address = reverse("submissions:take", args=["station-broken"])
    one, two = (
        anybody.post(address, sent, headers={"idempotency-key": key}).json()
        for _each in range(2)
    )
    assert one["state"] == two["state"] == "taken"
    assert Breakage.objects.count() == 1
    bad = anybody.post(
        address,
        {"station": "ZZZZZ", "item": "rest"},
        headers={"idempotency-key": str(uuid4())},
    ).json()
    assert bad["state"] == "refused"
    assert "station" in bad["errors"]


def test_the_sign_is_a_page(here, anybody) -> None:
    answer = anybody.get(at("sign", here.station().code))
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


FORM = {
    "name_zh": "新驿站",
    "run_by": "union",
    "typed": "106.71, 26.61",
    "system": "wgs84",
    "opens_on": "2026-03-02",
    "hours": "8:00-22:00",
}


def test_staff_write_a_station_down(here, staff) -> None:
    assert staff.get(at("new")).status_code == 200
    sent = {
        **FORM,
        "kind": here.kinds["union"].pk,
        "to_pick": here.world.community.pk,
        "client_id": str(uuid4()),
    }
    answer = staff.post(at("new"), sent)
    row = Station.objects.get()
    assert answer["Location"] == at("check", row.pk)
    assert row.hours.count() == 7
    assert staff.post(at("new"), sent).status_code == 302
    assert Station.objects.count() == 1
    twin = staff.post(at("new"), {**sent, "client_id": str(uuid4())})
    assert twin.status_code == 422
    assert "附近已经登记了" in twin.content.decode()
    again = {**sent, "client_id": str(uuid4()), "different": "on"}
    assert staff.post(at("new"), again).status_code == 302


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"hours": "8:00-25:00"}, "一天只到 24:00"),
        ({"hours": "22:00-6:00"}, "关门比开门还早"),
        ({"hours": "随缘"}, "看不懂"),
        ({"typed": "26.61, 206.7"}, "不在地球上"),
        ({"typed": ""}, "请在地图上点一下"),
        ({"opens_on": "2036-01-01"}, "一年以后"),
        ({"kind": ""}, "error"),
        ({"to_pick": "", "to": "没有的社区"}, "没有找到这个单位"),
    ],
)
def test_bad_input_is_explained_and_nothing_is_lost(here, staff, wrong, said) -> None:
    sent = {
        **FORM,
        "kind": here.kinds["union"].pk,
        "to_pick": here.world.community.pk,
        "client_id": str(uuid4()),
        **wrong,
    }
    answer = staff.post(at("new"), sent)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert said in text
    assert "新驿站" in text
    assert Station.objects.count() == 0


def test_a_place_outside_the_area_is_asked_back(here, staff) -> None:
    box = shapely.box(106.0, 26.0, 106.1, 26.1)
    Area.objects.create(
        organisation=here.world.community,
        geometry=json.dumps(mapping(box)),
        lon=106.05,
        lat=26.05,
        size_m2=1e8,
    )
    sent = {
        **FORM,
        "kind": here.kinds["union"].pk,
        "to_pick": here.world.community.pk,
        "client_id": str(uuid4()),
    }
    answer = staff.post(at("new"), sent)
    assert answer.status_code == 422
    assert "不在金桥社区的范围里" in answer.content.decode()
    assert staff.post(at("new"), sent | {"outside": "on"}).status_code == 302
    row = Station.objects.get()
    inside = {**sent, "typed": "106.05, 26.05", "version": row.version}
    assert staff.post(at("edit", row.pk), inside).status_code == 302
    row.refresh_from_db()
    assert row.lon == 106.05


def test_nobody_writes_for_another_community(here, staff) -> None:
    sent = {
        **FORM,
        "kind": here.kinds["union"].pk,
        "to_pick": here.world.neighbour.pk,
        "client_id": str(uuid4()),
    }
    assert staff.post(at("new"), sent).status_code == 422
    assert Station.objects.count() == 0


def test_a_week_of_forms(here, staff) -> None:
    row = here.station()
    week = {"every": "8:00-20:00", "day6": "休息", "version": 1}
    assert staff.post(at("hours", row.pk), week).status_code == 302
    assert row.hours.count() == 6
    stale = staff.post(at("hours", row.pk), {"every": "全天", "version": 1})
    assert stale.status_code == 422
    assert "有人改过它" in stale.content.decode()
    assert "全天" in stale.content.decode()
    shown = staff.get(at("hours", row.pk)).content.decode()
    assert "8:00-20:00" in shown
    assert "休息" in shown
    today = timezone.localdate()
    for name, sent in (
        ("days-off", {"days": (today + timedelta(days=1)).isoformat(), "why": "清明"}),
        ("check", {"on": today.isoformat(), "item-toilet": "no", "version": ""}),
        ("close", {"on": today.isoformat(), "why": "停电"}),
        ("reopen", {}),
        ("end", {"on": today.isoformat(), "why": "拆了"}),
    ):
        answer = staff.post(at(name, row.pk), sent)
        assert answer.status_code == 302, (name, answer.content.decode())
    for name in ("desk-station", "history", "visits"):
        assert staff.get(at(name, row.pk)).status_code == 200
    assert "已经撤了" in Client().get(at("station", row.code)).content.decode()


def test_bad_days_off(here, staff) -> None:
    row = here.station()
    answer = staff.post(at("days-off", row.pk), {"days": "五一 2026-13-45"})
    assert answer.status_code == 422
    assert "不是日期" in answer.content.decode()


def test_the_keeper_counts_without_another_right(here) -> None:
    keeper = here.world["neighbour"]
    row = here.station(keeper=keeper, keeper_name="")
    client = Client()
    client.force_login(keeper)
    assert client.post(at("tap", row.pk)).status_code == 302
    today = timezone.localdate()
    client.post(at("visits", row.pk), {f"day-{today.isoformat()}": "12"})
    assert VisitDay.objects.get().many == 12
    assert client.get(at("edit", row.pk)).status_code == 403
    too_many = client.post(at("visits", row.pk), {f"day-{today.isoformat()}": "-3"})
    assert too_many.status_code == 422


def test_the_list_of_what_is_missing(here, staff) -> None:
    here.station(has=("sign", "rest"))
    here.station("齐全的", lon=106.72)
    text = staff.get(at("checklist")).content.decode()
    assert "甲县" in text
    assert "还差：学习场所、充电设施" in text
    assert staff.get(at("checklist") + "?list=seven").status_code == 200


def test_lists_of_staff_are_narrowed(here, staff) -> None:
    row = here.station()
    told = Broken(uuid4(), here.items["rest"])
    breakages.report(station=row, broken=told, at=here.world.now())
    for asked, there in (
        ({"state": "broken"}, True),
        ({"state": "closed"}, False),
        ({"state": "ended"}, False),
        ({"q": "红骑", "kind": "red-rider"}, True),
        ({"q": "没有"}, False),
    ):
        text = staff.get(at("desk"), asked).content.decode()
        assert ("红骑一号" in text) is there, asked
    case = Breakage.objects.get().case
    panel = staff.get(reverse("desk:case", args=[case.pk])).content.decode()
    assert "哪个驿站" in panel


def test_pages_read_a_fixed_number_of_times(here, staff) -> None:
    def reads(name: str) -> int:
        staff.get(at(name))
        with CaptureQueriesContext(connection) as seen:
            staff.get(at(name))
        return len(seen)

    names = ("desk", "checklist", "list", "rows", "json")
    here.station()
    before = [reads(name) for name in names]
    for number in range(5):
        row = here.station(f"站{number}", lon=106.71 + number / 100)
        told = Broken(uuid4(), here.items["rest"])
        breakages.report(station=row, broken=told, at=here.world.now())
    assert [reads(name) for name in names] == before


def test_dictionaries_are_the_seats(here) -> None:
    client = Client()
    client.force_login(here.world["administrator"])
    assert client.get(at("dictionaries")).status_code == 200
    sent = {"code": "tea", "name_zh": "热茶", "breaks": "on", "active": "on"}
    assert client.post(at("word-new", "items"), sent).status_code == 302
    assert client.post(at("word-new", "items"), sent).status_code == 422
    kind = StationKind.objects.get(code="union")
    changed = {"code": "union", "name_zh": "工会之家", "active": "on"}
    assert client.post(at("word", "kinds", kind.pk), changed).status_code == 302
    kind.refresh_from_db()
    assert kind.name_zh == "工会之家"
    assert Item.objects.filter(code="tea").exists()


def test_exports_are_read_back_unchanged(here, staff) -> None:
    here.station(has=("toilet", "charging"), note="=1+1")
    content = staff.post(at("export", "xlsx")).content
    sent = {
        "sort": "stations",
        "system": "wgs84",
        "file": SimpleUploadedFile("s.xlsx", content),
    }
    answer = staff.post(at("imports"), sent)
    assert answer.status_code == 302
    text = staff.get(answer["Location"]).content.decode()
    assert "确认后新记 0 条" in text
    assert "已有的记录一样" in text
    geo = json.loads(staff.post(at("export", "geojson")).content)
    assert len(geo["features"]) == 1
    table = staff.post(at("export", "csv")).content.decode("utf-8-sig")
    assert "李四" in table
    assert "'=1+1" in table
    assert AuditEvent.objects.filter(action="stations.export").count() == 3


def test_names_of_keepers_stay_with_who_writes(here) -> None:
    here.station()
    client = Client()
    client.force_login(here.world["supervisor"])
    assert "李四" not in client.post(at("export", "csv")).content.decode()
