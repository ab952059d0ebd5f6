import base64
import threading
from datetime import timedelta
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from tests.accounts.conftest import (
    NOON,
    PASSWORD,
    code_at,
    is_signed_in,
    sign_in,
    wrong_code_at,
)
from wugeyi.accounts import actions, queries
from wugeyi.accounts.actions.codes import use_code
from wugeyi.accounts.models import User
from wugeyi.accounts.rules import BACKUP_CODES, MAX_FAILURES, AlreadyOnError
from wugeyi.audit.models import AuditEvent

STEP = timedelta(seconds=30)


def show(user, code, at):
    return actions.try_code(user=user, code=code, address="203.0.113.9", at=at)


def test_rfc_6238_examples(person):
    # Appendix B, SHA-1: the last six of its eight digits.
    secret = b"12345678901234567890".hex()
    device = TOTPDevice.objects.create(user=person, key=secret, confirmed=True)
    for seconds, code in (
        (59, "287082"),
        (1111111109, "081804"),
        (1111111111, "050471"),
        (1234567890, "005924"),
        (2000000000, "279037"),
    ):
        at = timezone.datetime.fromtimestamp(seconds, tz=NOON.tzinfo)
        assert code_at(device, at) == code
        assert show(person, code, at)


def test_a_code_is_taken_once(person, with_codes):
    device, _codes = with_codes(person, NOON)
    at = NOON + 10 * STEP
    code = code_at(device, at)
    assert show(person, code, at)
    assert not show(person, code, at)
    assert not show(person, code, at + STEP)
    assert show(person, code_at(device, at + STEP), at + STEP)


def test_the_code_that_confirmed_is_used_up(person, with_codes):
    device, _codes = with_codes(person, NOON)
    assert not show(person, code_at(device, NOON), NOON)


def test_an_older_code_is_not_taken_after_a_newer(person, with_codes):
    device, _codes = with_codes(person, NOON)
    at = NOON + 10 * STEP
    assert show(person, code_at(device, at + STEP), at)
    assert not show(person, code_at(device, at), at)


@pytest.mark.parametrize(
    ("steps", "good"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)]
)
def test_clocks_may_differ_by_one_step(person, with_codes, steps, good):
    device, _codes = with_codes(person, NOON)
    at = NOON + 10 * STEP
    assert show(person, code_at(device, at + steps * STEP), at) is good


@pytest.mark.parametrize("dress", [" {} ", "{:.3} {}", "{}"])
def test_a_code_may_be_typed_with_spaces(person, with_codes, dress):
    device, _codes = with_codes(person, NOON)
    at = NOON + 10 * STEP
    code = code_at(device, at)
    typed = f"{code[:3]} {code[3:]}" if ":" in dress else dress.format(code)
    assert show(person, typed, at)


def test_full_width_digits_are_digits(person, with_codes):
    device, _codes = with_codes(person, NOON)
    at = NOON + 10 * STEP
    wide = code_at(device, at).translate({ord("0") + n: 0xFF10 + n for n in range(10)})
    assert show(person, wide, at)


@pytest.mark.parametrize("code", ["", "12345", "1234567", "٠١٢٣٤٥", "abcdef", "-12345"])
def test_what_is_no_code_is_refused(person, with_codes, code):
    with_codes(person, NOON)
    assert not show(person, code, NOON + 10 * STEP)


def test_wrong_codes_lock_like_wrong_passwords(person, with_codes):
    device, _codes = with_codes(person, NOON)
    at = NOON + 10 * STEP
    for _guess in range(MAX_FAILURES):
        # The password is right every time: that alone does not reset the count.
        assert actions.try_password(
            username="wang.fang", password=PASSWORD, address="", at=at
        ).needs_code
        assert not show(person, wrong_code_at(device, at), at)
    assert not show(person, code_at(device, at), at)
    assert (
        actions.try_password(username="wang.fang", password=PASSWORD, address="", at=at)
        is None
    )
    assert AuditEvent.objects.filter(action="accounts.lock").count() == 1
    later = at + timedelta(minutes=15)
    assert show(person, code_at(device, later), later)


def test_a_backup_code_works_once(person, with_codes):
    _device, codes = with_codes(person, NOON)
    assert len(set(codes)) == BACKUP_CODES
    assert show(person, codes[3].upper(), NOON)
    assert not show(person, codes[3], NOON)
    assert queries.backup_codes_left(person) == BACKUP_CODES - 1
    assert show(person, codes[4].replace("-", " "), NOON)


def test_backup_codes_are_not_stored_in_clear(person, with_codes):
    _device, codes = with_codes(person, NOON)
    stored = set(StaticToken.objects.values_list("token", flat=True))
    assert len(stored) == BACKUP_CODES
    assert not stored & {code.replace("-", "") for code in codes}
    # What is stored does not open the door either.
    assert not show(person, min(stored), NOON)


