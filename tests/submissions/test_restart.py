"""The browser's process is killed with a queue in it, and begins again with its profile."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect

from tests.casework.world import World, build
from tests.conftest import PHONE
from tests.machine import CHROMIUM_FLAGS, chromium
from tests.submissions import queue
from tests.submissions.proxy import Line
from tests.submissions.test_browser import rows, sign_in
from wugeyi.casework.models import Case, CasePhoto
from wugeyi.submissions import registry
from wugeyi.submissions.models import Submission
from wugeyi.submissions.queries import offline
from wugeyi.submissions.registry import Sent, Taken

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def city(transactional_db) -> World:
    cache.clear()
    return build()


@pytest.fixture
def line(live_server) -> Iterator[Line]:
    line = Line(live_server.url)
    yield line
    line.close()


@pytest.fixture
def diary(monkeypatch: pytest.MonkeyPatch) -> list[Sent]:
    """A kind that only its writer, signed in, may send."""
    taken: list[Sent] = []

    def take(_request: object, sent: Sent) -> Taken:
        taken.append(sent)
        return Taken("/", "好")

    kind = registry.Kind("diary", take, "日记", "home", sign_in=True)
    kinds = {**registry._REGISTRY.kinds, "diary": kind}
    monkeypatch.setattr(registry._REGISTRY, "kinds", kinds)
    return taken


@contextmanager
def started(browser: Browser, profile: Path, line: Line) -> Iterator[BrowserContext]:
    context = browser.browser_type.launch_persistent_context(
        profile,
        executable_path=chromium(),
        args=CHROMIUM_FLAGS,
        base_url=line.url,
        locale="zh-CN",
        **PHONE,
    )
    try:
        yield context
    finally:
        # A killed one is gone already.
        with suppress(Error):
            context.close()


def killed(profile: Path) -> None:
    """End the browser at once, as an empty battery does."""
    # Chromium says there which process owns the profile: host-pid.
    owner = os.readlink(profile / "SingletonLock").rpartition("-")[2]
    os.kill(int(owner), signal.SIGKILL)


def lay(page: Page, city: World) -> None:
    mine = offline.person_tag(city["worker"])
    place = str(city.community.pk)
    photo = "0f8fad5b-d9cb-469f-a165-70867728950e"
    queue.lay(
        page,
        [
            queue.entry({"text": "第一件：路灯坏了", "place": place}, photos=[photo]),
            queue.entry({"text": "今天去了三家"}, code="diary", person=mine),
            queue.entry({"text": "第二件：下水道堵了", "place": place}),
        ],
    )


def test_a_killed_browser_sends_once_when_it_begins_again(
    browser: Browser,
    line: Line,
    city: World,
    diary: list[Sent],
    tmp_path: Path,
) -> None:
    profile = tmp_path / "profile"
    with started(browser, profile, line) as context:
        sign_in(context, city, "worker")
        page = context.pages[0]
        page.goto("/send/queue")
        queue.controlled(page)
        line.cut = True
        lay(page, city)
        page.reload()
        rows(page, *["等待发送"] * 3)
        # What is in the database is on the disk once a transaction has ended.
        killed(profile)

    # Meanwhile whoever was signed in is so no longer.
    Session.objects.all().delete()
    line.cut = False
    with started(browser, profile, line) as context:
        page = context.pages[0]
        page.goto("/send/queue")
        rows(page, "等登录后发送", "已收到", "已收到")
        assert diary == []
        texts = Case.objects.order_by("pk").values_list("text", flat=True)
        assert list(texts) == ["第一件：路灯坏了", "第二件：下水道堵了"]
        assert CasePhoto.objects.count() == 1
        sign_in(context, city, "worker")
        page.reload()
        rows(page, *["已收到"] * 3)
        expect(page.locator("[data-queue-sign-in]")).to_be_hidden()
        assert [each.by for each in diary] == [city["worker"]]
        assert Submission.objects.count() == 3
        killed(profile)

    # Nothing is sent again.
    with started(browser, profile, line) as context:
        page = context.pages[0]
        page.goto("/send/queue")
        rows(page, *["已收到"] * 3)
        assert (Case.objects.count(), len(diary)) == (2, 1)
