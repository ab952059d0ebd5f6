"""What this app does by the clock."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from wugeyi.jobs import keeping, registry
from wugeyi.jobs.keeping import Keeping
from wugeyi.sharing.actions import erasing, using
from wugeyi.sharing.rules.times import KEEP_DAYS, local_day

KEPT = Keeping(
    "sharing-booker",
    _("共建共享"),
    _("借用人的称呼、电话和用途"),
    _("只用于联系借用人、交接和归还"),
    KEEP_DAYS,
    _("最后一天以后 %(days)s 天，本人可以提前删除"),
)


def end_unanswered(at: datetime) -> int:
    """End what nobody answered in time."""
    return using.lapse(today=local_day(at), at=at)


def erase_bookers(at: datetime) -> int:
    """Erase names and numbers past their date."""
    return erasing.erase_past(today=local_day(at), at=at)


def register() -> None:
    """Hand these to the clock, and say what is kept until when."""
    keeping.register(KEPT)
    registry.daily("sharing-unanswered", end_unanswered)
    registry.daily("sharing-erase", erase_bookers)
