"""What the acts, rows and fields of long work are called, and how it is told."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Promise] = {
    "jobs.ask": _("请系统计算"),
    "jobs.cancel": _("取消计算"),
    "jobs.end": _("计算结束"),
}
SUBJECTS: dict[str, Promise] = {"jobs.work": _("计算")}
FIELDS: dict[str, Promise] = {
    "state": _("状态"),
    "message": _("说明"),
    "attempts": _("第几次"),
}
TEXTS: dict[str, Promise] = {
    "lost": _("计算中断了两次，没有算成。请过一会儿再试；还不行就请告诉管理员。"),
    "fault": _("计算出了错，没有算成。原来的数据没有变；请把时间告诉管理员。"),
    "unknown": _("这种计算现在没有了。请重新打开原来的页面再试。"),
}
