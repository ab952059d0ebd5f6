import csv
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.lineplanning.gtfs_cases import (
    ABOUT,
    JUDGES,
    names_en,
    opened,
    packed,
    placed,
    planned,
)
from wugeyi.engines.lineplanning.fares import STANDARD, Band, Fares
from wugeyi.engines.lineplanning.findings import Refused, say
from wugeyi.engines.lineplanning.gtfs import Booking, Medium, feed, flex_feed
from wugeyi.engines.lineplanning.model import Case, Market, Stop, Ways
from wugeyi.engines.lineplanning.plan import Block, Call, Money, Plan, Trip

PHONE = Booking(notice_minutes=60, phone="+86 28 5555 0100", message="请提前来电")
EVENING_BEFORE = Booking(
    days_before=1, stops=("v1", "v2", "v5"), url="https://bus.example.org/book"
)

judges = pytest.mark.parametrize("judge", JUDGES, ids=lambda each: each.__name__)


def tables(content: bytes) -> dict[str, list[dict[str, str]]]:
    return {
        name.removesuffix(".txt"): list(csv.DictReader(io.StringIO(text)))
        for name, text in opened(content).items()
    }


def by_night() -> tuple[Case, Plan]:
    """One bus, past midnight, between places whose codes are Chinese."""
    stops = (
        Stop("黄岗村", "黄岗村", lat=31.1, lon=104.2),
        Stop("stop-1", "新桥", lat=31.05, lon=104.1),
    )
    market = Market("东门 市场", "东门\n市场 ", lat=31.0, lon=104.0)
    there = (
        Call("黄岗村", 1480, 1485, ("a",), 3, 4),
        Call("stop-1", 1510, 1512, ("b",), 5, 9),
    )
    back = (Call("黄岗村", 1640, 1641, ("c",), 0, 0),)
    trips = (
        Trip("东门 市场", there, 1530, 18_000),
        Trip("东门 市场", back, 1600, 20_000, home=True),
    )
    plan = Plan((Block("大巴", 1, trips, 1450, 1700, 9_000),), (), Money(), 0)
    return Case(stops, (market,), (), Ways((), (), ()), (), ()), plan


def full(seed: int) -> bytes:
    case, plan = planned(seed)
    lines = {("v0", "m0"): [(31.02, 104.02)]}
    return feed(case, plan, STANDARD, ABOUT, names_en=names_en(case), lines=lines)


@judges
@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_judges_find_no_error_and_no_warning(
    seed: int, judge: Callable[[Path], list[str]], tmp_path: Path
) -> None:
    case, plan = planned(seed)
    cards = replace(ABOUT, media=(*ABOUT.media, Medium("app", "手机扫码", 4)))
    written = {
        "full": full(seed),
        "plain": feed(case, plan, None, replace(ABOUT, agency_en="", email="")),
        "app": feed(case, plan, Fares(150, (Band(3, 250),), None), cards),
        "phone": flex_feed(case, plan, STANDARD, ABOUT, PHONE),
        "evening": flex_feed(
            case, plan, None, ABOUT, EVENING_BEFORE, names_en=names_en(case)
        ),
    }
    for name, content in written.items():
        path = tmp_path / f"{name}.zip"
        path.write_bytes(content)
        assert (name, judge(path)) == (name, [])


@judges
def test_judges_accept_times_after_midnight_and_chinese_codes(
    judge: Callable[[Path], list[str]], tmp_path: Path
) -> None:
    case, plan = by_night()
    path = tmp_path / "night.zip"
    for content in (
        feed(case, plan, STANDARD, ABOUT, lines={}),
        flex_feed(case, plan, STANDARD, ABOUT, PHONE),
    ):
        path.write_bytes(content)
        assert judge(path) == []


@judges
@pytest.mark.parametrize(
    "changes",
    [
        {"phone": "96165", "email": "车队@例子.中国", "url": "https://例子.中国/bus"},
        {"line_name": "252路惠农 专线"},
        {"line_name": "252"},
        {"language": "zh-Hans", "email": ""},
        {
            "weekdays": (False,) * 7,
            "also_on": tuple(date(2026, 3, day) for day in range(1, 32)),
            "not_on": (),
        },
    ],
)
def test_judges_accept_what_agencies_may_say(
    changes: dict[str, object], judge: Callable[[Path], list[str]], tmp_path: Path
) -> None:
    case, plan = by_night()
    path = tmp_path / "feed.zip"
    path.write_bytes(feed(case, plan, None, replace(ABOUT, **changes)))
    assert judge(path) == []


