import csv
import io
import os
import re
import struct
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.lineplanning.gtfs_cases import packed
from wugeyi.engines.lineplanning.findings import Finding, say
from wugeyi.engines.lineplanning.gtfs import (
    Feed,
    blocks,
    departures,
    opening,
    read_feed,
    routes_seen,
)
from wugeyi.engines.lineplanning.gtfs.timetable import matched
from wugeyi.engines.lineplanning.model import Departure, Stop

MONDAY, SUNDAY, HOLIDAY = date(2026, 3, 2), date(2026, 3, 8), date(2026, 5, 1)
SMALL = {
    "agency.txt": (
        "agency_id,agency_name,agency_url,agency_timezone\n"
        "a,某公交,https://bus.example.org/,Asia/Shanghai\n"
    ),
    "stops.txt": (
        "\ufeffstop_id,stop_name,stop_lat,stop_lon,location_type,parent_station\n"
        "hub,东门,31.000,104.000,1,\n"
        "hub-a,东门 A,31.0001,104.0001,0,hub\n"
        'x,"新桥, 南",31.050,104.100,,\n'
        "y,黄岗,31.100,104.200,,\n"
    ),
    "routes.txt": (
        "route_id,route_short_name,route_long_name,route_type\nr1,1 路,,3\nr2,,环线,3\n"
    ),
    "trips.txt": (
        "route_id,service_id,trip_id,block_id\n"
        "r1,work,t1,b1\nr1,work,t2,b1\nr2,daily,night,\nr2,daily,loop,\n"
    ),
    "stop_times.txt": (
        "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"
        "t1,6:00:00,6:00:30,y,10\n"
        "t1,,,x,20\n"
        "t1,06:40:00,06:40:00,hub-a,30\n"
        "t2,07:00:00,07:00:00,hub-a,1\n"
        "t2,07:30:00,,y,2\n"
        "night,23:50:00,23:50:00,hub-a,1\n"
        "night,24:10:00,24:10:00,x,2\n"
        "loop,00:00:00,00:00:00,x,1\n"
        "loop,00:10:00,00:10:00,hub-a,2\n"
    ),
    "calendar.txt": (
        "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,"
        "start_date,end_date\n"
        "work,1,1,1,1,1,0,0,20260301,20261231\n"
        "daily,1,1,1,1,1,1,1,20260301,20261231\n"
    ),
    "calendar_dates.txt": (
        "service_id,date,exception_type\nwork,20260501,2\nwork,20260308,1\n"
    ),
    "frequencies.txt": (
        "trip_id,start_time,end_time,headway_secs\nloop,08:00:00,09:00:00,1200\n"
    ),
}
PLACES = (
    Stop("market", lat=31.0001, lon=104.0001),
    Stop("bridge", lat=31.0503, lon=104.1),
    Stop("nowhere", lat=30.0, lon=104.0),
    Stop("unplaced"),
)


def small(**changes: str | None) -> tuple[Feed, tuple[Finding, ...]]:
    files = dict(SMALL)
    for name, text in changes.items():
        if text is None:
            del files[f"{name}.txt"]
        else:
            files[f"{name}.txt"] = text
    return read_feed(packed(files))


def codes(found: tuple[Finding, ...]) -> list[str]:
    for each in found:
        for language in ("zh", "en"):
            assert not re.search(r"\{[a-z]+\}", say(each, language)), each
    return [each.code for each in found]


def at(feed_: Feed, place: str, on: date) -> list[tuple[int, str]]:
    found = departures(feed_, PLACES, on=on)
    return [(each.minute, each.line) for each in found if each.place == place]


def test_days_of_the_week_and_their_exceptions() -> None:
    read, found = small()
    assert codes(found) == ["feed-guessed"]
    running = {
        day: [trip.code for trip in read.running(day)]
        for day in (MONDAY, SUNDAY, HOLIDAY, date(2027, 1, 1))
    }
    assert running[MONDAY] == ["t1", "t2", "night", "loop"]
    assert running[SUNDAY] == ["t1", "t2", "night", "loop"]
    assert running[HOLIDAY] == ["night", "loop"]
    assert running[date(2027, 1, 1)] == []
    assert read.days == (date(2026, 3, 1), date(2026, 12, 31))