def test_backup_codes_are_ones_own(person, with_codes):
    other = actions.create_user(
        username="li", name="李强", password=PASSWORD, by=None, at=NOON
    )
    _device, codes = with_codes(person, NOON)
    with_codes(other, NOON)
    assert not show(other, codes[0], NOON)


def test_renewing_makes_old_backup_codes_void(person, with_codes):
    device, old = with_codes(person, NOON)
    at = NOON + 10 * STEP
    new = actions.renew_backup_codes(
        user=person, password=PASSWORD, code=code_at(device, at), at=at
    )
    assert new is not None
    assert not set(new) & set(old)
    assert not show(person, old[0], at)
    assert show(person, new[0], at)


def test_beginning_changes_nothing_at_sign_in(client, person):
    actions.enrol_codes(user=person, by=person, at=NOON)
    assert sign_in(client).headers["Location"] == "/home"


def test_beginning_again_replaces_an_unconfirmed_secret(person):
    first = actions.enrol_codes(user=person, by=person, at=NOON)
    second = actions.enrol_codes(user=person, by=person, at=NOON)
    assert first.key != second.key
    assert TOTPDevice.objects.count() == 1


def test_codes_in_use_are_not_replaced(person, with_codes):
    with_codes(person, NOON)
    with pytest.raises(AlreadyOnError):
        actions.enrol_codes(user=person, by=person, at=NOON)


@pytest.mark.parametrize("wrong", ["password", "code"])
def test_confirming_needs_password_and_code(person, wrong):
    device = actions.enrol_codes(user=person, by=person, at=NOON)
    typed = {"password": PASSWORD, "code": code_at(device, NOON)}
    typed[wrong] = "错" if wrong == "password" else wrong_code_at(device, NOON)
    assert actions.confirm_codes(user=person, at=NOON, **typed) is None
    assert queries.codes_of(person) is None
    assert not StaticToken.objects.exists()


@pytest.mark.parametrize("wrong", ["password", "code", ""])
def test_turning_off_needs_password_and_code(person, with_codes, wrong):
    device, _codes = with_codes(person, NOON)
    at = NOON + 10 * STEP
    typed = {"password": PASSWORD, "code": code_at(device, at)}
    if wrong:
        typed[wrong] = "错" if wrong == "password" else wrong_code_at(device, at)
    assert actions.disable_own_codes(user=person, at=at, **typed) is not bool(wrong)
    assert (queries.codes_of(person) is not None) is bool(wrong)
    assert StaticToken.objects.exists() is bool(wrong)


def test_guessing_while_signed_in_is_stopped_too(person, with_codes):
    device, _codes = with_codes(person, NOON)
    at = NOON + 10 * STEP
    for _guess in range(MAX_FAILURES):
        assert not actions.disable_own_codes(
            user=person, password=PASSWORD, code=wrong_code_at(device, at), at=at
        )
    assert not actions.disable_own_codes(
        user=person, password=PASSWORD, code=code_at(device, at), at=at
    )


def test_the_picture_holds_what_an_app_needs(person):
    device = actions.enrol_codes(user=person, by=person, at=NOON)
    address = urlsplit(queries.enrolment_address(device, person.username))
    values = {name: value[0] for name, value in parse_qs(address.query).items()}
    assert (address.scheme, address.netloc) == ("otpauth", "totp")
    assert unquote(address.path) == "/五个一 Wugeyi:wang.fang"
    padded = values["secret"] + "=" * (-len(values["secret"]) % 8)
    assert base64.b32decode(padded).hex() == device.key
    assert values["issuer"] == "五个一 Wugeyi"
    assert (values["digits"], values["period"]) == ("6", "30")
    assert queries.secret_in_groups(device).replace(" ", "") == values["secret"]


def test_the_whole_way_through_the_pages(person):
    client, elsewhere = Client(), Client()
    sign_in(client)
    sign_in(elsewhere)
    assert "未开启" in client.get("/account/").content.decode()
    assert client.get("/account/codes/begin").status_code == 405
    answer = client.post("/account/codes/begin")
    assert answer.headers["Location"] == "/account/codes/confirm"
    device = TOTPDevice.objects.get()
    page = client.get("/account/codes/confirm").content.decode()
    assert "data:image/svg+xml" in page
    assert queries.secret_in_groups(device) in page
    now = timezone.now()
    answer = client.post(
        "/account/codes/confirm",
        {"password": PASSWORD, "code": wrong_code_at(device, now)},
    )
    assert "密码或验证码不对" in answer.content.decode()
    assert PASSWORD not in answer.content.decode()
    used = code_at(device, now)
    answer = client.post("/account/codes/confirm", {"password": PASSWORD, "code": used})
    page = answer.content.decode()
    assert page.count('class="receipt-code"') == BACKUP_CODES
    assert "no-store" in answer.headers["Cache-Control"]
    assert is_signed_in(client)
    assert not is_signed_in(elsewhere)
    backup = page.split('class="receipt-code">')[1].split("<")[0]
    assert "已开启" in client.get("/account/").content.decode()
    # Coming back to the page does not show them again.
    assert client.get("/account/codes/confirm").status_code == 302

    visitor = Client()
    answer = sign_in(visitor, next="/account/password")
    assert answer.headers["Location"] == (
        "/account/sign-in/code?next=%2Faccount%2Fpassword"
    )
    assert not is_signed_in(visitor)
    for address in ("/account/", "/account/codes/off", "/account/password"):
        assert visitor.get(address).status_code == 302
    answer = visitor.post(
        "/account/sign-in/code", {"code": used, "next": "/account/password"}
    )
    assert "验证码不对" in answer.content.decode()
    assert not is_signed_in(visitor)
    answer = visitor.post(
        "/account/sign-in/code", {"code": backup, "next": "/account/password"}
    )
    assert answer.headers["Location"] == "/account/password"
    assert is_signed_in(visitor)
    assert "accounts.halfway" not in visitor.session


