"""Targets that hang, fail first, answer twice, lead astray; in order, once, unhurried."""

import base64
import hashlib
import hmac
import json
import socket
import threading
import time
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from tests.interfaces.listening import OK, OWN, run, seal, status, target
from tests.interfaces.open import Open, resolve, shown
from wugeyi.audit.models import AuditEvent
from wugeyi.casework.actions import publishing
from wugeyi.interfaces import gateway, tasks
from wugeyi.interfaces.actions import hooks
from wugeyi.interfaces.models import Delivery, Target
from wugeyi.interfaces.rules.hooks import (
    Problem,
    UrlFault,
    address_fault,
    secret_text,
    signature,
    url_fault,
    wait_after,
)
from wugeyi.notices.models import Notice


def happen(city: Open) -> None:
    """A case is published, answered, resolved, and taken off."""
    at = timezone.now()
    case = shown(city.world, at=at, text="路灯坏了。")
    resolve(city.world, case, at=at + timedelta(minutes=10))
    case.refresh_from_db()
    publishing.unpublish(case=case, by=city.world["worker"], at=at)
    seal()


def test_what_happens_is_told_in_order_signed_and_public(city: Open, own, listen):
    listener = listen()
    made = target(city, listener.url)
    at = timezone.now()
    case = shown(city.world, at=at, text="路灯坏了。")
    resolve(city.world, case, at=at + timedelta(minutes=10))
    seal()
    assert run() == 3
    assert listener.types == ["case.published", "case.updated", "case.resolved"]
    headers, body = listener.heard[0]
    data = json.loads(body)["data"]
    assert data["service_request_id"] == case.number
    assert data["description"] == "路灯坏了。"
    assert "13800138000" not in body
    assert "晚上看不见路" not in body, "the reporter's own words stay hidden"
    # By hand, as the specification of Standard Webhooks says it.
    secret = base64.b64decode(secret_text(hooks.secret_of(made))[len("whsec_") :])
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.{body}"
    digest = hmac.new(secret, signed.encode(), hashlib.sha256).digest()
    expected = f"v1,{base64.b64encode(digest).decode()}"
    assert headers["webhook-signature"] == expected
    assert len({headers["webhook-id"] for headers, _body in listener.heard}) == 3
    assert run() == 0
    assert len(listener.heard) == 3


def test_the_specifications_example_of_a_signature() -> None:
    # Standard Webhooks, spec, section "Verifying webhook authenticity".
    secret = base64.b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    at = datetime.fromtimestamp(1614265330, tz=timezone.get_default_timezone())
    found = signature(
        secret,
        message="msg_p5jXN8AQM9LWM0D4loKWxJek",
        at=at,
        body='{"test": 2432232314}',
    )
    assert found == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_what_is_taken_off_is_told_without_its_words(city: Open, own, listen) -> None:
    listener = listen()
    target(city, listener.url, events=["case.withdrawn"])
    happen(city)
    run()
    assert listener.types == ["case.withdrawn"]
    assert set(json.loads(listener.heard[0][1])["data"]) == {"service_request_id"}


def test_500_then_200_keeps_the_order_and_the_id(city: Open, own, listen) -> None:
    listener = listen(status(500), status(503))
    made = target(city, listener.url, events=["case.published", "case.resolved"])
    at = timezone.now()
    resolve(city.world, shown(city.world, at=at), at=at + timedelta(minutes=10))
    seal()
    now = timezone.now()
    assert run(now) == 0
    assert listener.types == ["case.published"]
    made.refresh_from_db()
    assert made.next_at == now + wait_after(1)
    assert run(now + timedelta(seconds=30)) == 0, "it waits"
    assert len(listener.heard) == 1
    assert run(now + timedelta(minutes=2)) == 0
    assert run(now + timedelta(minutes=30)) == 2
    assert listener.types == ["case.published"] * 3 + ["case.resolved"]
    ids = [headers["webhook-id"] for headers, _body in listener.heard]
    assert ids[0] == ids[1] == ids[2] != ids[3]
    first = Delivery.objects.order_by("pk").first()
    assert (first.attempts, first.status, first.problem) == (3, 200, "")
    made.refresh_from_db()
    assert (made.failures, made.failing_since) == (0, None)


