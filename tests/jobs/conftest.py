from datetime import UTC, datetime, timedelta

import pytest

from wugeyi.accounts.models import User
from wugeyi.jobs import registry

NOW = datetime(2026, 3, 18, 1, 0, tzinfo=UTC)


def later(**more: float) -> datetime:
    return NOW + timedelta(**more)


@pytest.fixture
def person(db) -> User:
    return User.objects.create(username="planner", name="规划员", created_at=NOW)


@pytest.fixture
def kinds(monkeypatch):
    """A registry of this test's own: `kinds("name", function, …)` adds to it."""
    monkeypatch.setattr(registry, "_KINDS", {})

    def add(name, function, **more):
        registry.work(name, function, **({"label": "测试计算"} | more))

    return add
