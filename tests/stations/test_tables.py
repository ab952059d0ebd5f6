from datetime import date
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.casework.world import NOW
from tests.circles.town import arrays, keep_network
from tests.circles.town import at as along
from tests.stations.place import NIGHTS
from wugeyi.imports.tables import read_table
from wugeyi.jobs.actions import take
from wugeyi.jobs.models import Work
from wugeyi.jobs.tasks import perform
from wugeyi.places.models import Facility, FacilityKind, Template
from wugeyi.stations import adapter
from wugeyi.stations.actions import gaps, points, tables
from wugeyi.stations.actions.gaps import Asked
from wugeyi.stations.actions.tables import Sent
from wugeyi.stations.models import GapSearch, Station, StationFile, WorkPoint
from wugeyi.stations.queries.tables import plan
from wugeyi.stations.rules.hours import IDLE

GOOD = """名称,类型,谁办的,归谁管,经度,纬度,开放时间,周日,负责人,电话,充电设施,洗手间
一号站,红骑驿站,社区,金桥社区,106.7,26.6,8:00-22:00,休息,张三,13800138002,有,没有
二号站,工会驿站,工会,990101001001,106.71,26.6,全天,,,,坏了,
"""
BAD = """名称,类型,谁办的,归谁管,经度,纬度,开放时间,启用日期,充电设施
,红骑驿站,社区,,106.7,26.6,,,
甲,没有的,社区,,106.7,26.6,,,
乙,红骑驿站,火星人,,106.7,26.6,,,
丙,红骑驿站,社区,没有的单位,106.7,26.6,,,
丁,红骑驿站,社区,,26.6,106.7,,,
戊,红骑驿站,社区,,0,0,,,
己,红骑驿站,社区,,abc,,,,
庚,红骑驿站,社区,,106.7,26.6,8:00-25:00,,
辛,红骑驿站,社区,,106.7,26.6,22:00-6:00,,
壬,红骑驿站,社区,,106.7,26.6,,昨天,
癸,红骑驿站,社区,,106.7,26.6,8:00-9:00,2026-03-01,大概
癸,红骑驿站,社区,,106.7,26.6,8:00-9:00,2026-03-01,大概
"""


def kept(here, text: str, sort: str = "stations", **more) -> StationFile:
    batch = tables.keep(
        sent=Sent(sort, "t.csv", text.encode(), 1, **more),
        organisation=here.world.town,
        by=here.world["town_worker"],
        at=NOW,
    )
    return StationFile.objects.select_related("batch", "organisation").get(batch=batch)


def planned(here, text: str, sort: str = "stations", **more):
    file = kept(here, text, sort, **more)
    return file, plan(sort, read_table(text.encode()), file)


def accepted(here, text: str, sort: str = "stations", **more):
    file, made = planned(here, text, sort, **more)
    return tables.accept(
        batch=file.batch, plan=made, by=here.world["town_worker"], at=NOW
    )


def test_a_table_becomes_stations_and_again_changes_nothing(here) -> None:
    assert accepted(here, GOOD).made == 2
    one = Station.objects.get(name_zh="一号站")
    assert one.organisation == here.world.community
    assert one.hours.count() == 6
    _file, again = planned(here, GOOD)
    assert (again.fresh, again.changed, again.same) == ([], [], 2)
    done = accepted(here, GOOD.replace("13800138002", "13800138003"))
    assert (done.made, done.changed) == (0, 1)
    one.refresh_from_db()
    assert one.keeper_phone == "13800138003"


def test_a_table_accepted_twice_is_written_once(here) -> None:
    file, made = planned(here, GOOD)
    usual = {"by": here.world["town_worker"], "at": NOW}
    assert tables.accept(batch=file.batch, plan=made, **usual).made == 2
    assert tables.accept(batch=file.batch, plan=made, **usual) is None


