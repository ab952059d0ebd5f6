"""Tags of the desk's pages."""

from typing import Any

from django.template import Context, Library
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wugeyi.casework.models import Case, Pause
from wugeyi.casework.models.cases import OUTCOME_NAMES, STATE_NAMES
from wugeyi.casework.rules.receipts import display
from wugeyi.casework.rules.states import Outcome, State
from wugeyi.ui.templatetags.ui import state as draw

register = Library()

TONES = {
    State.NEW: "new",
    State.ASSIGNED: "new",
    State.OBJECTED: "waiting",
    State.WORKING: "working",
    State.ANSWERED: "answered",
    State.CLOSED: "closed",
    State.MERGED: "closed",
}
PAUSES = dict(Pause.Reason.choices)


@register.simple_tag
def case_state(case: Case) -> SafeString:
    """Tell where a case stands: its state, and how it ended."""
    return drawn_state(case.state, case.outcome)


def drawn_state(state_: str, outcome_: str) -> SafeString:
    """Draw a state; for a closed case how it ended."""
    state = State(state_)
    if state is State.CLOSED and outcome_:
        outcome = Outcome(outcome_)
        tone = "resolved" if outcome is Outcome.RESOLVED else "closed"
        return draw(tone, str(OUTCOME_NAMES[outcome]))
    return draw(TONES[state], str(STATE_NAMES[state]))


@register.filter
def state_name(value: str) -> str:
    """Name a state; "" for one that does not exist."""
    return str(STATE_NAMES[State(value)]) if value in set(State) else ""


@register.filter
def pause_name(value: str) -> str:
    """Name the reason of a pause."""
    return str(PAUSES.get(value, ""))


@register.filter
def receipt(code: str) -> str:
    """Group a receipt's code for reading aloud."""
    return display(code)


@register.simple_tag
def unverified(*, verified: bool) -> SafeString | str:
    """Mark what was not held against its source."""
    if verified:
        return ""
    return format_html('<span class="unverified">{}</span>', _("未核对"))


@register.simple_tag(takes_context=True)
def with_query(context: Context, **changes: Any) -> str:
    """Give this page's query string with some values changed, the page keys dropped."""
    query = context["request"].GET.copy()
    for name in ("after", "before", *changes):
        query.pop(name, None)
    for name, value in changes.items():
        if value not in (None, ""):
            query[name] = str(value)
    return f"?{query.urlencode()}"


@register.filter
def as_control(bound: Any) -> SafeString:
    """Draw a field's control alone, for a row of filters."""
    drawn: SafeString = bound.as_widget(attrs={"class": "control"})
    return drawn


ACTS = {
    "register": gettext_lazy("登记"),
    "assign": gettext_lazy("派单或转办"),
    "accept": gettext_lazy("签收"),
    "object": gettext_lazy("退回"),
    "uphold": gettext_lazy("裁定退回成立"),
    "reject": gettext_lazy("裁定退回不成立"),
    "update": gettext_lazy("写办理记录"),
    "answer": gettext_lazy("答复"),
    "pause": gettext_lazy("暂停计时"),
    "resume": gettext_lazy("恢复计时"),
    "ask": gettext_lazy("请求协办"),
    "reply": gettext_lazy("回复协办"),
    "reclassify": gettext_lazy("更正"),
    "call_back": gettext_lazy("回访"),
    "give_up": gettext_lazy("按未联系上办结"),
    "refer": gettext_lazy("告知法定途径"),
    "withdraw": gettext_lazy("按撤回办结"),
    "request_exclusion": gettext_lazy("申请不计入三率"),
    "decide_exclusion": gettext_lazy("审批不计入三率"),
    "merge": gettext_lazy("合并"),
    "unmerge": gettext_lazy("撤销合并"),
    "split": gettext_lazy("分出一件"),
    "publish": gettext_lazy("公开"),
    "unpublish": gettext_lazy("撤下公开"),
    "erase_identity": gettext_lazy("删除身份信息"),
    "erase_all": gettext_lazy("删除内容"),
    "escalate": gettext_lazy("到期提醒"),
    "escalation_seen": gettext_lazy("已读提醒"),
    "reveal": gettext_lazy("查看诉求人"),
    "export": gettext_lazy("导出清单"),
    "add_reply": gettext_lazy("新增常用答复"),
    "change_reply": gettext_lazy("修改常用答复"),
    "drop_reply": gettext_lazy("删除常用答复"),
    "import_hotline": gettext_lazy("导入 12345 工单"),
}


@register.filter
def act_name(action: str) -> str:
    """Name an audited act; its code where there is no name yet."""
    return str(ACTS.get(action.removeprefix("casework."), action))
