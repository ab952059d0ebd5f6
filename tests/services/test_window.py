from datetime import timedelta
from uuid import uuid4

import pytest

from tests.services.desk import values
from wugeyi.audit.models import AuditEvent
from wugeyi.casework.actions import closing, handling
from wugeyi.casework.models import Case
from wugeyi.casework.rules.receipts import display
from wugeyi.services.actions import catalogue, following, queue, window
from wugeyi.services.models import Matter, Service, Visit
from wugeyi.services.queries import matters
from wugeyi.services.rules.refusals import DeskRefused, Why
from wugeyi.services.rules.trips import Result, Stage


def test_a_complete_matter_goes_to_the_step_behind_the_window(desk) -> None:
    visit = desk.first(Result.ACCEPTED, desk.card, desk.photo)
    case = visit.matter.case
    assert case.handler == desk.world.department
    assert (case.state, case.channel, case.place) == ("assigned", "door", desk.unit)
    matter = visit.matter
    # Wednesday and three working days: until Monday is over, in Guiyang.
    assert matter.promised_at.date().isoformat() == "2026-03-23"
    assert not matter.told
    assert visit.waited_seconds is None


def test_done_at_once_is_answered_by_the_window_itself(desk) -> None:
    visit = desk.first(Result.DONE, desk.card, desk.photo, answer="证已发")
    case = visit.matter.case
    assert (case.state, case.handler) == ("answered", desk.unit)
    assert case.updates.get().text == "证已发"
    assert visit.matter.on_the_spot
    assert visit.matter.done_first_time


def test_everything_missing_is_told_at_once_and_the_clock_stands_still(desk) -> None:
    visit = desk.first(Result.TOLD)
    assert [p.material.name for p in matters.trip_of(visit).missing] == [
        "身份证",
        "照片",
    ]
    pause = visit.matter.case.pauses.get()
    assert (pause.reason, pause.ended_at) == ("materials", None)
    assert visit.matter.case.due_at is None
    assert visit.matter.promised_at is None
    second = desk.next(visit, Result.ACCEPTED, desk.card, desk.photo)
    matter = second.matter
    assert (second.trip, matter.trips, matter.told_again) == (2, 2, 0)
    assert matter.case.pauses.get().ended_at is not None
    assert matter.case.due_at is not None
    assert matter.promised_at is not None


def test_a_new_missing_material_is_our_failure_and_counted(desk) -> None:
    visit = desk.first(Result.TOLD, desk.card)
    second = desk.next(visit, Result.TOLD, desk.card, desk.photo, extra="社区证明")
    assert second.new_missing == 1
    third = desk.next(second, Result.TOLD, desk.card, extra="社区证明")
    assert third.new_missing == 0
    assert third.matter.told_again == 1


def test_what_came_onto_the_list_later_is_no_failure(desk) -> None:
    visit = desk.first(Result.TOLD, desk.card)
    material = {"name": "表", "originals": 1, "copies": 0, "electronic": False}
    catalogue.save_material(
        service=desk.service,
        material=None,
        values=material,
        by=None,
        at=desk.world.now(),
    )
    second = desk.next(visit, Result.TOLD, desk.card, desk.photo)
    assert second.new_missing == 0
    # A reworded one is still the same line.
    catalogue.save_material(
        service=desk.service,
        material=desk.photo,
        values=material | {"name": "一寸照片"},
        by=None,
        at=desk.world.now(),
    )
    third = desk.next(second, Result.TOLD, desk.card)
    assert third.new_missing == 0


@pytest.mark.parametrize(
    ("result", "brought", "why"),
    [
        (Result.DONE, False, Why.STILL_MISSING),
        (Result.TOLD, True, Why.NOTHING_MISSING),
    ],
)
def test_a_result_that_the_papers_deny_is_refused(desk, result, brought, why) -> None:
    papers = (desk.card, desk.photo) if brought else ()
    with pytest.raises(DeskRefused) as refusal:
        desk.first(result, *papers)
    assert refusal.value.why is why
    assert not Matter.objects.exists()
    assert not Case.objects.exists()


def test_the_same_press_twice_is_one_matter_and_one_trip(desk) -> None:
    key = uuid4()
    first = desk.first(Result.TOLD, client_id=key)
    again = desk.first(Result.TOLD, client_id=key)
    assert first == again
    key = uuid4()
    second = desk.next(first, Result.ASKED, client_id=key)
    assert desk.next(first, Result.ASKED, client_id=key) == second
    assert Matter.objects.get().trips == 2
    assert Visit.objects.count() == 2


def test_a_number_is_served_once(desk) -> None:
    ticket = desk.ticket()
    first = desk.first(Result.TOLD, visit=ticket)
    assert desk.first(Result.TOLD, visit=ticket) == first
    assert Case.objects.count() == 1


def test_who_comes_after_the_end_is_only_noted(desk) -> None:
    visit = desk.first(Result.DONE, desk.card, desk.photo)
    with pytest.raises(DeskRefused) as refusal:
        desk.next(visit, Result.ACCEPTED, desk.card, desk.photo)
    assert refusal.value.why is Why.ENDED
    asked = desk.next(visit, Result.ASKED)
    assert asked.matter.trips == 2
    assert not asked.matter.done_first_time


