"""Whatever people do in whatever order, these hold."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.casework.world import NOW, World, category, need, report
from wugeyi.audit.models import AuditEvent
from wugeyi.casework.actions import closing, combining, handling
from wugeyi.casework.actions.intake import register
from wugeyi.casework.models import Case, Escalation, Merge
from wugeyi.casework.rules.escalation import SOON_LEAST, Stage, stage, told
from wugeyi.casework.rules.receipts import ALPHABET, LENGTH, display, issue, normalise
from wugeyi.casework.rules.refusals import Refused
from wugeyi.casework.rules.states import STEPS, State


def acts(world: World) -> dict[str, Callable[[Case, Case], object]]:
    """Every act, with somebody who does it; its refusals are answers."""
    worker, dispatcher = world["worker"], world["dispatcher"]

    def at() -> dict:
        return {"at": world.now()}

    def call(method: str, result: str) -> Callable[[Case, Case], object]:
        return lambda case, _: closing.call_back(
            case=case, method=method, result=result, text="见", by=dispatcher, **at()
        )

    return {
        "assign": lambda c, _: handling.assign(
            case=c, to=world.town, reason="转", by=dispatcher, **at()
        ),
        "accept": lambda c, _: handling.accept(case=c, by=worker, **at()),
        "object": lambda c, _: handling.object_to(
            case=c, reason="否", by=worker, **at()
        ),
        "uphold": lambda c, _: handling.decide_objection(
            case=c, upheld=True, to=world.county, reason="改", by=dispatcher, **at()
        ),
        "reject": lambda c, _: handling.decide_objection(
            case=c, upheld=False, reason="继续", by=dispatcher, **at()
        ),
        "contact": lambda c, _: handling.write_update(
            case=c, kind="contact", text="已联系", by=worker, **at()
        ),
        "note": lambda c, _: handling.write_update(
            case=c, kind="note", text="备注", by=worker, **at()
        ),
        "pause": lambda c, _: handling.pause(
            case=c, reason="weather", text="雨", by=worker, **at()
        ),
        "resume": lambda c, _: handling.resume(case=c, by=worker, **at()),
        "ask": lambda c, _: handling.ask(
            case=c, organisation=world.department, text="请看", by=worker, **at()
        ),
        "answer": lambda c, _: handling.answer(case=c, text="好了", by=worker, **at()),
        "resolved": call("phone", "resolved"),
        "checked": call("check", "resolved"),
        "unresolved": call("phone", "unresolved"),
        "unreached": call("phone", "unreached"),
        "give_up": lambda c, _: closing.give_up(case=c, by=dispatcher, **at()),
        "refer": lambda c, _: closing.refer(
            case=c, text="请走仲裁", by=dispatcher, **at()
        ),
        "withdraw": lambda c, _: closing.withdraw(case=c, by=dispatcher, **at()),
        "merge": lambda c, other: combining.merge(
            case=c, into=other, by=worker, **at()
        ),
        "unmerge": lambda c, _: combining.unmerge(case=c, by=worker, **at()),
        "split": lambda c, _: combining.split(
            case=c,
            client_id=uuid4(),
            text="另一件",
            category=category("water"),
            by=dispatcher,
            **at(),
        ),
        "reclassify": lambda c, _: handling.reclassify(
            case=c,
            category=category("noise"),
            urgency="timely",
            place=world.neighbour,
            reason="改正",
            by=worker,
            **at(),
        ),
        "exclude": lambda c, _: closing.request_exclusion(
            case=c, reason="beyond", text="超", by=worker, **at()
        ),
    }


NAMES = [
    "assign",
    "accept",
    "object",
    "uphold",
    "reject",
    "contact",
    "note",
    "pause",
    "resume",
    "ask",
    "answer",
    "resolved",
    "checked",
    "unresolved",
    "unreached",
    "give_up",
    "refer",
    "withdraw",
    "merge",
    "unmerge",
    "split",
    "reclassify",
    "exclude",
]
LEADS_TO = {
    (source, target or source)
    for sources, target in STEPS.values()
    for source in sources
}


def check(case: Case) -> None:
    assert (
        (case.state == "closed") == (case.outcome != "") == (case.closed_at is not None)
    )
    assert (case.state == "merged") == (case.merged_into_id is not None)
    assert Merge.objects.filter(case=case, undone_at=None).exists() == (
        case.state == "merged"
    )
    current = case.assignments.filter(ended_at=None)
    if case.state != "closed":
        assert [a.organisation_id for a in current] == [case.handler_id]
    if case.outcome == "resolved":
        last = case.callbacks.latest("id")
        assert last.result == "resolved"
    if case.pauses.filter(ended_at=None).exists():
        assert (case.state != "closed", case.due_at) == (True, None)


@pytest.mark.django_db
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(plan=st.lists(st.tuples(st.integers(0, 1), st.sampled_from(NAMES)), max_size=14))
def test_any_course_keeps_the_invariants(world: World, plan) -> None:
    with transaction.atomic():
        cases = [report(world), report(world)]
        does = acts(world)
        for which, name in plan:
            case = Case.objects.get(pk=cases[which].pk)
            events = AuditEvent.objects.count()
            try:
                with transaction.atomic():
                    does[name](case, cases[1 - which])
            except Refused:
                after = Case.objects.get(pk=case.pk)
                assert (after.state, after.version) == (case.state, case.version)
                assert AuditEvent.objects.count() == events
                continue
            after = Case.objects.get(pk=case.pk)
            assert after.version == case.version + 1
            assert AuditEvent.objects.count() == events + 1
            moved = (State(case.state), State(after.state))
            assert moved in LEADS_TO or name == "unmerge", name
            for each in cases:
                check(Case.objects.get(pk=each.pk))
        transaction.set_rollback(True)


@given(st.integers(min_value=0, max_value=2**80 - 1))
def test_a_receipt_reads_back_however_it_is_typed(number: int) -> None:
    code = issue(number)
    assert len(code) == LENGTH
    assert normalise(display(code).lower()) == code
    assert normalise(f" {code[:5]} {code[5:]} ") == code


@given(
    st.integers(min_value=0, max_value=2**80 - 1),
    st.integers(0, LENGTH - 1),
    st.sampled_from(ALPHABET[:31]),
)
def test_one_mistyped_character_is_noticed(number: int, at: int, wrong: str) -> None:
    code = issue(number)
    typed = code[:at] + wrong + code[at + 1 :]
    assert typed == code or normalise(typed) is None


@given(st.integers(min_value=0, max_value=2**80 - 1), st.integers(0, LENGTH - 3))
def test_swapped_neighbours_are_noticed(number: int, at: int) -> None:
    code = issue(number)
    typed = code[:at] + code[at + 1] + code[at] + code[at + 2 :]
    assert typed == code or normalise(typed) is None


@given(
    st.timedeltas(min_value=timedelta(hours=1), max_value=timedelta(days=90)),
    st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=120)),
)
def test_stages_come_in_order_and_never_before_the_last_fifth(span, passed) -> None:
    due = NOW + span
    reached = stage(began=NOW, due=due, now=NOW + passed)
    order = [None, Stage.SOON, Stage.EXPIRED, Stage.LONG]
    later = stage(began=NOW, due=due, now=NOW + passed + timedelta(hours=1))
    assert order.index(later) >= order.index(reached)
    assert (reached in {Stage.EXPIRED, Stage.LONG}) == (passed >= span)
    if reached is Stage.SOON:
        assert span - passed <= max(SOON_LEAST, span / 5)


def test_short_trees_end_at_the_root() -> None:
    assert [told([7], reached) for reached in Stage] == [7, 7, 7]
    assert [told([7, 8, 9, 10], reached) for reached in Stage] == [7, 8, 9]


def test_escalation_rows_are_unique_in_the_database(world: World) -> None:
    case = report(world)
    row = {"case": case, "stage": "soon", "due_at": case.due_at, "at": NOW}
    Escalation.objects.create(organisation=world.town, **row)
    with pytest.raises(Exception, match=r"(?i)unique"), transaction.atomic():
        Escalation.objects.create(organisation=world.town, **row)


def test_a_number_of_another_system_is_one_case(world: World) -> None:
    one = register(
        need=need(world, channel="hotline", source_number="H1"), by=None, at=NOW
    )
    two = register(
        need=need(world, channel="hotline", source_number="H1"), by=None, at=NOW
    )
    assert (one.case, two.created) == (two.case, False)
