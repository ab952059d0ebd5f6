"""What open interfaces do by the clock: queue what happened, send it, forget it.

Sending has a thread of its own, so that no other task waits for a target, and each
target has one of its own, so that none waits for another. Only that first thread
touches the database.
"""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from datetime import datetime

from django.conf import settings
from django.db import close_old_connections, connection
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wugeyi.interfaces import gateway
from wugeyi.interfaces.actions import hooks, months
from wugeyi.interfaces.actions.hooks import Result
from wugeyi.interfaces.models import Delivery, Target
from wugeyi.interfaces.queries.hooks import due, first_waiting
from wugeyi.interfaces.rules.hooks import KEPT_FOR, signature
from wugeyi.jobs import keeping, registry
from wugeyi.jobs.keeping import Keeping

logger = logging.getLogger("wugeyi")
MOST_TARGETS = 32
MOST_SECONDS = 40.0
_sending = threading.Lock()
KEPT = Keeping(
    "interfaces-deliveries",
    _("开放接口"),
    _("推送给其他系统的消息"),
    _("对方没有收到时再发；只有公开的内容"),
    KEPT_FOR.days,
    _("送到后 %(days)s 天"),
)

Clock = Callable[[], datetime]


def collect(at: datetime) -> int:
    """Queue what happened, and send in the background what waits."""
    count = hooks.collect(at=at)
    if due(at) and not _sending.locked():
        # Not a daemon: a `wugeyi tick` of its own ends when the last target answered.
        threading.Thread(target=send_in_background, name="webhooks").start()
    return count


def end_month(at: datetime) -> int:
    """Note once that the last month is over."""
    return months.end_month(at=at)


def forget_old(at: datetime) -> int:
    """Drop what was delivered long ago."""
    return hooks.forget_old(at=at)


def send_in_background() -> None:
    """Send what waits, unless this process does already."""
    if not _sending.acquire(blocking=False):
        return
    try:
        close_old_connections()
        send(clock=timezone.now)
    except Exception:
        logger.exception("Webhooks stumbled; they go on in a minute.")
    finally:
        connection.close()
        _sending.release()


def send(*, clock: Clock, most_seconds: float = MOST_SECONDS) -> int:
    """Send what waits, in order for each target, all targets side by side.

    A target that failed waits; one that hangs is cut after seconds. Nothing new is
    begun after ``most_seconds``. Returns how many messages were taken.
    """
    begun, taken = clock(), 0
    pool = ThreadPoolExecutor(MOST_TARGETS, thread_name_prefix="webhook")
    under_way: dict[Future[gateway.Answered], Delivery] = {}
    for target in due(begun)[:MOST_TARGETS]:
        if hooks.hold(target=target, at=begun):
            _begin(pool, under_way, target, clock())
    while under_way:
        done, _open = wait(under_way, return_when=FIRST_COMPLETED)
        for future in done:
            delivery = under_way.pop(future)
            result = Result(*future.result())
            now = clock()
            target = delivery.target
            went_on = hooks.note_result(delivery=delivery, result=result, at=now)
            taken += went_on
            in_time = (now - begun).total_seconds() < most_seconds
            if went_on and in_time:
                hooks.hold_on(target=target, at=now)
                _begin(pool, under_way, target, now)
            else:
                hooks.let_go(target=target)
    pool.shutdown(wait=False)
    return taken


def _begin(
    pool: ThreadPoolExecutor,
    under_way: dict[Future[gateway.Answered], Delivery],
    target: Target,
    at: datetime,
) -> None:
    """Begin to send what a target hears next; let it go if there is nothing."""
    delivery = first_waiting(target)
    if delivery is None:
        hooks.let_go(target=target)
        return
    delivery.target = target
    future = pool.submit(
        gateway.post,
        target.url,
        body=delivery.body.encode(),
        headers=headers_of(target, delivery, at),
        own=settings.WEBHOOK_NETWORKS,
    )
    under_way[future] = delivery


def headers_of(target: Target, delivery: Delivery, at: datetime) -> dict[str, str]:
    """Return what goes with a message: what it is, when it was sent, who signed it."""
    message = str(delivery.message)
    secret = hooks.secret_of(target)
    return {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "Wugeyi-Webhook/1",
        "webhook-id": message,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": signature(
            secret, message=message, at=at, body=delivery.body
        ),
    }


def register() -> None:
    """Hand these to the clock, and say what is kept until when."""
    keeping.register(KEPT)
    registry.always("webhooks", collect)
    registry.daily("months-over", end_month)
    registry.daily("forget-webhooks", forget_old)
