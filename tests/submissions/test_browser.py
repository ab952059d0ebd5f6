"""What somebody without signal does, in a real browser with its real storage."""

import contextlib
import io
import time
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from PIL import Image
from playwright.sync_api import BrowserContext, Error, Page, expect

from tests import looking
from tests.casework.world import World, build
from tests.conftest import DESKTOP, PHONE
from tests.machine import WAIT_SECONDS
from tests.submissions import queue
from tests.submissions.proxy import Line
from wugeyi.casework.models import Case, CasePhoto
from wugeyi.organisations.rules.naming import words
from wugeyi.submissions import registry
from wugeyi.submissions.models import Submission
from wugeyi.submissions.queries import offline
from wugeyi.submissions.registry import Sent, Taken

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WAITS, TAKEN, REFUSED = "等待发送", "已收到", "没有收下"
# The first form of the store, as phones kept it before.
OLD_STORE = """
async ({ id, fields, picture }) => {
  const base = await new Promise((done) => {
    const request = indexedDB.open("wugeyi", 1);
    request.onupgradeneeded = () =>
      request.result.createObjectStore("entries", { keyPath: "seq", autoIncrement: true });
    request.onsuccess = () => done(request.result);
  });
  const octets = Uint8Array.from(picture).buffer;
  const deed = base.transaction("entries", "readwrite");
  deed.objectStore("entries").add({
    id, code: "report", page: "/report", fields, state: "waiting",
    photos: [{ id: "0f8fad5b-d9cb-469f-a165-70867728950e", name: "p.jpg",
               type: "image/jpeg", octets }],
    written: "2026-03-18T01:00:00.000Z",
  });
  await new Promise((done) => (deed.oncomplete = done));
  base.close();
}
"""
FULL = """
Object.defineProperty(window, "full", { value: true, writable: true });
const put = IDBObjectStore.prototype.put;
IDBObjectStore.prototype.put = function (...given) {
  if (window.full && this.name === "entries")
    throw new DOMException("no room", "QuotaExceededError");
  return put.apply(this, given);
};
"""


@pytest.fixture
def city(transactional_db) -> World:
    cache.clear()
    world = build()
    for unit in (world.county, world.town, world.community, world.neighbour):
        unit.search = words(unit.name, unit.code)
        unit.save(update_fields=["search"])
    return world


@pytest.fixture
def line(live_server) -> Iterator[Line]:
    line = Line(live_server.url)
    yield line
    line.close()


def photo(name: str = "灯.jpg") -> dict:
    file = io.BytesIO()
    Image.new("RGB", (1200, 900), (90, 120, 60)).save(file, "JPEG")
    return {"name": name, "mimeType": "image/jpeg", "buffer": file.getvalue()}


def write(page: Page, text: str, place: str, *photos: dict) -> None:
    page.get_by_label("出了什么事").fill(text)
    page.get_by_role("button", name="下一步").click()
    page.get_by_label("哪个社区或村").fill(place)
    page.get_by_role("button", name="下一步").click()
    if photos:
        page.locator("input[type=file]").set_input_files(list(photos))
        expect(page.locator(".photo-list img")).to_have_count(len(photos))
    page.get_by_role("button", name="提交").click()


def rows(page: Page, *shown: str) -> None:
    marks = page.locator(".queue-entry .state")
    expect(marks).to_have_text(list(shown))


def until(page: Page, script: str, wanted: str) -> None:
    """Ask until what is told holds what is wanted; a page on its way is asked again."""
    ends = time.monotonic() + WAIT_SECONDS
    told = ""
    while wanted not in told:
        assert time.monotonic() < ends, told
        page.wait_for_timeout(200)
        with contextlib.suppress(Error):
            told = page.evaluate(script)


