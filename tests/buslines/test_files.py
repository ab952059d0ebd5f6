"""Maps and feeds: read, looked at, used; what is wrong with them is said."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.buslines.line import LAT, LON, PLACES, BusLine
from wugeyi.buslines import gateway
from wugeyi.buslines.models import MapFile, Timetable, WaysTable
from wugeyi.buslines.queries.inputs import case_of
from wugeyi.buslines.tasks import read_map
from wugeyi.imports.models import Batch
from wugeyi.jobs.models import Work
from wugeyi.jobs.tasks import Task, Trouble


@pytest.fixture(autouse=True)
def folder(tmp_path, settings):
    settings.DATA_DIR = tmp_path


def client(busline: BusLine, who: str = "town_worker") -> Client:
    made = Client()
    made.force_login(busline.world[who])
    return made


def osm(*, oneway: bool = False) -> bytes:
    """A road from the depot by v1, v2, v3 to both markets; the other valley has none."""
    order = ["d0", "v1", "v2", "v3", "m1", "m2"]
    nodes = "".join(
        f'<node id="{n}" lat="{LAT + PLACES[code][2]}" lon="{LON + PLACES[code][3]}" version="1"/>'
        for n, code in enumerate(order, start=1)
    )
    refs = "".join(f'<nd ref="{n}"/>' for n in range(1, len(order) + 1))
    sign = '<tag k="oneway" v="yes"/>' if oneway else ""
    way = f'<way id="1" version="1">{refs}<tag k="highway" v="secondary"/>{sign}</way>'
    return f'<osm version="0.6">{nodes}{way}</osm>'.encode()


def send_map(busline, content, name="guiyang.osm"):
    address = reverse("buslines:send-map", args=[busline.line.pk])
    file = SimpleUploadedFile(name, content)
    return client(busline).post(address, {"file": file})


def worked() -> Task:
    return Task(Work.objects.select_related("asked_by").latest("pk"))


def test_a_map_becomes_driving_times(busline):
    assert send_map(busline, osm()).status_code == 302
    read_map(worked())
    table = WaysTable.objects.get(line=busline.line, valid_until=None)
    place = {code: n for n, code in enumerate(table.ways["codes"])}
    minutes, metres = table.ways["minutes"], table.ways["metres"]
    assert minutes[place["v1"]][place["v2"]] > 0
    straight = metres[place["v1"]][place["v2"]]
    assert straight == pytest.approx(3482, rel=0.01)
    assert minutes[place["v1"]][place["v5"]] == -1
    assert "v1 v2" in table.shapes
    assert table.source == "map"
    page = client(busline).get(
        reverse("buslines:records", args=[busline.line.pk, "ways"])
    )
    assert page.status_code == 200
    assert page.context["told"]
    assert case_of(busline.line, timezone.localdate()).ways == table


def test_a_map_can_be_read_again_for_new_places_and_replaced(busline):
    send_map(busline, osm())
    read_map(worked())
    busline.spot("v8", lat=LAT + 0.03, lon=LON + 0.0233)
    Work.objects.update(state="done")
    address = reverse("buslines:send-map", args=[busline.line.pk])
    client(busline).post(address, {"act": "again"})
    read_map(worked())
    table = WaysTable.objects.get(line=busline.line, valid_until=None)
    assert "v8" in table.ways["codes"]
    first = MapFile.objects.get()
    send_map(busline, osm(oneway=True))
    assert MapFile.objects.get().pk != first.pk


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"no map at all", "map-foreign"),
        (b'<osm version="0.6"></osm>', "map-no-roads"),
        (b'<osm version="0.6"><node', "map-damaged"),
    ],
)
def test_what_is_no_map_is_said(busline, content, code):
    send_map(busline, content)
    with pytest.raises(Trouble) as trouble:
        read_map(worked())
    assert trouble.value.code == code
    held = WaysTable.objects.get(line=busline.line, valid_until=None)
    assert held.source == "table"


def test_a_map_that_is_gone_is_said(busline):
    send_map(busline, osm())
    gateway.remove(MapFile.objects.get().file)
    with pytest.raises(Trouble, match="gone"):
        read_map(worked())


def test_files_lie_nowhere_else():
    with pytest.raises(ValueError, match="etc"):
        gateway.path_of("../../etc/passwd")


def feed(**changed: str) -> bytes:
    """A feed with one line that passes v1 and m1; it runs every day."""
    today = timezone.localdate()
    span = f"{today - timedelta(days=30):%Y%m%d},{today + timedelta(days=300):%Y%m%d}"

    def stop(code: str) -> str:
        _kind, name, north, east = PLACES[code]
        return f"s-{code},{name},{LAT + north},{LON + east}"

    files = {
        "agency.txt": "agency_id,agency_name,agency_url,agency_timezone\na,公交,http://example.org,Asia/Shanghai",
        "stops.txt": "stop_id,stop_name,stop_lat,stop_lon\n"
        + "\n".join(map(stop, ["v1", "m1"])),
        "routes.txt": "route_id,agency_id,route_short_name,route_type\nr,a,7,3",
        "calendar.txt": "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n"
        + f"d,1,1,1,1,1,1,1,{span}",
        "trips.txt": "route_id,service_id,trip_id\nr,d,t1\nr,d,t2",
        "stop_times.txt": "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"
        "t1,06:10:00,06:10:00,s-v1,1\nt1,06:40:00,06:40:00,s-m1,2\n"
        "t2,24:50:00,24:50:00,s-v1,1\nt2,25:20:00,25:20:00,s-m1,2",
    } | {f"{name}.txt": text for name, text in changed.items()}
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for name, text in files.items():
            package.writestr(name, text)
    return file.getvalue()


def send_feed(busline, content):
    address = reverse("buslines:send-feed", args=[busline.line.pk])
    return client(busline).post(
        address, {"file": SimpleUploadedFile("gtfs.zip", content)}
    )


def test_a_feed_is_looked_at_before_it_counts(busline):
    answer = send_feed(busline, feed())
    assert answer.status_code == 302
    browser = client(busline)
    page = browser.get(answer.url)
    today = timezone.localdate()
    assert page.context["form"].data["service_on"] == today.isoformat()
    assert ("v1", 370, "7") in page.context["seen"].departures
    assert Timetable.objects.get(line=busline.line).name == "regular.zip"
    values = {
        "service_on": today.isoformat(),
        "within_metres": "60",
        "on": today.isoformat(),
        "act": "accept",
    }
    for _again in range(2):
        assert browser.post(answer.url, values).status_code == 302
    row = Timetable.objects.get(line=busline.line, valid_until=None)
    assert (row.name, row.service_on) == ("gtfs.zip", today)
    assert ["m1", 1520, "7"] in row.departures
    case = case_of(busline.line, today).case
    assert {(each.place, each.minute) for each in case.departures} >= {("v1", 370)}
    page = browser.get(reverse("buslines:records", args=[busline.line.pk, "timetable"]))
    assert "次日 01:20" in page.content.decode()


def test_stops_farther_than_asked_do_not_count(busline):
    answer = send_feed(
        busline,
        feed(
            stops="stop_id,stop_name,stop_lat,stop_lon\ns-v1,远,26.7,106.9\ns-m1,远,26.75,106.9"
        ),
    )
    page = client(busline).get(answer.url)
    assert page.context["seen"].departures == ()
    assert "那天没有常规车到我们的站" in page.content.decode()


@pytest.mark.parametrize(
    "content",
    [b"nonsense", b"PK\x03\x04broken", feed(trips="route_id,service_id,trip_id")],
)
def test_a_feed_without_trips_is_refused_with_reasons(busline, content):
    answer = send_feed(busline, content)
    assert answer.status_code == 422
    assert answer.context["form"].errors["file"]
    assert not Batch.objects.exists()


def test_errors_in_a_feed_are_shown_before_it_counts(busline):
    times = (
        "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"
        "t1,06:10:00,06:10:00,s-v1,1\nt1,xx,06:40:00,s-m1,2\n"
        "t2,07:00:00,07:00:00,s-v1,1\nt2,07:30:00,07:30:00,s-m1,2"
    )
    answer = send_feed(busline, feed(stop_times=times))
    assert answer.status_code == 302
    page = client(busline).get(answer.url)
    assert page.context["told"]
    assert "stop_times" in page.content.decode()


def test_a_feed_can_be_thrown_away(busline):
    answer = send_feed(busline, feed())
    client(busline).post(answer.url, {"act": "discard"})
    assert Batch.objects.get().status == "discarded"
    assert Timetable.objects.get(line=busline.line).name == "regular.zip"
