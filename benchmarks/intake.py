"""What phones send: our queue's way in beside django-helpdesk's interface, one run.

Both are served by the same program on the same PostgreSQL. The peer's interface takes a
signed-in member of staff and keeps a picture as it came; ours takes anybody, each thing
once, and writes a picture anew.
"""

import gzip
import io
import re
import time
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from typing import Any
from urllib.parse import urlencode

from PIL import Image
from rich.console import Console
from rich.table import Table

from benchmarks.casework import ours, peer_pages
from benchmarks.casework.client import Answer, Client
from benchmarks.casework.cluster import server
from benchmarks.casework.measure import Ask, cost, rate, yardstick
from benchmarks.casework.programs import Program
from benchmarks.casework.run import Contender, contenders

CASES = 20_000
RATE_SECONDS = 6
QUEUED = 100
BUSY = 503
PAUSE_SECONDS = 1.0
PHONE = (2048, 1536)
SEEDS = count(1000)


def picture() -> bytes:
    """Return a photograph as the phone has shrunk it: some 300 KB of noise and sky."""
    small = Image.effect_noise((PHONE[0] // 8, PHONE[1] // 8), 60).resize(PHONE)
    file = io.BytesIO()
    Image.merge("RGB", (small, small, small)).save(file, "JPEG", quality=82)
    return file.getvalue()


@dataclass
class Phone:
    """Sends by the queue's way: the thing, its picture when asked, the thing again."""

    port: int
    known: dict[str, Any]
    octets: bytes = b""
    seed: int = field(default_factory=lambda: next(SEEDS))

    def __post_init__(self) -> None:
        self.client = Client(self.port)
        self.reporter = ours.Reporter(self.port, self.known, self.seed)

    def ask(self, path: str, key: uuid.UUID, body: bytes, **headers: str) -> Answer:
        sent = {"Idempotency-Key": str(key), **headers}
        answer = self.client.send("POST", path, body, sent)
        while answer.status == BUSY:
            # As phones do: the gate turns a crowd away for a moment.
            time.sleep(PAUSE_SECONDS)
            again = self.client.send("POST", path, body, sent)
            waited = answer.seconds + PAUSE_SECONDS + again.seconds
            answer = Answer(again.status, again.headers, again.body, waited)
        return answer

    def send(self, number: int, *, address: str = "") -> Answer:
        values = self.reporter.values(number)
        key = uuid.UUID(values.pop("client_id"))
        photo = uuid.uuid5(key, "photo")
        at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Forwarded-For": address or ours.address(self.seed * 100_003 + number),
            "Queue-Photos": str(photo) if self.octets else "",
            "Queue-Written": at,
            "Queue-Sent": at,
        }
        body = urlencode(values).encode()
        answer = self.ask("/send/report", key, body, **headers)
        if not self.octets:
            return must(answer, 200, answer.seconds)
        waited = must(answer, 200, answer.seconds).seconds
        for part in range(0, len(self.octets), 256 * 1024):
            sent = self.ask(
                f"/send/photos/{photo}",
                photo,
                self.octets[part : part + 256 * 1024],
                **{
                    "Content-Type": "application/offset+octet-stream",
                    "Upload-Offset": str(part),
                    "Upload-Length": str(len(self.octets)),
                    "X-Forwarded-For": headers["X-Forwarded-For"],
                },
            )
            waited += must(sent, 200, sent.seconds).seconds
        answer = self.ask("/send/report", key, body, **headers)
        return must(answer, 200, waited + answer.seconds)


def must(answer: Answer, status: int, seconds: float) -> Answer:
    if answer.status != status:
        raise AssertionError(f"{answer.status}: {answer.body[:300]!r}")
    return Answer(answer.status, answer.headers, answer.body, seconds)


@dataclass
class Member:
    """A member of the peer's staff, who creates by its interface."""

    port: int
    known: dict[str, Any]
    octets: bytes = b""

    def __post_init__(self) -> None:
        self.client = peer_pages.staff(self.port, self.known)
        self.client.get("/tickets/submit/")

    def send(self, number: int) -> Answer:
        if not self.octets:
            return must_create(
                peer_pages.by_api(self.client, self.known["queue"], number)
            )
        values = {
            "queue": str(self.known["queue"] + number % 1000),
            "title": f"路灯坏了 {number}",
            "description": f"{ours.TEXT}{number}",
            "submitter_email": f"r{number}@example.org",
            "priority": "3",
        }
        kind, body = multipart(values, self.octets)
        headers = {
            "Content-Type": kind,
            "X-CSRFToken": self.client.cookies["csrftoken"],
        }
        return must_create(self.client.send("POST", "/api/tickets/", body, headers))


def must_create(answer: Answer) -> Answer:
    return must(answer, 201, answer.seconds)


def multipart(values: dict[str, str], octets: bytes) -> tuple[str, bytes]:
    edge = uuid.uuid4().hex
    parts = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in values.items()
    ]
    head = (
        f'--{edge}\r\nContent-Disposition: form-data; name="attachment"; '
        'filename="p.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
    )
    body = "".join((*parts, head)).encode() + octets + f"\r\n--{edge}--\r\n".encode()
    return f"multipart/form-data; boundary={edge}", body