def test_every_bad_row_says_why(here) -> None:
    _file, made = planned(here, BAD)
    codes = {(each.line, each.code) for each in made.findings}
    assert codes >= {
        (2, "no_name"),
        (3, "unknown_kind"),
        (4, "unknown_run_by"),
        (5, "unknown_unit"),
        (6, "swapped"),
        (7, "in_the_sea"),
        (8, "unread_place"),
        (9, "hours_past_24"),
        (10, "hours_backwards"),
        (11, "bad_date"),
        (12, "unknown_state"),
        (13, "twice"),
    }
    assert [each.line.name for each in made.fresh] == ["癸"]


@pytest.mark.parametrize(
    "content",
    [
        b"\x00\x01\x02rubbish",
        b"",
        b"PK\x03\x04broken",
        "名称\n一号站\n".encode(),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old",
    ],
)
def test_rubbish_files_are_explained(here, content) -> None:
    client = Client()
    client.force_login(here.by)
    answer = client.post(
        reverse("stations:imports"),
        {
            "sort": "stations",
            "system": "wgs84",
            "file": SimpleUploadedFile("x.xlsx", content),
        },
        follow=True,
    )
    assert answer.status_code in {200, 422}
    assert "发现的问题" in answer.content.decode() or answer.status_code == 422
    assert Station.objects.count() == 0


def street(many: int, x: float = 0, kind: str = "饭店餐饮") -> str:
    rows = ["名称,类别,经度,纬度"]
    for number in range(many):
        lon, lat = along(x + number, north=True)
        rows.append(f"店{x}-{number},{kind},{lon:.6f},{lat:.6f}")
    return "\n".join(rows)


def with_points(here, many: int = 8, x: float = 0) -> None:
    told = {"source": "名录", "data_on": date(2026, 3, 1)}
    accepted(here, street(many, x), "points", **told)


def test_points_need_a_source_and_a_day(here) -> None:
    client = Client()
    client.force_login(here.by)
    answer = client.post(
        reverse("stations:imports"),
        {
            "sort": "points",
            "system": "wgs84",
            "file": SimpleUploadedFile("p.csv", street(3).encode()),
        },
    )
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "请写数据从哪里来" in text
    assert "请写是哪一天的数据" in text


def test_points_come_once_and_can_be_put_aside(here) -> None:
    with_points(here)
    with_points(here)
    assert WorkPoint.objects.count() == 8
    usual = {
        "organisation": here.world.town,
        "source": "名录",
        "data_on": date(2026, 3, 1),
        "by": here.by,
        "at": NOW,
    }
    assert points.drop(**usual) == 8
    assert points.drop(**usual) == 0
    with_points(here)
    assert WorkPoint.objects.filter(dropped_at=None).count() == 8


def test_facilities_are_taken_as_points(here) -> None:
    template = Template.objects.create(code="t", name_zh="t")
    kind = FacilityKind.objects.create(template=template, code="food", name_zh="餐饮")
    for number in range(3):
        Facility.objects.create(
            client_id=uuid4(),
            organisation=here.world.community,
            kind=kind,
            name=f"店{number}",
            lon=106.7,
            lat=26.6,
            recorded_at=NOW,
        )
    usual = {"organisation": here.world.town, "kinds": {"food": "food"}}
    assert points.take_facilities(**usual, by=here.by, at=NOW) == 3
    assert points.take_facilities(**usual, by=here.by, at=NOW) == 0
    assert WorkPoint.objects.filter(facility__isnull=False).count() == 3


OSM = """<?xml version='1.0' encoding='UTF-8'?>
<osm version="0.6" generator="hand">
<node id="1" lat="26.6" lon="106.7" version="1"><tag k="amenity" v="restaurant"/><tag k="name" v="粉馆"/></node>
<node id="2" lat="26.6" lon="106.701" version="1"><tag k="shop" v="supermarket"/></node>
<node id="3" lat="26.6" lon="106.702" version="1"><tag k="amenity" v="bench"/></node>
<node id="4" lat="26.61" lon="106.70" version="1"/><node id="5" lat="26.61" lon="106.71" version="1"/>
<way id="9" version="1"><nd ref="4"/><nd ref="5"/><tag k="office" v="courier"/></way>
</osm>"""