def test_the_queue_counts_the_wait_between_number_and_window(desk) -> None:
    world = desk.world
    start = world.now()
    one, two = desk.ticket(start), desk.ticket(start)
    assert (one.number, two.number) == (1, 2)
    by = world["worker"]
    called = queue.call(visit=one, by=by, at=start + timedelta(minutes=5))
    assert called.stage is Stage.CALLED
    served = queue.serve(visit=one, by=by, at=start + timedelta(minutes=6))
    assert served.waited_seconds == 360
    again = queue.serve(visit=one, by=by, at=start + timedelta(minutes=9))
    assert again.waited_seconds == 360
    visit = desk.first(Result.TOLD, visit=one, at=start + timedelta(minutes=12))
    assert visit.waited_seconds == 360
    queue.leave(visit=two, by=by, at=start + timedelta(minutes=7))
    with pytest.raises(DeskRefused):
        queue.serve(visit=two, by=by, at=start + timedelta(minutes=8))
    with pytest.raises(DeskRefused):
        desk.first(Result.TOLD, visit=two)


def test_numbers_begin_anew_every_day(desk) -> None:
    at = desk.world.now()
    assert desk.ticket(at).number == 1
    assert desk.ticket(at + timedelta(days=1)).number == 1


def test_a_number_of_another_window_is_refused(desk) -> None:
    ticket = queue.arrive(
        desk=desk.world.neighbour,
        client_id=uuid4(),
        by=desk.world["neighbour"],
        at=desk.world.now(),
    )
    with pytest.raises(DeskRefused) as refusal:
        desk.first(Result.TOLD, visit=ticket)
    assert refusal.value.why is Why.NOT_YOURS


def test_where_it_got_stuck_is_computed_from_the_assignments(desk) -> None:
    world = desk.world
    visit = desk.first(Result.ACCEPTED, desk.card, desk.photo)
    case = visit.matter.case
    at = visit.finished_at
    case = handling.accept(case=case, by=world["department"], at=at + timedelta(days=1))
    case = handling.assign(
        case=case,
        to=world.town,
        reason="盖章",
        by=world["dispatcher"],
        at=at + timedelta(days=2),
    )
    assert following.follow_changed(at=at + timedelta(days=3)) == 1
    assert Matter.objects.get().late_on is None
    late = at + timedelta(days=12)
    assert following.follow_changed(at=late) == 1
    matter = Matter.objects.get()
    assert matter.stuck_at == world.town
    # Promised by midnight; the first day past it.
    assert matter.late_on.isoformat() == "2026-03-24"
    assert following.follow_changed(at=late) == 0
    assert following.follow_late(at=late + timedelta(days=1)) == 1
    case = handling.accept(case=case, by=world["town_worker"], at=late)
    handling.answer(case=case, text="好了", by=world["town_worker"], at=late)
    assert following.follow_changed(at=late) == 1
    matter = Matter.objects.get()
    assert matter.done_on.isoformat() == "2026-03-30"
    assert matter.done_first_time
    assert matter.stuck_seconds == 10 * 86_400


def test_a_reopened_case_is_no_longer_done(desk) -> None:
    world = desk.world
    visit = desk.first(Result.DONE, desk.card, desk.photo)
    closing.call_back(
        case=visit.matter.case,
        method="phone",
        result="unresolved",
        text="证上名字错了",
        by=world["dispatcher"],
        at=world.now(),
    )
    following.follow_changed(at=world.now())
    matter = Matter.objects.get()
    assert matter.done_at is None
    assert not matter.done_first_time


def test_a_matter_is_found_by_receipt_or_number_and_by_nothing_else(desk) -> None:
    matter = desk.first(Result.TOLD).matter
    for typed in (display(matter.case.receipt), f" {matter.case.number} "):
        assert matters.find(typed) == matter
    for typed in ("", "20260318-1-1", f"20200101-{matter.case.pk}", "7K3M-9QXP-2T4V"):
        assert matters.find(typed) is None


def test_every_trip_leaves_one_event_and_no_name(desk) -> None:
    from wugeyi.casework.actions.intake import Asker

    before = AuditEvent.objects.filter(action="services.trip").count()
    window.first_trip(
        desk=desk.unit,
        service=desk.service,
        coming=desk.coming(Result.TOLD),
        asker=Asker(name="王秀英", phone="13800138000"),
        by=desk.world["worker"],
        at=desk.world.now(),
    )
    events = AuditEvent.objects.filter(action="services.trip")
    assert events.count() == before + 1
    written = "".join(f"{e.before}{e.after}" for e in AuditEvent.objects.all())
    assert "王秀英" not in written
    assert "13800138000" not in written


def test_a_city_writes_once_what_all_its_communities_do(desk) -> None:
    from tests.casework.world import START
    from wugeyi.services.queries.catalogue import offered, steps

    world = desk.world
    shared = catalogue.save_service(
        service=None,
        organisation=world.city,
        values=values(name_zh="居住证明", kind="community"),
        by=world["administrator"],
        at=world.now(),
    )
    catalogue.add_step(
        service=shared,
        what="盖章",
        kind="town",
        by=world["administrator"],
        at=world.now(),
    )
    assert list(offered(world.neighbour, on=START)) == [shared]
    assert set(offered(world.community, on=START)) == {shared, desk.service}
    assert not offered(world.town, on=START).exists()
    assert [each.organisation for each in steps(shared, world.neighbour)] == [
        world.town
    ]


def test_examples_come_once_and_unverified(desk) -> None:
    world = desk.world
    arguments = {
        "organisation": world.neighbour,
        "valid_from": values()["valid_from"],
        "by": world["administrator"],
        "at": world.now(),
    }
    made = catalogue.copy_examples(**arguments)
    assert len(made) == 10
    assert catalogue.copy_examples(**arguments) == []
    rows = Service.objects.filter(organisation=world.neighbour)
    assert all(row.example and not row.verified for row in rows)
    assert all(
        row.materials.exists() for row in rows if row.name_zh != "骑手和快递员报到"
    )