def run() -> None:
    """Measure both, then a phone that comes back, then what the page weighs."""
    console = Console()
    octets = picture()
    now = datetime.fromtimestamp(int(time.time()), UTC).isoformat()
    console.print(f"A photograph of {len(octets) // 1024} KB, {PHONE[0]}×{PHONE[1]}.")
    table = Table("program", "with", "CPU ms", "p50 ms", "p95 ms", "a second")
    with server() as host, contenders(host, with_peer=True) as (mine, peer):
        for contender, sender in ((mine, Phone), (peer, Member)):
            measure(table, contender, sender, octets, host.postmaster, now)
        console.print(table)
        reconnect(console, mine.program, now)


def measure(
    table: Table,
    contender: Contender,
    sender: type[Phone] | type[Member],
    octets: bytes,
    postmaster: int,
    now: str,
) -> None:
    program = contender.program
    known = program.prepare(CASES, now)
    with program.serve() as running:
        for name, carried in (("text", b""), ("photo", octets)):
            one: Ask = sender(running.port, known, carried).send
            spent = cost(one, process=running.process, postmaster=postmaster)
            crowd = [
                sender(running.port, known, carried).send for _ in range(ours.CLIENTS)
            ]
            table.add_row(
                program.name,
                name,
                f"{spent.cpu:.1f}",
                f"{spent.p50:.1f}",
                f"{spent.p95:.1f}",
                f"{rate(crowd, seconds=RATE_SECONDS):.0f}",
            )


def reconnect(console: Console, program: Program, now: str) -> None:
    """Send a hundred from one phone, one after the other, as its queue does."""
    known = program.prepare(CASES, now)
    with program.serve() as running:
        for name, octets in (("text", b""), ("photo", picture())):
            phone = Phone(running.port, known, octets)
            # One address for all of them: nothing is held back.
            home = ours.address(next(SEEDS) * 7 + len(octets))
            began = time.perf_counter()
            for number in range(QUEUED):
                phone.send(number, address=home)
            took = time.perf_counter() - began
            console.print(f"{QUEUED} queued, {name}: {took:.2f} s until all are taken")
        weigh(console, running.port)
    console.print(f"yardstick {yardstick():.0f} ms")


def weigh(console: Console, port: int) -> None:
    """Tell what script and style of the report page weigh on a first visit."""
    client = Client(port)
    page = client.get("/report").body
    text = gzip.decompress(page).decode() if page[:2] == b"\x1f\x8b" else page.decode()
    names = sorted(set(re.findall(r'(?:src|href)="(/static/[^"]+\.(?:js|css))"', text)))
    for coding in ("br", "gzip"):
        sizes = {
            name: len(client.get(name, Accept_Encoding=coding).body) for name in names
        }
        told = ", ".join(
            f"{n.rpartition('/')[2]} {s / 1024:.1f}" for n, s in sizes.items()
        )
        console.print(f"{coding}: {sum(sizes.values()) / 1024:.1f} KB ({told})")
