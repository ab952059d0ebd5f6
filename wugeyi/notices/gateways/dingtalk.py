"""DingTalk (钉钉): the signed robot of one group. Sources: docs/notices.md."""

import base64
import hashlib
import hmac
from datetime import datetime
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy

from wugeyi.notices.gateways.base import Later, Message, Refused, Target, Way, given
from wugeyi.notices.gateways.outbound import ask_json
from wugeyi.notices.gateways.wecom import content, number

SITE = "https://oapi.dingtalk.com"
# Too fast (more than 20 a minute are held back for some ten), or busy.
BUSY = frozenset({-1, 130101})


def signature(secret: str, milliseconds: int) -> str:
    """Return HMAC-SHA256 of time, line feed and secret, keyed by the secret, base 64."""
    said = f"{milliseconds}\n{secret}".encode()
    digest = hmac.new(secret.encode(), said, hashlib.sha256).digest()
    return base64.b64encode(digest).decode()


class DingTalkRobot(Way):
    """The robot of one group, for what those on duty must hear."""

    code = "dingtalk-group"
    label = gettext_lazy("钉钉值班群")
    group = True
    needs = ("DINGTALK_ROBOT", "DINGTALK_SECRET")

    def send(self, target: Target, message: Message, *, at: datetime) -> None:
        """Post to the group, signed with the time."""
        milliseconds = round(at.timestamp() * 1000)
        asked = urlencode(
            {
                "access_token": given("DINGTALK_ROBOT"),
                "timestamp": milliseconds,
                "sign": signature(given("DINGTALK_SECRET"), milliseconds),
            }
        )
        answer = ask_json(
            f"{given('DINGTALK_URL', SITE)}/robot/send?{asked}",
            {"msgtype": "text", "text": {"content": content(message)}},
        )
        code = number(answer)
        if code in BUSY:
            raise Later(f"dingtalk-{code}")
        if code:
            raise Refused(f"dingtalk-{code}")
