"""Calendars, read by somebody else's parser."""

from datetime import UTC, date, datetime

import icalendar
import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tests.interfaces.open import Open
from wugeyi.accounts.models import User
from wugeyi.branchwork.models import DutyItem
from wugeyi.interfaces.actions import calendars
from wugeyi.interfaces.models import Calendar
from wugeyi.interfaces.rules.icalendar import Entry, calendar, fold

AT = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


def read(text: str) -> icalendar.Calendar:
    return icalendar.Calendar.from_ical(text.encode())


@given(
    st.text(min_size=1).map(
        lambda text: "".join(c for c in text if c.isprintable() or c == "\n")
    )
)
def test_any_text_arrives_as_it_was(text: str) -> None:
    found = calendar(
        [Entry("1@here", AT, text, description=text)],
        name="名",
        written_at=AT,
        zone="Asia/Shanghai",
    )
    for line in found.encode().split(b"\r\n"):
        assert len(line) <= 75
    (event,) = read(found).walk("VEVENT")
    assert str(event["SUMMARY"]) == text


def test_days_and_moments() -> None:
    entries = [
        Entry("d@here", date(2026, 11, 30), "一天", url="http://here/a"),
        Entry("m@here", AT, "一刻"),
    ]
    found = read(calendar(entries, name="名", written_at=AT, zone="Asia/Shanghai"))
    assert found.errors == []
    day, moment = found.walk("VEVENT")
    assert day["DTSTART"].dt == date(2026, 11, 30)
    assert str(day["URL"]) == "http://here/a"
    assert moment["DTSTART"].dt == AT
    assert [str(each["UID"]) for each in (day, moment)] == ["d@here", "m@here"]


def test_folding_never_cuts_a_character() -> None:
    folded = fold("SUMMARY:" + "长" * 100)
    for line in folded.split("\r\n"):
        assert len(line.encode()) <= 75
    assert folded.replace("\r\n ", "") == "SUMMARY:" + "长" * 100


@pytest.fixture
def worker(city: Open) -> User:
    return city.world["worker"]


def address(person: User, **given: bool) -> str:
    values = {"duties": True, "deadlines": True} | given
    made = calendars.renew(**values, by=person, at=timezone.now())
    return f"/open/calendar/{made.secret}.ics"


def test_deadlines_of_ones_own_desk(client, city: Open, worker: User) -> None:
    answer = client.get(address(worker))
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    text = answer.content.decode()
    events = read(text).walk("VEVENT")
    numbers = {city.working.number, city.hidden.number}
    assert {str(each["SUMMARY"]).split()[0][3:] for each in events} == numbers
    due = next(each for each in events if city.working.number in each["SUMMARY"])
    assert due["DTSTART"].dt == city.working.due_at.replace(microsecond=0)
    for secret in ("路灯", "张三", "13800138000", "垃圾没人收"):
        assert secret not in text.replace("\r\n ", "")
    # Somebody else's desk.
    other = client.get(address(city.world["outsider"])).content.decode()
    assert read(other).walk("VEVENT") == []
    only = client.get(address(worker, deadlines=False)).content.decode()
    assert read(only).walk("VEVENT") == []


def test_duties_of_a_secretary(client, city: Open) -> None:
    DutyItem.objects.create(
        code="class",
        name_zh="主题党日",
        name_en="Day",
        period="month",
        valid_from=date(2026, 1, 1),
        output="签到表; 照片, 记录",
    )
    secretary = city.world["secretary"]
    text = client.get(address(secretary, deadlines=False)).content.decode()
    (event,) = read(text).walk("VEVENT")
    assert "主题党日" in event["SUMMARY"]
    assert "金桥社区" in event["SUMMARY"]
    assert str(event["DESCRIPTION"]) == "签到表; 照片, 记录"
    today = timezone.localdate()
    assert (event["DTSTART"].dt.year, event["DTSTART"].dt.month) == (
        today.year,
        today.month,
    )
    assert event["DTSTART"].dt >= today


def test_a_renewed_address_ends_the_old_one(client, city: Open, worker: User) -> None:
    old, new = address(worker), address(worker)
    assert client.get(old).status_code == 404
    assert client.get(new).status_code == 200
    row = Calendar.objects.get(person=worker)
    assert row.used_on == timezone.localdate()
    assert new.split("/")[-1][:-4] not in {str(each) for each in vars(row).values()}
    calendars.take_back(calendar=row, by=worker, at=timezone.now())
    assert client.get(new).status_code == 404


def test_who_may_not_sign_in_has_no_calendar(client, city: Open, worker: User) -> None:
    kept = address(worker)
    User.objects.filter(pk=worker.pk).update(is_active=False)
    assert client.get(kept).status_code == 404
    assert client.get("/open/calendar/short.ics").status_code == 404


def test_the_page_gives_renews_and_takes_back(client, city: Open, worker) -> None:
    client.force_login(worker)
    page = client.get("/open/calendar").content.decode()
    assert "您还没有日历地址" in page
    page = client.post("/open/calendar", {"deadlines": "on"}).content.decode()
    start = page.index("http://testserver/open/calendar/")
    kept = page[start : page.index(".ics", start) + 4]
    assert client.get(kept).status_code == 200
    assert not Calendar.objects.get(person=worker).duties
    assert kept not in client.get("/open/calendar").content.decode()
    client.post("/open/calendar", {"end": "1"})
    assert client.get(kept).status_code == 404