PLANTED = {
    "missing_required_file": ("agency.txt", "", ""),
    "stop_time_with_arrival_before_previous_departure_time": (
        "stop_times.txt",
        "25:10:00",
        "24:01:00",
    ),
    "foreign_key_violation": ("stop_times.txt", ",stop-1,", ",elsewhere,"),
    "block_trips_with_overlapping_stop_times": (
        "stop_times.txt",
        "26:40:00",
        "25:20:00",
    ),
    "invalid_currency_amount": ("fare_products.txt", ",5.00,", ",5.001,"),
    "expired_calendar": ("calendar.txt", "2026", "2024"),
    "fast_travel_between_consecutive_stops": ("stops.txt", ",31.05", ",38.05"),
}


@judges
@pytest.mark.parametrize("expected", PLANTED)
def test_judges_find_what_is_planted(
    expected: str, judge: Callable[[Path], list[str]], tmp_path: Path
) -> None:
    file, good, bad = PLANTED[expected]
    case, plan = by_night()
    files = opened(feed(case, plan, STANDARD, ABOUT))
    assert good in files[file]
    if good:
        files[file] = files[file].replace(good, bad)
    else:
        del files[file]
    path = tmp_path / "planted.zip"
    path.write_bytes(packed(files))
    assert expected in judge(path)


def test_two_default_categories_are_found(tmp_path: Path) -> None:
    case, plan = by_night()
    files = opened(feed(case, plan, STANDARD, ABOUT))
    categories = files["rider_categories.txt"]
    files["rider_categories.txt"] = categories.replace("1 筐,0", "1 筐,1")
    path = tmp_path / "planted.zip"
    path.write_bytes(packed(files))
    assert JUDGES[0](path) == ["fare_product_with_multiple_default_rider_categories"]


def test_the_same_input_gives_the_same_bytes() -> None:
    assert full(1) == full(1)
    case, plan = planned(1)
    later = replace(ABOUT, last_day=date(2026, 11, 30))
    versions = {
        tables(feed(case, plan, None, about))["feed_info"][0]["feed_version"]
        for about in (ABOUT, later)
    }
    assert len(versions) == 2


def test_who_may_get_on_and_off_and_when() -> None:
    case, plan = by_night()
    rows = tables(feed(case, plan, None, ABOUT))
    halts = [
        tuple(
            row[name]
            for name in ("arrival_time", "stop_id", "pickup_type", "drop_off_type")
        )
        for row in rows["stop_times"]
    ]
    assert halts == [
        ("24:40:00", "stop-3", "0", "1"),
        ("25:10:00", "stop-1", "0", "1"),
        ("25:30:00", "stop-2", "1", "0"),
        ("26:40:00", "stop-2", "0", "1"),
        ("27:20:00", "stop-3", "1", "0"),
    ]
    assert {row["block_id"] for row in rows["trips"]} == {"service-type-1-1"}
    assert [row["direction_id"] for row in rows["trips"]] == ["0", "1"]
    stops = {
        row["stop_id"]: (row["stop_code"], row["stop_name"]) for row in rows["stops"]
    }
    assert stops["stop-2"] == ("东门 市场", "东门市场")
    assert stops["stop-1"] == ("", "新桥")


def test_baskets_are_rider_categories_of_one_product() -> None:
    case, plan = by_night()
    rows = tables(feed(case, plan, STANDARD, ABOUT))
    assert [row["amount"] for row in rows["fare_products"]] == ["2.00", "5.00", "7.00"]
    assert {row["fare_product_id"] for row in rows["fare_products"]} == {"ride"}
    categories = [
        (row["rider_category_name"], row["is_default_fare_category"])
        for row in rows["rider_categories"]
    ]
    assert categories == [("不带筐", "1"), ("1 筐", "0"), ("2 筐及以上", "0")]
    assert "fare_products" not in tables(feed(case, plan, None, ABOUT))


@pytest.mark.parametrize(
    ("bands", "names"),
    [
        ((), ["不论筐数"]),
        ((Band(3, 100), Band(6, 200)), ["2 筐及以下", "3 至 5 筐", "6 筐及以上"]),
        ((Band(0, 50), Band(1, 100), Band(2, 200)), ["不带筐", "1 筐", "2 筐及以上"]),
    ],
)
def test_bands_are_named(bands: tuple[Band, ...], names: list[str]) -> None:
    case, plan = by_night()
    rows = tables(feed(case, plan, Fares(200, bands, None), ABOUT))
    assert [row["rider_category_name"] for row in rows["rider_categories"]] == names


