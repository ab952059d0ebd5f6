"""Tables open to everybody: every page is behind a key, every row says whose terms hold."""

import csv
import io
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.interfaces.open import Open, shown
from wugeyi.casework.actions import publishing
from wugeyi.interfaces.actions.keys import set_terms
from wugeyi.interfaces.registry import Asked, sources
from wugeyi.organisations.models import Installation
from wugeyi.places.models import Facility, FacilityKind, Template
from wugeyi.stations.models import Hours, Station, StationKind
from wugeyi.stations.models.stations import RunBy

NAMES = [each.code for each in sources()]


def facility(city: Open, name: str, **given: object) -> Facility:
    template, _new = Template.objects.get_or_create(
        code="open", defaults={"name_zh": "模板"}
    )
    kind, _new = FacilityKind.objects.get_or_create(
        template=template, code="clinic", defaults={"name_zh": "卫生站"}
    )
    values = {
        "client_id": uuid4(),
        "organisation": city.world.community,
        "name": name,
        "kind": kind,
        "lon": 106.63,
        "lat": 26.65,
        "recorded_at": city.at,
    }
    return Facility.objects.create(**(values | given))


def lines_of(answer) -> list[dict[str, str]]:
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("code", NAMES)
def test_every_table_answers_in_every_form(client, city: Open, code: str) -> None:
    found = client.get(f"/open/data/{code}.geojson")
    assert found.headers["Content-Type"] == "application/geo+json; charset=utf-8"
    assert found.headers["Access-Control-Allow-Origin"] == "*"
    assert found.json()["type"] == "FeatureCollection"
    assert found.json()["provenance"].startswith("测试市")
    assert "rows" in client.get(f"/open/data/{code}.json").json()
    answer = client.get(f"/open/data/{code}.csv")
    body = b"".join(answer.streaming_content)
    assert body.startswith(b"\xef\xbb\xbf")
    first, head, *_rest = csv.reader(io.StringIO(body.decode("utf-8-sig")))
    assert "测试市" in first[0]
    assert len(first) == len(head)
    assert head[-4:] == ["lon", "lat", "licence", "attribution"]


def test_pages_hang_together_by_key(client, city: Open) -> None:
    for number in range(5):
        shown(city.world, at=timezone.now() - timedelta(minutes=number))
    seen: list[str] = []
    address = "/open/data/cases.geojson?limit=3"
    while address:
        page = client.get(address).json()
        seen += [each["id"] for each in page["features"]]
        address = (page["next"] or "").removeprefix("http://testserver")
    assert len(seen) == len(set(seen)) == 7
    assert seen == sorted(seen)


def test_a_page_costs_the_same_however_long_the_table(city: Open) -> None:
    """By key: a page in the middle asks what the first one asks."""
    for number in range(30):
        shown(city.world, at=timezone.now() - timedelta(minutes=number))
        facility(city, f"站{number}")
    for code in NAMES:
        table = next(each for each in sources() if each.code == code)
        asked = Asked("", 3, timezone.localdate(), "")
        first = table.rows(asked)
        if not first:
            continue
        with_few = count(table, asked)
        many = Asked(first[-1].key, 25, timezone.localdate(), "")
        assert count(table, many) <= with_few + 1, code


def count(table, asked) -> int:
    cache.clear()
    with CaptureQueriesContext(connection) as taken:
        table.rows(asked)
    assert not any("OFFSET" in each["sql"] for each in taken)
    return len(taken)


def test_cases_show_no_more_than_their_page(client, city: Open) -> None:
    page = client.get("/open/data/cases.geojson").json()
    text = str(page)
    assert "13800138000" not in text
    assert "晚上看不见路" not in text
    assert city.hidden.number not in text
    spots = {tuple(each["geometry"]["coordinates"]) for each in page["features"]}
    assert len(spots) == 1, "a point of the community, not of each report"
    case = city.working
    publishing.unpublish(case=case, by=city.world["worker"], at=timezone.now())
    assert case.number not in str(client.get("/open/data/cases.json").json())


