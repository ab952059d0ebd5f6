"""Pages of who signs in and of who looks after sending."""

from uuid import uuid4

import pytest
from django.core import mail
from django.urls import reverse

from tests.notices.conftest import NOW, later
from tests.notices.test_gateways import AUTH, READER
from wugeyi.audit.models import AuditEvent
from wugeyi.notices.actions import choosing, sending, spreading
from wugeyi.notices.models import Address, Letter, Subscriber

MINE = reverse("notices:mine")
TIMES = {"language": "zh-hans", "quiet_from": "22:00", "quiet_until": "07:00"}


@pytest.fixture
def signed_in(client, world):
    client.force_login(world["worker"])
    return client


def test_only_what_is_urgent_is_ticked_before_anybody_chose(signed_in):
    page = signed_in.get(MINE).content.decode()
    boxes = [part for part in page.split("<input") if 'name="wanted"' in part]
    ticked = [
        part.split('value="')[1].split('"')[0] for part in boxes if "checked" in part
    ]
    own = [each for each in ticked if each.startswith("casework.")]
    assert own == ["casework.danger email"]
    assert "casework.answered" not in page  # that is for who reported
    assert not Subscriber.objects.exists()  # looking writes nothing


def test_choosing_is_kept_and_told_to_the_audit(signed_in, world):
    sent = TIMES | {"wanted": ["casework.arrived email"], "urgent_anytime": "on"}
    assert signed_in.post(MINE, sent).status_code == 302
    row = Subscriber.objects.get()
    chosen = {(c.event, c.way): c.wanted for c in row.choices.all()}
    assert chosen["casework.arrived", "email"] is True
    assert chosen["casework.danger", "email"] is False  # unticked on purpose
    event = AuditEvent.objects.get(action="notices.choose")
    assert '"wanted":["casework.arrived email"]' in event.after
    assert signed_in.post(MINE, TIMES | {"quiet_from": ""}).status_code == 422


@pytest.fixture
def sms(settings, sandbox):
    from tests.notices.sandbox import SMS_SECRET

    settings.NOTICES = {
        "SMS_KEY": "key",
        "SMS_SECRET": SMS_SECRET,
        "SMS_SIGN": "测试市",
        "SMS_TEMPLATE": "SMS_1",
        "SMS_URL": f"{sandbox.url}/",
    }
    return sandbox


def test_a_telephone_proves_itself_by_the_digits_it_got(signed_in, sms):
    add = reverse("notices:add")
    assert signed_in.post(add, {"way": "sms", "value": "12345"}).status_code == 422
    assert signed_in.post(add, {"way": "sms", "value": "+86 138-0013-8000"}).url == MINE
    address = Address.objects.get(way="sms")
    assert (address.value, address.confirmed_at) == ("13800138000", None)
    sending.send_waiting(clock=lambda: later(days=99999))  # too late: nothing is sent
    assert sms.asked == []
    choosing.add_address(
        user=address.subscriber.user, way="sms", value=address.value, at=NOW
    )
    sending.send_waiting(clock=lambda: NOW)
    code = choosing.code_of(address)
    assert code in sms.asked[0][2].decode()
    prove = reverse("notices:prove", args=[address.pk])
    wrong = f"{(int(code) + 1) % 10**6:06d}"
    assert signed_in.post(prove, {"code": wrong}).status_code == 422
    assert signed_in.post(prove, {"code": f" {code} "}).url == MINE
    address.refresh_from_db()
    assert address.confirmed_at is not None
    signed_in.post(reverse("notices:drop", args=[address.pk]))
    assert not Address.objects.filter(way="sms").exists()


def test_guessing_the_digits_ends(signed_in, sms):
    signed_in.post(reverse("notices:add"), {"way": "sms", "value": "13800138000"})
    prove = reverse("notices:prove", args=[Address.objects.get(way="sms").pk])
    said = [signed_in.post(prove, {"code": "000000"}).status_code for _ in range(12)]
    assert said[-1] == 429


