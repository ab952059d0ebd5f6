import threading
import time
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.utils import timezone

from tests.accounts.conftest import NOON, PASSWORD, is_signed_in, sign_in
from wugeyi.accounts import actions, queries
from wugeyi.accounts.actions.letters import send_soon
from wugeyi.accounts.models import User
from wugeyi.accounts.rules import (
    MAX_FAILURES,
    RESET_REQUESTS_PER_ADDRESS,
    LinkUsedError,
)
from wugeyi.audit.models import AuditEvent

NEW = "青石-板桥-五月"
DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)


def link_for(person, at=NOON):
    return actions.reset_link(user=person, by=None, at=at)


def use(link, at=NOON, password=NEW):
    return actions.use_reset_link(
        uid=link.uid, token=link.token, password=password, at=at
    )


def wait_for_letters(count):
    deadline = time.monotonic() + 5
    while len(mail.outbox) < count and time.monotonic() < deadline:
        time.sleep(0.01)
    assert len(mail.outbox) == count
    return mail.outbox


# Changing one's own


def test_changing_ones_own_password(person):
    here, there = Client(), Client()
    sign_in(here)
    sign_in(there)
    answer = here.post(
        "/account/password", {"password": PASSWORD, "new_password": NEW, "again": NEW}
    )
    assert answer.headers["Location"] == "/account/"
    assert is_signed_in(here)
    assert not is_signed_in(there)
    assert sign_in(Client(), password=NEW).status_code == 302
    assert sign_in(Client()).status_code == 200
    event = AuditEvent.objects.get(action="accounts.set_password")
    assert (event.actor_id, event.subject_id) == (person.pk, person.pk)
    assert NEW not in event.after


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"password": "错"}, "现在的密码不对"),
        ({"again": "别的-密码-四个"}, "两次输入的密码不一样"),
        ({"new_password": "12345678", "again": "12345678"}, "密码"),
        ({"new_password": "wang.fang", "again": "wang.fang"}, "密码"),
        ({"new_password": "短", "again": "短"}, "密码"),
    ],
)
def test_a_change_is_refused_with_its_reason(client, person, typed, said):
    sign_in(client)
    form = {"password": PASSWORD, "new_password": NEW, "again": NEW, **typed}
    page = client.post("/account/password", form).content.decode()
    assert said in page.split('role="alert"')[1]
    assert form["new_password"] not in page or form["new_password"] == "wang.fang"
    assert sign_in(Client()).status_code == 302


def test_guessing_the_present_password_is_stopped(client, person):
    sign_in(client)
    form = {"password": "错", "new_password": NEW, "again": NEW}
    for _guess in range(MAX_FAILURES):
        client.post("/account/password", form)
    answer = client.post("/account/password", {**form, "password": PASSWORD})
    assert answer.status_code == 200
    assert User.objects.get().check_password(PASSWORD)


# Links


def test_a_link_works_once(person):
    link = link_for(person)
    assert use(link, NOON + SECOND) == person
    person.refresh_from_db()
    assert person.check_password(NEW)
    with pytest.raises(LinkUsedError):
        use(link, NOON + 2 * SECOND, password=PASSWORD)
    person.refresh_from_db()
    assert person.check_password(NEW)


@pytest.mark.parametrize(("after", "good"), [(DAY, True), (DAY + SECOND, False)])
def test_a_link_holds_for_a_day(person, after, good):
    link = link_for(person)
    assert link.expires_at == NOON + DAY
    found = queries.person_of_link(uid=link.uid, token=link.token, at=NOON + after)
    assert (found == person) is good


@pytest.mark.parametrize(
    "event", ["password", "sign-in", "email", "deactivated", "ended", "other link used"]
)
def test_a_link_ends_with_the_state_it_was_made_for(person, event):
    link = link_for(person)
    at = NOON + SECOND
    match event:
        case "password":
            actions.set_password(user=person, password=NEW, by=None, at=at)
        case "sign-in":
            actions.try_password(
                username="wang.fang", password=PASSWORD, address="", at=at
            )
        case "email":
            actions.change_user(
                user=person, name=person.name, email="new@example.org", by=None, at=at
            )
        case "deactivated":
            actions.deactivate(user=person, by=None, at=at)
            actions.reactivate(user=person, by=None, at=at)
        case "ended":
            actions.end_sessions(user=person, by=None, at=at)
        case "other link used":
            use(link_for(person, at), at)
    with pytest.raises(LinkUsedError):
        use(link, at + SECOND)


@pytest.mark.parametrize(
    ("uid", "token"),
    [
        ("MQ", "x"),
        ("!!!", "x-y"),
        ("__8", "x-y"),
        ("OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5", "x-y"),
        ("LTE", "x-y"),
        ("MQ", "zzzzzzzzzzzzzzzzzzz-" + "0" * 32),
        ("MQ", "é-é"),
    ],
)
def test_invented_links_are_refused(client, person, uid, token):
    answer = client.get(f"/account/reset/{uid}/{token}")
    assert answer.status_code == 410
    assert "这个链接不能用了" in answer.content.decode()


