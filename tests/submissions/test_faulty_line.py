"""A thousand reports from real browsers over a line that does everything wrong."""

import time
from uuid import UUID, uuid4

import pytest
from django.core.cache import cache
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, Page

from tests.casework.world import World, build
from tests.machine import WAIT_SECONDS
from tests.submissions import queue
from tests.submissions.proxy import FAULTS, Line
from wugeyi.casework.models import Case, CasePhoto
from wugeyi.submissions.models import Conflict, Photo, Submission
from wugeyi.submissions.views import sending

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONES = 4
REPORTS = 250
# Every so many carries a photograph.
WITH_PHOTO = 25
LONGEST_SECONDS = 5 * WAIT_SECONDS

# The phone finds and loses its network all the time.
FLAP = "() => void setInterval(() => dispatchEvent(new Event('online')), 150)"


@pytest.fixture
def city(transactional_db, monkeypatch: pytest.MonkeyPatch) -> World:
    cache.clear()
    # As `wugeyi serve` does: a connection is opened once for each thread.
    monkeypatch.setitem(connections.settings["default"], "CONN_MAX_AGE", None)
    monkeypatch.setattr(sending, "TAKES_PER_WINDOW", 10**6)
    monkeypatch.setattr(sending, "REQUESTS_PER_WINDOW", 10**6)
    return build()


def written_on(world: World, phone: int, number: int) -> dict[str, object]:
    place = world.community if number % 2 else world.neighbour
    fields = {
        "text": f"手机{phone}的第{number}件：路灯坏了",
        "category": "",
        "place": str(place.pk),
    }
    photos = [str(uuid4())] if number % WITH_PHOTO == 0 else []
    return queue.entry(fields, photos=photos)


def test_each_of_a_thousand_arrives_exactly_once(
    browser: Browser, live_server, city: World
) -> None:
    line = Line(live_server.url)
    contexts: list[BrowserContext] = []
    pages: list[Page] = []
    written: list[list[UUID]] = []
    for phone in range(PHONES):
        context = browser.new_context(base_url=line.url, locale="zh-CN")
        page = context.new_page()
        page.goto("/send/queue")
        queue.controlled(page)
        entries = [written_on(city, phone, number) for number in range(REPORTS)]
        queue.lay(page, entries)
        contexts.append(context)
        pages.append(page)
        written.append([UUID(str(each["id"])) for each in entries])
    # A second tab of the same phone: only one of them sends.
    pages.append(contexts[0].new_page())
    line.faulty = True
    for page in pages:
        # The page of the queue would draw its hundreds again and again.
        page.goto("/report")
        page.evaluate(FLAP)
    ends = time.monotonic() + LONGEST_SECONDS
    while Case.objects.count() < PHONES * REPORTS or not all(map(settled, pages)):
        assert time.monotonic() < ends, (Case.objects.count(), line.seen)
        pages[0].wait_for_timeout(500)
    for context in contexts:
        context.close()
    line.close()

    assert set(line.seen) == {"", *FAULTS}
    assert Case.objects.count() == Submission.objects.count() == PHONES * REPORTS
    assert CasePhoto.objects.count() == PHONES * REPORTS // WITH_PHOTO
    assert Conflict.objects.count() == 0
    keys = dict(Case.objects.values_list("client_id", "pk"))
    for sent in written:
        order = [keys[each] for each in sent]
        assert order == sorted(order)
    # A late copy of a part may begin a photograph anew; the daily task takes it away.
    assert Photo.objects.exclude(upload=None).count() == 0 or line.seen["twice, late"]


def settled(page: Page) -> bool:
    return set(queue.states(page)) == {"taken"}
