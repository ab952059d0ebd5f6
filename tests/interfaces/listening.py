"""A target that listens, and what a test does to have it told."""

import json
import socket
import ssl
import threading
from datetime import datetime
from ipaddress import ip_network
from typing import Any

from django.db import connection
from django.utils import timezone

from tests.interfaces.open import Open
from wugeyi.audit.actions import rebase
from wugeyi.audit.actions import seal as seal_complete
from wugeyi.interfaces import tasks
from wugeyi.interfaces.actions import hooks
from wugeyi.interfaces.events import labels
from wugeyi.interfaces.models import Target


def seal() -> None:
    """Seal what this test wrote, though its transaction is still open.

    PostgreSQL rightly seals nothing of a transaction that may yet be taken back; what
    was restored from elsewhere it seals whole.
    """
    if connection.vendor == "postgresql":
        rebase()
    else:
        seal_complete()


OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
OWN = (ip_network("127.0.0.0/8"),)


class Listener:
    """A target that answers as it is told, and remembers what it heard.

    With ``tls`` it speaks that; ``names`` are what visitors said they look for.
    """

    def __init__(
        self, *answers: bytes | None, tls: ssl.SSLContext | None = None
    ) -> None:
        self.answers = list(answers)
        self.tls, self.names = tls, []
        if tls is not None:
            tls.sni_callback = lambda _line, name, _context: self.names.append(name)
        self.heard: list[tuple[dict[str, str], str]] = []
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.open: list[socket.socket] = []
        self.thread = threading.Thread(target=self.serve, daemon=True)
        self.thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook?a=1"

    @property
    def port(self) -> int:
        return self.socket.getsockname()[1]

    @property
    def types(self) -> list[str]:
        return [json.loads(body)["type"] for _headers, body in self.heard]

    def serve(self) -> None:
        while True:
            try:
                line, _address = self.socket.accept()
            except OSError:
                return
            if self.tls is not None:
                try:
                    line = self.tls.wrap_socket(line, server_side=True)
                except OSError:
                    continue  # the visitor did not like what it was shown
            self.answer(line)

    def answer(self, line: socket.socket) -> None:
        self.open.append(line)
        with line.makefile("rb") as file:
            self.listen(file)
        answer = self.answers.pop(0) if self.answers else OK
        if answer is None:
            return  # never answers
        try:
            line.sendall(answer)
            line.close()
        except OSError:
            return

    def listen(self, file: Any) -> None:
        assert file.readline().startswith(b"POST /hook?a=1 HTTP/1.1")
        headers = {}
        while text := file.readline().decode().strip():
            name, _colon, value = text.partition(": ")
            headers[name.lower()] = value
        body = file.read(int(headers["content-length"])).decode()
        self.heard.append((headers, body))

    def close(self) -> None:
        for each in (self.socket, *self.open):
            each.close()


def status(code: int) -> bytes:
    return f"HTTP/1.1 {code} X\r\nContent-Length: 0\r\n\r\n".encode()


def target(city: Open, url: str, **given: Any) -> Target:
    seal()
    values = {
        "organisation": city.world.city,
        "name": "数据中心",
        "url": url,
        "events": list(labels()),
        "by": city.world["administrator"],
        "at": timezone.now(),
    }
    return hooks.make(**(values | given))


def run(at: datetime | None = None) -> int:
    """What the clock does, with the sending in this thread."""
    now = at or timezone.now()
    hooks.collect(at=now)
    return tasks.send(clock=lambda: now)
