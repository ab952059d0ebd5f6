"""Sending a message to another program: one connection, seconds, no redirects.

The only place of this app that opens a connection. The address is looked up once,
checked, and connected to as it was checked, so a name cannot lead elsewhere in between.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from wugeyi.interfaces.rules.hooks import (
    Network,
    Problem,
    address_fault,
    host_and_port,
    url_fault,
)

SECONDS = 10.0
CONNECT_SECONDS = 5.0
READ_BYTES = 4096
Answered = tuple[int | None, Problem | None]


def post(
    url: str,
    *,
    body: bytes,
    headers: Mapping[str, str],
    own: Sequence[Network] = (),
    seconds: float = SECONDS,
) -> Answered:
    """Send a message; return the status that was answered and what went wrong.

    It takes ``seconds`` at most, however slowly the other side drips its answer, the
    name's look-up left out. Never raises for what the other side does.
    """
    if url_fault(url, own=own) is not None:
        return None, Problem.OWN_NETWORK
    host, port = host_and_port(url)
    plain = urlsplit(url).scheme == "http"
    try:
        address = _looked_up(host, port, plain=plain, own=own)
    except (OSError, UnicodeError):
        return None, Problem.NAME
    if address is None:
        return None, Problem.OWN_NETWORK
    return _sent(url, address, body, headers, plain=plain, seconds=seconds)


def _looked_up(
    host: str, port: int, *, plain: bool, own: Sequence[Network]
) -> tuple[str, int] | None:
    """Return where to connect; None if one of the name's addresses is not for us."""
    found = [
        str(row[4][0])
        for row in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    ]
    if any(address_fault(each, plain=plain, own=own) for each in found):
        return None
    # Old addresses first: many machines have no way to the new ones.
    found.sort(key=lambda each: ipaddress.ip_address(each.split("%")[0]).version)
    return found[0], port


class Watch:
    """Cuts a connection when its time is over."""

    def __init__(self, connection: socket.socket, seconds: float) -> None:
        self.connection = connection
        self.cut = False
        self.timer = threading.Timer(max(0.0, seconds), self._cut)
        self.timer.daemon = True

    def _cut(self) -> None:
        self.cut = True
        try:
            # Of the connection below TLS, which another thread is reading.
            socket.socket.shutdown(self.connection, socket.SHUT_RDWR)
        except OSError:
            # It has ended in this very moment.
            return

    def __enter__(self) -> "Watch":
        self.timer.start()
        return self

    def __exit__(self, *_fault: object) -> None:
        self.timer.cancel()
        self.connection.close()


def _sent(
    url: str,
    address: tuple[str, int],
    body: bytes,
    headers: Mapping[str, str],
    *,
    plain: bool,
    seconds: float,
) -> Answered:
    until = time.monotonic() + seconds
    try:
        raw = socket.create_connection(address, timeout=min(CONNECT_SECONDS, seconds))
    except TimeoutError:
        return None, Problem.SLOW
    except OSError:
        return None, Problem.REFUSED
    raw.settimeout(max(0.1, until - time.monotonic()))
    line = raw if plain else _wrapped(raw, host_and_port(url)[0])
    with Watch(line, until - time.monotonic()) as watch:
        try:
            status = _asked(line, url, body, headers)
        except TimeoutError:
            return None, Problem.SLOW
        except ssl.SSLError:
            return None, Problem.SLOW if watch.cut else Problem.TLS
        except (OSError, http.client.HTTPException, ValueError):
            return None, Problem.SLOW if watch.cut else Problem.BROKEN
    # An answer that was cut in its middle may look like one that has ended.
    return (None, Problem.SLOW) if watch.cut else (status, judged(status))


def _wrapped(raw: socket.socket, host: str) -> ssl.SSLSocket:
    """Return the connection under TLS; hands are shaken later, under watch."""
    return ssl.create_default_context().wrap_socket(
        raw, server_hostname=host, do_handshake_on_connect=False
    )


def judged(status: int) -> Problem | None:
    """Tell what is wrong with an answer; None if the message was taken."""
    if 200 <= status < 300:
        return None
    return Problem.REDIRECT if 300 <= status < 400 else Problem.STATUS


def _asked(
    line: socket.socket, url: str, body: bytes, headers: Mapping[str, str]
) -> int:
    if isinstance(line, ssl.SSLSocket):
        line.do_handshake()
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(*host_and_port(url))
    connection.sock = line
    path = parts.path or "/"
    connection.request(
        "POST",
        f"{path}?{parts.query}" if parts.query else path,
        body=body,
        headers={**headers, "Host": parts.netloc, "Connection": "close"},
    )
    answer = connection.getresponse()
    try:
        # Nobody reads what it says: only that it has said it.
        answer.read(READ_BYTES)
        return answer.status
    finally:
        answer.close()
