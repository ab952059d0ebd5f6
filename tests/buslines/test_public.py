"""Pages for passengers: lines, times at a stop, booking and giving back, feeds."""

import zipfile
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.buslines.line import create
from tests.buslines.timetable import call, published
from wugeyi.buslines.actions import bookings
from wugeyi.buslines.actions.bookings import Wish
from wugeyi.buslines.models import Booking, Line, Spot, Trip
from wugeyi.casework.rules.receipts import display


@pytest.fixture
def edition(busline):
    found = published(busline)
    busline.line.refresh_from_db()
    return found


def english() -> Client:
    made = Client()
    made.cookies["django_language"] = "en"
    return made


def tomorrow():
    return timezone.localdate() + timedelta(days=1)


def address(edition, name, *more):
    return reverse(f"buslines:{name}", args=[edition.line.code, *more])


def stop_page(client, edition, code="v1", **query):
    spot = Spot.objects.get(line=edition.line, code=code)
    return client.get(address(edition, "public-stop", spot.pk), query)


def fields(**values):
    known = {
        "on": tomorrow().isoformat(),
        "persons": "2",
        "baskets": "3",
        "word": "王 3812",
        "client_id": str(uuid4()),
    }
    return known | values


def book(client, edition, code="v1", **values):
    target = address(edition, "book", call(edition, code).pk)
    return client.post(target, fields(**values))


def test_lines_that_run_are_listed_and_found_by_a_village(client, busline, edition):
    create(busline.world, name="还没开的线", number="9", opened_on=None)
    page = client.get("/bus/lines").text
    assert "252 路惠农专线" in page
    assert "还没开的线" not in page
    assert "252 路惠农专线" in client.get("/bus/lines", {"q": "石头寨"}).text
    assert "252 路惠农专线" in client.get("/bus/lines", {"q": "金桥"}).text
    found = client.get("/bus/lines", {"q": "<b>没有的村\x00"})
    assert found.status_code == 200
    assert "没有找到" in found.text
    assert "<b>没" not in found.text


def test_the_list_is_paged_by_key(client, busline, edition):
    for number in range(31):
        create(busline.world, name=f"线{number:02d}", number=str(number))
    first = client.get("/bus/lines")
    assert "线30" in first.text
    assert "线00" not in first.text
    older = first.context["page"].older
    second = client.get("/bus/lines", {"older": older}).text
    assert "线00" in second
    assert "252 路惠农专线" in second
    assert client.get("/bus/lines?older=x").status_code == 200


def test_a_line_shows_times_fares_and_who_runs_it(client, edition):
    page = client.get(address(edition, "public-line")).text
    for text in (
        "06:02",
        "06:30",
        "北门市场",
        "不带筐",
        "2 元",
        "5 元",
        "7 元",
        "两筐及以上",
    ):
        assert text in page, text
    assert "东街街道" in page
    assert "<svg" in page


def test_in_english_too(edition):
    page = english().get(address(edition, "public-line"))
    assert page.status_code == 200
    assert 'lang="en"' in page.text


def test_a_line_that_was_not_opened_has_no_page(client, busline):
    line = create(busline.world, opened_on=None)
    assert (
        client.get(reverse("buslines:public-line", args=[line.code])).status_code == 404
    )
    assert client.get("/bus/l/NOSUCH").status_code == 404


def test_without_a_timetable_the_page_says_so(client, busline):
    page = client.get(reverse("buslines:public-line", args=[busline.line.code]))
    assert "现在没有时刻表" in page.text
    spot = busline.spots["v1"]
    page = client.get(
        reverse("buslines:public-stop", args=[busline.line.code, spot.pk])
    )
    assert "最近三十天没有车" in page.text


def test_changes_to_come_are_told(client, busline, edition):
    begins = timezone.localdate() + timedelta(days=10)
    published(
        busline, valid_from=begins, later=10, announcement="因为<修路>，晚十分钟。"
    )
    page = client.get(address(edition, "public-line")).text
    assert "起有变化" in page
    assert "晚十分钟" in page
    assert "<修路>" not in page
    assert "06:02 改为 06:12" in page
    ahead = client.get(address(edition, "public-line"), {"on": begins.isoformat()}).text
    assert "06:12" in ahead
    assert "起的时刻表" in ahead


