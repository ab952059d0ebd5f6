"""Conventions of the whole suite: what is skipped, and the browsers.

SQLite by default, PostgreSQL when WUGEYI_DATABASE_URL is set. A test marked
`postgresql`, `browser`, `gettext`, `hledger` or `spark` is skipped where that is
absent, unless WUGEYI_REQUIRE names it.
"""

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.core.servers.basehttp import WSGIRequestHandler
from django.db import connection
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from playwright.sync_api import (
    Browser,
    BrowserContext,
    CDPSession,
    ConsoleMessage,
    Page,
    Response,
    expect,
    sync_playwright,
)

from tests import template
from tests.machine import (
    CHROMIUM_FLAGS,
    WAIT_SECONDS,
    chromium,
    missing,
    required,
)

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
    # everywhere else new ones are tried, half as many.
    derandomize=bool(required()),
    max_examples=100 if required() else 50,
    suppress_health_check=[HealthCheck.too_slow],
)
hypothesis_settings.load_profile("patient")

# The server of a test sends an answer's head and body apart; the second would wait until
# the browser has confirmed the first: 40 ms for each file of each page.
WSGIRequestHandler.disable_nagle_algorithm = True

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


# Whole programs, long searches, walks through every page. Begun at the end, one process
# would still be at them when the others have nothing left.
LONG = (
    "tests/submissions/test_faulty_line.py",
    "tests/submissions/test_browser.py",
    "tests/backup/",
    "tests/buslines/test_looks.py",
    "tests/interfaces/test_looks.py",
    "tests/stations/test_looks.py",
    "tests/casework/desk/test_browser.py",
    "tests/accounts/test_pages.py",
    "tests/lineplanning/test_roster.py",
    "tests/lineplanning/test_gtfs_writing.py",
    "tests/notices/test_killed.py",
    "tests/jobs/test_serve.py",
    "tests/house/test_server.py",
    "tests/house/test_command_line.py",
    "tests/house/test_messages.py",
    "tests/accessibility/test_command.py",
    "tests/deadlines/test_reference.py",
)


def long_first(items: list[pytest.Item]) -> None:
    """The long ones first; then those with a database, then the others."""
    items.sort(
        key=lambda item: (not item.nodeid.startswith(LONG), not uses_database(item))
    )


def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    leave_to_the_other(config, items)
    long_first(items)
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


def pytest_collection_finish() -> None:
    """Leave what lives as long as the run out of every search for rubbish."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)


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


class Contexts:
    """The browser's contexts, one for each kind of page, kept for all tests.

    The program of a page that lives on is warm; a new context's must be read and
    compiled anew, which takes longer than most tests. A test gets a page of its own,
    and finds nothing that another has left: see `emptied`. What it changes of the
    context itself (routes, scripts, clock), it does in one of its own.
    """

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.kept: dict[str, tuple[BrowserContext, CDPSession]] = {}

    def context(self, address: str, options: dict) -> BrowserContext:
        key = repr((address, options))
        if key not in self.kept:
            context = self.browser.new_context(
                base_url=address, locale="zh-CN", timezone_id="Asia/Shanghai", **options
            )
            # As long as one page of the site is open, its process stays.
            holder = context.new_page()
            holder.goto("/health")
            self.kept[key] = context, context.new_cdp_session(holder)
        return self.emptied(*self.kept[key], address)

    def emptied(
        self, context: BrowserContext, session: CDPSession, address: str
    ) -> BrowserContext:
        context.clear_cookies()
        context.clear_permissions()
        # Also workers of the site, their caches and what waits to be sent.
        everything = {"origin": address, "storageTypes": "all"}
        session.send("Storage.clearDataForOrigin", everything)
        session.send("Network.clearBrowserCache")
        return context

    def close(self) -> None:
        for context, _session in self.kept.values():
            context.close()


@pytest.fixture(scope="session")
def contexts(browser: Browser) -> Iterator[Contexts]:
    made = Contexts(browser)
    yield made
    made.close()


@contextmanager
def page_of(contexts: Contexts, address: str, options: dict) -> Iterator[Page]:
    """Open a page that fails its test on a script error or a request elsewhere."""
    page = contexts.context(address, options).new_page()
    # The first visitor of a page may have to wait for machine code.
    page.set_default_navigation_timeout(2_000 * WAIT_SECONDS)
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
    page.close()
    assert not faults


@pytest.fixture
def phone(contexts: Contexts, live_server) -> Iterator[Page]:
    """A page 360 × 740, with touch; `phone.goto("/")` opens the live server."""
    with page_of(contexts, live_server.url, PHONE) as page:
        yield page


@pytest.fixture
def phone_without_javascript(contexts: Contexts, live_server) -> Iterator[Page]:
    options = {**PHONE, "java_script_enabled": False}
    with page_of(contexts, live_server.url, options) as page:
        yield page


@pytest.fixture
def desktop(contexts: Contexts, live_server) -> Iterator[Page]:
    """A page 1440 × 900; `desktop.goto("/")` opens the live server."""
    with page_of(contexts, live_server.url, DESKTOP) as page:
        yield page


@pytest.fixture
def screenshots() -> Path:
    """A folder for pictures to look at, kept after the run."""
    folder = Path("test-results")
    folder.mkdir(exist_ok=True)
    return folder
