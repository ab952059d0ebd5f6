"""What the acts, rows and fields of open interfaces are called, and what is told."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wugeyi.notices.registry import Event

ACTS: dict[str, Promise] = {
    "interfaces.make_key": _("发接口密钥"),
    "interfaces.revoke_key": _("吊销接口密钥"),
    "interfaces.set_terms": _("改开放数据的使用说明"),
    "interfaces.renew_calendar": _("换日历地址"),
    "interfaces.end_calendar": _("收回日历地址"),
    "interfaces.make_target": _("登记推送目标"),
    "interfaces.pause_target": _("暂停推送"),
    "interfaces.resume_target": _("恢复推送"),
    "interfaces.renew_secret": _("换推送的签名密钥"),
    "interfaces.remove_target": _("删除推送目标"),
    "interfaces.test_target": _("试推送"),
    "interfaces.stop_target": _("长时间送不到，停止推送"),
    "interfaces.month_over": _("一个月过完"),
}
SUBJECTS: dict[str, Promise] = {
    "interfaces.apikey": _("接口密钥"),
    "interfaces.terms": _("开放数据的使用说明"),
    "interfaces.calendar": _("日历地址"),
    "interfaces.target": _("推送目标"),
}
FIELDS: dict[str, Promise] = {
    "start": _("密钥开头"),
    "writes": _("可以提交诉求"),
    "per_minute": _("每分钟最多几次"),
    "per_day": _("每天最多几次"),
    "revoked_at": _("吊销时间"),
    "licence": _("使用许可"),
    "licence_url": _("许可全文的网址"),
    "contact": _("有问题找谁"),
    "key_service": _("怎样领取密钥"),
    "url": _("网址"),
    "events": _("哪些事"),
    "removed_at": _("删除时间"),
    "duties": _("支部的规定动作"),
    "deadlines": _("工作台上的办理期限"),
}
EVENTS = (
    Event(
        "interfaces.target_stopped",
        _("推送目标停了"),
        _("推送到“%(target)s”停了"),
        _(
            "“%(target)s”几天都收不到消息，已经停止推送。没送到的都留着，修好以后可以恢复。"
        ),
        default=True,
        personal=True,
    ),
)
