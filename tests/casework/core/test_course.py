"""The course of a case through the actions, step by step."""

from datetime import timedelta
from uuid import uuid4

import pytest

from tests.casework.world import (
    NOW,
    World,
    answered,
    category,
    need,
    report,
    resolved,
    working,
)
from wugeyi.audit.models import AuditEvent
from wugeyi.casework.actions import closing, combining, escalating, handling
from wugeyi.casework.actions.intake import register
from wugeyi.casework.actions.writing import RESIDENT
from wugeyi.casework.models import Assignment, Case, Escalation, Reporter
from wugeyi.casework.rules.refusals import Refused, Why
from wugeyi.organisations.models import Organisation


def refused(why: Why):
    return pytest.raises(Refused, match=f"^{why.value}$")


def test_a_need_is_sent_to_the_community_whose_duty_list_has_it(world: World) -> None:
    case = report(world)
    assert case.state == "assigned"
    assert case.handler == world.community
    assignment = case.assignments.get()
    assert assignment.reason == (
        "地点在「金桥社区」，类别「垃圾清运」在社区 v1 职责清单内，由「金桥社区」办理。"
    )
    assert str(assignment.duty_list) == "社区 v1"


def test_a_need_no_list_below_has_goes_up_to_the_department(world: World) -> None:
    Assignment.objects.all().delete()
    case = report(world, category=category("water"))
    # Water stands on the county's list only.
    assert case.handler == world.county


def test_a_department_answers_where_no_nearer_list_does(world: World) -> None:
    from wugeyi.casework.models import Duty

    Duty.objects.filter(category__code="street-light").delete()
    case = report(world, category=category("street-light"))
    assert case.handler == world.department
    assert "甲县城管局" in case.assignments.get().reason


def test_a_need_nobody_answers_for_waits_for_a_dispatcher(world: World) -> None:
    from wugeyi.casework.models import Duty

    Duty.objects.filter(category__code="rubbish").delete()
    case = report(world)
    assert (case.state, case.handler) == ("new", world.community)
    case = handling.assign(
        case=case,
        to=world.department,
        reason="城管负责",
        by=world["dispatcher"],
        at=world.now(),
    )
    assert (case.state, case.handler) == ("assigned", world.department)
    # A department has ten working days instead of five: 18 March + 10 = 1 April end.
    assert case.due_at.isoformat() == "2026-04-01T16:00:00+00:00"


def test_the_same_report_sent_twice_is_one_case(world: World) -> None:
    told = need(world)
    first = register(need=told, by=None, at=world.now())
    again = register(need=told, by=None, at=world.now())
    assert first.created
    assert not again.created
    assert first.case == again.case
    assert Case.objects.count() == 1


def test_danger_is_due_at_once(world: World) -> None:
    case = report(world, danger=True)
    assert case.urgency == "urgent"
    assert case.due_at == case.registered_at


def test_the_whole_way_to_resolved(world: World) -> None:
    case = resolved(world)
    assert (case.state, case.outcome, case.satisfaction) == (
        "closed",
        "resolved",
        "yes",
    )
    assert case.contacted_at == case.answered_at
    assert Reporter.objects.get(case=case).keep_until == case.closed_on + timedelta(180)


def test_answered_is_not_resolved(world: World) -> None:
    assert answered(world).outcome == ""


def test_unresolved_goes_back_to_work_with_a_new_clock(world: World) -> None:
    case = answered(world)
    case = closing.call_back(
        case=case,
        method="receipt",
        result="unresolved",
        text="还是黑的",
        by=RESIDENT,
        at=NOW + timedelta(days=2),
    )
    assert (case.state, case.reopened, case.answered_at) == ("working", 1, None)
    assert case.due_at.isoformat() == "2026-03-27T16:00:00+00:00"