def test_one_that_hangs_is_cut_and_delays_nobody(city: Open, own, listen, monkeypatch):
    monkeypatch.setattr(gateway.post, "__kwdefaults__", {"own": (), "seconds": 1.5})
    drip = b"HTTP/1.1 200 OK\r\n"
    hanging, dripping, well = listen(None), listen(), listen()
    stop = threading.Event()

    def slowly(line: socket.socket) -> None:
        dripping.open.append(line)
        line.sendall(drip)
        while not stop.wait(0.2):
            try:
                line.sendall(b"X-A: b\r\n")
            except OSError:
                return

    dripping.answer = slowly
    for each in (hanging, dripping, well):
        target(city, each.url, events=["case.published"])
    shown(city.world, at=timezone.now())
    shown(city.world, at=timezone.now())
    seal()
    begun = time.monotonic()
    assert run() == 2
    assert time.monotonic() - begun < 6
    stop.set()
    assert len(well.heard) == 2
    problems = Delivery.objects.exclude(problem="").values_list("problem", flat=True)
    assert list(problems) == ["slow", "slow"]


def test_an_answer_sent_twice_is_one(city: Open, own, listen) -> None:
    listener = listen(OK + OK)
    target(city, listener.url, events=["case.published"])
    shown(city.world, at=timezone.now())
    seal()
    assert run() == 1
    assert len(listener.heard) == 1


def test_redirects_are_not_followed(city: Open, own, listen) -> None:
    other = listen()
    away = f"HTTP/1.1 302 X\r\nLocation: {other.url}\r\nContent-Length: 0\r\n\r\n"
    listener = listen(away.encode())
    target(city, listener.url, events=["case.published"])
    shown(city.world, at=timezone.now())
    seal()
    assert run() == 0
    assert other.heard == []
    assert Delivery.objects.get().problem == Problem.REDIRECT


@pytest.mark.parametrize("rubbish", [b"", b"\x00\x01", b"HTTP/1.1 abc\r\n\r\n"])
def test_rubbish_is_no_answer(listen, rubbish) -> None:
    listener = listen(rubbish)
    found = gateway.post(
        listener.url, body=b"{}", headers={"Content-Length": "2"}, own=OWN
    )
    assert found == (None, Problem.BROKEN)


def test_own_networks_are_refused_unless_the_machine_says_so(listen) -> None:
    listener = listen()
    found = gateway.post(listener.url, body=b"{}", headers={})
    assert found == (None, Problem.OWN_NETWORK)
    # A name that leads there is found out when it is looked up.
    port = listener.port
    found = gateway.post(f"https://localhost:{port}/", body=b"{}", headers={})
    assert found == (None, Problem.OWN_NETWORK)
    assert listener.heard == []
    nothing = gateway.post("https://nowhere.invalid/", body=b"{}", headers={})
    assert nothing == (None, Problem.NAME)


@pytest.mark.parametrize(
    ("address", "fault"),
    [
        ("127.0.0.1", UrlFault.OWN_NETWORK),
        ("10.1.2.3", UrlFault.OWN_NETWORK),
        ("172.16.0.1", UrlFault.OWN_NETWORK),
        ("192.168.1.1", UrlFault.OWN_NETWORK),
        ("169.254.169.254", UrlFault.OWN_NETWORK),
        ("100.64.0.1", UrlFault.OWN_NETWORK),
        ("0.0.0.0", UrlFault.OWN_NETWORK),
        ("224.0.0.1", UrlFault.OWN_NETWORK),
        ("::1", UrlFault.OWN_NETWORK),
        ("fe80::1%eth0", UrlFault.OWN_NETWORK),
        ("fd00::1", UrlFault.OWN_NETWORK),
        ("::ffff:10.0.0.1", UrlFault.OWN_NETWORK),
        ("1.1.1.1", None),
        ("2606:4700::1111", None),
    ],
)
def test_addresses(address, fault) -> None:
    assert address_fault(address, plain=False, own=()) is fault
    if fault is None:
        assert address_fault(address, plain=True, own=OWN) is UrlFault.NOT_HTTPS


