import threading

import pytest
from django.db import OperationalError, connection

from tests.jobs.conftest import NOW, later
from wugeyi.audit.models import AuditEvent
from wugeyi.jobs import actions, queries, tasks
from wugeyi.jobs.actions import LOST_AFTER
from wugeyi.jobs.models import Work
from wugeyi.jobs.tasks import Trouble, perform

State = Work.State


def ask(person, subject=7, kind="tests.count", at=NOW):
    return actions.ask(kind=kind, subject=subject, organisation_id=3, by=person, at=at)


def acts() -> list[str]:
    return list(
        AuditEvent.objects.filter(action__startswith="jobs.")
        .order_by("pk")
        .values_list("action", flat=True)
    )


def test_asking_twice_gives_the_same_work_until_it_ended(person, kinds):
    kinds("tests.count", lambda task: None)
    first = ask(person)
    assert ask(person).pk == first.pk
    assert ask(person, subject=8).pk != first.pk
    taken = actions.take(at=NOW)
    assert taken is not None
    assert taken.pk == first.pk
    assert ask(person).pk == first.pk
    perform(taken)
    again = ask(person)
    assert again.pk != first.pk
    assert queries.latest("tests.count", 7) == again
    assert acts() == ["jobs.ask", "jobs.ask", "jobs.end", "jobs.ask"]


@pytest.mark.django_db(transaction=True)
def test_two_who_ask_at_once_get_the_same_work(person):
    gate = threading.Barrier(2)
    made = []

    def one():
        try:
            gate.wait(10)
            made.append(ask(person).pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(made) == 2
    assert set(made) == {Work.objects.get().pk}


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_take_the_same(person):
    asked = {ask(person, subject=n).pk for n in range(4)}
    gate = threading.Barrier(2)
    taken = []

    def worker():
        try:
            gate.wait(10)
            while (work := actions.take(at=NOW)) is not None:
                taken.append(work.pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=worker) for _ in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(taken) == sorted(asked)


def test_what_is_told_is_written_and_the_end_stands(person, kinds, monkeypatch):
    monkeypatch.setattr(tasks, "TELL_SECONDS", 0)
    seen = []

    def count(task):
        assert task.subject == "7"
        assert task.by == person
        for n in range(3):
            assert task.tell(n, 4, "counting", str(n))
            row = Work.objects.get()
            seen.append((row.done_parts, row.all_parts, row.message, row.value))

    kinds("tests.count", count)
    ask(person)
    done = perform(actions.take(at=NOW))
    assert seen == [
        (0, 4, "counting", "0"),
        (1, 4, "counting", "1"),
        (2, 4, "counting", "2"),
    ]
    assert (done.state, done.done_parts, done.message) == (State.DONE, 4, "")
    assert done.ended_at is not None
    assert not actions.end(work=done, state=State.FAILED, at=NOW)


def test_telling_often_costs_nothing(person, kinds, django_assert_max_num_queries):
    def count(task):
        with django_assert_max_num_queries(2):
            for n in range(1_000):
                task.tell(n, 1_000)

    kinds("tests.count", count)
    ask(person)
    assert perform(actions.take(at=NOW)).state == State.DONE


def test_waiting_work_is_cancelled_at_once(person):
    work = ask(person)
    assert actions.cancel(work=work, by=person, at=NOW)
    assert actions.take(at=NOW) is None
    assert not actions.cancel(work=work, by=person, at=NOW)
    assert acts() == ["jobs.ask", "jobs.cancel"]


def test_running_work_hears_that_it_should_stop(person, kinds, monkeypatch):
    monkeypatch.setattr(tasks, "TELL_SECONDS", 0)
    rounds = []

    def count(task):
        while task.tell(len(rounds)):
            rounds.append(1)
            if len(rounds) == 3:
                actions.cancel(work=task.work, by=person, at=NOW)

    kinds("tests.count", count)
    ask(person)
    ended = perform(actions.take(at=NOW))
    assert (ended.state, len(rounds)) == (State.CANCELLED, 3)


def test_trouble_is_told_and_a_fault_is_logged(person, kinds, caplog):
    def trouble(task):
        raise Trouble("no_network", "金桥社区")

    def fault(task):
        raise ZeroDivisionError

    kinds("tests.trouble", trouble)
    kinds("tests.fault", fault)
    for kind in ("tests.trouble", "tests.fault", "tests.gone"):
        ask(person, kind=kind)
    ended = [perform(actions.take(at=NOW)) for _ in range(3)]
    assert [each.state for each in ended] == [State.FAILED] * 3
    assert [each.message for each in ended] == ["no_network", "fault", "unknown"]
    assert ended[0].value == "金桥社区"
    assert "ZeroDivisionError" in caplog.text


def test_a_database_that_is_away_leaves_the_work_for_another_try(person, kinds):
    def away(task):
        raise OperationalError

    kinds("tests.count", away)
    ask(person)
    work = actions.take(at=NOW)
    with pytest.raises(OperationalError):
        perform(work)
    actions.put_back(work=work, at=NOW)
    work.refresh_from_db()
    assert (work.state, work.attempts) == (State.QUEUED, 1)


def test_lost_work_is_begun_once_more_and_then_failed(person):
    ask(person)
    for attempt in (1, 2):
        work = actions.take(at=later(hours=attempt))
        assert work.attempts == attempt
        heard = later(hours=attempt) + LOST_AFTER
        assert actions.put_back_lost(at=heard) == 0
        assert actions.put_back_lost(at=heard + LOST_AFTER) == 1
    work.refresh_from_db()
    assert (work.state, work.message) == (State.FAILED, "lost")
    assert actions.take(at=NOW) is None


def test_a_sign_of_life_keeps_work_from_being_lost(person):
    ask(person)
    work = actions.take(at=NOW)
    assert actions.beat(work=work, at=later(minutes=10))
    assert actions.put_back_lost(at=later(minutes=10, seconds=5)) == 0
    actions.cancel(work=work, by=person, at=later(minutes=10))
    assert not actions.beat(work=work, at=later(minutes=10))
    # Its process died while stopping: it is not begun again.
    assert actions.put_back_lost(at=later(minutes=20)) == 1
    work.refresh_from_db()
    assert work.state == State.CANCELLED


def test_a_server_that_stops_in_order_costs_no_attempt(person):
    ask(person)
    for _ in range(5):
        work = actions.take(at=NOW)
        actions.put_back(work=work, at=NOW, counted=False)
    work.refresh_from_db()
    assert (work.state, work.attempts) == (State.QUEUED, 0)
