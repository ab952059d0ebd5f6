"""What sends by the clock, and beside it every few seconds."""

import logging
import threading
from datetime import datetime

from django.db import close_old_connections, connection
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wugeyi.jobs import keeping, registry
from wugeyi.jobs.keeping import Keeping
from wugeyi.notices.actions import following, upkeep
from wugeyi.notices.actions.sending import send_waiting
from wugeyi.notices.actions.upkeep import KEPT_FOR

logger = logging.getLogger("wugeyi")
LOOK_SECONDS = 2.0
KEPT = Keeping(
    "notices-told",
    _("通知"),
    _("发过哪一种消息、什么时候发的"),
    _("不重复发，发不出去查得到原因；里面没有邮箱、电话和原话"),
    KEPT_FOR.days,
    _("发出后 %(days)s 天；邮箱随那一件事到期删除，退订就停"),
)


def send(at: datetime) -> int:
    """Send what is due; for an installation whose clock only calls ``tick``."""
    return send_waiting(clock=timezone.now)


def erase(at: datetime) -> int:
    """Erase addresses past their day."""
    return following.erase_old(today=timezone.localdate(at), at=at)


def forget(at: datetime) -> int:
    """Drop what was told long ago."""
    return upkeep.forget(at=at)


def register() -> None:
    """Hand these to the clock, and say what is kept until when."""
    keeping.register(KEPT)
    registry.always("notices", send)
    registry.always("notices-erase", erase)
    registry.daily("notices-forget", forget)


def run(stopping: threading.Event) -> None:
    """Send every few seconds until told to stop: an emergency waits for no minute."""
    while not stopping.wait(LOOK_SECONDS):
        close_old_connections()
        try:
            send_waiting(clock=timezone.now, seconds=10.0)
        except Exception:
            # The database may be away for a while; nothing that was told is lost.
            logger.exception("Sending stumbled; it goes on in a moment.")
    connection.close()
