"""What the rows and fields of casework are called in the audit."""

from collections.abc import Iterator, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SUBJECTS: dict[str, Promise] = {
    "casework.case": _("诉求"),
    "casework.savedreply": _("常用答复"),
}
FIELDS: dict[str, Promise] = {
    "state": _("状态"),
    "outcome": _("办结结果"),
    "category": _("类别"),
    "urgency": _("紧急程度"),
    "danger": _("危及人身安全"),
    "channel": _("渠道"),
    "place": _("地点所属"),
    "spot": _("具体位置"),
    "handler": _("办理单位"),
    "receiver": _("首接单位"),
    "worker": _("经办人"),
    "text": _("诉求内容"),
    "said": _("写的话"),
    "due_at": _("办理期限"),
    "contact_due_at": _("联系期限"),
    "contacted_at": _("联系时间"),
    "answered_at": _("答复时间"),
    "closed_at": _("办结时间"),
    "closed_on": _("办结日期"),
    "counting_from": _("从何时计时"),
    "reopened": _("重新办理次数"),
    "satisfaction": _("满意度"),
    "excluded": _("不计入三率"),
    "exclusion": _("剔除申请"),
    "approved": _("批准"),
    "merged_into": _("并入"),
    "split_from": _("分自"),
    "method": _("方式"),
    "result": _("回访结果"),
    "photos": _("照片数"),
    "public_text": _("公开文字"),
    "published_at": _("公开时间"),
    "stage": _("提醒阶段"),
    "told": _("提醒到"),
}


def values() -> Iterator[tuple[str, Mapping[str, object]]]:
    """Yield fields that tell of a step, each with the names of its codes."""
    from wugeyi.casework.models import (
        Callback,
        Escalation,
        Exclusion,
        Pause,
        Update,
    )

    for field, choices in (
        ("kind", Update.Kind),
        ("method", Callback.Method),
        ("result", Callback.Result),
        ("reason", Pause.Reason),
        ("reason", Exclusion.Reason),
        ("stage", Escalation.Stage),
    ):
        yield field, {str(code): name for code, name in choices.choices}
