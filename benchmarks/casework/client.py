"""A small HTTP client: one connection that is kept, cookies, no redirects."""

import http.client
import re
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode

IDLE_SECONDS = 5
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass(frozen=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes
    seconds: float

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass
class Client:
    """A browser as far as the server can tell, less the pictures."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        self.used = time.monotonic()

    def get(self, path: str, **headers: str) -> Answer:
        return self.send("GET", path, None, headers)

    def post(self, path: str, values: dict[str, str], **headers: str) -> Answer:
        headers |= {"Content-Type": "application/x-www-form-urlencoded"}
        return self.send("POST", path, urlencode(values).encode(), headers)

    def send(
        self, method: str, path: str, body: bytes | None, headers: dict[str, str]
    ) -> Answer:
        sent = {"Accept-Encoding": "gzip", "Accept": "text/html", **self.headers}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        if time.monotonic() - self.used > IDLE_SECONDS:
            # The server closes what is idle for long; http.client opens it again.
            self.connection.close()
        began = time.perf_counter()
        self.connection.request(method, path, body, sent)
        response = self.connection.getresponse()
        content = response.read()
        seconds = time.perf_counter() - began
        self.used = time.monotonic()
        for cookie in response.headers.get_all("Set-Cookie") or ():
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return Answer(response.status, response.headers, content, seconds)

    def token(self, page: Answer) -> str:
        """Return the token of the first form of a page."""
        found = TOKEN.search(page.text)
        if found is None:
            raise AssertionError(f"no form in the answer ({page.status})")
        return found[1]
