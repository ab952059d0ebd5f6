import threading

import pytest
from django.db import connection
from django.test import Client

from tests.casework import world as acts
from tests.casework.public.conftest import sent
from tests.casework.world import build
from wugeyi.casework.models import Callback, Case

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 6


def at_once(act):
    """Run ``act`` in several threads that start together; return what each gave."""
    gate = threading.Barrier(AT_ONCE)
    given: list = []

    def run():
        try:
            gate.wait(timeout=20)
            given.append(act())
        except Exception as fault:
            given.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return given


def test_sent_many_times_at_once_is_one_case_and_one_receipt():
    form = sent(build())
    answers = at_once(lambda: Client().post("/report", form))
    assert [getattr(a, "status_code", a) for a in answers] == [302] * AT_ONCE
    case = Case.objects.get()
    assert {a.url.split("?")[0] for a in answers} == {f"/receipt/{case.pk}"}


def test_answering_many_times_at_once_counts_once():
    case = acts.answered(build())
    form = {"code": case.receipt, "result": "resolved", "version": case.version}
    address = f"/follow/{case.pk}/answer"
    answers = at_once(lambda: Client().post(address, form).status_code)
    assert sorted(map(str, answers)) == ["302"] + ["409"] * (AT_ONCE - 1)
    assert Callback.objects.filter(case=case).count() == 1
