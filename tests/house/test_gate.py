import threading
import time
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.test import RequestFactory
from django.urls import path

from tests.machine import WAIT_SECONDS
from wugeyi.cli.gate import Gate


class Doorbell:
    """An application whose answers wait until they are let go."""

    def __init__(self):
        self.inside = threading.Semaphore(0)
        self.let_go = threading.Event()

    def __call__(self, environ, start):
        self.inside.release()
        assert self.let_go.wait(WAIT_SECONDS)
        start("200 OK", [])
        return [b"done"]


def ask(gate, address="/"):
    seen = {}

    def start(status, headers, exc_info=None):
        seen.update(status=status, headers=dict(headers))

    answer = gate(RequestFactory().get(address).environ, start)
    seen["body"] = b"".join(answer)
    if hasattr(answer, "close"):
        answer.close()
    return seen


def test_as_many_work_and_wait_as_allowed_and_the_next_hears_try_again():
    application = Doorbell()
    gate = Gate(application, threads=2, places=3, patience_seconds=WAIT_SECONDS)
    with ThreadPoolExecutor(5) as crowd:
        waiting = [crowd.submit(ask, gate) for _ in range(5)]
        for _ in range(2):
            assert application.inside.acquire(timeout=WAIT_SECONDS)
        end = time.monotonic() + WAIT_SECONDS
        while gate.free._value and time.monotonic() < end:
            time.sleep(0.01)
        turned_away = ask(gate)
        application.let_go.set()
        answers = [one.result() for one in waiting]
    assert turned_away["status"].startswith("503")
    assert turned_away["headers"]["Retry-After"] == "5"
    assert "请过几秒再试" in turned_away["body"].decode()
    assert [one["body"] for one in answers] == [b"done"] * 5
    assert ask(gate)["body"] == b"done"


def test_nobody_is_let_in_who_would_wait_too_long():
    application = Doorbell()
    gate = Gate(application, threads=1, places=9, patience_seconds=0.2)
    gate.usual_seconds = 0.15
    with ThreadPoolExecutor(3) as crowd:
        inside = [crowd.submit(ask, gate)]
        assert application.inside.acquire(timeout=WAIT_SECONDS)
        inside += [crowd.submit(ask, gate) for _ in range(2)]
        end = time.monotonic() + WAIT_SECONDS
        while not gate.too_long() and time.monotonic() < end:
            time.sleep(0.01)
        # Two wait 0.15 s each.
        assert ask(gate)["status"].startswith("503")
        application.let_go.set()
        assert [one.result()["body"] for one in inside] == [b"done"] * 3
    # The queue is gone, and so is the reason.
    assert ask(gate)["body"] == b"done"


def test_the_gate_learns_how_long_requests_take():
    gate = Gate(Doorbell(), threads=1, places=0, patience_seconds=1)
    for number in range(200):
        gate.learn(0.03 + number * 3 % 5 * 0.01)
    # The middle of 0.03 … 0.07, give or take a few steps.
    assert 0.035 < gate.usual_seconds < 0.07


def test_a_pause_of_the_database_is_no_reason_to_turn_people_away():
    gate = Gate(Doorbell(), threads=2, places=64, patience_seconds=1)
    for _ in range(100):
        gate.learn(0.02)
    gate.learn(0.9)
    gate.learn(0.9)
    # Twenty came meanwhile; they are through in 0.2 s.
    gate.waiting.extend([time.monotonic()] * 20)
    assert not gate.too_long()
    # When all take that long, it does turn away.
    for _ in range(40):
        gate.learn(0.9)
    assert gate.too_long()


def test_nobody_joins_a_queue_that_does_not_move():
    application = Doorbell()
    gate = Gate(application, threads=1, places=9, patience_seconds=0.05)
    with ThreadPoolExecutor(2) as crowd:
        inside = [crowd.submit(ask, gate)]
        assert application.inside.acquire(timeout=WAIT_SECONDS)
        inside.append(crowd.submit(ask, gate))
        end = time.monotonic() + WAIT_SECONDS
        while not gate.too_long() and time.monotonic() < end:
            time.sleep(0.01)
        assert ask(gate)["status"].startswith("503")
        application.let_go.set()
        assert [one.result()["body"] for one in inside] == [b"done"] * 2
    assert not gate.waiting
    assert ask(gate)["body"] == b"done"


def test_a_fault_frees_its_place():
    def application(environ, start):
        raise ZeroDivisionError

    gate = Gate(application, threads=1, places=0, patience_seconds=1)
    for _ in range(3):
        with pytest.raises(ZeroDivisionError):
            ask(gate)


def whole(request):
    return HttpResponse("整页")


def file(request):
    return FileResponse(BytesIO(b"picture"))


def export(request):
    def rows():
        with connection.cursor() as cursor:
            cursor.execute("select 1")
            yield str(cursor.fetchone()[0])

    return StreamingHttpResponse(rows())


urlpatterns = [path("whole", whole), path("file", file), path("export", export)]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("address", "body"),
    [("/whole", "整页".encode()), ("/file", b"picture"), ("/export", b"1")],
)
def test_pages_files_and_exports_come_through(settings, address, body):
    settings.ROOT_URLCONF = __name__
    settings.MIDDLEWARE = []
    gate = Gate(WSGIHandler(), threads=1, places=0, patience_seconds=1)
    assert ask(gate, address)["body"] == body
