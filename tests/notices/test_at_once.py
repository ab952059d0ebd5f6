"""With transactions of their own: outside one, and several at the same moment."""

import threading

import pytest
from django.db import connection
from django.db.transaction import TransactionManagementError

from tests.notices.conftest import NOW
from tests.notices.test_sending import say, send
from wugeyi.notices.actions import Reader, tell
from wugeyi.notices.gateways import WAYS
from wugeyi.notices.models import Delivery, Letter, Notice

pytestmark = pytest.mark.django_db(transaction=True)


def test_outside_a_transaction_nothing_is_told(events):
    with pytest.raises(TransactionManagementError):
        tell(
            event="tests.usual", to=Reader.person(1), values={}, url="", key="k", at=NOW
        )


def together(count, work) -> None:
    gate = threading.Barrier(count)
    faults = []

    def one(n) -> None:
        try:
            gate.wait(10)
            work(n)
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=[n]) for n in range(count)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert faults == []


def test_told_and_sent_at_once_it_arrives_once(world, events, monkeypatch):
    sent = []
    monkeypatch.setattr(
        WAYS["email"], "send", lambda target, message, *, at: sent.append(target.value)
    )
    reader = Reader.at_desk(world.community.pk)

    def work(_n) -> None:
        for key in range(4):
            say(reader, key=f"k{key}", event="tests.always")
            send()

    together(3, work)
    send()
    assert Notice.objects.count() == 4
    letters = Letter.objects.prefetch_related("deliveries")
    told = [row.notice_id for letter in letters for row in letter.deliveries.all()]
    assert len(told) == len(set(told)) == 4
    assert len(sent) == letters.count()
    assert not Delivery.objects.filter(letter=None).exists()
