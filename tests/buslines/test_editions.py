"""Timetables: drawn up from plans, announced, reported, published, compared."""

from datetime import timedelta

import pytest

from tests.buslines.line import DAY
from tests.buslines.timetable import (
    FIRST,
    call,
    day,
    draft,
    drawn_up,
    planned,
    published,
)
from wugeyi.audit.models import AuditEvent
from wugeyi.buslines.actions import editions, single
from wugeyi.buslines.actions.single import Fares
from wugeyi.buslines.models import Call, Edition, Trip
from wugeyi.buslines.queries.editions import changed, coming, in_force, trips
from wugeyi.buslines.queries.notices import notice_rules
from wugeyi.buslines.rules.refusals import Refused, Why

NOTICE = {"noticed_on": DAY}


def announce(busline, edition, **values):
    return editions.announce(
        edition=edition,
        notice=editions.Notice(**(NOTICE | values)),
        by=busline.by,
        at=busline.world.now(),
    )


def file(busline, edition, **values):
    known = {
        "filed_on": DAY,
        "filed_with": "甲县交通运输局",
        "filing_number": "〔2026〕3 号",
    }
    return editions.file(
        edition=edition,
        filing=editions.Filing(**(known | values)),
        by=busline.by,
        at=busline.world.now(),
    )


def publish(busline, edition, **values):
    return editions.publish(
        edition=edition, by=busline.by, at=busline.world.now(), **values
    )


def refused(why, act, *args, **values):
    with pytest.raises(Refused) as caught:
        act(*args, **values)
    assert caught.value.why is why
    return caught.value.values


def test_an_edition_has_the_trips_and_calls_of_its_plan(busline):
    edition = drawn_up(busline)
    found = trips(edition)
    assert [(t.number, t.home, t.market.code, t.market_minute) for t in found] == [
        (1, False, "m1", 390),
        (2, False, "m1", 400),
        (3, True, "m1", 720),
    ]
    calls = [
        (c.stop.code, c.depart_minute, c.persons, c.baskets, c.persons_on, c.baskets_on)
        for c in found[0].calls.all()
    ]
    # From 下坝 it is 12 minutes to the market; a call takes a minute and one for each
    # twelve baskets begun.
    assert calls[-1] == ("v3", 378, 4, 4, 9, 14)
    assert [c[0] for c in calls] == ["v1", "v2", "v3"]
    assert (found[0].seats, found[0].basket_places) == (42, 70)
    assert (found[0].floor_dm2, found[0].person_dm2, found[0].basket_dm2) == (
        2000,
        20,
        25,
    )
    event = AuditEvent.objects.get(action="buslines.draw_up_edition")
    assert event.subject_id == edition.pk


def test_the_same_plan_for_the_same_day_is_drawn_up_once(busline):
    plan = planned(busline)
    made = [
        editions.draw_up(
            plan=plan, draft=draft(busline), by=busline.by, at=busline.world.now()
        )
        for _ in range(2)
    ]
    assert made[0].pk == made[1].pk
    assert Trip.objects.count() == 3
    assert AuditEvent.objects.filter(action="buslines.draw_up_edition").count() == 1


@pytest.mark.parametrize(
    ("of_plan", "of_draft", "why"),
    [
        ({"finished_at": None}, {}, Why.NOT_READY),
        ({"result": None}, {}, Why.NOT_READY),
        (
            {"breaches": [{"code": "over-seats", "severity": "error"}]},
            {},
            Why.HAS_BREACHES,
        ),
        ({}, {"fares": None}, Why.NO_FARES),
        ({}, {"announcement": "  "}, Why.NEEDS_TEXT),
        ({}, {"weekdays": "89"}, Why.BAD_VALUE),
        ({}, {"valid_from": DAY - timedelta(days=1)}, Why.BAD_DAYS),
    ],
)
def test_what_may_not_become_a_timetable(busline, of_plan, of_draft, why):
    plan = planned(busline, **of_plan)
    refused(
        why,
        editions.draw_up,
        plan=plan,
        draft=draft(busline, **of_draft),
        by=busline.by,
        at=busline.world.now(),
    )
    assert not Edition.objects.exists()


def test_a_plan_of_stops_that_are_gone_is_refused(busline):
    plan = planned(busline)
    plan.inputs["stops"][0]["code"] = "gone"
    for block in plan.result["blocks"]:
        for each in block["trips"]:
            for stop in each["calls"]:
                stop["stop"] = "gone" if stop["stop"] == "v1" else stop["stop"]
    refused(
        Why.NO_INPUTS,
        editions.draw_up,
        plan=plan,
        draft=draft(busline),
        by=busline.by,
        at=busline.world.now(),
    )
    assert not Edition.objects.exists()


def test_publishing_wants_notice_and_filing(busline):
    edition = drawn_up(busline)
    told = refused(Why.NOT_NOTICED, publish, busline, edition)
    assert told == {"days": 7}
    announce(busline, edition)
    refused(Why.NOT_FILED, publish, busline, edition)
    file(busline, edition)
    done = publish(busline, edition)
    assert done.published_at is not None
    assert done.published_by == busline.by
    assert (done.noticed_on, done.filed_on) == (DAY, DAY)
    assert in_force(busline.line, FIRST) == done
    assert in_force(busline.line, FIRST - timedelta(days=1)) is None


