"""Ways by which a message reaches somebody, each a small class.

A way is ready where the environment holds what it needs (WUGEYI_NOTICE_…, read by
``wugeyi/settings.py``); nothing about it is stored in the database.
"""

from wugeyi.notices.gateways.base import Way
from wugeyi.notices.gateways.dingtalk import DingTalkRobot
from wugeyi.notices.gateways.email import Email
from wugeyi.notices.gateways.push import WebPush
from wugeyi.notices.gateways.sms import AliyunSms
from wugeyi.notices.gateways.wecom import WeComApp, WeComRobot

WAYS: dict[str, Way] = {}


def register(way: Way) -> Way:
    """Add a way; the same code twice keeps the last."""
    WAYS[way.code] = way
    return way


for _way in (
    Email(),
    WebPush(),
    AliyunSms(),
    WeComApp(),
    WeComRobot(),
    DingTalkRobot(),
):
    register(_way)


def way(code: str) -> Way | None:
    """Return a way; None if there is none of this code any more."""
    return WAYS.get(code)


def ready(*, groups: bool = False) -> list[Way]:
    """Return the ways that are set up, to people or to groups."""
    return [way for way in WAYS.values() if way.group is groups and way.ready()]
