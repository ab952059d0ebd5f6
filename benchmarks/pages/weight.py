"""What the first look at a page transfers: document, style, script, the rest."""

from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import Page

from benchmarks.casework.client import Client

ENCODINGS = ("br", "gzip")
KINDS = ("document", "stylesheet", "script")
PHONE = {
    "viewport": {"width": 360, "height": 740},
    "has_touch": True,
    "is_mobile": True,
    "device_scale_factor": 2,
}


@dataclass
class Weight:
    """Octets by encoding and kind, and the largest files of style and script."""

    octets: dict[str, Counter[str]] = field(default_factory=dict)
    files: list[tuple[int, str]] = field(default_factory=list)

    def code(self, encoding: str) -> int:
        """Style and script together."""
        return self.octets[encoding]["stylesheet"] + self.octets[encoding]["script"]


def weigh(page: Page, port: int, path: str, cookies: dict[str, str]) -> Weight:
    """Open a page once, nothing kept before; weigh all it asked for, as it is sent.

    What the browser asked for is asked again in each encoding: heads are not counted,
    they are the same few hundred octets everywhere.
    """
    asked: dict[str, str] = {}
    page.on(
        "response",
        lambda answer: asked.setdefault(answer.url, answer.request.resource_type),
    )
    page.goto(f"http://127.0.0.1:{port}{path}", wait_until="networkidle")
    client = Client(port, cookies=dict(cookies))
    weight = Weight({encoding: Counter() for encoding in ENCODINGS})
    for url, kind in asked.items():
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or parts.port != port:
            continue
        known = kind if kind in KINDS else "other"
        where = parts.path + (f"?{parts.query}" if parts.query else "")
        for encoding in ENCODINGS:
            answer = client.get(where, Accept_Encoding=encoding)
            weight.octets[encoding][known] += len(answer.body)
        if known in {"stylesheet", "script"}:
            weight.files.append((len(answer.body), parts.path.rpartition("/")[2]))
    weight.files.sort(reverse=True)
    return weight
