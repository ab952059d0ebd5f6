"""What the acts, rows and fields of the desk are called in the audit."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Promise] = {
    "services.arrive": _("窗口取号"),
    "services.call": _("窗口叫号"),
    "services.serve": _("窗口开始办"),
    "services.leave": _("没等到就离开"),
    "services.trip": _("窗口办事"),
    "services.save_service": _("写服务事项"),
    "services.save_material": _("写办事材料"),
    "services.end_material": _("不再要材料"),
    "services.add_step": _("加办理步骤"),
    "services.end_step": _("停办理步骤"),
    "services.copy_examples": _("放进示例事项"),
}
SUBJECTS: dict[str, Promise] = {
    "services.service": _("服务事项"),
    "services.material": _("办事材料"),
    "services.servicestep": _("办理步骤"),
    "services.visit": _("到窗口办事"),
    "services.matter": _("窗口受理的事"),
}
FIELDS: dict[str, Promise] = {
    "number": _("号"),
    "service": _("服务事项"),
    "services": _("服务事项"),
    "case": _("办件"),
    "trip": _("第几趟"),
    "missing": _("还缺几样"),
    "new_missing": _("没有一次告知的"),
    "waited_seconds": _("等候秒数"),
    "name_zh": _("名称"),
    "name_en": _("英文名称"),
    "for_whom": _("谁可以办"),
    "basis": _("依据"),
    "source": _("出处"),
    "verified": _("已核对"),
    "fee_fen": _("收费(分)"),
    "promised_days": _("承诺工作日"),
    "note": _("提醒"),
    "valid_from": _("自"),
    "valid_to": _("至"),
    "originals": _("原件份数"),
    "copies": _("复印件份数"),
    "where_from": _("在哪里拿"),
    "electronic": _("可以用电子版"),
    "condition": _("什么情况下要"),
    "what": _("做什么"),
}
