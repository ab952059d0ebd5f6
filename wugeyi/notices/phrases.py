"""What the acts, rows and fields of messages are called, and why one did not arrive."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Promise] = {
    "notices.subscribe": _("订阅通知"),
    "notices.confirm": _("确认通知地址"),
    "notices.choose": _("选择听什么"),
    "notices.unsubscribe": _("退订通知"),
    "notices.take_up": _("恢复通知"),
    "notices.add_address": _("加通知地址"),
    "notices.drop_address": _("去掉通知地址"),
    "notices.erase": _("删除通知地址"),
    "notices.send_trial": _("发测试通知"),
    "notices.send_again": _("重发通知"),
}
SUBJECTS: dict[str, Promise] = {
    "notices.subscriber": _("通知订阅"),
    "notices.letter": _("通知"),
}
FIELDS: dict[str, Promise] = {
    "topic": _("事项"),
    "key": _("编号"),
    "way": _("方式"),
    "ways": _("方式"),
    "language": _("语言"),
    "quiet_from": _("几点起不打扰"),
    "quiet_until": _("到几点"),
    "urgent_anytime": _("急事随时告诉我"),
    "wanted": _("要听"),
    "unwanted": _("不听"),
}
REASONS: dict[str, Promise] = {
    "mail-server": _("连不上邮件服务器"),
    "unreachable": _("连不上对方的服务器"),
    "no-answer": _("对方没有回话"),
    "unreadable": _("看不懂对方的回话"),
    "too-many": _("发得太多，对方要等一等"),
    "not-set-up": _("这种方式现在没有设置"),
    "unsubscribed": _("对方已经退订"),
    "lost": _("发送的时候程序中断了"),
    "way-down": _("这种方式暂时不通，下一轮再发"),
    "unknown-service": _("浏览器的推送服务不在允许的名单里"),
    "key": _("浏览器给的密钥不对"),
    "address": _("地址不对"),
    "words": _("缺少要写的内容"),
    "no-event": _("这种通知现在没有了"),
    "fault": _("程序出错，时间请告诉维护人员"),
}


def reason(code: str) -> str:
    """Say why a letter did not arrive; the other side's code where there is no sentence."""
    if not code:
        return ""
    known = REASONS.get(code)
    return str(known) if known else _now("对方的代码：%(code)s") % {"code": code}
