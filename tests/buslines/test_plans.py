"""Plans: frozen, worked out, checked, explained; the same again; stopped; taken over."""

from uuid import uuid4

import pytest

from tests.buslines.line import DAY, BusLine
from tests.buslines.planned import ask, bus, bus_name, plan, scenario, work
from wugeyi.audit.models import AuditEvent
from wugeyi.buslines.actions import planning, series
from wugeyi.buslines.actions.series import Member
from wugeyi.buslines.adapter import planning as engine
from wugeyi.buslines.models import Plan, Scenario
from wugeyi.buslines.queries import compare, scenarios
from wugeyi.buslines.queries.plans import load_plan, see
from wugeyi.buslines.rules.by_hand import Act, Kind, read, write
from wugeyi.buslines.rules.refusals import Refused, Why
from wugeyi.jobs.actions import cancel
from wugeyi.jobs.models import Work
from wugeyi.jobs.tasks import Task, perform


def acts(plan: Plan) -> list[str]:
    return list(
        AuditEvent.objects.filter(subject_type="buslines.plan", subject_id=str(plan.pk))
        .order_by("id")
        .values_list("action", flat=True)
    )


def test_a_plan_is_worked_out_checked_and_explained(busline: BusLine) -> None:
    made = plan(busline)
    assert made.finished_at
    assert made.breaches == []
    assert made.proven
    assert made.value_fen == made.bound_fen
    assert made.persons + made.persons_left == 20
    assert made.requests == 7
    assert made.requests_left == made.left_out.count() > 0
    assert made.left_out.filter(reason__isnull=True).count() == 0
    for row in made.left_out.all():
        assert row.request in engine.said(row.reason) or row.reason["values"]["name"]
    assert made.cost_fen > made.revenue_fen > 0
    assert (made.trips, made.buses) == (2, 1)
    assert acts(made) == [
        "buslines.ask_for_plan",
        "buslines.answer_plan",
        "buslines.explain_plan",
    ]


def test_what_was_planned_from_stays_when_records_change(busline: BusLine) -> None:
    made = ask(busline, scenario(busline))
    before = made.digest
    busline.rule("stops_limit", 1)
    work()
    made.refresh_from_db()
    assert made.digest == before
    assert made.inputs["rules"]["stops_limit"] == 4
    assert made.stops > 1


def test_the_same_inputs_and_steps_give_the_same_plan(busline: BusLine) -> None:
    made = plan(busline)
    again = engine.work_out(made.inputs, made.fares, made.steps, lambda _v, _b: True)
    assert again.result == made.result
    assert again.figures.value_fen == made.value_fen


def test_asking_twice_is_one_plan_and_another_scenario_takes_it_over(
    busline: BusLine,
) -> None:
    found = scenario(busline)
    one, other = ask(busline, found), ask(busline, found)
    assert one == other
    assert Work.objects.filter(kind="buslines.plan").count() == 1
    work()
    third = ask(busline, scenario(busline, "同样的数据"))
    one.refresh_from_db()
    assert third != one
    assert third.work is None
    assert third.result == one.result
    assert third.value_fen == one.value_fen
    reasons = dict(third.left_out.values_list("request", "reason"))
    assert reasons == dict(one.left_out.values_list("request", "reason"))