def test_a_closed_case_may_be_reopened_for_thirty_days(world: World) -> None:
    case = resolved(world)
    with refused(Why.TOO_LATE):
        closing.call_back(
            case=case,
            method="receipt",
            result="unresolved",
            by=RESIDENT,
            at=case.closed_at + timedelta(days=31),
        )
    case = closing.call_back(
        case=case,
        method="receipt",
        result="unresolved",
        by=RESIDENT,
        at=case.closed_at + timedelta(days=29),
    )
    assert case.state == "working"
    assert Reporter.objects.get(case=case).keep_until is None


def test_unreached_is_never_resolved_and_needs_three_tries_on_two_days(
    world: World,
) -> None:
    case = answered(world)
    for hours in (1, 2, 26):
        with refused(Why.TOO_FEW_TRIES):
            closing.give_up(
                case=case, by=world["dispatcher"], at=NOW + timedelta(hours=hours)
            )
        closing.call_back(
            case=case,
            method="phone",
            result="unreached",
            by=world["dispatcher"],
            at=NOW + timedelta(hours=hours),
        )
    case = closing.give_up(
        case=case, by=world["dispatcher"], at=NOW + timedelta(hours=27)
    )
    assert (case.state, case.outcome) == ("closed", "unreached")


def test_who_answered_may_not_check_the_own_answer(world: World) -> None:
    case = answered(world)
    check = {"case": case, "method": "check", "result": "resolved", "at": world.now()}
    with refused(Why.CHECK_NEEDS_TEXT):
        closing.call_back(**check, by=world["dispatcher"])
    with refused(Why.OWN_CHECK):
        closing.call_back(**check, text="去看了,灯亮了", by=world["worker"])
    case = closing.call_back(**check, text="去看了,灯亮了", by=world["dispatcher"])
    assert case.outcome == "resolved"


def test_a_hand_back_is_decided_and_may_not_be_repeated(world: World) -> None:
    case = report(world)
    case = handling.object_to(
        case=case, reason="不在清单内", by=world["worker"], at=world.now()
    )
    assert case.state == "objected"
    case = handling.decide_objection(
        case=case,
        upheld=False,
        reason="清单第 3 项",
        by=world["dispatcher"],
        at=world.now(),
    )
    assert (case.state, case.handler) == ("assigned", world.community)
    first, second = case.assignments.order_by("id")
    assert (first.upheld, first.decision) == (False, "清单第 3 项")
    assert second.basis == "rejected"
    with refused(Why.DECIDED_BEFORE):
        handling.object_to(case=case, reason="还是", by=world["worker"], at=world.now())


def test_an_upheld_hand_back_goes_to_another(world: World) -> None:
    case = report(world)
    case = handling.object_to(
        case=case, reason="不在清单内", by=world["worker"], at=world.now()
    )
    with refused(Why.SAME_HANDLER):
        handling.decide_objection(
            case=case,
            upheld=True,
            to=world.community,
            reason="x",
            by=world["dispatcher"],
            at=world.now(),
        )
    case = handling.decide_objection(
        case=case,
        upheld=True,
        to=world.town,
        reason="由街道办理",
        by=world["dispatcher"],
        at=world.now(),
    )
    assert (case.handler, case.receiver) == (world.town, world.community)


def test_a_pause_moves_the_deadline_by_the_days_it_touched(world: World) -> None:
    case = working(world)
    assert case.due_at.isoformat() == "2026-03-25T16:00:00+00:00"
    case = handling.pause(
        case=case,
        reason="weather",
        text="连日暴雨",
        by=world["worker"],
        at=NOW + timedelta(days=1),
    )
    assert case.due_at is None
    with refused(Why.ALREADY_PAUSED):
        handling.pause(
            case=case, reason="weather", text="x", by=world["worker"], at=world.now()
        )
    case = handling.resume(case=case, by=world["worker"], at=NOW + timedelta(days=2))
    # Thursday and Friday were touched: two working days more.
    assert case.due_at.isoformat() == "2026-03-27T16:00:00+00:00"