def test_polylines_are_followed_and_measured() -> None:
    case, plan = by_night()
    lines = {("黄岗村", "stop-1"): [(31.1, 104.2), (31.08, 104.1)]}
    rows = tables(feed(case, plan, None, ABOUT, lines=lines))
    first = [row for row in rows["shapes"] if row["shape_id"] == "shape-1"]
    assert [row["shape_pt_lat"] for row in first] == [
        "31.100000",
        "31.080000",
        "31.050000",
        "31.000000",
    ]
    along = [float(row["shape_dist_traveled"]) for row in rows["stop_times"][:3]]
    # 0.1° of longitude at 31.09° N and 0.02° of latitude; then 0.03° of latitude.
    assert along[1] == pytest.approx((9524**2 + 2224**2) ** 0.5 + 3336, rel=0.001)
    assert along[2] == float(first[-1]["shape_dist_traveled"])
    assert "shapes" not in tables(feed(case, plan, None, ABOUT))


def test_booked_stops_have_a_window_and_others_their_minute() -> None:
    case, plan = by_night()
    booking = replace(PHONE, stops=("黄岗村",), slack_minutes=5)
    rows = tables(flex_feed(case, plan, None, ABOUT, booking))
    window, fixed, market = rows["stop_times"][:3]
    assert window["start_pickup_drop_off_window"] == "24:35:00"
    assert window["end_pickup_drop_off_window"] == "24:50:00"
    assert (window["arrival_time"], window["stop_id"]) == ("", "")
    assert window["pickup_booking_rule_id"] == "booking"
    assert fixed["arrival_time"] == "25:10:00"
    assert market["drop_off_type"] == "0"
    assert rows["booking_rules"][0]["prior_notice_duration_min"] == "60"
    home = rows["stop_times"][-1]
    assert (home["drop_off_type"], home["drop_off_booking_rule_id"]) == ("2", "booking")


def refusal(case: Case, plan: Plan, **changes: object) -> list[str]:
    with pytest.raises(Refused) as refused:
        feed(case, plan, None, replace(ABOUT, **changes))
    found = refused.value.findings
    assert all("{" not in say(each, lang) for each in found for lang in ("zh", "en"))
    return [each.code for each in found]


def test_places_without_position_are_named() -> None:
    case, plan = planned(1)
    used = plan.blocks[0].trips[0].calls[0].stop
    bare = tuple(
        replace(each, lat=None) if each.code == used else each for each in case.stops
    )
    with pytest.raises(Refused, match=f"虚构村 {used[1:]}") as refused:
        feed(replace(case, stops=bare), plan, None, ABOUT)
    (finding,) = refused.value.findings
    assert finding.code == "feed-no-position"
    assert finding.inputs == (f"stop {used}",)


def test_what_cannot_be_written_is_told_all_at_once() -> None:
    case, plan = by_night()
    swapped = replace(case.stops[0], lat=104.2, lon=31.1)
    assert refusal(replace(case, stops=(swapped, case.stops[1])), plan) == [
        "feed-position-absurd"
    ]
    assert refusal(replace(case, stops=case.stops[1:]), plan) == ["feed-strange"]
    assert refusal(case, replace(plan, blocks=()), agency=" ", url="bus.example") == [
        "feed-empty",
        "feed-address",
        "feed-no-trips",
    ]
    assert refusal(
        case, plan, email="bus@", phone="电话 12", language="中文", timezone="Beijing"
    ) == ["feed-phone", "feed-email", "feed-language", "feed-timezone"]
    for bad in (
        "http://",
        "https://x",
        "https://[x",
        "https://a.cn/公",
        "ftp://bus.cn",
    ):
        assert refusal(case, plan, url=bad) == ["feed-address"]
    assert refusal(case, plan, email="", phone="") == ["feed-contact"]
    assert refusal(case, plan, line_number="很长很长的线路号写不进这一格") == [
        "feed-number-long"
    ]
    assert refusal(case, plan, weekdays=(True,)) == ["feed-weekdays"]
    assert refusal(case, plan, last_day=date(2026, 1, 1)) == ["feed-days-turned"]
    monday = date(2026, 3, 2)
    assert refusal(case, plan, first_day=monday, last_day=monday, not_on=(monday,)) == [
        "feed-no-day"
    ]


def test_booking_needs_a_way_and_a_time() -> None:
    case, plan = by_night()
    with pytest.raises(Refused) as refused:
        flex_feed(case, plan, None, ABOUT, Booking(slack_minutes=0))
    assert [each.code for each in refused.value.findings] == [
        "booking-how",
        "booking-when",
        "booking-slack",
    ]


def test_a_place_off_the_plan_needs_no_position() -> None:
    case = placed(1)
    plan = planned(1)[1]
    used = {call.stop for b in plan.blocks for t in b.trips for call in t.calls}
    bare = tuple(
        each if each.code in used else replace(each, lat=None) for each in case.stops
    )
    assert feed(replace(case, stops=bare), plan, None, ABOUT)