def test_departures_at_places_of_the_line() -> None:
    read, _ = small()
    loops = [480, 500, 520]
    assert at(read, "bridge", HOLIDAY) == [
        (10, "环线"),  # last night's bus
        *((minute, "环线") for minute in loops),
        (1450, "环线"),
    ]
    assert at(read, "market", HOLIDAY) == [
        *((minute + 10, "环线") for minute in loops),
        (1430, "环线"),
    ]
    assert (380, "1 路") in at(read, "bridge", MONDAY)
    assert at(read, "nowhere", MONDAY) == at(read, "unplaced", MONDAY) == []
    # On the first day there is no night before.
    assert at(read, "bridge", date(2026, 3, 1))[0] == (480, "环线")


def test_stops_may_be_named_and_a_station_is_all_its_stops() -> None:
    read, _ = small()
    found = departures(read, PLACES, on=MONDAY, stop_ids={"nowhere": ["hub", "gone"]})
    assert Departure("nowhere", 420, "1 路") in found
    near = matched(read, PLACES, within_metres=30)
    assert near == {"hub": ("market",), "hub-a": ("market",)}
    assert matched(read, PLACES, within_metres=34)["x"] == ("bridge",)


def test_lines_and_buses_of_a_day() -> None:
    read, _ = small()
    seen = routes_seen(departures(read, PLACES, on=MONDAY))
    first = seen[0]
    assert (first.line, first.places, first.departures) == (
        "1 路",
        ("bridge", "market"),
        3,
    )
    assert (first.first_minute, first.last_minute) == (380, 420)
    (bus,) = blocks(read, on=MONDAY)
    assert (bus.code, bus.trips, bus.first_minute, bus.last_minute) == (
        "b1",
        2,
        360,
        450,
    )
    assert (bus.first_stop, bus.last_stop) == ("y", "y")
    assert blocks(read, on=HOLIDAY) == ()


BROKEN = {
    "feed-table-missing": {"stop_times": None},
    "feed-calendar-missing": {"calendar": None, "calendar_dates": None},
    "feed-lines-missing": {"routes": None},
    "feed-column-missing": {"trips": "route_id,trip_id\nr1,t1\n"},
    "feed-column-twice": {
        "routes": "route_id,route_id,route_short_name\nr1,r9,1\nr2,r8,2\n"
    },
    "feed-row-long": {"routes": SMALL["routes.txt"] + "r3,a,b,3,多,了\n"},
    "feed-cell-empty": {"routes": SMALL["routes.txt"] + ",a,b,3\n"},
    "feed-cell-time": {"stop_times": SMALL["stop_times.txt"].replace("06:40", "6点40")},
    "feed-cell-date": {"calendar": SMALL["calendar.txt"].replace("1231", "1332")},
    "feed-cell-number": {
        "stop_times": SMALL["stop_times.txt"].replace("hub-a,30", "hub-a,三十")
    },
    "feed-twice": {"stops": SMALL["stops.txt"] + "x,又一个,31,104,,\n"},
    "feed-unknown": {"stop_times": SMALL["stop_times.txt"].replace(",x,", ",z,")},
    "feed-position": {"stops": SMALL["stops.txt"].replace("31.050", "310.50")},
    "feed-time-back": {"stop_times": SMALL["stop_times.txt"].replace("06:40", "05:40")},
    "feed-trip-empty": {"trips": SMALL["trips.txt"] + "r1,work,t3,\n"},
    "feed-untimed": {
        "stop_times": SMALL["stop_times.txt"].replace("6:00:00,6:00:30", ",")
    },
    "feed-service-turned": {
        "calendar": SMALL["calendar.txt"].replace("20261231", "20251231")
    },
    "feed-windows": {
        "stop_times": SMALL["stop_times.txt"].replace(
            "stop_sequence\n", "stop_sequence,location_group_id\n"
        )
        + "t1,,,,40,g\n"
    },
    "feed-damaged": {"stops": SMALL["stops.txt"] + 'z,"' + "长" * 140_000},
}