def test_merging_and_undoing(world: World) -> None:
    first, second = report(world), working(world)
    merged = combining.merge(
        case=first, into=second, by=world["worker"], at=world.now()
    )
    assert (merged.state, merged.merged_into) == ("merged", second)
    with refused(Why.NOT_NOW):
        handling.accept(case=first, by=world["worker"], at=world.now())
    with refused(Why.TARGET_CHAIN):
        combining.merge(
            case=second, into=report(world), by=world["worker"], at=world.now()
        )
    again = combining.unmerge(case=first, by=world["worker"], at=world.now())
    assert (again.state, again.merged_into) == ("assigned", None)


def test_joining_keeps_a_receipt_of_ones_own(world: World) -> None:
    first = report(world)
    joined = register(need=need(world), join=first, by=None, at=world.now()).case
    assert joined.merged_into == first
    assert joined.receipt != first.receipt
    back = combining.unmerge(case=joined, by=world["worker"], at=world.now())
    assert back.state == "assigned"


def test_splitting_keeps_the_first_receiver_and_the_clock(world: World) -> None:
    case = report(world)
    key = uuid4()
    values = {
        "case": case,
        "client_id": key,
        "text": "另外水压也低",
        "category": category("water"),
        "by": world["dispatcher"],
        "at": NOW + timedelta(days=1),
    }
    part = combining.split(**values)
    assert combining.split(**values) == part
    assert (part.split_from, part.receiver) == (case, world.community)
    assert part.handler == world.county
    assert part.counting_from == case.counting_from


def test_exclusion_needs_another_person(world: World) -> None:
    case = working(world)
    exclusion = closing.request_exclusion(
        case=case, reason="beyond", text="超出职责", by=world["worker"], at=world.now()
    )
    with refused(Why.WAITING_EXCLUSION):
        closing.request_exclusion(
            case=case, reason="beyond", text="x", by=world["worker"], at=world.now()
        )
    decide = {"exclusion": exclusion, "approved": True, "text": "", "at": world.now()}
    with refused(Why.OWN_REQUEST):
        closing.decide_exclusion(**decide, by=world["worker"])
    assert closing.decide_exclusion(**decide, by=world["supervisor"]).excluded
    with refused(Why.CHANGED):
        closing.decide_exclusion(**decide, by=world["supervisor"])


def test_a_stale_page_cannot_overwrite(world: World) -> None:
    case = working(world)
    seen = case.version
    handling.assign(
        case=case, to=world.town, reason="转", by=world["dispatcher"], at=world.now()
    )
    with refused(Why.CHANGED):
        handling.answer(
            case=case, text="好了", version=seen, by=world["worker"], at=world.now()
        )


def test_escalation_goes_up_once_per_stage(world: World) -> None:
    case = working(world)
    began, due = case.counting_from, case.due_at
    assert escalating.escalate(at=began + timedelta(hours=1)) == 0
    told: list[Organisation] = []
    for at in (due - timedelta(hours=3), due, due + timedelta(days=4)):
        assert escalating.escalate(at=at) == 1
        assert escalating.escalate(at=at) == 0
        told.append(Escalation.objects.latest("id").organisation)
    assert told == [world.community, world.town, world.county]


def test_an_answered_case_is_not_escalated(world: World) -> None:
    case = answered(world)
    assert escalating.escalate(at=case.due_at + timedelta(days=9)) == 0


@pytest.mark.parametrize("make", [report, working, answered, resolved])
def test_every_act_leaves_one_event(world: World, make) -> None:
    acts = {report: 1, working: 2, answered: 3, resolved: 4}[make]
    before = AuditEvent.objects.count()
    make(world)
    assert AuditEvent.objects.count() - before == acts


def test_no_personal_value_stands_in_the_audit(world: World) -> None:
    resolved(world)
    written = "".join(
        f"{event.actor_name}{event.before}{event.after}"
        for event in AuditEvent.objects.all()
    )
    for value in ("13800138000", "张三", "路灯坏了", "已更换灯泡"):
        assert value not in written
