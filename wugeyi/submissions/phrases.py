"""What the acts and rows of this app are called in the audit, and parts of figures."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Promise] = {
    "submissions.conflict": _("同一编号收到两份内容"),
    "submissions.review": _("核对两份内容"),
}
SUBJECTS: dict[str, Promise] = {"submissions.conflict": _("同一编号的另一份内容")}
FIELDS: dict[str, Promise] = {
    "sent_as": _("按哪一种发来"),
    "first_received": _("先收到的一份"),
    "review": _("核对结果"),
}
WAITS: dict[str, Promise] = {
    "hour": _("等了不到一小时"),
    "day": _("等了不到一天"),
    "week": _("等了不到一周"),
    "longer": _("等了一周以上"),
    "unknown": _("不知道等了多久"),
}