def test_rows_from_openstreetmap_keep_their_licence(client, city: Open) -> None:
    set_terms(
        licence="CC-BY-4.0",
        licence_url="https://example.org/by",
        contact="数据科",
        key_service="",
        by=city.world["administrator"],
        at=timezone.now(),
    )
    facility(city, "自己登记的")
    facility(city, "图上来的", source="osm", osm_id="n1")
    facility(city, "已经停用", valid_to=timezone.localdate())
    facility(city, "还没开", valid_from=timezone.localdate() + timedelta(days=2))
    rows = client.get("/open/data/facilities.json").json()["rows"]
    assert [(row["name"], row["licence"]) for row in rows] == [
        ("自己登记的", "CC-BY-4.0"),
        ("图上来的", "ODbL-1.0"),
    ]
    assert "OpenStreetMap" in rows[1]["attribution"]
    assert client.get("/open/data/facilities.json").json()["licence"] == "CC-BY-4.0"


def test_csv_for_old_spreadsheets_and_for_programs(client, city: Open) -> None:
    facility(city, "=1+1 站 𠮷")
    answer = client.get("/open/data/facilities.csv", {"encoding": "gb18030"})
    assert answer.headers["Content-Type"] == "text/csv; charset=gb18030"
    text = b"".join(answer.streaming_content).decode("gb18030")
    assert "'=1+1 站 𠮷" in text
    rows = lines_of(client.get("/open/data/facilities.csv", {"plain": "1"}))
    assert rows[0]["name"] == "'=1+1 站 𠮷"
    assert (rows[0]["lon"], rows[0]["lat"]) == ("106.63", "26.65")
    assert rows[0]["invented"] == "false"
    wrong = client.get("/open/data/facilities.csv", {"encoding": "utf-7"})
    assert wrong.status_code == 400


def test_a_csv_holds_the_whole_table(client, city: Open, monkeypatch) -> None:
    monkeypatch.setattr("wugeyi.interfaces.views.data.CHUNK", 2)
    for number in range(5):
        facility(city, f"站{number}")
    rows = lines_of(client.get("/open/data/facilities.csv", {"plain": "1"}))
    assert [row["name"] for row in rows] == [f"站{number}" for number in range(5)]


def test_a_demo_says_so_in_every_file(client, city: Open) -> None:
    Installation.objects.update(demo=True)
    page = client.get("/open/data/units.json").json()
    assert page["provenance"].startswith("演示数据(虚构)")


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("nothing.json", 404),
        ("cases.xml", 404),
        ("cases.json?limit=0", 400),
        ("cases.json?limit=x", 400),
        ("cases.json?after=%00rubbish", 200),
        ("units.json?after=99999999999999999999", 200),
    ],
)
def test_what_does_not_do(client, city: Open, address, status) -> None:
    assert client.get(f"/open/data/{address}").status_code == status


def test_the_page_for_people_names_every_table(client, city: Open) -> None:
    page = client.get("/open/").content.decode()
    for code in NAMES:
        assert f"/open/data/{code}.csv" in page
        assert f"/open/data/{code}.geojson" in page
    client.cookies["django_language"] = "en"
    assert client.get("/open/").status_code == 200


def test_whole_tables_are_limited(client, city: Open, monkeypatch) -> None:
    monkeypatch.setattr("wugeyi.interfaces.views.data.WHOLE_TABLES_PER_MINUTE", 1)
    codes = [client.get("/open/data/units.csv").status_code for _ in range(3)]
    assert 429 in codes


def test_stations_without_their_keepers(client, city: Open) -> None:
    """Who looks after a station is for staff."""
    day = timezone.localdate()
    kind = StationKind.objects.create(code="rest", name_zh="歇脚点", name_en="Rest")
    station = Station.objects.create(
        client_id=uuid4(),
        code="AB12",
        organisation=city.world.community,
        kind=kind,
        run_by=RunBy.values[0],
        name_zh="金桥驿站",
        keeper_name="李四",
        keeper_phone="13900139000",
        lon=106.63,
        lat=26.65,
        recorded_at=city.at,
    )
    Hours.objects.create(
        station=station, weekday=0, opens_minute=540, closes_minute=1080
    )
    Station.objects.create(
        client_id=uuid4(),
        code="AB13",
        organisation=city.world.community,
        kind=kind,
        run_by=RunBy.values[0],
        name_zh="撤了的",
        lon=106.63,
        lat=26.65,
        ended_on=day,
        recorded_at=city.at,
    )
    page = client.get("/open/data/stations.json").json()
    (row,) = page["rows"]
    assert (row["name"], row["hours"]) == ("金桥驿站", "1:09:00-18:00")
    assert (row["lon"], row["lat"]) == (106.63, 26.65)
    assert "李四" not in str(page)
    assert "13900139000" not in str(page)
    assert client.get(row["page"].removeprefix("http://testserver")).status_code == 200
