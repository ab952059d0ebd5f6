"""Every way over real TLS, to whom the installation trusts (SSL_CERT_FILE)."""

import pytest

from tests.notices.certificates import Authority
from tests.notices.sandbox import Sandbox
from tests.notices.test_gateways import AUTH, READER, send
from wugeyi.notices.gateways.base import Later


@pytest.fixture(scope="module")
def authority(tmp_path_factory) -> Authority:
    return Authority(tmp_path_factory.mktemp("ca"))


def every_way(settings, url: str) -> list[str]:
    """Ask every way there is at an address; return what each came to."""
    settings.NOTICES |= {
        "WECOM_URL": url,
        "DINGTALK_URL": url,
        "SMS_URL": f"{url}/",
        "PUSH_HOSTS": url,
    }
    said = []
    for code in ("wecom", "wecom-group", "dingtalk-group", "sms", "push"):
        value, keys = "13800138000", {}
        if code == "push":
            value, keys = f"{url}/p/1", {"public_key": READER, "auth": AUTH}
        try:
            send(code, value, **keys)
        except Later as trouble:
            said.append(trouble.code)
        else:
            said.append("taken")
    return said


def test_every_way_speaks_tls_to_whom_the_installation_trusts(
    gateways, settings, authority, monkeypatch
):
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
    with Sandbox(authority.server("localhost")) as server:
        assert every_way(settings, server.url) == ["taken"] * 5
        assert len(server.messages) == 5


@pytest.mark.parametrize("wrong", ["unknown", "name", "expired"])
def test_whoever_shows_no_good_certificate_hears_nothing(
    gateways, settings, authority, monkeypatch, tmp_path, wrong
):
    shows = {
        "unknown": lambda: Authority(tmp_path, "nobody").server("localhost"),
        "name": lambda: authority.server("other.example"),
        "expired": lambda: authority.server("localhost", expired=True),
    }
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
    with Sandbox(shows[wrong]()) as server:
        assert every_way(settings, server.url) == ["unreachable"] * 5
        assert server.asked == []
