"""WeChat Work (企业微信): messages of an own application to a member, and a group's robot.

Sources and what is recalled only: docs/notices.md.
"""

import time
from datetime import datetime
from urllib.parse import urlencode

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
from wugeyi.notices.gateways.outbound import ask, ask_json, usable

SITE = "https://qyapi.weixin.qq.com"
MOST_OCTETS = 2048
TOKEN_ENDED = frozenset({40001, 40014, 42001})
NO_SUCH_MEMBER = frozenset({81013})
BUSY = frozenset({-1, 45009, 45033})
# The longest time in which the other side recognises a repeat.
SAME_WITHIN_SECONDS = 4 * 3600


def content(message: Message) -> str:
    """Return a message within the length these robots take."""
    text = (
        f"{message.subject}\n{message.plain()}" if message.subject else message.plain()
    )
    octets = text.encode()
    if len(octets) <= MOST_OCTETS:
        return text
    return octets[: MOST_OCTETS - 3].decode("utf-8", "ignore") + "…"


def number(answer: dict[str, object]) -> int:
    """Return the error code of an answer; one without a code is no success."""
    code = answer.get("errcode")
    return code if isinstance(code, int) else -2


class WeComApp(Way):
    """A message to one member; the other side drops repeats for four hours."""

    code = "wecom"
    label = gettext_lazy("企业微信")
    repeatable = True
    by_default = False
    needs = ("WECOM_ID", "WECOM_SECRET", "WECOM_AGENT")

    def __init__(self) -> None:
        # The token and when it ends (time.monotonic), by whose it is.
        self._tokens: dict[tuple[str, str, str], tuple[str, float]] = {}

    def send(self, target: Target, message: Message, *, at: datetime) -> None:
        """Send to the member of this account name."""
        answer = self._try(target, message)
        if number(answer) in TOKEN_ENDED:
            # Ended before its time, as the other side may decide.
            self._tokens.clear()
            answer = self._try(target, message)
        code = number(answer)
        if code in NO_SUCH_MEMBER or answer.get("invaliduser"):
            raise Gone(f"wecom-{code}")
        if code in BUSY or code in TOKEN_ENDED:
            raise Later(f"wecom-{code}")
        if code:
            raise Refused(f"wecom-{code}")

    def _try(self, target: Target, message: Message) -> dict[str, object]:
        address = f"{given('WECOM_URL', SITE)}/cgi-bin/message/send?"
        return ask_json(
            address + urlencode({"access_token": self._token()}),
            {
                "touser": target.value,
                "msgtype": "text",
                "agentid": int(given("WECOM_AGENT", "0")),
                "text": {"content": content(message)},
                "enable_duplicate_check": 1,
                "duplicate_check_interval": SAME_WITHIN_SECONDS,
            },
        )

    def _token(self) -> str:
        whose = (given("WECOM_URL", SITE), given("WECOM_ID"), given("WECOM_SECRET"))
        token, ends = self._tokens.get(whose, ("", 0.0))
        if token and time.monotonic() < ends:
            return token
        asked = urlencode({"corpid": whose[1], "corpsecret": whose[2]})
        answer = ask(f"{whose[0]}/cgi-bin/gettoken?{asked}", method="GET")
        usable(answer)
        said = answer.document()
        token = str(said.get("access_token") or "")
        if number(said) or not token:
            raise Later(f"wecom-token-{number(said)}")
        lasts = said.get("expires_in")
        seconds = lasts if isinstance(lasts, int) else 0
        self._tokens[whose] = (token, time.monotonic() + max(0, seconds - 300))
        return token


class WeComRobot(Way):
    """The robot of one group, for what those on duty must hear."""

    code = "wecom-group"
    label = gettext_lazy("企业微信值班群")
    group = True
    needs = ("WECOM_ROBOT",)

    def send(self, target: Target, message: Message, *, at: datetime) -> None:
        """Post to the group."""
        asked = urlencode({"key": given("WECOM_ROBOT")})
        answer = ask_json(
            f"{given('WECOM_URL', SITE)}/cgi-bin/webhook/send?{asked}",
            {"msgtype": "text", "text": {"content": content(message)}},
        )
        code = number(answer)
        if code in BUSY:
            raise Later(f"wecom-{code}")
        if code:
            raise Refused(f"wecom-{code}")
