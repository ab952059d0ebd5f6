"""Requests to other servers: timed, without redirects, honest about what is unclear."""

import json
import ssl
import time
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

from wugeyi.notices.gateways.base import Later, Refused, Unclear

CONNECT_SECONDS = 5.0
ANSWER_SECONDS = 10.0
MOST_OCTETS = 64 * 1024
TOO_MANY = 429
FAULTY = 500


@dataclass(frozen=True, slots=True)
class Answer:
    """What the other server said; header names in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes

    def seconds(self) -> int | None:
        """Return how long it asks to wait (Retry-After in seconds), if it does."""
        said = self.headers.get("retry-after", "")
        return (
            int(said) if said.isascii() and said.isdigit() and len(said) < 6 else None
        )

    def document(self) -> dict[str, object]:
        """Return the JSON object it holds; anything else leaves it unclear.

        Raises
        ------
        Unclear
            The answer cannot be read: it may have done what was asked.
        """
        try:
            found = json.loads(self.body)
        except ValueError:
            raise Unclear("unreadable") from None
        if not isinstance(found, dict):
            raise Unclear("unreadable")
        return found


def ask(
    url: str,
    *,
    method: str = "POST",
    body: bytes = b"",
    headers: dict[str, str] | None = None,
) -> Answer:
    """Ask another server once; redirects are answers like others.

    Raises
    ------
    Later
        No connection came about: it certainly heard nothing.
    Unclear
        It was asked and gave no answer in time.
    Refused
        The address is none.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise Refused("address")
    connection = _connect(parts.scheme, parts.hostname, parts.port)
    try:
        target = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
        connection.request(method, target, body or None, headers or {})
        response = connection.getresponse()
        ends = time.monotonic() + ANSWER_SECONDS
        read = b""
        while len(read) < MOST_OCTETS and time.monotonic() < ends:
            chunk = response.read1(MOST_OCTETS)
            if not chunk:
                break
            read += chunk
        names = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, names, read)
    except (OSError, HTTPException):
        raise Unclear("no-answer") from None
    finally:
        connection.close()


def _connect(scheme: str, host: str, port: int | None) -> HTTPConnection:
    connection = (
        HTTPSConnection(
            host, port, timeout=CONNECT_SECONDS, context=ssl.create_default_context()
        )
        if scheme == "https"
        else HTTPConnection(host, port, timeout=CONNECT_SECONDS)
    )
    try:
        connection.connect()
    except OSError:
        # No name, nobody there, a wrong certificate: nothing was said yet.
        connection.close()
        raise Later("unreachable") from None
    connection.sock.settimeout(ANSWER_SECONDS)
    return connection


def ask_json(url: str, given: dict[str, object]) -> dict[str, object]:
    """Post a JSON object and return the one that is answered."""
    answer = ask(
        url,
        body=json.dumps(given, ensure_ascii=False).encode(),
        headers={"Content-Type": "application/json; charset=utf-8"},
    )
    usable(answer)
    return answer.document()


def usable(answer: Answer) -> None:
    """Let on only an answer of the gateway itself.

    Raises
    ------
    Later, Unclear, Refused
        It asks to wait; something before it failed; it does not want this at all.
    """
    if answer.status == TOO_MANY:
        raise Later("too-many", answer.seconds())
    if answer.status >= FAULTY:
        raise Unclear(f"http-{answer.status}")
    if not 200 <= answer.status < 300:
        raise Refused(f"http-{answer.status}")
