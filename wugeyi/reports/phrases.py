"""What the acts, rows and fields of reports are called in the audit."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Promise] = {
    "reports.register_form": _("登记报表"),
    "reports.change_form": _("修改报表登记"),
    "reports.stop_form": _("停止报表"),
    "reports.add_layout": _("上传表样"),
    "reports.begin_filling": _("开始填表"),
    "reports.confirm_match": _("确认格子对应"),
    "reports.reject_match": _("否定格子对应"),
    "reports.answer": _("填写一格"),
    "reports.choose_answer": _("选定一格的答案"),
    "reports.leave_empty": _("留空一格"),
    "reports.read_again": _("按最新记录重取"),
    "reports.freeze_filling": _("报表定稿"),
    "reports.discard_filling": _("放弃填表"),
    "reports.forget_match": _("撤回记住的对应"),
}
SUBJECTS: dict[str, Promise] = {
    "reports.form": _("报表"),
    "reports.layout": _("表样"),
    "reports.filling": _("填报"),
    "reports.cell": _("表格的一格"),
    "reports.learned": _("记住的对应"),
}
FIELDS: dict[str, Promise] = {
    "asker": _("谁要"),
    "basis": _("依据文件"),
    "frequency": _("多久报一次"),
    "approved_by": _("谁批准"),
    "valid_until": _("有效期至"),
    "fields": _("要填的格数"),
    "sha256": _("文件指纹"),
    "code": _("对应的指标"),
    "cell": _("格子"),
    "value": _("值"),
    "source": _("来源"),
    "cells_system": _("系统填的格数"),
    "cells_hand": _("手填的格数"),
    "changed": _("变了的格数"),
}
