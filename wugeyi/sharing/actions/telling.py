"""What sharing tells by message: who holds a receipt, and the community's desk."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wugeyi.accounts.models import User
from wugeyi.notices import registry
from wugeyi.notices.actions import Reader, tell
from wugeyi.notices.registry import Event
from wugeyi.sharing.actions.writing import By
from wugeyi.sharing.models import Booking

TOPIC = "sharing.booking"
EVENTS = (
    Event(
        "sharing.received",
        _("约上了"),
        _("预约%(thing)s：以后有答复就告诉您"),
        _("您约了 %(day)s 的%(thing)s。有答复就这样告诉您。"),
        default=True,
        public=True,
    ),
    Event(
        "sharing.accepted",
        _("同意了"),
        _("%(day)s 的%(thing)s，约好了"),
        _("%(place)s同意了您的预约。来不了请在回执上取消，让别人用。"),
        default=True,
        public=True,
    ),
    Event(
        "sharing.refused",
        _("这次借不了"),
        _("%(day)s 的%(thing)s，这次借不了"),
        _("对不起，这次借不了，原因写在回执上。请换个时间再约。"),
        default=True,
        public=True,
    ),
    Event(
        "sharing.cancelled",
        _("社区取消了"),
        _("%(day)s 的%(thing)s取消了"),
        _("对不起，%(place)s取消了您的预约，原因写在回执上。"),
        default=True,
        public=True,
    ),
    Event(
        "sharing.asked",
        _("有人预约，等我的单位答复"),
        _("新的预约：%(thing)s，%(day)s"),
        _("%(place)s有一个预约等答复：%(thing)s，%(day)s。"),
    ),
)
NEWS = {
    "accept": "sharing.accepted",
    "refuse": "sharing.refused",
    "cancel": "sharing.cancelled",
}


def register() -> None:
    """Register what is told here."""
    for event in EVENTS:
        registry.register(event)


def values(booking: Booking) -> dict[str, str]:
    """Return what goes into the sentences: never who it was."""
    return {
        "thing": booking.thing.title,
        "day": booking.first_on.isoformat(),
        "place": booking.thing.community.name,
    }


def received(reader: Reader, key: int, at: datetime) -> None:
    """Tell somebody who follows a booking from now on that we have it."""
    booking = Booking.objects.select_related("thing__community").get(pk=key)
    tell(
        event="sharing.received",
        to=reader,
        values=values(booking),
        url="",
        key=f"sharing.received:{booking.pk}:{reader.subscriber}",
        at=at,
    )


def asked(booking: Booking, *, at: datetime) -> None:
    """Tell the community that a booking waits for its answer."""
    tell(
        event="sharing.asked",
        to=Reader.at_desk(booking.thing.community_id),
        values=values(booking),
        url=reverse("sharing:booking", args=[booking.pk]),
        key=f"sharing.asked:{booking.pk}",
        at=at,
    )


def acted(booking: Booking, action: str, *, by: By, at: datetime) -> None:
    """Tell who holds the receipt what staff answered; not what they did themselves."""
    event = NEWS.get(action)
    if event is None or not isinstance(by, User):
        return
    tell(
        event=event,
        to=Reader.holder(TOPIC, booking.pk),
        values=values(booking),
        url="",
        # The version counts every write: the same act is never told twice.
        key=f"{event}:{booking.pk}:{booking.version}",
        at=at,
    )
