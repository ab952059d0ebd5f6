"""Conventions of the whole suite: what is skipped, and the browsers.

SQLite by default, PostgreSQL when WUGEYI_DATABASE_URL is set. A test marked
`postgresql`, `browser`, `gettext`, `hledger` or `spark` is skipped where that is
absent, unless WUGEYI_REQUIRE names it.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connection
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Page,
    Response,
    expect,
    sync_playwright,
)

from tests import template
from tests.machine import CHROMIUM_FLAGS, chromium, missing, required

PROGRAM_OF_MARKER = {
    "postgresql": "postgresql",
    "browser": "chromium",
    "gettext": "gettext",
    "hledger": "hledger",
    "spark": "spark",
}
PHONE = {
    "viewport": {"width": 360, "height": 740},
    "has_touch": True,
    "is_mobile": True,
    "device_scale_factor": 2,
}
DESKTOP = {"viewport": {"width": 1440, "height": 900}}

# A shared machine may be slow for a while, and the first example of a kernel compiles
# it; what never comes still fails.
expect.set_options(timeout=20_000)
hypothesis_settings.register_profile(
    "patient",
    hypothesis_settings(),
    deadline=None,
    # Where nothing may be skipped a change is judged, by the same examples each time;
    # everywhere else new ones are tried.
    derandomize=bool(required()),
    suppress_health_check=[HealthCheck.too_slow],
)
hypothesis_settings.load_profile("patient")

# Playwright runs an event loop in the test's thread, where Django would refuse
# ordinary database calls.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


# What a test asks for when the kind of database matters to it.
OF_THE_DATABASE = {"db", "transactional_db", "live_server", "servers"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--share",
        choices=("sqlite", "postgresql"),
        help="of two runs side by side, this one's tests; none is left out of both",
    )


def uses_database(item: pytest.Item) -> bool:
    names = set(getattr(item, "fixturenames", ()))
    return bool(names & OF_THE_DATABASE or item.get_closest_marker("django_db"))


def leave_to_the_other(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Browsers once, on SQLite; what needs no database once, beside PostgreSQL."""
    share = config.getoption("--share")
    if share is None:
        return
    kept, left = [], []
    for item in items:
        browser = item.get_closest_marker("browser") is not None
        other = browser if share == "postgresql" else not uses_database(item)
        (left if other and not (share == "sqlite" and browser) else kept).append(item)
    config.hook.pytest_deselected(items=left)
    items[:] = kept


def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    leave_to_the_other(config, items)
    absent = missing()
    # A run on SQLite never has PostgreSQL: `python -m tests` sees to the second run.
    must = required() - {"postgresql"}
    for item in items:
        for marker, program in PROGRAM_OF_MARKER.items():
            if item.get_closest_marker(marker) and program in absent:
                if program in must:
                    raise pytest.UsageError(f"required, but {absent[program]}")
                item.add_marker(pytest.mark.skip(reason=absent[program]))
                break


if not os.environ.get("WUGEYI_DATABASE_URL"):

    @pytest.fixture(scope="session")
    def django_db_setup(
        django_test_environment, django_db_modify_db_settings, django_db_blocker
    ) -> Iterator[None]:
        """A copy of the migrated database instead of migrations in every process."""
        name = connection.settings_dict["TEST"]["NAME"]
        with django_db_blocker.unblock():
            connection.close()
            template.copied(name)
            connection.settings_dict["NAME"] = name
        yield
        with django_db_blocker.unblock():
            connection.close()
        Path(name).unlink()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=chromium(), args=CHROMIUM_FLAGS
        )
        yield opened
        opened.close()


@contextmanager
def page_of(browser: Browser, address: str, options: dict) -> Iterator[Page]:
    """Open a page that fails its test on a script error or a request elsewhere."""
    context = browser.new_context(
        base_url=address, locale="zh-CN", timezone_id="Asia/Shanghai", **options
    )
    page = context.new_page()
    faults: list[str] = []
    own = urlsplit(address).netloc

    def look(url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in {"http", "https"} and parts.netloc != own:
            faults.append(f"asked another site: {url}")

    def read(message: ConsoleMessage) -> None:
        # The browser reports an error page as a fault of the console; a test may
        # open one on purpose.
        if message.type == "error" and "responded with a status" not in message.text:
            faults.append(f"console: {message.text}")

    def take(response: Response) -> None:
        if response.status >= 400 and response.request.resource_type != "document":
            faults.append(f"{response.status} for {response.url}")

    page.on("request", lambda request: look(request.url))
    page.on("response", take)
    page.on("console", read)
    page.on("pageerror", lambda error: faults.append(f"script error: {error}"))
    yield page
    context.close()
    assert not faults


@pytest.fixture
def phone(browser: Browser, live_server) -> Iterator[Page]:
    """A page 360 × 740, with touch; `phone.goto("/")` opens the live server."""
    with page_of(browser, live_server.url, PHONE) as page:
        yield page


@pytest.fixture
def phone_without_javascript(browser: Browser, live_server) -> Iterator[Page]:
    options = {**PHONE, "java_script_enabled": False}
    with page_of(browser, live_server.url, options) as page:
        yield page


@pytest.fixture
def desktop(browser: Browser, live_server) -> Iterator[Page]:
    """A page 1440 × 900; `desktop.goto("/")` opens the live server."""
    with page_of(browser, live_server.url, DESKTOP) as page:
        yield page


@pytest.fixture
def screenshots() -> Path:
    """A folder for pictures to look at, kept after the run."""
    folder = Path("test-results")
    folder.mkdir(exist_ok=True)
    return folder
