import statistics
import time
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from tests.accounts.conftest import NOON, PASSWORD, is_signed_in, sign_in
from wugeyi.accounts import actions
from wugeyi.accounts.models import User
from wugeyi.accounts.rules import MAX_FAILURES, SIGN_INS_PER_ADDRESS
from wugeyi.audit.models import AuditEvent

ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "http:evil.example",
    "http:///evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "https://testserver@evil.example/",
    "https://testserver.evil.example/",
    "\thttps://evil.example",
    " //evil.example",
    "/\t/evil.example",
]


def test_the_right_password_lets_in(client, person):
    answer = sign_in(client)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/home")
    assert is_signed_in(client)
    assert client.get("/home").content.decode() == "王芳"


@pytest.mark.parametrize("username", ["Wang.Fang", " wang.fang ", "wang.fang"])
def test_a_name_is_understood_however_it_was_typed(client, person, username):
    assert sign_in(client, username).status_code == 302


def test_a_password_is_taken_exactly_as_typed(client, person):
    assert sign_in(client, password=f"{PASSWORD} ").status_code == 200
    assert not is_signed_in(client)


def test_whoever_is_signed_in_goes_on(client, person):
    sign_in(client)
    answer = client.get("/account/sign-in?next=/account/")
    assert answer.headers["Location"] == "/account/"


def test_going_on_to_the_page_asked_for(client, person):
    asked = client.get("/account/password").headers["Location"]
    assert asked == "/account/sign-in?next=/account/password"
    page = client.get(asked).content.decode()
    assert 'name="next" value="/account/password"' in page
    answer = sign_in(client, next="/account/password")
    assert answer.headers["Location"] == "/account/password"


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_nobody_is_sent_to_another_site(client, person, elsewhere):
    page = client.get("/account/sign-in", {"next": elsewhere}).content.decode()
    assert "evil" not in page.split("</header>")[1].split("<footer")[0]
    assert sign_in(client, next=elsewhere).headers["Location"] == "/home"
    client.logout()
    answer = client.post(
        f"/account/sign-in?next={elsewhere}",
        {"username": "wang.fang", "password": PASSWORD},
    )
    assert answer.headers["Location"] == "/home"


def test_one_refusal_for_every_reason(person, settings):
    for username, change in (
        ("inactive", lambda user: actions.deactivate(user=user, by=None, at=NOON)),
        (
            "locked",
            lambda user: User.objects.filter(pk=user.pk).update(
                locked_until=timezone.now() + timedelta(minutes=9)
            ),
        ),
        ("linkless", lambda user: None),
    ):
        change(
            actions.create_user(
                username=username,
                name="李强",
                password=None if username == "linkless" else PASSWORD,
                by=None,
                at=NOON,
            )
        )
    pages = set()
    for username, password in (
        ("wang.fang", "错"),
        ("nobody", PASSWORD),
        ("inactive", PASSWORD),
        ("locked", PASSWORD),
        ("linkless", PASSWORD),
        ("linkless", "!"),
    ):
        answer = sign_in(Client(), username, password)
        page = answer.content.decode()
        assert answer.status_code == 200
        pages.add(page.replace(username, "NAME").split("csrfmiddlewaretoken")[0])
        shown = page.split('role="alert"')[1].split("</form>")[0]
        pages.add(shown.replace(f'value="{username}"', 'value="NAME"'))
    assert len(pages) == 2  # the head of every page, and what every page says
    assert f"连续错 {MAX_FAILURES} 次" in shown