def test_an_ended_line_says_so(client, edition):
    Line.objects.filter(pk=edition.line_id).update(closed_on=timezone.localdate())
    page = client.get(address(edition, "public-line")).text
    assert "起停运" in page
    assert "06:02" not in page


def test_an_invented_line_warns(client, edition):
    Line.objects.filter(pk=edition.line_id).update(invented=True)
    assert "虚构" in client.get(address(edition, "public-line")).text
    assert "虚构" in stop_page(client, edition).text


def test_a_stop_says_when_where_and_how_much_for_two_baskets(client, edition):
    page = stop_page(
        client, edition, on=tomorrow().isoformat(), persons="1", baskets="2"
    ).text
    assert "06:30 到北门市场" in page
    assert "<strong>7 元</strong>" in page
    assert "从北门市场上车" in page
    # Two who carry one each pay five yuan each.
    page = stop_page(
        client, edition, on=tomorrow().isoformat(), persons="2", baskets="2"
    ).text
    assert "<strong>10 元</strong>" in page
    assert "金桥社区" in page


@pytest.mark.parametrize(
    "query",
    [
        {"persons": "0"},
        {"persons": "x"},
        {"baskets": "-1"},
        {"baskets": "999999999999999999999"},
        {"on": "2020-01-01"},
        {"on": "x\x00"},
    ],
)
def test_odd_questions_are_explained(client, edition, query):
    page = stop_page(client, edition, **query)
    assert page.status_code == 422
    assert "处要改" in page.text


def test_a_market_or_a_stranger_is_no_stop(client, busline, edition):
    assert stop_page(client, edition, "m1").status_code == 404
    other = create(busline.world, name="别的线", number="8")
    target = reverse("buslines:public-stop", args=[other.code, busline.spots["v1"].pk])
    assert client.get(target).status_code == 404


def test_a_grower_books_and_gives_back_without_an_account(client, edition):
    asked = client.get(
        address(edition, "book", call(edition, "v1").pk),
        {"on": tomorrow().isoformat(), "persons": "2", "baskets": "3"},
    )
    assert 'name="persons" value="2"' in asked.text
    made = book(client, edition)
    assert made.status_code == 302
    booking = Booking.objects.get()
    assert made.url == f"/bus/b/{display(booking.code)}"
    slip = client.get(made.url)
    assert "订好了" in slip.text
    assert "王 3812" in slip.text
    assert display(booking.code) in slip.text
    # One carries one basket, the other two: 5 and 7 yuan.
    assert "12 元" in slip.text
    back = client.post(made.url)
    assert back.status_code == 302
    slip = client.get(made.url).text
    assert "已经退了" in slip
    assert "王 3812" not in slip


def test_no_cookie_is_needed(edition):
    strict = Client(enforce_csrf_checks=True)
    made = book(strict, edition)
    assert made.status_code == 302
    assert strict.post(made.url).status_code == 302
    assert Booking.objects.get().cancelled_at


def test_the_same_form_twice_is_one_booking(client, edition):
    key = str(uuid4())
    urls = {book(client, edition, client_id=key).url for _ in range(2)}
    assert len(urls) == 1
    assert Booking.objects.count() == 1


def test_a_full_bus_says_what_is_left_and_keeps_what_was_typed(client, edition):
    Trip.objects.filter(edition=edition).update(seats=3)
    book(client, edition)
    page = book(client, edition, word="李")
    assert page.status_code == 409
    assert "还能订 1 人" in page.text
    assert 'value="李"' in page.text
    assert (
        "订满了"
        in stop_page(client, edition, on=tomorrow().isoformat(), persons="2").text
    )


@pytest.mark.parametrize(
    "values",
    [
        {"persons": "0"},
        {"persons": "11"},
        {"baskets": "31"},
        {"baskets": "many"},
        {"on": "2020-01-01"},
        {"on": ""},
        {"word": "一二三四五六七八九十一二三"},
    ],
)
def test_odd_bookings_are_explained_and_nothing_is_kept(client, edition, values):
    page = book(client, edition, **values)
    assert page.status_code == 422
    assert "处要改" in page.text
    assert not Booking.objects.exists()


