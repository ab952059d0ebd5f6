"""Page weights, and Lighthouse's scores of pages for everybody; some 2 minutes.

Goals (issue 7): the report page's style and script together at most 60 KB as they are sent;
performance and accessibility at least 95 on Lighthouse's throttled phone.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import sync_playwright
from rich.console import Console
from rich.table import Table

from benchmarks.casework import ours as people
from benchmarks.casework.client import Client
from benchmarks.casework.programs import Running, ours
from benchmarks.pages import lighthouse
from benchmarks.pages.weight import ENCODINGS, PHONE, Weight, weigh
from tests.machine import CHROMIUM_FLAGS, chromium

GOAL_OCTETS = 60 * 1024
GOAL_SCORE = 95
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def run() -> None:
    """Print what pages weigh and how they score."""
    program = lighthouse.install()
    browser = chromium()
    console = Console(width=150)
    with served() as (host, pages, cookies):
        weights = {}
        for name, path in pages.items():
            weights[name] = weighed(host, path, cookies if name == "receipt" else {})
        show_weights(console, weights)
        told = {
            name: lighthouse.ask(
                program,
                str(browser),
                f"http://127.0.0.1:{host.port}{path}",
                cookies if name == "receipt" else {},
            )
            for name, path in pages.items()
        }
        show_scores(console, told)


@contextmanager
def served() -> Iterator[tuple[Running, dict[str, str], dict[str, str]]]:
    """Serve a small city on SQLite, with one report whose receipt is open."""
    with tempfile.TemporaryDirectory() as folder:
        mine = replace(ours("", Path(folder)), inside="benchmarks.pages.inside")
        known = mine.prepare(0, NOW.isoformat())
        with mine.serve() as host:
            reporter = people.Reporter(host.port, known)
            answer = reporter.report(1)
            pages = {
                "home": "/",
                "report": "/report",
                "receipt": str(answer.headers["Location"]).partition("?")[0],
                "stations": "/stations/",
                "sharing": f"/sharing/things/{known['thing']}",
            }
            pages = {
                name: path
                for name, path in pages.items()
                if Client(host.port, cookies=dict(reporter.client.cookies))
                .get(path)
                .status
                == 200
            }
            yield host, pages, dict(reporter.client.cookies)


def weighed(host: Running, path: str, cookies: dict[str, str]) -> Weight:
    """Weigh a page in a browser that has never been there."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=chromium(), args=CHROMIUM_FLAGS
        )
        # Without the service worker: what it fetches for later is not the first load.
        context = opened.new_context(**PHONE, service_workers="block")
        context.add_cookies(
            [
                {"name": name, "value": value, "url": f"http://127.0.0.1:{host.port}"}
                for name, value in cookies.items()
            ]
        )
        page = context.new_page()
        weight = weigh(page, host.port, path, cookies)
        opened.close()
    return weight


def kilo(octets: int) -> str:
    return f"{octets / 1024:.1f}"


def show_weights(console: Console, weights: dict[str, Weight]) -> None:
    table = Table(title="First load, KiB as sent (nothing kept before)")
    for column in (
        *("page", "encoding", "html", "style", "script", "other"),
        *("style+script", "goal", "largest"),
    ):
        table.add_column(column)
    for name, weight in weights.items():
        for encoding in ENCODINGS:
            found = weight.octets[encoding]
            code = weight.code(encoding)
            goal = ""
            if name == "report":
                goal = "≤ 60 " + ("met" if code <= GOAL_OCTETS else "MISSED")
            largest = ", ".join(
                f"{file} {kilo(octets)}" for octets, file in weight.files[:4]
            )
            table.add_row(
                *(name, encoding, kilo(found["document"]), kilo(found["stylesheet"])),
                *(kilo(found["script"]), kilo(found["other"]), kilo(code), goal),
                largest if encoding == "gzip" else "",
            )
    console.print(table)


def show_scores(console: Console, told: dict[str, lighthouse.Told]) -> None:
    table = Table(
        title=f"Lighthouse {lighthouse.VERSION}, throttled phone (goal ≥ {GOAL_SCORE})"
    )
    for column in (
        *("page", "performance", "accessibility", "first paint ms"),
        *("largest paint ms", "blocked ms", "shift", "complaints"),
    ):
        table.add_column(column)
    for name, each in told.items():
        table.add_row(
            *(name, score(each.performance), score(each.accessibility)),
            *(str(each.first_paint), str(each.largest_paint), str(each.blocked)),
            *(str(each.shift), ", ".join(each.complaints)),
        )
    console.print(table)


def score(value: int) -> str:
    return f"{value}" if value >= GOAL_SCORE else f"{value} MISSED"
