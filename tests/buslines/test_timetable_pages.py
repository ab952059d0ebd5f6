"""Pages of staff and drivers: who may, what they show, what is refused kindly."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.buslines.timetable import call, drawn_up, planned, published
from tests.casework.world import hire
from wugeyi.buslines.actions import bookings
from wugeyi.buslines.actions.bookings import Wish
from wugeyi.buslines.models import Boarding, Driver, Edition, Run
from wugeyi.organisations.models import Installation


@pytest.fixture
def edition(busline):
    found = published(busline)
    busline.line.refresh_from_db()
    return found


def client(busline, who="town_worker", language=""):
    made = Client()
    made.force_login(busline.world[who])
    if language:
        made.cookies["django_language"] = language
    return made


def page(name, *args):
    return reverse(f"buslines:{name}", args=args)


STAFF_PAGES = (
    "edition",
    "edition-change",
    "edition-notice",
    "edition-file",
    "edition-publish",
    "edition-withdraw",
    "sign",
    "sheet",
    "poster",
)


@pytest.mark.parametrize("language", ["", "en"])
def test_every_page_of_a_draft_opens_in_both_languages(busline, language):
    draft = drawn_up(busline)
    asked = client(busline, language=language)
    for name in STAFF_PAGES:
        assert asked.get(page(name, draft.pk)).status_code == 200, name
    assert asked.get(page("editions", busline.line.pk)).status_code == 200
    assert asked.get(page("publish", draft.plan_id)).status_code == 200


def test_who_reads_does_not_write(busline):
    draft = drawn_up(busline)
    supervisor = client(busline, "supervisor")
    assert supervisor.get(page("edition", draft.pk)).status_code == 200
    for name in STAFF_PAGES[1:6]:
        assert supervisor.get(page(name, draft.pk)).status_code == 403, name
    for who in ("outsider", "worker"):
        # Neither reaches the organisation that runs it.
        assert client(busline, who).get(page("edition", draft.pk)).status_code == 404
    assert Client().get(page("edition", draft.pk)).status_code == 302
    assert client(busline).get(page("edition", 10**15)).status_code == 404


def test_from_plan_to_published_by_its_pages(busline):
    plan, asked = planned(busline), client(busline)
    today = timezone.localdate()
    form = {
        "valid_from": (today + timedelta(days=7)).isoformat(),
        "weekdays": ["1", "2", "3", "4", "5"],
        "fares": asked.get(page("publish", plan.pk)).context["form"]["fares"].initial
        or "",
        "announcement": "新开",
    }
    made = asked.post(page("publish", plan.pk), form)
    edition = Edition.objects.get()
    assert made.url == page("edition", edition.pk)
    assert edition.weekdays == "12345"
    early = asked.post(page("edition-publish", edition.pk), {"version": "1"})
    assert early.status_code == 409
    assert "公示不够 7 天" in early.text
    noticed = {"noticed_on": today.isoformat(), "version": "1"}
    assert asked.post(page("edition-notice", edition.pk), noticed).status_code == 302
    filed = {"filed_on": today.isoformat(), "filed_with": "交通运输局", "version": "2"}
    assert asked.post(page("edition-file", edition.pk), filed).status_code == 302
    done = asked.post(page("edition-publish", edition.pk), {"version": "3"})
    assert done.status_code == 302
    edition.refresh_from_db()
    assert edition.published_at
    shown = asked.get(page("edition", edition.pk)).text
    assert "已发布，还没开始" in shown
    assert "未核对" in shown


def test_a_plan_with_breaches_is_not_announced(busline):
    plan = planned(busline, breaches=[{"code": "over-seats", "severity": "error"}])
    asked = client(busline)
    initial = asked.get(page("publish", plan.pk)).context["form"].initial
    form = {
        "valid_from": initial["valid_from"].isoformat(),
        "weekdays": initial["weekdays"],
        "fares": initial["fares"],
        "announcement": "新开",
    }
    refused = asked.post(page("publish", plan.pk), form)
    assert refused.status_code == 409
    assert "违反了规则" in refused.text
    assert "新开" in refused.text


def test_bad_forms_keep_what_was_typed(busline):
    plan, asked = planned(busline), client(busline)
    bad = {"valid_from": "x", "announcement": "保留这句<b>", "fares": "x"}
    shown = asked.post(page("publish", plan.pk), bad)
    assert shown.status_code == 422
    assert "保留这句&lt;b&gt;" in shown.text
    assert not Edition.objects.exists()


def test_a_stale_form_is_told_and_may_be_sent_again(busline):
    draft, asked = drawn_up(busline), client(busline)
    noticed = {"noticed_on": timezone.localdate().isoformat(), "version": "99"}
    # Announced after the first day of a draft of March.
    Edition.objects.filter(pk=draft.pk).update(valid_from=timezone.localdate())
    stale = asked.post(page("edition-notice", draft.pk), noticed)
    assert stale.status_code == 409
    assert 'name="version" value="1"' in stale.text


def test_the_list_says_which_one_is_in_force(busline, edition):
    shown = client(busline).get(page("editions", busline.line.pk)).text
    assert "正在执行" in shown
    assert "临时变更" in shown


# Drivers


def driver(busline):
    user = hire("driver", None, None)
    busline.world.users["driver"] = user
    Driver.objects.filter(pk=busline.drivers["a"].pk).update(user=user)
    return client(busline, "driver")


def trip_page(edition, stop="v1", *, home=False, days=0):
    on = timezone.localdate() + timedelta(days=days)
    trip = call(edition, stop, home=home).trip
    return page("drive-trip", trip.pk, on.isoformat())


def test_a_driver_without_a_post_sees_the_trips_of_today(busline, edition):
    asked = driver(busline)
    shown = asked.get(page("drive")).text
    assert "252 路惠农专线" in shown
    assert "06:02" in shown
    assert asked.get(trip_page(edition)).status_code == 200


def test_strangers_do_not_drive(busline, edition):
    assert Client().get(page("drive")).status_code == 302
    assert "您还没有登记为驾驶员" in client(busline, "postless").get(page("drive")).text
    assert client(busline, "postless").get(trip_page(edition)).status_code == 403
    assert client(busline, "outsider").post(trip_page(edition)).status_code == 403
    assert (
        client(busline).get(page("drive-trip", 10**15, "2026-01-01")).status_code == 404
    )
    assert client(busline).get(page("drive-trip", 1, "x")).status_code == 404


def test_a_day_of_a_driver(busline, edition):
    asked, target = driver(busline), trip_page(edition)
    on = timezone.localdate()
    wish = Wish(uuid4(), call(edition, "v2"), on + timedelta(days=1), 2, 3, "王 3812")
    bookings.book(wish=wish, at=timezone.now())
    assert "王 3812" in asked.get(trip_page(edition, days=1)).text
    assert asked.post(target, {"act": "start"}).status_code == 302
    run = Run.objects.get()
    assert run.driver == busline.drivers["a"]
    assert "记下，去下一站" in asked.get(target).text
    counted = {
        "act": "board",
        "call": str(call(edition, "v1").pk),
        "client_id": str(uuid4()),
        "without": "1",
        "with_one": "2",
        "with_more": "0",
        "with_more_many": "12",
    }
    assert asked.post(target, counted).status_code == 302
    assert asked.post(target, counted).status_code == 302
    made = Boarding.objects.get()
    assert (made.without, made.with_one, made.with_more) == (1, 2, 12)
    assert made.fare_fen == 200 + 2 * 500 + 12 * 700
    # What was counted may be counted again.
    again = asked.get(f"{target}?call={made.call_id}").text
    assert "改成这样" in again
    assert asked.post(target, {"act": "end", "remark": "堵"}).status_code == 302
    run.refresh_from_db()
    assert run.ended_at
    assert "已到终点" in asked.get(target).text


def test_home_is_counted_at_the_market(busline, edition):
    asked, target = driver(busline), trip_page(edition, home=True)
    asked.post(target, {"act": "start"})
    shown = asked.get(target).text
    assert shown.count('value="board"') == 1
    assert "预计下 3 人" in shown


def test_what_cannot_be_read_or_done_is_said(busline, edition):
    asked, target = driver(busline), trip_page(edition)
    assert asked.post(target, {"act": "fly"}).status_code == 422
    asked.post(target, {"act": "start"})
    odd = {"act": "board", "call": str(call(edition, "v1").pk), "without": "-4"}
    shown = asked.post(target, odd)
    assert shown.status_code == 422
    assert "没有看懂" in shown.text
    odd = {
        "act": "board",
        "call": str(call(edition, "v1").pk),
        "with_one": "2",
        "baskets": "1",
    }
    assert asked.post(target, odd).status_code == 409
    assert asked.post(target, {"act": "board", "call": "x"}).status_code == 422
    assert asked.post(target, {"act": "cancel", "reason": " "}).status_code == 409
    assert not Boarding.objects.exists()


def test_a_trip_that_does_not_run_is_told_to_who_booked(busline, edition):
    on = timezone.localdate() + timedelta(days=1)
    made = bookings.book(
        wish=Wish(uuid4(), call(edition, "v1"), on, 1, 0), at=timezone.now()
    )
    asked = driver(busline)
    target = trip_page(edition, days=1)
    done = asked.post(target, {"act": "cancel", "reason": "塌方<路断>"})
    assert done.status_code == 302
    slip = Client().get(f"/bus/b/{made.code}").text
    assert "这班车不开了" in slip
    assert "塌方&lt;路断&gt;" in slip


# Paper


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("name", ["sign", "sheet", "poster"])
def test_papers_are_pdfs_in_both_languages(busline, edition, name, language):
    found = client(busline).get(page(name, edition.pk), {"lang": language})
    assert found.headers["Content-Type"] == "application/pdf"
    assert found.content.startswith(b"%PDF")


def test_there_is_a_sign_for_each_stop_or_for_one(busline, edition):
    asked = client(busline)
    every = asked.get(page("sign", edition.pk)).content
    assert every.count(b"/Type /Page\n") + every.count(b"/Type /Page ") == 5
    spot = busline.spots["v1"].pk
    one = asked.get(page("sign", edition.pk), {"stop": spot, "size": "a3"}).content
    assert one.count(b"/Type /Page\n") + one.count(b"/Type /Page ") == 1
    assert b"MediaBox [ 0 0 841.8898 1190.551" in one


def test_demo_installations_have_papers_too(busline, edition):
    Installation.objects.update(demo=True)
    assert client(busline).get(page("poster", edition.pk)).status_code == 200