@pytest.mark.parametrize(
    ("url", "fault"),
    [
        ("https://example.org/hook", None),
        ("http://example.org/hook", UrlFault.NOT_HTTPS),
        ("https://127.0.0.1/", UrlFault.OWN_NETWORK),
        ("https://[::1]/", UrlFault.OWN_NETWORK),
        ("https://user:word@example.org/", UrlFault.HAS_PASSWORD),
        ("ftp://example.org/", UrlFault.NOT_HTTPS),
        ("https://", UrlFault.NOT_A_URL),
        ("https://example.org:99999/", UrlFault.NOT_A_URL),
        ("https://例子.测试/", UrlFault.NOT_A_URL),
        ("https://example.org/a b", UrlFault.NOT_A_URL),
        ("https://example.org/" + "a" * 500, UrlFault.NOT_A_URL),
    ],
)
def test_urls(url, fault) -> None:
    assert url_fault(url, own=()) is fault


def test_after_days_without_success_it_stops_and_says_so(city: Open, own, listen):
    listener = listen(*[status(500)] * 20)
    made = target(city, listener.url, events=["case.published"])
    shown(city.world, at=timezone.now())
    seal()
    now = timezone.now()
    for hours in range(0, 24 * 8, 3):
        run(now + timedelta(hours=hours))
    made.refresh_from_db()
    assert made.state == Target.State.STOPPED
    assert 8 < len(listener.heard) < 16
    assert AuditEvent.objects.filter(action="interfaces.stop_target").count() == 1
    notice = Notice.objects.get(event="interfaces.target_stopped")
    assert notice.user_id == city.world["administrator"].pk
    # What was not delivered is still there, and goes on when somebody says so.
    later = now + timedelta(days=9)
    hooks.resume(target=made, by=city.world["administrator"], at=later)
    listener.answers.clear()
    assert run(later) == 1


def test_410_stops_at_once(city: Open, own, listen) -> None:
    made = target(city, listen(status(410)).url, events=["case.published"])
    shown(city.world, at=timezone.now())
    seal()
    run()
    made.refresh_from_db()
    assert made.state == Target.State.STOPPED


def test_a_target_hears_of_its_own_area_only(city: Open, own, listen) -> None:
    near, far = listen(), listen()
    target(city, near.url, organisation=city.world.town)
    target(city, far.url, organisation=city.world.other_county)
    shown(city.world, at=timezone.now())
    seal()
    run()
    assert near.types == ["case.published"]
    assert far.heard == []


def test_pausing_loses_nothing_and_removing_all(city: Open, own, listen) -> None:
    listener = listen()
    by = city.world["administrator"]
    made = target(city, listener.url, events=["case.published"])
    hooks.pause(target=made, by=by, at=timezone.now())
    shown(city.world, at=timezone.now())
    seal()
    assert run() == 0
    hooks.resume(target=made, by=by, at=timezone.now())
    assert run() == 1
    hooks.send_test(target=made, by=by, at=timezone.now())
    hooks.remove(target=made, by=by, at=timezone.now())
    assert run() == 0
    assert listener.types == ["case.published"]


def test_two_processes_never_send_to_one_at_once(city: Open, own, listen) -> None:
    listener = listen()
    made = target(city, listener.url, events=["case.published"])
    shown(city.world, at=timezone.now())
    seal()
    now = timezone.now()
    hooks.collect(at=now)
    assert hooks.hold(target=made, at=now)
    assert not hooks.hold(target=made, at=now)
    assert tasks.send(clock=lambda: now) == 0
    # Whoever held it died: after a while another one goes on.
    later = now + hooks.HELD_FOR + timedelta(seconds=1)
    assert tasks.send(clock=lambda: later) == 1


def test_a_new_secret_signs_otherwise(city: Open, own, listen) -> None:
    made = target(city, listen().url)
    before = hooks.secret_of(made)
    made = hooks.renew(target=made, by=city.world["administrator"], at=timezone.now())
    assert hooks.secret_of(made) != before
    assert len(before) == 32


def test_old_deliveries_are_forgotten(city: Open, own, listen) -> None:
    made = target(city, listen().url, events=["case.published"])
    shown(city.world, at=timezone.now())
    seal()
    assert run() == 1
    hooks.send_test(target=made, by=city.world["administrator"], at=timezone.now())
    assert tasks.forget_old(timezone.now() + timedelta(days=31)) == 1
    assert Delivery.objects.count() == 1, "what waits stays"


def test_collecting_costs_the_same_for_many(
    city: Open, own, listen, django_assert_max_num_queries
) -> None:
    target(city, listen().url, events=["case.published"])
    for _each in range(20):
        shown(city.world, at=timezone.now())
    seal()
    with django_assert_max_num_queries(20 + 22):
        assert hooks.collect(at=timezone.now()) == 20
