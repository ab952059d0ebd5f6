"""What this app does by the clock, and what it keeps until when."""

from django.utils.translation import gettext_lazy as _

from wugeyi.jobs import keeping, registry
from wugeyi.jobs.keeping import Keeping
from wugeyi.submissions.actions.photos import clean
from wugeyi.submissions.rules import (
    ANSWERS_KEPT,
    PHOTOS_KEPT,
    REVIEWED_KEPT,
    UNREVIEWED_KEPT,
)

GROUP = _("没有信号时写的")
KEPT = (
    Keeping(
        "submissions-photos",
        GROUP,
        _("传了一半的照片"),
        _("有信号时接着传"),
        PHOTOS_KEPT.days,
        _("最后一次传以后 %(days)s 天"),
    ),
    Keeping(
        "submissions-answers",
        GROUP,
        _("收到过哪一份、怎么回的"),
        _("同一份再发来，不重复办，回同样的话"),
        ANSWERS_KEPT.days,
        _("收到后 %(days)s 天"),
    ),
    Keeping(
        "submissions-conflicts",
        GROUP,
        _("同一个编号、内容不同的另一份"),
        _("由工作人员核对，哪一份都不丢"),
        REVIEWED_KEPT.days,
        _("核对后 %(days)s 天"),
    ),
    Keeping(
        "submissions-unreviewed",
        GROUP,
        _("还没有核对的另一份"),
        _("由工作人员核对，哪一份都不丢"),
        UNREVIEWED_KEPT.days,
        _("收到后 %(days)s 天"),
    ),
)


def register() -> None:
    """Hand these to the clock, and say what is kept until when."""
    registry.daily("submissions", clean)
    keeping.register(*KEPT)