def test_without_signal_from_writing_to_the_receipt(
    browser, line: Line, city: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = browser.new_context(base_url=line.url, locale="zh-CN", **PHONE)
    page = context.new_page()

    def signal(*, on: bool) -> None:
        line.cut = not on
        context.set_offline(not on)

    page.goto("/report")
    queue.controlled(page)
    expect(page.locator("html")).not_to_have_attribute("data-kept", "")

    # The page opens, takes two reports with a photograph, and says where they are.
    signal(on=False)
    page.goto("/report")
    write(page, "第一件：路灯坏了", "金桥", photo())
    expect(page.locator(".queue-kept")).to_contain_text("已存在这部手机上")
    expect(page.locator(".queue-kept")).to_contain_text("第 1 个")
    page.get_by_role("button", name="再写一件").click()
    write(page, "第二件：下水道堵了", "没有这个社区")
    expect(page.locator(".queue-kept")).to_contain_text("第 2 个")
    # Anything that is not kept leads to the queue, not to the browser's error page.
    page.goto("/desk/")
    expect(page).to_have_url(f"{line.url}/send/queue")
    rows(page, WAITS, WAITS)
    expect(page.locator("[data-signal]")).to_contain_text("没有信号")
    looking.check(page)
    # What is kept: public copies and files, nothing of anybody.
    kept = page.evaluate(
        "async () => (await Promise.all((await caches.keys()).map("
        "async (n) => (await (await caches.open(n)).keys()).map("
        "(r) => new URL(r.url).pathname)))).flat()"
    )
    known = ("/send/copy", "/static/", "/look", "/areas.geojson")
    assert all(each.startswith(known) for each in kept), kept
    page.close()

    # Everything is there after the tab was closed; with signal it goes by itself.
    page = context.new_page()
    page.goto("/send/queue")
    rows(page, WAITS, WAITS)
    signal(on=True)
    rows(page, REFUSED, TAKEN)
    expect(page.locator(".queue-entry").first).to_contain_text("没有这个社区")
    case = Case.objects.get()
    assert case.text == "第一件：路灯坏了"
    assert case.place == city.community
    assert CasePhoto.objects.filter(case=case).count() == 1

    # The refused one is mended on its page and goes as something new.
    page.get_by_role("link", name="改一改再发").click()
    expect(page.locator("#notices")).to_contain_text("没有这个社区")
    page.get_by_role("button", name="下一步").click()
    place = page.get_by_label("哪个社区或村")
    expect(place).to_have_value("没有这个社区")
    place.fill("银桥")
    page.get_by_role("button", name="下一步").click()
    page.get_by_role("button", name="提交").click()
    expect(page.locator(".receipt-code")).to_be_visible()
    page.goto("/send/queue")
    rows(page, TAKEN, TAKEN)
    assert [each.text for each in Case.objects.order_by("pk")] == [
        "第一件：路灯坏了",
        "第二件：下水道堵了",
    ]
    page.set_viewport_size(DESKTOP["viewport"])
    looking.check(page)
    page.get_by_role("link", name="打开回执").last.click()
    expect(page.locator(".receipt-code")).to_be_visible()

    # A new version is offered, and what waits is still there after it.
    signal(on=False)
    page.goto("/report")
    write(page, "第三件：井盖不见了", "金桥")
    expect(page.locator(".queue-kept")).to_be_visible()
    old = offline.service_worker()[0]
    monkeypatch.setattr(
        offline,
        "service_worker",
        lambda: (old.replace('"version": "', '"version": "new'), "new"),
    )
    line.cut = False
    context.set_offline(False)
    rows_before = Case.objects.count()
    page.goto("/report")
    page.get_by_role("button", name="现在更新").click()
    until(page, "caches.keys().then((names) => names.join())", "wugeyi-new")
    page.goto("/send/queue")
    rows(page, TAKEN, TAKEN, TAKEN)
    assert Case.objects.count() == rows_before + 1

    # What cannot wait goes before what waits.
    signal(on=False)
    page.goto("/report")
    write(page, "第四件：路面塌了", "金桥")
    expect(page.locator(".queue-kept")).to_contain_text("第 1 个")
    page.goto("/volunteering/emergency/")
    page.get_by_role("button", name="马上告诉值班室").first.click()
    expect(page.locator(".queue-kept")).to_contain_text("第 1 个")
    signal(on=True)
    page.goto("/send/queue")
    rows(page, *[TAKEN] * 5)
    kinds = Submission.objects.order_by("pk").values_list("kind", flat=True)
    assert list(kinds)[-2:] == ["flash-emergency", "report"]

    # Copies follow the reader's language.
    page.get_by_role("button", name="English").first.click()
    page.goto("/report")
    english = "caches.match('/send/copy?page=%2Freport').then((copy) => copy.text())"
    until(page, english, 'lang="en"')
    signal(on=False)
    page.goto("/report")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    context.close()


def test_an_answer_that_is_lost_while_somebody_looks(
    browser, line: Line, city: World
) -> None:
    """The server took it, nobody heard: the queue asks again and shows the receipt."""
    context = browser.new_context(base_url=line.url, locale="zh-CN", **PHONE)
    page = context.new_page()
    page.goto("/report")
    lost = []

    def lose(route) -> None:
        if lost:
            route.continue_()
            return
        lost.append(route.fetch())
        route.abort("connectionreset")

    context.route("**/send/report", lose)
    write(page, "路灯坏了，答复没有收到", "金桥")
    expect(page.locator(".queue-kept")).to_be_visible()
    page.get_by_role("link", name="看待发送的").click()
    rows(page, TAKEN)
    assert lost
    assert Case.objects.count() == 1

    # What only a person can answer is asked on the page itself, the words still there.
    # (The hints that come while typing did not make it: they would have shown it.)
    context.route("**/report/hints", lambda route: route.abort())
    page.goto("/report")
    write(page, "楼道着火了，有人被困", "金桥")
    expect(page.locator("[data-first]")).to_contain_text("119")
    # The page itself asks now, so the queue lets go of it, once its script is there.
    ends = time.monotonic() + WAIT_SECONDS
    while (states := queue.states(page)) != ["taken"]:
        assert time.monotonic() < ends, states
        page.wait_for_timeout(100)
    page.get_by_role("button", name="继续提交").click()
    expect(page.locator(".receipt-code")).to_be_visible()
    assert Case.objects.count() == 2

    # A picture that is none costs only itself.
    page.goto("/report")
    broken = {"name": "x.svg", "mimeType": "image/svg+xml", "buffer": b"<svg/>"}
    page.get_by_label("出了什么事").fill("垃圾没有清运，照片坏了")
    page.get_by_role("button", name="下一步").click()
    page.get_by_label("哪个社区或村").fill("金桥")
    page.get_by_role("button", name="下一步").click()
    page.locator("input[type=file]").set_input_files([broken, photo()])
    page.locator(".photo-list li").nth(1).wait_for()
    page.get_by_role("button", name="提交").click()
    expect(page.locator(".queue-kept")).to_contain_text("查询码")
    expect(page.locator(".queue-kept")).to_contain_text("不是能打开的照片")
    assert CasePhoto.objects.filter(case=Case.objects.latest("pk")).count() == 1
    context.close()


def test_a_full_phone_an_old_store_a_wrong_clock_and_another_person(
    browser, line: Line, city: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = browser.new_context(base_url=line.url, locale="zh-CN", **PHONE)
    page = context.new_page()
    fields = [["text", "旧版本写的"], ["place", str(city.community.pk)]]

    # What an older version kept is sent by the new one, with its picture.
    page.goto("/follow")
    key = "7d444840-9dc0-11d1-b245-5ffdce74fad2"
    picture = list(photo()["buffer"])
    page.evaluate(OLD_STORE, {"id": key, "fields": fields, "picture": picture})
    page.goto("/send/queue")
    rows(page, TAKEN)
    case = Case.objects.get(client_id=key)
    assert CasePhoto.objects.filter(case=case).count() == 1
    queue.controlled(page)
    line.cut = True
    context.set_offline(True)

    # No room: said at once, the form stays as it is; with room again it is kept.
    page.add_init_script(FULL)
    page.goto("/report")
    write(page, "手机满了还能提交吗", "金桥", photo())
    expect(page.locator(".queue-line")).to_contain_text("手机存储满了")
    assert len(queue.read(page)) == 1
    page.evaluate("() => { window.full = false; }")
    page.get_by_role("button", name="提交").click()
    expect(page.locator(".queue-kept")).to_contain_text("已存在这部手机上")

    # A clock in another century, set right before sending: kept, never believed.
    page.evaluate("() => { window.full = false; }")
    page.clock.set_system_time("1999-12-31T23:00:00Z")
    page.goto("/report")
    page.evaluate("() => { window.full = false; }")
    write(page, "表走错了", "金桥")
    expect(page.locator(".queue-kept")).to_be_visible()
    page.clock.set_system_time("2026-11-23T03:00:00Z")
    line.cut = False
    context.set_offline(False)
    page.goto("/send/queue")
    page.evaluate("() => { window.full = false; }")
    page.reload()
    page.evaluate("() => { window.full = false; }")
    rows(page, TAKEN, TAKEN, TAKEN)
    late = Submission.objects.latest("received_at")
    assert late.written_at is not None
    assert late.written_at.year == 1999
    assert late.waited_seconds is None
    context.close()
    _waits_for_its_writer(browser, line, city, monkeypatch)


def _waits_for_its_writer(
    browser, line: Line, city: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[Sent] = []

    def take(_request: object, sent: Sent) -> Taken:
        taken.append(sent)
        return Taken("/", "好")

    diary = registry.Kind("diary", take, "日记", "home", sign_in=True)
    kinds = {**registry._REGISTRY.kinds, "diary": diary}
    monkeypatch.setattr(registry._REGISTRY, "kinds", kinds)
    context = browser.new_context(base_url=line.url, locale="zh-CN", **PHONE)
    page = context.new_page()
    page.goto("/send/queue")
    mine = offline.person_tag(city["worker"])
    entry = queue.entry({"text": "今天去了三家"}, code="diary", person=mine)
    queue.lay(page, [entry, queue.entry({"text": "没有名字的"}, code="diary")])
    page.reload()
    rows(page, "等登录后发送", "等登录后发送")
    expect(page.locator("[data-queue-sign-in]")).to_be_visible()
    sign_in(context, city, "neighbour")
    page.reload()
    expect(page.locator(".queue-entry").first).to_contain_text("另一位使用者")
    assert taken == []
    sign_in(context, city, "worker")
    page.reload()
    rows(page, "等登录后发送", TAKEN)
    assert [each.by for each in taken] == [city["worker"]]
    page.get_by_role("button", name="是我写的").click()
    rows(page, TAKEN, TAKEN)
    # Deleting asks first; what was sent is only cleared from this phone.
    page.get_by_role("button", name="从手机上清掉").first.click()
    rows(page, TAKEN)
    context.close()


def sign_in(context: BrowserContext, city: World, who: str) -> None:
    client = Client()
    client.force_login(city[who])
    name = settings.SESSION_COOKIE_NAME
    value = client.cookies[name].value
    host = {"domain": "127.0.0.1", "path": "/"}
    context.add_cookies([{"name": name, "value": value, **host}])


def test_browsers_without_a_service_worker_say_so(
    browser, line: Line, city: World
) -> None:
    context = browser.new_context(base_url=line.url, locale="zh-CN", **PHONE)
    page = context.new_page()
    page.add_init_script("delete Navigator.prototype.serviceWorker;")
    page.add_init_script("delete Navigator.prototype.locks;")
    page.goto("/send/queue")
    expect(page.get_by_text("在浏览器中打开").last).to_be_visible()
    # Everything else works: kept while the page is open, sent under the store's lease.
    fields = {"text": "没有锁也只发一次", "place": str(city.community.pk)}
    queue.lay(page, [queue.entry(fields) for _each in range(3)])
    second = context.new_page()
    second.goto("/send/queue")
    page.reload()
    rows(page, TAKEN, TAKEN, TAKEN)
    assert Case.objects.count() == 3
    context.close()