def test_a_browser_is_taken_only_with_what_encryption_needs(signed_in, settings):
    url = reverse("notices:browser")
    given = {
        "endpoint": "https://fcm.googleapis.com/fcm/send/x",
        "p256dh": READER,
        "auth": AUTH,
    }
    assert signed_in.post(url, given).status_code == 422  # switched off
    settings.NOTICES = {"PUSH": "1"}
    for wrong in (
        {"endpoint": "https://127.0.0.1/x"},
        {"endpoint": "http://169.254.169.254/"},
        {"p256dh": READER[:-4]},
        {"p256dh": "中文"},
        {"auth": "short"},
    ):
        assert signed_in.post(url, given | wrong).status_code == 422
    assert signed_in.post(url, given).status_code == 200
    assert signed_in.post(url, given).status_code == 200
    assert Address.objects.filter(way="push").count() == 1
    assert 'data-push="B' in signed_in.get(MINE).content.decode()


def test_unsubscribing_an_account_stops_it_until_it_is_taken_up(client, world):
    row = spreading.account(world["worker"], at=NOW)
    box = spreading.mailbox(row, at=NOW)
    stop = reverse("notices:stop", args=[row.secret, box.pk])
    assert client.post(stop).status_code == 200
    box.refresh_from_db()
    assert box.stopped_at is not None
    # Nor by an address nobody has, nor by another one's secret.
    other = spreading.account(world["dispatcher"], at=NOW)
    theirs = spreading.mailbox(other, at=NOW)
    client.post(reverse("notices:stop", args=[row.secret, theirs.pk]))
    theirs.refresh_from_db()
    assert theirs.stopped_at is None
    client.force_login(world["worker"])
    client.post(reverse("notices:take-up", args=[box.pk]))
    box.refresh_from_db()
    assert box.stopped_at is None


# Who looks after sending


def troubled(world, count: int) -> None:
    row = spreading.account(world["worker"], at=NOW)
    box = spreading.mailbox(row, at=NOW)
    for _ in range(count):
        Letter.objects.create(
            subscriber=row,
            address=box,
            way="email",
            token=uuid4(),
            state=Letter.State.UNKNOWN,
            reason="no-answer",
            attempts=1,
            begun_at=NOW,
        )


@pytest.fixture
def keeper(client, world):
    client.force_login(world["administrator"])
    return client


def test_failures_are_shown_without_addresses_in_pages(
    keeper, world, django_assert_max_num_queries
):
    troubled(world, 31)
    url = reverse("notices:sendings")
    keeper.get(url)
    with django_assert_max_num_queries(10):
        page = keeper.get(url).content.decode()
    assert page.count("对方没有回话") == 30
    assert "worker@example.cn" not in page
    older = page.split("?older=")[1].split('"')[0]
    assert (
        keeper.get(f"{url}?older={older}").content.decode().count("对方没有回话") == 1
    )
    assert keeper.get(f"{url}?older=x&newer=-1").status_code == 200


def test_one_more_try_is_the_keepers_decision(keeper, world):
    troubled(world, 1)
    letter = Letter.objects.get()
    keeper.post(reverse("notices:again", args=[letter.pk]))
    letter.refresh_from_db()
    assert letter.state == Letter.State.WAITING
    keeper.post(reverse("notices:again", args=[letter.pk]))  # it is under way
    assert AuditEvent.objects.filter(action="notices.send_again").count() == 1


def test_a_try_goes_to_oneself(keeper, world):
    from django.utils import timezone

    keeper.post(reverse("notices:trial"), {"way": "email"})
    assert keeper.post(reverse("notices:trial"), {"way": "sms"}).status_code == 404
    sending.send_waiting(clock=timezone.now)
    assert [letter.to for letter in mail.outbox] == [["administrator@example.cn"]]
    page = keeper.get(reverse("notices:sendings")).content.decode()
    assert "WUGEYI_NOTICE_SMS_KEY" in page