def test_a_link_is_ones_own(person):
    other = actions.create_user(
        username="li", name="李强", password=PASSWORD, by=None, at=NOON
    )
    link = link_for(person)
    assert (
        queries.person_of_link(uid=queries.uid_of(other), token=link.token, at=NOON)
        is None
    )


def test_a_link_lifts_a_lockout_and_ends_sessions(client, person):
    sign_in(client)
    now = timezone.now()
    for _guess in range(MAX_FAILURES):
        actions.try_password(username="wang.fang", password="错", address="", at=now)
    use(link_for(person, now), now)
    assert not is_signed_in(client)
    assert sign_in(Client(), password=NEW).status_code == 302


def test_a_link_does_not_get_past_one_time_codes(client, person, with_codes):
    now = timezone.now()
    with_codes(person, now)
    use(link_for(person, now), now)
    answer = sign_in(client, password=NEW)
    assert answer.headers["Location"] == "/account/sign-in/code"


@pytest.mark.django_db(transaction=True)
def test_a_link_used_twice_at_once_works_once():
    person = actions.create_user(
        username="wang.fang", name="王芳", password=PASSWORD, by=None, at=NOON
    )
    link = link_for(person)
    threads = 4
    start = threading.Barrier(threads)
    done: list[bool] = []

    def try_once(number: int) -> None:
        try:
            start.wait()
            use(link, password=f"{NEW}-{number}")
            done.append(True)
        except LinkUsedError:
            done.append(False)
        finally:
            connection.close()

    workers = [
        threading.Thread(target=try_once, args=(number,)) for number in range(threads)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(done) == [False] * (threads - 1) + [True]
    assert AuditEvent.objects.filter(action="accounts.set_password").count() == 1


# Forgotten


def test_the_whole_way_by_letter(client, person, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post("/account/reset", {"typed": "wang@EXAMPLE.org"})
    assert answer.headers["Location"] == "/account/reset/sent"
    (letter,) = wait_for_letters(1)
    assert letter.to == ["wang@example.org"]
    address = next(line for line in letter.body.splitlines() if "://" in line)
    assert address.startswith("http://testserver/account/reset/")
    path = address.removeprefix("http://testserver")
    assert "王芳" in client.get(path).content.decode()
    answer = client.post(path, {"new_password": NEW, "again": NEW})
    assert answer.headers["Location"] == "/account/sign-in"
    assert not is_signed_in(client)
    assert client.get(path).status_code == 410
    assert client.post(path, {"new_password": NEW, "again": NEW}).status_code == 410
    assert sign_in(client, password=NEW).status_code == 302


def test_one_answer_whether_or_not_the_name_exists(
    person, django_capture_on_commit_callbacks
):
    actions.create_user(username="no.mail", name="李强", by=None, at=NOON)
    gone = actions.create_user(
        username="gone", name="赵雷", email="gone@example.org", by=None, at=NOON
    )
    actions.deactivate(user=gone, by=None, at=NOON)
    answers = set()
    with django_capture_on_commit_callbacks(execute=True):
        for typed in ("wang.fang", "nobody", "no.mail", "gone", "x@example.org"):
            answer = Client().post("/account/reset", {"typed": typed})
            answers.add((answer.status_code, answer.headers["Location"]))
    assert answers == {(302, "/account/reset/sent")}
    wait_for_letters(1)
    events = AuditEvent.objects.filter(action="accounts.request_reset")
    assert events.count() == 5
    assert not any("nobody" in event.after for event in events)


def test_a_shared_mailbox_gets_a_letter_for_each(
    client, person, django_capture_on_commit_callbacks
):
    actions.create_user(
        username="li", name="李强", email="wang@example.org", by=None, at=NOON
    )
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/account/reset", {"typed": "wang@example.org"})
    letters = wait_for_letters(2)
    assert sorted("李强" in letter.body for letter in letters) == [False, True]


def test_three_letters_an_hour(person, django_capture_on_commit_callbacks):
    for minute in range(5):
        with django_capture_on_commit_callbacks(execute=True):
            actions.request_reset(
                typed="wang.fang",
                address_of=lambda link: link.token,
                at=NOON + timedelta(minutes=minute),
            )
    wait_for_letters(3)
    with django_capture_on_commit_callbacks(execute=True):
        actions.request_reset(
            typed="wang.fang",
            address_of=lambda link: link.token,
            at=NOON + timedelta(hours=1),
        )
    wait_for_letters(4)


def test_requests_from_one_address_are_limited(client, person):
    for _request in range(RESET_REQUESTS_PER_ADDRESS):
        assert client.post("/account/reset", {"typed": "nobody"}).status_code == 302
    answer = client.post("/account/reset", {"typed": "李 强"})
    assert answer.status_code == 429
    assert 'value="李 强"' in answer.content.decode()


def test_a_mail_server_out_of_order_disturbs_nobody(settings, caplog, tmp_path):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    letter = mail.EmailMessage("x", "y", to=["wang@example.org"])
    send_soon(letter).join(timeout=10)
    assert "could not be sent" in caplog.text
    assert "wang@example.org" not in caplog.text
