"""What the acts, rows and fields of branch work are called; histories in words."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from wugeyi.audit import phrases
from wugeyi.audit.models import AuditEvent
from wugeyi.audit.queries import changed

ACTS: dict[str, Promise] = {
    "branchwork.record": _("记下"),
    "branchwork.correct": _("更正"),
    "branchwork.withdraw": _("撤回"),
    "branchwork.end": _("记到哪天为止"),
    "branchwork.record_outcome": _("记结果"),
    "branchwork.link_cases": _("关联诉求"),
    "branchwork.unlink_case": _("取消关联诉求"),
    "branchwork.choose_procedure": _("登记走什么程序"),
    "branchwork.record_meetings": _("登记会议的日期和人数"),
    "branchwork.record_minutes": _("记会议内容"),
    "branchwork.drop_picture": _("删掉会议照片"),
    "branchwork.follow": _("跟进建议"),
    "branchwork.save_entry": _("修改字典"),
    "branchwork.install_dictionaries": _("装入议题字典"),
    "branchwork.install_duty_items": _("装入经常性工作"),
    "branchwork.keep_list": _("上传支部表格检查"),
    "branchwork.import_list": _("导入支部表格"),
}
SUBJECTS: dict[str, Promise] = {
    "branchwork.decision": _("议事"),
    "branchwork.suggestion": _("建议"),
    "branchwork.dutyrecord": _("经常性工作"),
    "branchwork.dutyitem": _("经常性工作事项"),
    "branchwork.topic": _("议题"),
    "branchwork.headcountkind": _("人数类别"),
    "branchwork.secretaryterm": _("书记任期"),
    "branchwork.training": _("培训"),
    "branchwork.vanguardpost": _("先锋岗、示范岗"),
    "branchwork.headcount": _("人数"),
}
FIELDS: dict[str, Promise] = {
    "topic": _("议题"),
    "held_on": _("日期"),
    "matter": _("议什么事"),
    "opinion": _("支部的意见"),
    "adopted": _("采纳情况"),
    "outcome_on": _("结果的日期"),
    "cases": _("诉求"),
    "made_on": _("提出日期"),
    "decided_on": _("采纳或不采纳的日期"),
    "ended_on": _("有结果的日期"),
    "decision": _("议事"),
    "case": _("诉求"),
    "item": _("哪一件"),
    "attendance": _("到了几个人"),
    "note": _("做了什么"),
    "person": _("姓名"),
    "role": _("职务"),
    "backbone": _("业务骨干"),
    "leads_unit": _("支部所在"),
    "on": _("日期"),
    "days": _("几天"),
    "outside": _("外出"),
    "secretaries": _("书记人次"),
    "others": _("其他人次"),
    "people": _("几人"),
    "why": _("理由"),
    "replaces": _("原来的写法"),
    "name_zh": _("名称"),
    "name_en": _("英文名称"),
    "kinds": _("适用的单位类型"),
    "basis": _("依据"),
    "active": _("正在使用"),
    "period": _("多久一次"),
    "output": _("留下什么"),
    "propose": _("村党组织提议"),
    "consult": _("村“两委”商议"),
    "review": _("党员大会审议"),
    "resolve": _("村民会议或村民代表会议决议"),
    "party": _("乡镇党委或村党组织研究讨论"),
    "draft": _("理事会起草方案"),
    "assembly": _("成员大会或成员代表大会表决"),
    "publish": _("决议公开"),
    "publish_result": _("实施结果公开"),
    "made": _("写入"),
    "known": _("以前有的"),
    "records": _("记录"),
    "track": _("走什么程序"),
    "collective_matter": _("属于集体经济组织的哪类事项"),
    "origin": _("动议事由"),
    "stage": _("哪一步"),
    "signed": _("签字人数"),
    "minutes_letters": _("会议内容的字数"),
    "pictures": _("照片"),
    "upload": _("照片"),
}


def values() -> Iterator[tuple[str, Mapping[str, object]]]:
    """Yield fields whose codes are not a column of the event's own row."""
    from wugeyi.branchwork.models.decisions import (
        STAGE_NAMES,
        Adopted,
        Course,
        Origin,
    )

    yield "adopted", {str(code): name for code, name in Adopted.choices}
    yield "track", {str(code): name for code, name in Course.choices}
    yield "origin", {str(code): name for code, name in Origin.choices}
    yield "stage", {stage.value: name for stage, name in STAGE_NAMES.items()}


def course(events: Iterable[AuditEvent]) -> list[dict[str, Any]]:
    """Return events as entries of a timeline: who did what when, with the reason."""
    return [
        {
            "what": phrases.act_name(event.action),
            "who": event.actor_name or _now("系统"),
            "at": event.at,
            "text": _why(event),
            "tone": "closed" if event.action == "branchwork.withdraw" else "",
        }
        for event in events
    ]


def _why(event: AuditEvent) -> str:
    return next((each.after for each in changed(event) if each.field == "why"), "")
