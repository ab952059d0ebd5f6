"""Webhooks over real TLS: who is trusted, who is refused, where the connection goes."""

import json
import socket
from ipaddress import ip_network

import pytest
from django.utils import timezone

from tests.interfaces.listening import OWN, run, seal, target
from tests.interfaces.open import Open, shown
from tests.notices.certificates import Authority
from wugeyi.interfaces import gateway
from wugeyi.interfaces.actions import hooks
from wugeyi.interfaces.models import Delivery
from wugeyi.interfaces.rules.hooks import Problem, signature

# "localhost" may stand for both.
HERE = (*OWN, ip_network("::1/128"))


@pytest.fixture(scope="module")
def authority(tmp_path_factory) -> Authority:
    return Authority(tmp_path_factory.mktemp("ca"))


@pytest.fixture
def trusted(authority: Authority, monkeypatch) -> None:
    """As an installation says it: by OpenSSL's own variable."""
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))


def post(url: str, **more: object) -> gateway.Answered:
    return gateway.post(url, body=b"{}", headers={}, own=HERE, **more)


def test_a_message_arrives_over_tls_signed(
    city: Open, authority, trusted, listen, settings
) -> None:
    settings.WEBHOOK_NETWORKS = HERE
    listener = listen(tls=authority.server("localhost"))
    url = f"https://localhost:{listener.port}/hook?a=1"
    made = target(city, url, events=["case.published"])
    case = shown(city.world, at=timezone.now())
    seal()
    now = timezone.now()
    assert run(now) == 1
    ((headers, body),) = listener.heard
    assert json.loads(body)["data"]["service_request_id"] == case.number
    assert headers["host"] == f"localhost:{listener.port}"
    assert listener.names == ["localhost"]
    assert headers["webhook-signature"] == signature(
        hooks.secret_of(made), message=headers["webhook-id"], at=now, body=body
    )
    assert Delivery.objects.get().delivered_at == now


@pytest.mark.parametrize("wrong", ["unknown", "name", "expired"])
def test_whoever_shows_no_good_certificate_hears_nothing(
    authority, trusted, listen, tmp_path, wrong: str
) -> None:
    shows = {
        "unknown": lambda: Authority(tmp_path, "nobody").server("localhost"),
        "name": lambda: authority.server("other.example"),
        "expired": lambda: authority.server("localhost", expired=True),
    }
    listener = listen(tls=shows[wrong]())
    found = post(f"https://localhost:{listener.port}/hook?a=1")
    assert found == (None, Problem.TLS)
    assert listener.heard == []


def test_without_the_installations_word_its_authority_is_unknown(
    authority, listen
) -> None:
    listener = listen(tls=authority.server("localhost"))
    found = post(f"https://localhost:{listener.port}/hook?a=1")
    assert found == (None, Problem.TLS)


def test_it_goes_to_the_address_that_was_checked(
    authority, trusted, listen, monkeypatch
) -> None:
    """A name that leads elsewhere when asked again is asked once."""
    listener = listen(tls=authority.server("hooks.example"))
    real, asked = socket.getaddrinfo, []

    def changing(host, *args, **more):
        if host != "hooks.example":
            return real(host, *args, **more)
        asked.append(host)
        return real("127.0.0.1" if len(asked) == 1 else "127.9.9.9", *args, **more)

    monkeypatch.setattr(socket, "getaddrinfo", changing)
    found = post(f"https://hooks.example:{listener.port}/hook?a=1")
    assert found == (200, None)
    assert asked == ["hooks.example"]
    # The name is still what it says it looks for, and what it held the other side to.
    assert listener.names == ["hooks.example"]
    assert listener.heard[0][0]["host"] == f"hooks.example:{listener.port}"


def test_one_name_that_leads_to_two_places_needs_both_to_be_allowed(
    authority, trusted, listen, monkeypatch
) -> None:
    listener = listen(tls=authority.server("hooks.example"))
    real = socket.getaddrinfo

    def both(host, *args, **more):
        if host != "hooks.example":
            return real(host, *args, **more)
        return [
            row
            for each in ("127.0.0.1", "169.254.169.254")
            for row in real(each, *args, **more)
        ]

    monkeypatch.setattr(socket, "getaddrinfo", both)
    found = post(f"https://hooks.example:{listener.port}/hook?a=1")
    assert found == (None, Problem.OWN_NETWORK)
    assert listener.heard == []


def test_one_that_never_shakes_hands_is_cut(listen) -> None:
    silent = socket.create_server(("127.0.0.1", 0))
    try:
        port = silent.getsockname()[1]
        found = post(f"https://127.0.0.1:{port}/hook?a=1", seconds=0.5)
    finally:
        silent.close()
    assert found == (None, Problem.SLOW)