@pytest.mark.parametrize("code", BROKEN)
def test_each_fault_is_told_with_its_file(code: str) -> None:
    read, found = small(**BROKEN[code])
    assert code in codes(found)
    told = next(each for each in found if each.code == code)
    (file,) = told.inputs
    assert file.endswith(".txt")
    if told.severity == "warning":
        assert read.trips


def test_faults_name_their_line() -> None:
    _, found = small(**BROKEN["feed-unknown"])
    told = [each.subject for each in found if each.code == "feed-unknown"]
    assert told == ["stop_times.txt:3", "stop_times.txt:8", "stop_times.txt:9"]


def test_one_bad_time_costs_only_its_row() -> None:
    read, _ = small(**BROKEN["feed-cell-time"])
    (trip,) = (each for each in read.trips if each.code == "t2")
    assert [call.arrive_second for call in trip.calls] == [25_200, 27_000]
    assert "t1" not in {each.code for each in read.trips}  # its calls had no end


def test_many_faults_of_a_kind_are_counted() -> None:
    more = "".join(f"gone,06:00:00,06:00:00,x,{k}\n" for k in range(50))
    _, found = small(stop_times=SMALL["stop_times.txt"] + more)
    assert codes(found).count("feed-unknown") == 20
    assert found[-1].code == "feed-many-more"
    assert found[-1].values["many"] == 30


def test_absurd_positions_count_as_none() -> None:
    for lat in ("nan", "1e999", "0.0001", "北纬31", ""):
        text = f"stop_id,stop_name,stop_lat,stop_lon\nx,桥,{lat},0.0\n"
        read, found = small(stops=text)
        assert "feed-position" in codes(found)
        assert read.stops["x"].lat is None


def test_files_in_a_folder_of_the_archive_or_on_disk(tmp_path: Path) -> None:
    for name, text in SMALL.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    expected = small()[0]
    assert read_feed(tmp_path)[0] == expected
    inside = {f"feed/{name}": text for name, text in SMALL.items()}
    junk = {"__MACOSX/feed/stops.txt": "?", "feed/old/stops.txt": "stop_id\n"}
    read, found = read_feed(packed({**junk, **inside}))
    assert read == expected
    assert "feed-inside-folder" in codes(found)


def test_chinese_encodings() -> None:
    read, found = read_feed(
        packed({**SMALL, "stops.txt": SMALL["stops.txt"][1:].encode("gb18030")})
    )
    assert read.stops["y"].name == "黄岗"
    assert "feed-encoding" in codes(found)
    _, found = read_feed(packed({**SMALL, "stops.txt": b"\xff\xfe\x00\xff"}))
    assert "feed-undecodable" in codes(found)


def bomb() -> bytes:
    """An archive that says it holds little and holds more than may be read."""
    content = bytearray(packed({"stop_times.txt": b"0" * 3_000_000}))
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at_ = content.index(signature) + offset
        content[at_ : at_ + 4] = struct.pack("<I", 100)
    return bytes(content)


