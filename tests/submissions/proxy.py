"""A bad line between phones and the server: drops, doubles, delays, reorders, cuts short.

What it does to a request follows from a seed and the number of the request, so a run
can be done again. Pages and files pass unharmed unless the line is cut.
"""

import http.client
import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random
from typing import Any
from urllib.parse import urlsplit

FAULTS = {
    "drop before": 0.06,
    "drop after": 0.06,
    "twice": 0.05,
    "twice, late": 0.03,
    "cut answer": 0.04,
    "other answer": 0.02,
    "gateway": 0.03,
    "slow": 0.03,
}
LATE_SECONDS = 0.4


class Line:
    """The line's state; `cut` answers nothing at all."""

    def __init__(self, upstream: str, *, seed: int = 7, faulty: bool = False) -> None:
        parts = urlsplit(upstream)
        self.upstream = (parts.hostname or "127.0.0.1", parts.port or 80)
        self.chance = Random(seed)
        self.lock = threading.Lock()
        self.faulty = faulty
        self.cut = False
        self.seen: Counter[str] = Counter()
        self.late: list[threading.Timer] = []
        line = self

        class Handler(_Handler):
            pass

        Handler.line = line
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def fault(self, path: str) -> str:
        with self.lock:
            if not self.faulty or not path.startswith("/send/") or "who" in path:
                return ""
            drawn = self.chance.random()
            for name, share in FAULTS.items():
                drawn -= share
                if drawn < 0:
                    self.seen[name] += 1
                    return name
            self.seen[""] += 1
            return ""

    def connection(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection(*self.upstream, timeout=60)

    def close(self) -> None:
        for each in self.late:
            each.join()
        self.server.shutdown()
        self.server.server_close()


Asked = tuple[str, str, bytes, dict[str, str]]
Answer = tuple[int, list[tuple[str, str]], bytes]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # An answer's second part must not wait until its first one is confirmed.
    disable_nagle_algorithm = True
    line: Line
    kept: http.client.HTTPConnection | None = None

    def log_message(self, *_args: Any) -> None:
        pass

    def asked(self, body: bytes) -> Asked:
        """What was asked, to be passed on now or when something else is asked already."""
        headers = {k: v for k, v in self.headers.items() if k.lower() != "connection"}
        return self.command, self.path, body, headers

    def forward(self, asked: Asked) -> Answer:
        kept, self.kept = self.kept, None
        for connection in filter(None, (kept, self.line.connection())):
            try:
                connection.request(*asked)
                answer = connection.getresponse()
                told = answer.status, answer.getheaders(), answer.read()
            except (http.client.HTTPException, OSError):
                # What was kept may have been closed meanwhile.
                connection.close()
                continue
            self.kept = connection
            return told
        raise ConnectionError("the server is gone")

    def broken(self) -> None:
        self.close_connection = True
        self.connection.close()

    def reply(self, answer: Answer, *, short: bool = False) -> None:
        status, headers, body = answer
        self.send_response(status)
        for name, value in headers:
            if name.lower() not in {
                "connection",
                "transfer-encoding",
                "content-length",
            }:
                self.send_header(name, value)
        length = dict(headers).get("Content-Length", len(body))
        self.send_header("Content-Length", str(len(body) or length))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body[: len(body) // 2] if short else body)
        if short:
            self.broken()

    def handle_one(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.line.cut:
            self.broken()
            return
        fault = self.line.fault(self.path)
        if fault == "drop before":
            self.broken()
        elif fault == "drop after":
            self.forward(self.asked(body))
            self.broken()
        elif fault == "gateway":
            self.reply((502, [("Content-Type", "text/html")], b"<h1>Bad gateway</h1>"))
        elif fault == "other answer":
            # A portal of somebody's wireless network.
            self.reply((200, [("Content-Type", "text/html")], b"<p>Please sign in</p>"))
        else:
            self.passed_on(fault, body)

    def passed_on(self, fault: str, body: bytes) -> None:
        if fault == "slow":
            time.sleep(LATE_SECONDS)
        asked = self.asked(body)
        answer = self.forward(asked)
        if fault == "twice":
            answer = self.forward(asked)
        elif fault == "twice, late":
            # A copy that comes after those that were sent later.
            again = threading.Timer(LATE_SECONDS, self.forward_alone, [asked])
            self.line.late.append(again)
            again.start()
        self.reply(answer, short=fault == "cut answer")

    def forward_alone(self, asked: Asked) -> None:
        connection = self.line.connection()
        connection.request(*asked)
        connection.getresponse().read()
        connection.close()

    def finish(self) -> None:
        if self.kept is not None:
            self.kept.close()
        super().finish()

    do_GET = do_POST = do_HEAD = handle_one
