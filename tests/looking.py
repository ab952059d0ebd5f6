"""What every page must be in a browser: whole, readable aloud, no wider than the screen."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page


def settled(page: Page) -> None:
    """Wait for the page a click has opened: until then it has no body to look at."""
    page.wait_for_load_state("load")


CONTRAST = "color-contrast"
ALL = {"resultTypes": ["violations"]}
# Three quarters of axe's time is spent on contrast. Where a page was asked before and
# only its words, or only its colours, are others, the other part is asked.
ALL_BUT_CONTRAST = {**ALL, "rules": {CONTRAST: {"enabled": False}}}
ONLY_CONTRAST = {**ALL, "runOnly": {"type": "rule", "values": [CONTRAST]}}


def violations(page: Page, asked: dict[str, Any] = ALL) -> list[str]:
    settled(page)
    return [
        f"{page.url} {each['id']}: {node['target']} {node['failureSummary']}"
        for each in Axe().run(page, options=asked).response["violations"]
        for node in each["nodes"]
    ]


def overhang(page: Page) -> int:
    """How many CSS pixels the page is wider than its window."""
    settled(page)
    # A phone that zooms out to fit reports a wider window, so that is not asked.
    wide = page.evaluate("document.documentElement.scrollWidth")
    return max(0, wide - page.viewport_size["width"])


def check(page: Page) -> None:
    """Nothing axe can find is wrong, and nothing sticks out."""
    assert violations(page) == []
    assert overhang(page) == 0, f"{page.url} is {overhang(page)} px too wide"
