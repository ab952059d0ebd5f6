"""Letters through a mail server that refuses, breaks off, or takes them."""

from email import message_from_bytes
from email.header import decode_header, make_header
from uuid import UUID

import pytest

from tests.notices.sandbox import MailServer
from wugeyi.notices.gateways import WAYS
from wugeyi.notices.gateways.base import (
    Gone,
    Later,
    Message,
    Refused,
    Target,
    Unclear,
)

MESSAGE = Message(
    "诉求 20260318-17 有答复了",
    (("社区答复了。", "http://here/notices/open/x"),),
    UUID("0123456789abcdef0123456789abcdef"),
    "zh-hans",
    stop_url="http://here/notices/stop/s/1",
    settings_url="http://here/notices/settings/s",
)


def send(settings, server: MailServer) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address[:2]
    settings.EMAIL_USE_TLS = False
    settings.EMAIL_TIMEOUT = 5
    WAYS["email"].send(Target("zhang@example.cn"), MESSAGE, at=None)


def test_a_letter_is_plain_and_carries_both_ways_out(settings):
    with MailServer() as server:
        send(settings, server)
        send(settings, server)
    one, two = (message_from_bytes(letter.encode()) for letter in server.letters)
    assert str(make_header(decode_header(one["Subject"]))) == MESSAGE.subject
    # RFC 8058: both headers, and the address takes a POST without asking anything.
    assert one["List-Unsubscribe"] == "<http://here/notices/stop/s/1>"
    assert one["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert one["Auto-Submitted"] == "auto-generated"
    assert one.get_content_type() == "text/plain"
    text = one.get_payload(decode=True).decode().replace("\r\n", "\n")
    assert text.startswith("社区答复了。\nhttp://here/notices/open/x\n")
    assert "http://here/notices/stop/s/1" in text
    # A repeat can be known by it.
    assert one["Message-ID"] == two["Message-ID"]


@pytest.mark.parametrize(
    ("said", "trouble", "code"),
    [
        ({"rcpt": "550 no such user"}, Gone, "smtp-550"),
        ({"rcpt": "450 try again"}, Later, "smtp-450"),
        ({"data": "451 busy"}, Later, "smtp-451"),
        ({"data": "554 no"}, Refused, "smtp-554"),
        ({"data": "drop"}, Unclear, "no-answer"),
    ],
)
def test_what_a_mail_server_says(settings, said, trouble, code):
    with MailServer(**said) as server, pytest.raises(trouble) as found:
        send(settings, server)
    assert found.value.code == code


def test_no_mail_server_is_certain(settings):
    with MailServer() as server:
        pass
    with pytest.raises(Later, match="mail-server"):
        send(settings, server)
