"""Answer "try again" at once instead of letting a crowd wait until its patience ends.

Requests are worked on by a few threads, each with its own database connection. A
bounded number may wait for one. Who would wait too long, or finds no place to wait,
hears so within milliseconds: what was accepted is answered soon however slow the machine,
and the queue is gone as soon as the crowd is.
"""

import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connections
from django.http import HttpResponseBase

# Each request moves what is thought usual by this share towards the time it took: half
# take longer, half less. A mean would jump when the database pauses for a moment, and
# turn people away from a queue that is gone in an instant.
STEP = 0.1
LEAST_SECONDS = 0.001
BUSY_TYPE = "text/html; charset=utf-8"
BUSY = """<!doctype html>
<html lang="zh-Hans"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>请稍后再试 · Try again</title>
<h1>现在人太多,请过几秒再试</h1>
<p>刚才这一步没有保存。返回上一页,过几秒再提交一次。</p>
<p lang="en">Too many people at once. Nothing was saved: go back and try again in a few
seconds.</p>
""".encode()


class Gate:
    """A WSGI application that limits how many requests work and wait in this process.

    Parameters
    ----------
    application
        Django's WSGI application.
    threads
        How many requests are worked on at a time, at least 1.
    places
        How many more may wait, at least 0.
    patience_seconds
        Nobody is let in who would wait longer, as far as earlier requests tell.
    """

    def __init__(
        self,
        application: Any,
        *,
        threads: int,
        places: int,
        patience_seconds: float,
    ) -> None:
        self.application = application
        self.pool = ThreadPoolExecutor(threads, thread_name_prefix="wugeyi")
        self.free = threading.Semaphore(threads + places)
        self.patience_seconds = patience_seconds
        self.threads = threads
        self.usual_seconds = LEAST_SECONDS
        # When each of those who wait came, the first first.
        self.waiting: deque[float] = deque()

    def __call__(self, environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        """Hand the request to a working thread, or turn it away."""
        if self.too_long() or not self.free.acquire(blocking=False):
            headers = [("Content-Type", BUSY_TYPE), ("Retry-After", "5")]
            start("503 Service Unavailable", headers)
            return [BUSY]
        try:
            self.waiting.append(time.monotonic())
            return self.pool.submit(self.work, environ, start).result()
        finally:
            self.free.release()

    def too_long(self) -> bool:
        """Tell whether who comes now would wait beyond patience.

        Either so many wait already, or the first of them has waited that long.
        """
        try:
            waited = time.monotonic() - self.waiting[0]
        except IndexError:
            return False
        ahead = len(self.waiting) * self.usual_seconds / self.threads
        return max(ahead, waited) > self.patience_seconds

    def work(self, environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        """Let the application answer, and learn how long it takes."""
        # The pool takes them in their order.
        self.waiting.popleft()
        began = time.monotonic()
        try:
            return whole(self.application(environ, start))
        finally:
            self.learn(time.monotonic() - began)

    def learn(self, seconds: float) -> None:
        """Move what is thought usual towards what a request took."""
        if seconds > self.usual_seconds:
            self.usual_seconds *= 1 + STEP
        else:
            self.usual_seconds = max(self.usual_seconds / (1 + STEP), LEAST_SECONDS)


def whole(answer: Any) -> Iterable[bytes]:
    """Read a body where there is one, so that the working thread is free again."""
    if isinstance(answer, HttpResponseBase) and not answer.streaming:
        try:
            return [b"".join(answer)]
        finally:
            answer.close()
    return Streamed(answer)


class Streamed:
    """A body that the server's own thread reads: a file or an export.

    Such a thread serves no other request from the database, so what it opened is
    closed with the answer.
    """

    def __init__(self, answer: Any) -> None:
        self.answer = answer

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.answer)

    def close(self) -> None:
        """End the answer and this thread's database connection."""
        if hasattr(self.answer, "close"):
            self.answer.close()
        connections.close_all()
