"""Text messages through Alibaba Cloud (阿里云短信, SendSms). Sources: docs/notices.md."""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import quote, urlencode

from django.utils.translation import gettext_lazy

from wugeyi.notices.gateways.base import (
    Gone,
    Later,
    Message,
    Refused,
    Target,
    Way,
    given,
)
from wugeyi.notices.gateways.outbound import FAULTY, TOO_MANY, ask, usable
from wugeyi.notices.rules import shortened

SITE = "https://dysmsapi.aliyuncs.com/"
# Recalled: a template's variable takes at most 35 characters.
MOST_CHARACTERS = 35
NO_SUCH_NUMBER = frozenset({"isv.MOBILE_NUMBER_ILLEGAL", "isv.INVALID_PARAMETERS"})
BUSY = frozenset({"isv.BUSINESS_LIMIT_CONTROL", "isp.SYSTEM_ERROR", "Throttling.User"})


def encoded(text: str) -> str:
    """Percent-encode as the signature asks: all but letters, digits and ``-_.~``."""
    return quote(text, safe="-_.~")


def signature(method: str, values: Mapping[str, str], secret: str) -> str:
    """Return the signature of a request (version 1.0, HMAC-SHA1, base 64)."""
    line = "&".join(f"{encoded(k)}={encoded(values[k])}" for k in sorted(values))
    said = f"{method}&{encoded('/')}&{encoded(line)}"
    digest = hmac.new(f"{secret}&".encode(), said.encode(), hashlib.sha1).digest()
    return base64.b64encode(digest).decode()


class AliyunSms(Way):
    """A text message made of an approved template with the variable ``text``."""

    code = "sms"
    label = gettext_lazy("短信")
    # Each one costs money: only where somebody chose it.
    by_default = False
    needs = ("SMS_KEY", "SMS_SECRET", "SMS_SIGN", "SMS_TEMPLATE")

    def send(self, target: Target, message: Message, *, at: datetime) -> None:
        """Send the subject; the page is one sign-in away."""
        text = shortened(message.subject or message.plain(), MOST_CHARACTERS)
        values = {
            "AccessKeyId": given("SMS_KEY"),
            "Action": "SendSms",
            "Format": "JSON",
            "OutId": message.token.hex,
            "PhoneNumbers": target.value,
            "SignName": given("SMS_SIGN"),
            "SignatureMethod": "HMAC-SHA1",
            # A repeat of the same moment would be refused by it, not sent again.
            "SignatureNonce": f"{message.token.hex}-{at.timestamp():.0f}",
            "SignatureVersion": "1.0",
            "TemplateCode": given("SMS_TEMPLATE"),
            "TemplateParam": json.dumps({"text": text}, ensure_ascii=False),
            "Timestamp": at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "Version": "2017-05-25",
        }
        values["Signature"] = signature("POST", values, given("SMS_SECRET"))
        answer = ask(
            given("SMS_URL", SITE),
            body=urlencode(values).encode(),
            headers={"Content-Type": "application/x-www-form-urlencoded"},
        )
        if answer.status >= FAULTY or answer.status == TOO_MANY:
            usable(answer)
        # Its errors have a code beside a status of 400.
        code = str(answer.document().get("Code") or "none")
        if code in NO_SUCH_NUMBER:
            raise Gone(code)
        if code in BUSY:
            raise Later(code)
        if code != "OK":
            raise Refused(code[:60])