def test_what_is_no_archive_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = packed(SMALL)
    monkeypatch.setattr(opening, "MOST_BYTES", 2_000_000)
    large = packed({"stop_times.txt": b"0" * 2_000_001})
    locked = bytearray(good)
    for entry in re.finditer(b"PK\x01\x02", good):
        locked[entry.start() + 8] |= 1
    expected = {
        b"": "feed-not-zip",
        b"no archive": "feed-not-zip",
        good[: len(good) // 2]: "feed-not-zip",
        bytes(locked): "feed-not-zip",
        large: "feed-too-large",
        bomb(): "feed-not-zip",
        packed({"readme.txt": "?"}): "feed-table-missing",
    }
    for content, code in expected.items():
        read, found = read_feed(content)
        assert codes(found)[0] == code
        assert read == Feed()
    assert codes(read_feed(tmp_path / "gone.zip")[1]) == ["feed-file"]
    assert read_feed(tmp_path)[0] == Feed()


@given(
    name=st.sampled_from(sorted(SMALL)),
    where=st.integers(0, 600),
    many=st.integers(0, 40),
    put=st.binary(max_size=12) | st.sampled_from([b'"', b"\n", b",", b"\x00"]),
)
def test_nothing_raises_whatever_is_damaged(
    name: str, where: int, many: int, put: bytes
) -> None:
    content = SMALL[name].encode()
    where = min(where, len(content))
    damaged = content[:where] + put + content[where + many :]
    read, found = read_feed(packed({**SMALL, name: damaged}))
    codes(found)
    for trip in read.trips:
        times = [s for c in trip.calls for s in (c.arrive_second, c.depart_second)]
        assert times == sorted(times)
    departures(read, PLACES, on=MONDAY)
    blocks(read, on=MONDAY)


@given(st.data())
def test_nothing_raises_whatever_happens_to_the_archive(data: st.DataObject) -> None:
    content = bytearray(packed(SMALL))
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(
            st.integers(0, 255)
        )
    codes(read_feed(bytes(content))[1])


def real(name: str) -> Path:
    path = Path(os.environ.get("WUGEYI_GTFSDATA", ""), f"{name}.zip")
    if "WUGEYI_GTFSDATA" not in os.environ or not path.exists():
        pytest.skip(f"WUGEYI_GTFSDATA names no folder with {name}.zip")
    return path


def test_a_demo_feed_with_frequencies() -> None:
    read, found = read_feed(real("sample1"))
    assert found == ()
    assert (len(read.stops), len(read.lines), len(read.trips)) == (9, 5, 11)
    places = [Stop("airport")]
    ids = {"airport": ["BEATTY_AIRPORT"]}
    on = date(2008, 6, 4)
    minutes = [
        each.minute
        for each in departures(read, places, on=on, stop_ids=ids)
        if each.line == "30"
    ]
    assert minutes == list(range(380, 1340, 30))  # 06:20, every half hour until 22:00
    assert read.running(date(2007, 6, 4)) == ()


FROM, UNTIL, APART = 420, 510, 8
WORKDAY = date(2020, 6, 10)


def rows(path: Path, file: str) -> Iterator[dict[str, str]]:
    with zipfile.ZipFile(path) as archive:
        text = archive.read(file).decode("utf-8-sig")
    yield from csv.DictReader(io.StringIO(text))


def minute(text: str) -> int:
    hours, minutes, _ = text.split(":")
    return 60 * int(hours) + int(minutes)


def shut(profile: list[tuple[str, int]], at_: dict[str, set[int]]) -> bool:
    """Whether no minute of the morning keeps a trip apart from all others."""
    begins = profile[0][1]
    return not any(
        all(
            abs(start + there - begins - other) >= APART
            for stop, there in profile
            for other in at_[stop]
        )
        for start in range(FROM, UNTIL + 1)
    )


def test_keeping_apart_on_a_real_timetable() -> None:
    """Of 72 lines 66 have no minute from 07:00 to 08:30 that is 8 from every departure.

    The trip tried is the line's first of the day, moved; the regular one stays.
    """
    path = real("donanbus")
    read, found = read_feed(path)
    assert found == ()
    assert (len(read.stops), len(read.lines), len(read.trips)) == (706, 74, 541)
    places = [Stop(code) for code in read.stops]
    by_stop: dict[str, set[int]] = defaultdict(set)
    ids = {code: [code] for code, stop in read.stops.items() if stop.parent}
    for each in departures(read, places, on=WORKDAY, stop_ids=ids, within_metres=0):
        by_stop[each.place].add(each.minute)

    # The same from the rows themselves.
    service = {
        row["trip_id"]: row["route_id"]
        for row in rows(path, "trips.txt")
        if row["service_id"] == "weekday"
    }
    told: dict[str, set[int]] = defaultdict(set)
    profiles: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for row in rows(path, "stop_times.txt"):
        if row["trip_id"] in service:
            told[row["stop_id"]].add(minute(row["departure_time"]))
            profiles[row["trip_id"]].append(
                (row["stop_id"], minute(row["departure_time"]))
            )
    assert {code: by_stop[code] for code in told} == told

    first: dict[str, list[tuple[str, int]]] = {}
    for trip, profile in sorted(profiles.items(), key=lambda x: x[1][0][1]):
        first.setdefault(service[trip], profile)
    without = sum(shut(profile, by_stop) for profile in first.values())
    assert (without, len(first)) == (66, 72)