def test_a_file_of_openstreetmap_holds_points() -> None:
    found = adapter.read_osm(OSM.encode(), "x.osm")
    assert [(osm, name, point.kind) for osm, name, point in found] == [
        ("n1", "粉馆", "food"),
        ("n2", "", "shop"),
        ("w9", "", "depot"),
    ]
    assert found[2][2].lon == pytest.approx(106.705)
    for bad in (b"rubbish", b"", b"<osm></osm>"):
        with pytest.raises(adapter.Unreadable):
            adapter.read_osm(bad, "x.osm")


def search(here, **more) -> GapSearch:
    asked = Asked(client_id=uuid4(), least=3, **more)
    return gaps.search(organisation=here.world.town, asked=asked, by=here.by, at=NOW)


def test_a_gap_as_the_crow_flies(here) -> None:
    with_points(here)
    lon, lat = along(2000, north=True)
    here.station(lon=lon, lat=lat)
    row = search(here, minutes=10, window=IDLE)
    assert row.network is None
    assert (row.points, row.stations, row.gap_points) == (8, 1, 8)
    site = row.sites.get()
    assert (site.points, site.food) == (8, 8)
    assert site.metres == pytest.approx(2000, abs=30)
    assert search(here, minutes=30, window=IDLE).gap_points == 0
    # Somebody near, but shut at that hour.
    near, north = along(0, north=True)
    here.station("夜里", lon=near, lat=north, week=NIGHTS)
    assert search(here, minutes=10, window=IDLE).gap_points == 8
    assert search(here, minutes=10).gap_points == 0


def test_a_gap_along_the_streets(here) -> None:
    """A station just over the river is four kilometres away: there is one bridge."""
    keep_network(here.world.city, arrays())
    with_points(here)
    lon, lat = along(0, north=False)
    here.station(lon=lon, lat=lat)
    row = search(here, minutes=10, window=IDLE)
    assert row.work is not None
    assert row.finished_at is None
    assert take(at=NOW) == row.work
    work = Work.objects.get(pk=row.work_id)
    assert perform(work).state == Work.State.DONE
    row.refresh_from_db()
    found = row.found.get()
    assert found.gap
    assert found.metres < 200
    # 4,100 metres at 1,333 mm/s.
    assert found.seconds == pytest.approx(3_075, abs=30)
    site = row.sites.get()
    assert site.points == 8
    client = Client()
    client.force_login(here.world["town_worker"])
    text = client.get(reverse("stations:gap", args=[row.pk])).content.decode()
    assert "沿路网" in text
    assert "8 处取送点" in text


def test_the_page_says_that_it_is_no_way(here) -> None:
    with_points(here)
    client = Client()
    client.force_login(here.world["town_worker"])
    page = reverse("stations:gaps")
    assert "没有路网，按直线距离算" in client.get(page).content.decode()
    sent = {
        "client_id": str(uuid4()),
        "pace": "ride",
        "minutes": 10,
        "during": "own",
        "hours": "20:00-次日2:00",
        "weekday": 4,
        "least": 3,
        "sites": 2,
    }
    answer = client.post(page, sent)
    assert answer.status_code == 302
    assert client.post(page, sent)["Location"] == answer["Location"]
    text = client.get(answer["Location"]).content.decode()
    assert "按直线距离算的，没有看路" in text
    assert "步速、分钟数未核对" in text
    for wrong in ({"hours": "26:00-27:00"}, {"minutes": 0}, {"sites": 99}):
        assert client.post(page, sent | wrong).status_code == 422


def test_no_points_is_no_gap(here) -> None:
    row = search(here)
    assert (row.clusters, row.gap_points, row.sites.count()) == (0, 0, 0)
