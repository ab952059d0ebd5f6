import sys
import threading
import time

import pytest
from django.core.management import call_command

from tests.jobs.conftest import NOW
from tests.machine import WAIT_SECONDS
from wugeyi.jobs import actions, runner
from wugeyi.jobs.models import Work
from wugeyi.jobs.runner import Runner

State = Work.State


def says(text: str):
    """In place of the work's own process: a few words of Python."""
    return lambda work: [sys.executable, "-c", text]


def until(true, step=lambda: None) -> bool:
    end = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < end:
        step()
        if true():
            return True
        time.sleep(0.02)
    return False


@pytest.fixture
def work(person) -> Work:
    return actions.ask(kind="tests.count", subject=1, by=person, at=NOW)


def test_a_process_that_dies_twice_is_a_failure(work, monkeypatch):
    monkeypatch.setattr(runner, "command", says("import os; os._exit(9)"))
    worker = Runner()
    assert until(lambda: not Work.objects.get().unfinished, worker.step)
    work.refresh_from_db()
    assert (work.state, work.attempts, work.message) == (State.FAILED, 2, "lost")


def test_who_does_not_stop_when_asked_is_ended(work, person, monkeypatch):
    monkeypatch.setattr(runner, "command", says("import time; time.sleep(600)"))
    monkeypatch.setattr(runner, "GRACE_SECONDS", 0.1)
    worker = Runner()
    worker.step()
    assert worker.process is not None
    process = worker.process
    actions.cancel(work=work, by=person, at=NOW)
    assert until(lambda: not Work.objects.get().unfinished, worker.step)
    assert process.poll() is not None
    assert Work.objects.get().state == State.CANCELLED


def test_its_life_is_told_while_it_runs(work, monkeypatch):
    monkeypatch.setattr(runner, "command", says("import time; time.sleep(600)"))
    monkeypatch.setattr(runner, "BEAT_SECONDS", 0)
    worker = Runner()
    worker.step()
    first = Work.objects.get().heartbeat_at
    assert until(lambda: Work.objects.get().heartbeat_at > first, worker.step)
    worker.leave()


def test_stopping_the_server_ends_the_process_and_keeps_the_work(work, monkeypatch):
    monkeypatch.setattr(runner, "command", says("import time; time.sleep(600)"))
    worker = Runner()
    worker.step()
    process = worker.process
    worker.leave()
    assert process.poll() is not None
    work.refresh_from_db()
    assert (work.state, work.attempts) == (State.QUEUED, 0)


def test_a_stumble_does_not_end_the_worker(monkeypatch, caplog, db):
    stopping = threading.Event()
    steps = []

    def step(self):
        steps.append(1)
        if len(steps) == 3:
            stopping.set()
        raise OSError("the database is away")

    monkeypatch.setattr(Runner, "step", step)
    monkeypatch.setattr(runner, "LOOK_SECONDS", 0)
    monkeypatch.setattr(runner, "close_old_connections", lambda: None)
    Runner().run(stopping)
    assert len(steps) == 3
    assert "stumbled" in caplog.text


def test_the_command_does_all_that_waits(work, person, kinds, capsys):
    done = []
    kinds("tests.count", lambda task: done.append(task.subject))
    actions.ask(kind="tests.count", subject=2, by=person, at=NOW)
    call_command("work")
    assert done == ["1", "2"]
    assert set(Work.objects.values_list("state", flat=True)) == {State.DONE}
    assert "算好了" in capsys.readouterr().out
