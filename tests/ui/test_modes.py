"""Large type, high contrast and the system's forced colours, on pages of every app.

Each page is asked on a phone: everything in large type and high contrast in the dark,
and contrast once more in the light. What axe may not see is asked of the browser's own
accessibility tree: everything one can use says what it is.
"""

from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse
from playwright.sync_api import Page

from tests import looking
from tests.casework.world import START, World, build, hire, report, working
from tests.sharing.corner import build as build_sharing
from wugeyi.accounts.models import User
from wugeyi.organisations.models import Post
from wugeyi.organisations.rules import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# For everybody, then for staff; every app that has pages is there.
OPEN = (
    "home",
    "public:report",
    "public:follow",
    "public:all",
    "public:privacy",
    "accounts:sign-in",
    "buslines:lines",
    "books:public-find",
    "sharing:home",
    "stations:list",
    "talents:mine",
    "audit:heads",
    "volunteering:home",
    "volunteering:emergency",
    "volunteering:join",
    "submissions:queue",
    "interfaces:home",
)
SIGNED_IN = (
    "desk:list",
    "desk:today",
    "desk:new",
    "desk:tables",
    "accounts:mine",
    "organisations:tree",
    "places:start",
    "services:desks",
    "talents:home",
    "branchwork:home",
    "projects:list",
    "circles:list",
    "buslines:list",
    "books:home",
    "holdings:home",
    "stations:desk",
    "sharing:desk",
    "reports:list",
    "dashboards:home",
)
# Apps whose pages need rows of their own: their own tests look at them.
ELSEWHERE = {
    "figures",
    "jobs",
    "notices",
    "offline",
    "uploads",
}
BIG = {"type": "large", "contrast": "high", "theme": "dark"}
CLEAR = {"type": "normal", "contrast": "high", "theme": "light"}
USABLE = {
    "button",
    "link",
    "textbox",
    "searchbox",
    "combobox",
    "checkbox",
    "radio",
    "spinbutton",
    "listbox",
}


@pytest.fixture
def city() -> World:
    world = build()
    report(world)
    working(world)
    build_sharing(world)
    return world


def everything(world: World) -> User:
    """Somebody who holds every role over the whole city."""
    user = hire("everything", None, None)
    Post.objects.bulk_create(
        Post(person=user, role=role.value, organisation=world.city, valid_from=START)
        for role in Role
    )
    return user


def choose(page: Page, **cookies: str) -> None:
    host = urlsplit(page.url).hostname or ""
    page.context.add_cookies(
        [
            {"name": name, "value": text, "domain": host, "path": "/"}
            for name, text in cookies.items()
        ]
    )


def chosen(page: Page) -> dict[str, str]:
    """What the page says was chosen: a mode that is not shown would prove nothing."""
    return page.evaluate(
        "() => Object.fromEntries(['type', 'contrast', 'theme'].map("
        "name => [name, document.documentElement.dataset[name]]))"
    )


def sign_in(page: Page, user: User) -> None:
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    choose(page, **{name: client.cookies[name].value})


def unnamed(page: Page) -> list[str]:
    """What a screen reader would read as nothing."""
    session = page.context.new_cdp_session(page)
    nodes: list[dict[str, Any]] = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    return [
        f"{page.url}: a {node['role']['value']} without a name"
        for node in nodes
        if not node.get("ignored")
        and node.get("role", {}).get("value") in USABLE
        and not str(node.get("name", {}).get("value", "")).strip()
    ]


def wrong_with(page: Page, address: str) -> list[str]:
    choose(page, **BIG)
    answer = page.goto(address)
    assert answer is not None
    if answer.status != 200:
        return [f"{address}: {answer.status}"]
    assert chosen(page) == BIG
    found = looking.violations(page) + unnamed(page)
    if over := looking.overhang(page):
        found.append(f"{address} in large type: {over} px too wide")
    choose(page, **CLEAR)
    page.reload()
    assert chosen(page) == CLEAR
    return found + looking.violations(page, looking.ONLY_CONTRAST)


def test_pages_of_every_app_are_whole_in_every_mode(phone: Page, city: World) -> None:
    wrong: list[str] = []
    phone.goto("/health")
    for name in OPEN:
        wrong += wrong_with(phone, reverse(name))
    sign_in(phone, everything(city))
    for name in SIGNED_IN:
        wrong += wrong_with(phone, reverse(name))
    assert wrong == []


def test_every_app_with_pages_is_looked_at() -> None:
    spaces = {
        pattern.namespace
        for pattern in get_resolver().url_patterns
        if isinstance(pattern, URLResolver) and pattern.namespace
    }
    looked = {name.split(":")[0] for name in (*OPEN, *SIGNED_IN)}
    assert spaces - looked <= ELSEWHERE


def test_forced_colours_keep_every_edge(phone: Page, city: World) -> None:
    """Where the system takes all colours away, a control is still seen as one."""
    phone.emulate_media(forced_colors="active")
    phone.goto("/health")
    for name in ("public:report", "accounts:sign-in"):
        phone.goto(reverse(name))
        bare = phone.evaluate(
            """() => [...document.querySelectorAll(
                'main .button, main .control, main .choice'
            )].filter(e => e.checkVisibility()).filter(e => {
                const style = getComputedStyle(e);
                return parseFloat(style.borderBlockEndWidth) < 1;
            }).map(e => e.className)"""
        )
        assert bare == []
        assert looking.violations(phone, looking.ALL_BUT_CONTRAST) == []


def test_the_switch_is_pressed_by_keyboard_and_stays(phone: Page, city: World) -> None:
    phone.goto(reverse("public:report"))
    button = phone.get_by_role("button", name="高对比")
    assert button.get_attribute("aria-pressed") == "false"
    button.focus()
    phone.keyboard.press("Enter")
    phone.wait_for_function("document.documentElement.dataset.contrast === 'high'")
    assert phone.url.endswith(reverse("public:report"))
    phone.goto(reverse("public:follow"))
    pressed = phone.get_by_role("button", name="高对比").get_attribute("aria-pressed")
    assert pressed == "true"
    ground = phone.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == "rgb(255, 255, 255)"