def halfway(client, person):
    answer = sign_in(client)
    assert answer.headers["Location"] == "/account/sign-in/code"


def test_half_a_sign_in_lapses(client, person, with_codes):
    _device, codes = with_codes(person, timezone.now())
    halfway(client, person)
    session = client.session
    noted = session["accounts.halfway"]
    session["accounts.halfway"] = {**noted, "at": noted["at"] - 301}
    session.save()
    answer = client.post("/account/sign-in/code", {"code": codes[0]})
    assert answer.headers["Location"] == "/account/sign-in"
    assert not is_signed_in(client)


@pytest.mark.parametrize("change", ["password", "deactivated", "ended"])
def test_half_a_sign_in_ends_with_what_it_stood_on(client, person, with_codes, change):
    _device, codes = with_codes(person, timezone.now())
    halfway(client, person)
    if change == "password":
        actions.set_password(user=person, password="另一个-密码", by=None, at=NOON)
    elif change == "deactivated":
        actions.deactivate(user=person, by=None, at=NOON)
    else:
        actions.end_sessions(user=person, by=None, at=NOON)
    answer = client.post("/account/sign-in/code", {"code": codes[0]})
    assert answer.headers["Location"] == "/account/sign-in"
    assert not is_signed_in(client)


def test_the_second_step_alone_leads_back_to_the_first(client, person, with_codes):
    with_codes(person, timezone.now())
    answer = client.get("/account/sign-in/code?next=/account/")
    assert answer.headers["Location"] == "/account/sign-in?next=%2Faccount%2F"


def test_the_session_key_changes_at_both_steps(client, person, with_codes):
    _device, codes = with_codes(person, timezone.now())
    session = client.session
    session["planted"] = 1
    session.save()
    client.cookies["sessionid"] = session.session_key
    keys = [session.session_key]
    halfway(client, person)
    keys.append(client.cookies["sessionid"].value)
    client.post("/account/sign-in/code", {"code": codes[0]})
    keys.append(client.cookies["sessionid"].value)
    assert len(set(keys)) == 3
    for key in keys[:2]:
        thief = Client()
        thief.cookies["sessionid"] = key
        assert not is_signed_in(thief)


def test_an_administrator_turns_codes_off(client, person, with_codes):
    with_codes(person, NOON)
    boss = actions.create_user(
        username="boss", name="管理员", password=PASSWORD, by=None, at=NOON
    )
    actions.disable_codes(user=person, by=boss, at=NOON)
    event = AuditEvent.objects.get(action="accounts.disable_codes")
    assert (event.actor_id, event.subject_id) == (boss.pk, person.pk)
    assert sign_in(client).headers["Location"] == "/home"


def test_codes_never_confirmed_are_purged(person, with_codes):
    other = actions.create_user(
        username="li", name="李强", password=PASSWORD, by=None, at=NOON
    )
    kept, _codes = with_codes(person, NOON)
    actions.enrol_codes(user=other, by=other, at=NOON)
    now = timezone.now()
    assert actions.purge(at=now) == 0
    assert actions.purge(at=now + timedelta(days=2)) == 1
    assert TOTPDevice.objects.get() == kept


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", ["totp", "backup"])
def test_one_code_used_twice_at_once_works_once(with_codes, kind):
    user = actions.create_user(
        username="li", name="李强", password=PASSWORD, by=None, at=NOON
    )
    device, codes = with_codes(user, NOON)
    at = NOON + 10 * STEP
    code = code_at(device, at) if kind == "totp" else codes[0]
    threads = 6
    start = threading.Barrier(threads)
    used: list[str] = []

    def use() -> None:
        try:
            mine = User.objects.get(pk=user.pk)
            start.wait()
            with transaction.atomic():
                used.append(use_code(user=mine, code=code, by=mine, at=at))
        finally:
            connection.close()

    workers = [threading.Thread(target=use) for _worker in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(used) == [""] * (threads - 1) + [kind]
