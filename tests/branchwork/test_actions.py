"""Acts: one event each, written once, nothing lost, figures right at every moment."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection

from tests.audit.helpers import assert_no_event, assert_one_event
from tests.casework.world import NOW, report
from wugeyi.branchwork.actions import approvals, decisions, dictionaries, records
from wugeyi.branchwork.actions.suggestions import follow
from wugeyi.branchwork.models import (
    Decision,
    DutyItem,
    SecretaryTerm,
    Suggestion,
    Topic,
    VanguardPost,
)
from wugeyi.branchwork.rules.meetings import Stage
from wugeyi.branchwork.rules.refusals import Refused, Why
from wugeyi.branchwork.rules.suggestions import State
from wugeyi.figures.queries import Period, figures

DAY = date(2026, 3, 10)
MARCH = Period.month(2026, 3)


def decide(world, **more):
    values = {
        "topic": Topic.objects.get(code="public-works"),
        "held_on": DAY,
        "matter": "巷口装不装路灯",
        "opinion": "先装三盏",
        "adopted": "yes",
    }
    kept = {name: more.pop(name) for name in ("cases", "client_id") if name in more}
    return records.add(
        model=Decision,
        organisation=world.community,
        values=values | more,
        by=world["secretary"],
        at=world.now(),
        **kept,
    )


def suggest(world, **more):
    values = {"kind": "residents", "text": "先装学生走的那段", "made_on": DAY} | more
    return records.add(
        model=Suggestion,
        organisation=world.community,
        values=values,
        by=world["secretary"],
        at=world.now(),
    ).row


def counted(world, *codes, as_of=None, period=MARCH, place=None):
    found = figures(codes, place or world.community, period, as_of=as_of)
    return [found[code].value for code in codes]


class TestDecisions:
    def test_recording_leaves_one_event_and_counts(self, world) -> None:
        case = report(world)
        with assert_one_event("branchwork.record") as events:
            added = decide(world, cases=[case])
        assert added.created
        assert f'"cases":[{case.pk}]' in events[0].after
        codes = ("decisions_joined", "opinions_adopted", "decisions_from_needs")
        assert counted(world, *codes) == [1, 1, 1]
        # And in every unit above.
        assert counted(world, "decisions_joined", place=world.city) == [1]

    def test_the_same_entry_sent_twice_is_one(self, world) -> None:
        key = uuid4()
        first = decide(world, client_id=key)
        with assert_no_event():
            again = decide(world, client_id=key, matter="别的")
        assert again.row == first.row
        assert not again.created
        assert again.row.matter == "巷口装不装路灯"
        assert counted(world, "decisions_joined") == [1]

    def test_a_correction_keeps_what_stood_before_and_the_past_figure(
        self, world
    ) -> None:
        row = decide(world).row
        before = world.now()
        with assert_one_event("branchwork.correct"):
            put = records.correct(
                row=row,
                values={"held_on": date(2026, 2, 27), "matter": "巷口装几盏路灯"},
                why="日期记错了",
                version=row.version,
                by=world["secretary"],
                at=world.now(),
            )
        assert put.pk == row.pk
        assert put.replaces.matter == "巷口装不装路灯"
        assert put.replaces.withdrawn_why == "日期记错了"
        february = Period.month(2026, 2)
        assert counted(world, "decisions_joined") != [1]
        assert counted(world, "decisions_joined", period=february) == [1]
        assert counted(world, "decisions_joined", as_of=before) == [1]

    def test_withdrawing_takes_it_out_from_now_on_only(self, world) -> None:
        row = decide(world).row
        before = world.now()
        with assert_one_event("branchwork.withdraw"):
            records.withdraw(
                row=row, why="记重了", by=world["secretary"], at=world.now()
            )
        assert counted(world, "decisions_joined") != [1]
        assert counted(world, "decisions_joined", as_of=before) == [1]
        assert Decision.objects.get(pk=row.pk).matter == "巷口装不装路灯"
        with assert_no_event(), pytest.raises(Refused) as refused:
            records.withdraw(row=row, why="再撤", by=None, at=world.now())
        assert refused.value.why is Why.WITHDRAWN

    def test_a_stale_page_overwrites_nothing(self, world) -> None:
        row = decide(world).row
        decisions.record_outcome(
            decision=row,
            adopted="yes",
            outcome="装好了",
            on=DAY,
            by=world["worker"],
            at=world.now(),
        )
        with assert_no_event(), pytest.raises(Refused) as refused:
            records.correct(
                row=row,
                values={"matter": "旧页面"},
                why="x",
                version=1,
                by=None,
                at=world.now(),
            )
        assert refused.value.why is Why.CHANGED

    def test_outcome_cases_and_meetings_each_leave_one_event(self, world) -> None:
        row = decide(world).row
        case = report(world)
        by, at = world["secretary"], world.now()
        with assert_one_event("branchwork.record_outcome"):
            decisions.record_outcome(
                decision=row,
                adopted="partly",
                outcome="装了两盏",
                on=DAY,
                by=by,
                at=at,
            )
        assert counted(world, "decisions_told") == [1]
        with assert_one_event("branchwork.link_cases"):
            decisions.link_cases(decision=row, cases=[case], by=by, at=at)
        with assert_no_event():
            decisions.link_cases(decision=row, cases=[case], by=by, at=at)
        with assert_one_event("branchwork.unlink_case"):
            decisions.unlink_case(decision=row, case_id=case.pk, by=by, at=at)
        with assert_no_event():
            decisions.unlink_case(decision=row, case_id=case.pk, by=by, at=at)
        held = {"body": "members", "held_on": DAY, "due": 9}
        held |= {"attended": 7, "in_favour": 6}
        with assert_one_event("branchwork.record_meetings"):
            approvals.record_meetings(
                decision=row, meetings={Stage.REVIEW: held}, by=by, at=at
            )
        assert row.meetings.get().attended == 7


class TestSuggestions:
    def test_followed_to_its_end(self, world) -> None:
        row = suggest(world)
        steps = ((State.ADOPTED, 3), (State.DONE, 9))
        for state, days in steps:
            with assert_one_event("branchwork.follow"):
                row = follow(
                    suggestion=row,
                    state=state,
                    result="装了" if state is State.DONE else "",
                    on=DAY + timedelta(days=days),
                    by=world["worker"],
                    at=world.now(),
                )
        assert row.decided_on == DAY + timedelta(days=3)
        assert row.ended_on == DAY + timedelta(days=9)
        codes = ("suggestions_made", "suggestions_adopted", "suggestions_done")
        assert counted(world, *codes) == [1, 1, 1]
        with assert_no_event(), pytest.raises(Refused) as refused:
            follow(
                suggestion=row,
                state=State.DECLINED,
                result="反悔",
                on=DAY,
                by=None,
                at=world.now(),
            )
        assert refused.value.why is Why.NOT_NOW

    def test_nothing_happens_before_it_was_made(self, world) -> None:
        row = suggest(world)
        with pytest.raises(Refused) as refused:
            follow(
                suggestion=row,
                state=State.ADOPTED,
                result="",
                on=DAY - timedelta(days=1),
                by=None,
                at=world.now(),
            )
        assert refused.value.why is Why.BEFORE_BEGIN


class TestStanding:
    def test_a_post_counts_while_it_stands(self, world) -> None:
        values = {"kind": "vanguard", "name": "导诊台", "valid_from": DAY}
        row = records.add(
            model=VanguardPost,
            organisation=world.community,
            values=values,
            by=world["secretary"],
            at=world.now(),
        ).row
        with assert_one_event("branchwork.end"):
            records.end(
                row=row, on=date(2026, 5, 1), by=world["secretary"], at=world.now()
            )
        for month, stands in ((2, False), (3, True), (4, True), (5, False)):
            period = Period.month(2026, month)
            found = counted(world, "vanguard_posts", period=period) == [1]
            assert found is stands, month
        with assert_no_event(), pytest.raises(Refused):
            records.end(row=row, on=DAY, by=None, at=world.now())

    def test_the_share_counts_medical_branches_only(self, world) -> None:
        rows = [("clinical", True)] * 9 + [("medical_technical", True)]
        rows += [("administrative", False), ("other", False)]
        for number, (leads, backbone) in enumerate(rows):
            records.add(
                model=SecretaryTerm,
                organisation=world.community,
                values={
                    "person": f"书记{number}",
                    "valid_from": DAY,
                    "leads_unit": leads,
                    "backbone": backbone,
                },
                by=None,
                at=world.now(),
            )
        found = figures(["secretaries_professional"], world.city, MARCH)
        share = found["secretaries_professional"]
        assert (share.numerator, share.denominator, share.percent) == (10, 10, 100.0)


class TestDictionaries:
    def test_duties_are_empty_until_somebody_installs_the_preset(self, world) -> None:
        assert not DutyItem.objects.exists()
        with assert_one_event("branchwork.install_duty_items"):
            made = dictionaries.install_duty_items(valid_from=DAY, by=None, at=NOW)
        assert made == 8
        assert not DutyItem.objects.filter(verified=True).exists()
        with assert_no_event():
            assert not dictionaries.install_duty_items(valid_from=DAY, by=None, at=NOW)

    def test_the_six_kinds_of_hospitals_are_marked_unverified(self, world) -> None:
        suited = [topic for topic in Topic.objects.all() if topic.suits("hospital")]
        sourced = [topic for topic in suited if topic.basis]
        assert len(sourced) == 6
        assert not any(topic.verified for topic in sourced)
        with assert_no_event():
            dictionaries.install_dictionaries(by=None, at=NOW)

    def test_an_entry_changed_leaves_what_it_was(self, world) -> None:
        topic = Topic.objects.get(code="other")
        with assert_one_event("branchwork.save_entry") as events:
            dictionaries.save_entry(
                model=Topic,
                row=topic,
                values={"name_zh": "别的"},
                by=world["administrator"],
                at=world.now(),
            )
        assert "其他" in events[0].before


@pytest.mark.django_db(transaction=True)
def test_two_at_the_same_moment_make_one_record(world) -> None:
    key = uuid4()

    def send(_number: int) -> bool:
        try:
            return decide(world, client_id=key).created
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        made = list(pool.map(send, range(2)))
    assert sorted(made) == [False, True]
    assert Decision.objects.count() == 1