def test_stopping_keeps_the_best_so_far(
    busline: BusLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = ask(busline, scenario(busline))
    found = Work.objects.get(kind="buslines.plan")
    told: list[str] = []

    def stop(
        self: Task, done: int, of: int = 0, message: str = "", value: str = ""
    ) -> bool:
        told.append(message)
        if message == "planning":
            cancel(work=self.work, by=busline.by, at=busline.world.now())
            self.stopped = True
            return False
        return True

    monkeypatch.setattr(Task, "tell", stop)
    Work.objects.filter(pk=found.pk).update(state="running")
    found.refresh_from_db()
    perform(found)
    made.refresh_from_db()
    found.refresh_from_db()
    assert "planning" in told
    assert found.state == Work.State.CANCELLED
    assert made.stopped
    assert made.finished_at
    assert made.bound_fen is not None
    assert made.bound_fen >= (made.value_fen or 0)
    assert made.breaches == []


def test_progress_tells_value_and_bound(busline: BusLine) -> None:
    made = ask(busline, scenario(busline))
    told: list[tuple[int, int]] = []

    def progress(value: int, bound: int) -> bool:
        told.append((value, bound))
        return True

    engine.work_out(made.inputs, made.fares, made.steps, progress)
    assert told
    assert all(value <= bound for value, bound in told)


def test_without_the_packages_it_says_so(
    busline: BusLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = scenario(busline)
    made = ask(busline, found)
    monkeypatch.setattr(engine, "NEEDED", ("numpy", "no_such_package"))
    with pytest.raises(Refused) as refused:
        ask(busline, found)
    assert refused.value.why is Why.NEEDS_PLANNING
    done = perform(Work.objects.get(kind="buslines.plan"))
    assert (done.state, done.message) == (Work.State.FAILED, "needs_planning")
    made.refresh_from_db()
    assert made.finished_at is None


def test_records_that_cannot_be_planned_from_are_refused(busline: BusLine) -> None:
    found = scenario(busline, fleet={v.pk: 0 for v in busline.vehicles.values()})
    with pytest.raises(Refused) as refused:
        ask(busline, found)
    assert refused.value.why is Why.NO_INPUTS
    with pytest.raises(Refused) as refused:
        ask(busline, scenario(busline), steps=7)
    assert refused.value.why is Why.BAD_VALUE
    assert not Plan.objects.exists()


def test_a_series_is_one_click(busline: BusLine) -> None:
    key = uuid4()
    members = [
        Member("停 1 站", {"stops_limit": 1}),
        Member("停 4 站", {"stops_limit": 4}),
    ]
    for _twice in range(2):
        made = series.make_series(
            line=busline.line,
            client_id=key,
            members=members,
            on=DAY,
            by=busline.by,
            at=busline.world.now(),
        )
    assert Scenario.objects.count() == Plan.objects.count() == 2
    work()
    rows = scenarios.chosen(busline.line, [each.pk for each in made])
    columns = compare.columns(rows)
    table = {
        each.name: each.cells
        for each in compare.figures(columns, {name: name for name in compare.READERS})
    }
    assert table["persons"][0].more is None
    more = table["value_fen"][1].more
    assert more is not None
    assert more > 0
    assert table["ride"][0].value is not None


# By hand


def by_hand(busline: BusLine, base: Plan, *changes: str) -> Plan:
    return planning.save_by_hand(
        base=base,
        client_id=uuid4(),
        acts=[read(each) for each in changes],
        words="试一试",
        by=busline.by,
        at=busline.world.now(),
    )


def test_a_change_is_written_and_read_again() -> None:
    for act in (
        Act(Kind.MOVE, vehicle="大 车:1", number=2, trip=1, minute=425),
        Act(Kind.HAND, vehicle="a", number=1, trip=0, to_vehicle="b/c", to_number=3),
        Act(Kind.DROP, request="r,7"),
        Act(Kind.TAKE, request="r7", vehicle="a", number=1, trip=0, position=2),
    ):
        assert read(write(act)) == act


@pytest.mark.parametrize(
    "text", ["", "move", "move:a:1:0", "move:a:1:0:9999", "fly:a", "move:a:x:0:5"]
)
def test_what_is_no_change_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        read(text)


def test_a_trip_moved_too_far_is_kept_with_its_breaches(busline: BusLine) -> None:
    base = plan(busline)
    made = by_hand(busline, base, f"move:{bus(base)}:1:0:500")
    assert made.base == base
    assert made.breaches
    assert made.work is None
    assert made.finished_at
    assert made.value_fen == base.value_fen
    base.refresh_from_db()
    assert base.breaches == []
    shown = see(load_plan(made.pk) or made)
    assert shown is not None
    sentence = shown.say(made.breaches[0])
    assert "08:20" in sentence or bus_name(base) in sentence


def test_a_request_dropped_loses_its_worth_and_is_left_out(busline: BusLine) -> None:
    base = plan(busline)
    served = {each.code for each in see(base).seen.case.requests} - {  # type: ignore[union-attr]
        row.request for row in base.left_out.all()
    }
    code = sorted(served)[0]
    made = by_hand(busline, base, f"drop:{code}")
    assert made.requests_left == base.requests_left + 1
    assert (made.value_fen or 0) < (base.value_fen or 0)
    kept = dict(made.left_out.values_list("request", "reason"))
    assert kept.pop(code) is None
    assert kept == dict(base.left_out.values_list("request", "reason"))


def test_what_finds_nothing_to_change_is_refused(busline: BusLine) -> None:
    base = plan(busline)
    for changes in (["drop:nobody"], ["move:large:9:0:400"], ["move:none:1:0:400"], []):
        with pytest.raises(Refused) as refused:
            by_hand(busline, base, *changes)
        assert refused.value.why is Why.BAD_VALUE
    waiting = ask(busline, scenario(busline, stops_limit=2))
    with pytest.raises(Refused) as refused:
        by_hand(busline, waiting, "drop:r1")
    assert refused.value.why is Why.NOT_READY
    assert Plan.objects.filter(base__isnull=False).count() == 0
