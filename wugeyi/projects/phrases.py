"""What the acts, rows and fields of projects are called in the audit."""

from collections.abc import Iterator, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Promise] = {
    "projects.begin": _("登记项目"),
    "projects.change": _("更正项目"),
    "projects.move_on": _("更新项目状态"),
    "projects.withdraw": _("撤回项目"),
    "projects.link_case": _("关联诉求"),
    "projects.publish": _("公开项目"),
    "projects.unpublish": _("撤下公开的项目"),
    "projects.plan_milestone": _("加进度"),
    "projects.move_milestone": _("进度改期"),
    "projects.finish_milestone": _("记下完成日期"),
    "projects.add_money": _("记一笔资金"),
    "projects.correct_money": _("更正一笔资金"),
    "projects.form_asset": _("记下形成的资产"),
    "projects.add_partner": _("加出资方"),
    "projects.correct_partner": _("更正出资方"),
    "projects.undertake": _("记承诺或担保"),
    "projects.see_risk": _("记风险"),
    "projects.end_risk": _("记风险后来怎样"),
    "projects.add_result": _("记结果"),
    "projects.correct_result": _("更正结果"),
    "projects.add_evidence": _("加照片"),
    "projects.withdraw_row": _("撤回项目里的一条"),
    "projects.add_kind": _("加项目类别"),
    "projects.end_kind": _("停用或恢复项目类别"),
    "projects.keep_list": _("上传项目清单"),
    "projects.import_list": _("导入项目清单"),
}
SUBJECTS: dict[str, Promise] = {
    "projects.project": _("项目"),
    "projects.otherkind": _("项目类别"),
}
FIELDS: dict[str, Promise] = {
    "title": _("名称"),
    "goal": _("目标"),
    "decision": _("来自决策"),
    "cases": _("来自诉求"),
    "case": _("诉求"),
    "started_on": _("开始日期"),
    "ended_on": _("结束日期"),
    "state_on": _("状态日期"),
    "state_reason": _("原因"),
    "measure": _("统计指标"),
    "indicator": _("衡量什么"),
    "unit": _("单位"),
    "baseline": _("现状"),
    "baseline_on": _("现状日期"),
    "target": _("目标值"),
    "target_on": _("达到日期"),
    "level": _("级别"),
    "number": _("编号"),
    "other_kind": _("其他类别"),
    "budget_fen": _("预算（分）"),
    "amount_fen": _("金额（分）"),
    "contribution_fen": _("认缴（分）"),
    "paid_in_fen": _("实缴（分）"),
    "account": _("账户"),
    "line": _("哪一笔"),
    "on": _("日期"),
    "note": _("说明"),
    "asset": _("形成资产"),
    "asset_on": _("形成日期"),
    "book_reference": _("村账凭证"),
    "partner": _("出资方"),
    "giver": _("哪一方"),
    "undertaking": _("承诺或担保"),
    "risk": _("风险"),
    "seen_on": _("看到日期"),
    "happened": _("发生了"),
    "outcome": _("后来怎样"),
    "outcome_on": _("结果日期"),
    "milestone": _("进度"),
    "due_on": _("计划日期"),
    "done_on": _("完成日期"),
    "reached": _("达到目标"),
    "before": _("之前"),
    "after": _("之后"),
    "phase": _("什么时候的"),
    "caption": _("照片说明"),
    "public_goal": _("公开的目标"),
    "public_result": _("公开的结果"),
    "withdrawn_at": _("撤回时间"),
    "row": _("哪一条"),
    "key": _("内部编号"),
    "file": _("文件"),
    "made": _("新登记"),
    "known": _("已经有的"),
    "rows": _("行数"),
}


def values() -> Iterator[tuple[str, Mapping[str, object]]]:
    """Yield fields that tell of a row, each with the names of its codes."""
    from wugeyi.projects.models import Evidence, Undertaking
    from wugeyi.projects.models.money import MONEY_NAMES, PARTNER_NAMES

    yield "line", {kind.value: name for kind, name in MONEY_NAMES.items()}
    yield "giver", {kind.value: name for kind, name in PARTNER_NAMES.items()}
    for field, choices in (
        ("undertaking", Undertaking.Kind),
        ("phase", Evidence.Phase),
    ):
        yield field, {str(code): name for code, name in choices.choices}
    yield "reached", {"yes": _("是"), "no": _("否")}
    yield (
        "row",
        {
            "money": _("资金"),
            "partner": _("出资方"),
            "result": _("结果"),
            "risk": _("风险"),
            "milestone": _("进度"),
            "undertaking": _("承诺"),
            "evidence": _("照片"),
        },
    )
