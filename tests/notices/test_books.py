"""Whoever reviews a village's books hears that a voucher waits, if they asked to."""

from django.core import mail

from tests.notices.conftest import NOW
from tests.permissions.setups_books import SETUPS
from wugeyi.notices.actions import sending, spreading
from wugeyi.notices.models import Notice


def test_a_voucher_that_waits_is_told_to_who_reviews(world):
    row = spreading.account(world["town_worker"], at=NOW)
    row.choices.create(event="books.waits", way="email", wanted=True)
    where, _data = SETUPS["vb-waiting"](world)
    notice = Notice.objects.get(event="books.waits")
    assert notice.url == f"/books/drafts/{where['pk']}/review"
    sending.send_waiting(clock=lambda: notice.told_at.replace(hour=2))
    assert [letter.to for letter in mail.outbox] == [["town_worker@example.cn"]]