def test_unknown_and_locked_names_take_as_long(person, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    person.set_password(PASSWORD)
    person.save()
    User.objects.filter(pk=person.pk).update(
        locked_until=timezone.now() + timedelta(minutes=9)
    )
    other = actions.create_user(
        username="li", name="李强", password=PASSWORD, by=None, at=NOON
    )

    def seconds(username: str) -> float:
        taken = []
        for _attempt in range(3):
            User.objects.filter(pk=other.pk).update(failed_sign_ins=0)
            started = time.perf_counter()
            actions.try_password(
                username=username, password="错", address="", at=timezone.now()
            )
            taken.append(time.perf_counter() - started)
        return statistics.median(taken)

    known = seconds("li")
    assert known > 0.02
    for username in ("wang.fang", "nobody"):
        assert known / 3 < seconds(username) < known * 3


def test_one_address_cannot_guess_for_ever(client, person):
    answers = [
        sign_in(client, f"name{number}", "错").status_code
        for number in range(SIGN_INS_PER_ADDRESS + 1)
    ]
    assert set(answers[:-1]) == {200}
    assert answers[-1] == 429
    answer = sign_in(client, "wang.fang", next="/account/")
    page = answer.content.decode()
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) <= 15 * 60
    assert 'value="wang.fang"' in page
    assert PASSWORD not in page
    assert 'name="next" value="/account/"' in page
    assert client.get("/account/sign-in").status_code == 200
    assert sign_in(Client(REMOTE_ADDR="192.0.2.8")).status_code == 302


def test_the_session_gets_a_new_key(client, person):
    client.get("/account/sign-in")
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    planted = session.session_key
    client.cookies["sessionid"] = planted
    sign_in(client)
    assert client.cookies["sessionid"].value != planted
    thief = Client()
    thief.cookies["sessionid"] = planted
    assert not is_signed_in(thief)


def test_signing_out_ends_the_session(client, person):
    sign_in(client)
    key = client.cookies["sessionid"].value
    assert client.get("/account/sign-out").status_code == 405
    assert client.post("/account/sign-out").headers["Location"] == "/home"
    assert not is_signed_in(client)
    thief = Client()
    thief.cookies["sessionid"] = key
    assert not is_signed_in(thief)
    assert AuditEvent.objects.filter(action="accounts.sign_out").count() == 1


def test_signing_out_needs_a_token_of_the_page(person):
    client = Client(enforce_csrf_checks=True)
    assert client.post("/account/sign-out").status_code == 403


def test_being_let_go_ends_sessions_for_good(client, person):
    sign_in(client)
    actions.deactivate(user=person, by=None, at=NOON)
    assert not is_signed_in(client)
    actions.reactivate(user=person, by=None, at=NOON)
    assert not is_signed_in(client)
    assert sign_in(client).status_code == 302


def test_other_devices_can_be_signed_out(person):
    here, there = Client(), Client()
    sign_in(here)
    sign_in(there)
    assert here.post("/account/elsewhere").headers["Location"] == "/account/"
    assert is_signed_in(here)
    assert not is_signed_in(there)


def test_an_ordinary_request_reads_session_and_person_only(
    client, person, django_assert_num_queries
):
    sign_in(client)
    with django_assert_num_queries(2):
        assert client.get("/home").status_code == 200


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"username": "wang.fang"},
        {"username": "a\x00b", "password": "x"},
        {"username": "x" * 5000, "password": "x"},
        {"username": "wang.fang", "password": "x" * 100_000},
        {"username": "😀𠮷", "password": "😀"},
        {"username": "\ud800", "password": "x"},
    ],
)
def test_bad_input_is_explained(client, person, typed):
    if "\ud800" in typed.get("username", ""):
        answer = client.post(
            "/account/sign-in",
            b"username=%ED%A0%80&password=x",
            content_type="application/x-www-form-urlencoded",
        )
    else:
        answer = client.post("/account/sign-in", typed)
    assert answer.status_code == 200
    assert "Traceback" not in answer.content.decode()
    assert not is_signed_in(client)


def test_pages_are_never_kept(client, person):
    assert "no-store" in client.get("/account/sign-in").headers["Cache-Control"]
    sign_in(client)
    assert "no-store" in client.get("/account/").headers["Cache-Control"]


def test_an_answer_begun_before_a_sign_in_does_not_bring_its_cookie_back(client, db):
    page = "/account/sign-in"
    first = client.get(page).cookies[settings.CSRF_COOKIE_NAME].value
    late = client.get(page)
    assert b"csrfmiddlewaretoken" in late.content
    assert settings.CSRF_COOKIE_NAME not in late.cookies
    client.cookies[settings.CSRF_COOKIE_NAME] = "not a token"
    assert client.get(page).cookies[settings.CSRF_COOKIE_NAME].value != first