def test_many_bookings_from_one_address_are_slowed(client, edition):
    codes = [
        book(client, edition, persons="1", baskets="0").status_code for _ in range(16)
    ]
    assert codes == [302] * 15 + [429]
    page = book(client, edition, persons="1", word="李")
    assert page.headers["Retry-After"]
    assert 'value="李"' in page.text


def test_a_receipt_tells_that_its_bus_changed(client, busline, edition):
    on = timezone.localdate() + timedelta(days=12)
    url = book(client, edition, on=on.isoformat()).url
    published(busline, valid_from=on, later=10)
    page = client.get(url).text
    assert "时刻表改了，这班车不开了" in page


def test_codes_are_looked_up_however_they_are_typed(client, edition):
    booking = bookings.book(
        wish=Wish(uuid4(), call(edition, "v1"), tomorrow(), 1, 0), at=timezone.now()
    )
    typed = " ".join(booking.code.lower())
    assert (
        client.get("/bus/b", {"code": typed}).url == f"/bus/b/{display(booking.code)}"
    )
    wrong = client.get("/bus/b", {"code": "AAAA-BBBB-CCCC"})
    assert wrong.status_code == 422
    assert "没有这个预约码" in wrong.text
    assert client.get("/bus/b").status_code == 200
    assert client.get("/bus/b/AAAA-BBBB-CCCC").status_code == 404


def test_a_call_of_another_line_is_not_booked(client, busline, edition):
    other = create(busline.world, name="别的线", number="8")
    target = reverse("buslines:book", args=[other.code, call(edition, "v1").pk])
    assert client.get(target).status_code == 404


def counted(act) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        act()
    return len(queries)


def test_pages_ask_the_same_number_of_questions_whatever_is_booked(client, edition):
    line = address(edition, "public-line")
    on = tomorrow().isoformat()
    client.get(line)
    before = (
        counted(lambda: client.get(line)),
        counted(lambda: stop_page(client, edition, on=on)),
    )
    for _ in range(5):
        bookings.book(
            wish=Wish(uuid4(), call(edition, "v1"), tomorrow(), 1, 0),
            at=timezone.now(),
        )
    after = (
        counted(lambda: client.get(line)),
        counted(lambda: stop_page(client, edition, on=on)),
    )
    assert after == before
    assert max(after) <= 20


def test_the_feeds_have_the_trips_and_fares_in_force(settings, edition):
    settings.ALLOWED_HOSTS = ["bus.example.org"]
    client = Client(SERVER_NAME="bus.example.org")
    Line.objects.filter(pk=edition.line_id).update(phone="0851-00000000")
    found = client.get(address(edition, "public-gtfs"))
    assert found.status_code == 200
    feed = zipfile.ZipFile(BytesIO(found.content))
    times = feed.read("stop_times.txt").decode()
    assert "06:30:00" in times
    assert "12:00:00" in times
    assert "7.00" in feed.read("fare_products.txt").decode()
    flexible = zipfile.ZipFile(
        BytesIO(client.get(address(edition, "public-flex")).content)
    )
    assert "booking_rules.txt" in flexible.namelist()


def test_a_line_without_a_telephone_has_no_feed_and_says_why(client, edition):
    found = client.get(address(edition, "public-gtfs"))
    assert found.status_code == 409
    assert "现在还不能下载" in found.text


def test_the_workbook_holds_times_as_times(client, edition):
    found = client.get(address(edition, "public-xlsx"))
    book = openpyxl.load_workbook(BytesIO(found.content))
    assert book.sheetnames == ["去市场", "回程", "票价"]
    cells = [cell.value for row in book["去市场"].iter_rows() for cell in row]
    assert "上坝" in cells
    assert any(str(cell) in {"6:30:00", "06:30:00"} for cell in cells)


def test_feeds_of_no_timetable_are_not_there(client, busline):
    for name in ("public-gtfs", "public-flex", "public-xlsx"):
        target = reverse(f"buslines:{name}", args=[busline.line.code])
        assert client.get(target).status_code == 404
