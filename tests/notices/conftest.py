from collections.abc import Iterator
from copy import deepcopy
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from tests.casework.world import World, build
from tests.notices.sandbox import DINGTALK_SECRET, SMS_SECRET, Sandbox
from wugeyi.notices import registry
from wugeyi.notices.gateways import WAYS
from wugeyi.notices.registry import Event

# Ten in the morning in Guiyang: nobody sleeps.
NOW = datetime(2026, 3, 18, 2, 0, tzinfo=UTC)


def later(**more: float) -> datetime:
    return NOW + timedelta(**more)


def made() -> World:
    """The city, everybody in it with a mailbox."""
    world = build()
    for user in world.users.values():
        user.email = f"{user.username}@example.cn"
        user.save(update_fields=["email"])
    return world


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker) -> Iterator[World]:
    """The same, built once for a module."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield made()
        transaction.set_rollback(True)


@pytest.fixture
def world(request) -> World:
    """A test's own copy; where it has transactions of its own, a city of its own."""
    marked = request.node.get_closest_marker("django_db")
    if marked is not None and marked.kwargs.get("transaction"):
        request.getfixturevalue("transactional_db")
        return made()
    kept = request.getfixturevalue("built")
    request.getfixturevalue("db")
    return deepcopy(kept)


@pytest.fixture
def sandbox():
    with Sandbox() as running:
        yield running


@pytest.fixture
def events(monkeypatch):
    """Events of this test's own: one asked for, one by default, one urgent, one always."""
    monkeypatch.setattr(registry, "_events", dict(registry._events))
    for code, more in {
        "tests.asked": {},
        "tests.usual": {"default": True},
        "tests.urgent": {"default": True, "urgent": True},
        "tests.always": {"default": True, "always": True},
    }.items():
        registry.register(Event(code, code, "标题 %(n)s", "正文 %(n)s", **more))


@pytest.fixture
def gateways(settings, sandbox):
    WAYS["wecom"]._tokens.clear()
    settings.NOTICES = {
        "WECOM_ID": "corp",
        "WECOM_SECRET": "corp-secret",
        "WECOM_AGENT": "1000002",
        "WECOM_URL": sandbox.url,
        "WECOM_ROBOT": "robot-key",
        "DINGTALK_ROBOT": "robot-token",
        "DINGTALK_SECRET": DINGTALK_SECRET,
        "DINGTALK_URL": sandbox.url,
        "SMS_KEY": "key",
        "SMS_SECRET": SMS_SECRET,
        "SMS_SIGN": "测试市",
        "SMS_TEMPLATE": "SMS_1",
        "SMS_URL": f"{sandbox.url}/",
        "PUSH": "1",
        "PUSH_HOSTS": sandbox.url,
    }
    return sandbox