def test_six_days_of_notice_are_one_too_few(busline):
    edition = drawn_up(busline, valid_from=day(6))
    announce(busline, edition)
    file(busline, edition)
    refused(Why.NOT_NOTICED, publish, busline, edition)
    later = drawn_up(busline, valid_from=day(7))
    announce(busline, later)
    file(busline, later)
    assert publish(busline, later).published_at


def test_the_line_s_own_rule_decides(busline):
    assert notice_rules(busline.line, DAY).days == 7
    assert not notice_rules(busline.line, DAY).verified
    busline.rule("notice_days", 3, source="本市规定（虚构）", verified=True)
    busline.rule("filing_required", 0)
    rules = notice_rules(busline.line, DAY)
    assert (rules.days, rules.filing, rules.verified) == (3, False, True)
    edition = drawn_up(busline, valid_from=day(3))
    announce(busline, edition)
    assert publish(busline, edition).published_at


def test_an_urgent_change_is_published_at_once_and_reported_after(busline):
    edition = drawn_up(busline, valid_from=DAY)
    done = publish(busline, edition, urgent="  塌方，绕行  ")
    assert done.urgent == "塌方，绕行"
    assert done.noticed_on == DAY
    assert done.filed_on is None
    assert in_force(busline.line, DAY) == done
    filed = file(busline, done)
    assert filed.filed_on == DAY
    refused(Why.CLOSED, file, busline, filed)


def test_notices_and_filings_are_of_days_that_were(busline):
    edition = drawn_up(busline)
    refused(Why.BAD_DAYS, announce, busline, edition, noticed_on=day(1))
    refused(Why.BAD_DAYS, announce, busline, edition, talked_on=day(1))
    refused(Why.BAD_DAYS, file, busline, edition, filed_on=day(1))
    refused(Why.NEEDS_TEXT, file, busline, edition, filed_with=" ")


def test_the_edition_before_ends_where_the_next_begins(busline):
    first = published(busline)
    second = published(busline, valid_from=day(10), later=20)
    first.refresh_from_db()
    assert first.valid_until == day(10)
    assert in_force(busline.line, day(9)) == first
    assert in_force(busline.line, day(10)) == second
    assert coming(busline.line, DAY) == second
    between = published(busline, valid_from=day(5), later=10)
    first.refresh_from_db()
    assert (first.valid_until, between.valid_until) == (day(5), day(10))
    assert [in_force(busline.line, day(n)) for n in (4, 5, 10)] == [
        first,
        between,
        second,
    ]


def test_two_editions_do_not_begin_on_one_day(busline):
    published(busline, valid_from=day(5))
    other = drawn_up(busline, valid_from=day(5), later=10)
    told = refused(Why.BAD_DAYS, publish, busline, other, urgent="虚构")
    assert told["field"] == "same_day"


def test_a_withdrawn_edition_gives_the_days_back_and_stays_readable(busline):
    first = published(busline)
    second = published(busline, valid_from=day(10), later=20)
    gone = editions.withdraw(
        edition=second, reason="路修好了", by=busline.by, at=busline.world.now()
    )
    first.refresh_from_db()
    assert first.valid_until is None
    assert in_force(busline.line, day(20)) == first
    assert gone.withdrawn_at is not None
    assert len(trips(gone)) == 3
    refused(
        Why.IN_USE,
        editions.withdraw,
        edition=first,
        reason="不想开了",
        by=busline.by,
        at=busline.world.now(),
    )


def test_what_is_published_does_not_change(busline):
    edition = published(busline)
    refused(
        Why.CLOSED,
        editions.change,
        edition=edition,
        draft=draft(busline),
        by=busline.by,
        at=busline.world.now(),
    )


def test_a_stale_page_does_not_overwrite(busline):
    edition = drawn_up(busline)
    announce(busline, edition)
    refused(
        Why.CHANGED,
        editions.change,
        edition=edition,
        draft=draft(busline),
        version=1,
        by=busline.by,
        at=busline.world.now(),
    )


def test_a_line_that_ended_runs_no_more(busline):
    edition = published(busline)
    busline.line.refresh_from_db()
    busline.line.closed_on = day(3)
    assert in_force(busline.line, day(2)) == edition
    assert in_force(busline.line, day(3)) is None


def test_what_changed_is_derived(busline):
    published(busline)
    fares = single.set_fares(
        line=busline.line,
        on=day(5),
        fares=Fares(200, ((1, 200), (2, 500)), 700, ""),
        by=busline.by,
        at=busline.world.now(),
    )
    second = drawn_up(
        busline, valid_from=day(10), later=10, fares=fares, weekdays="12345"
    )
    # Another stop in the place of one.
    served = call(second, "v6")
    Call.objects.filter(pk=served.pk).update(stop=busline.spots["v5"])
    found = changed(second)
    assert found.dropped == ("大田",)
    assert found.added == ("水井湾",)
    moved = {(row.name, row.home): (row.before, row.after) for row in found.moved}
    assert set(moved) == {
        ("上坝", False),
        ("中坝", False),
        ("下坝", False),
        ("石头寨", False),
    }
    assert all(new[0] - old[0] == 10 for old, new in moved.values())
    assert [(row.baskets, row.before, row.after) for row in found.fares] == [
        (1, 500, 400)
    ]
    assert found.weekdays == ("1234567", "12345")


def test_the_first_edition_has_nothing_to_compare_with(busline):
    assert changed(drawn_up(busline)).first


def test_the_same_timetable_again_changes_nothing(busline):
    published(busline)
    assert changed(drawn_up(busline, valid_from=day(10))).none
