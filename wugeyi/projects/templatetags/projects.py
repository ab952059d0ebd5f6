"""What pages of projects draw: states, money, values, findings, bars."""

from decimal import Decimal

from django.template import Library
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wugeyi.projects.models import Project
from wugeyi.projects.queries.details import PartnerShare
from wugeyi.projects.rules.money import Found, Trouble
from wugeyi.projects.rules.states import State
from wugeyi.ui import phrases
from wugeyi.ui.templatetags.ui import state as draw_state

register = Library()

TONES = {
    State.PLANNED: "new",
    State.RUNNING: "working",
    State.DONE: "resolved",
    State.STOPPED: "closed",
    State.FAILED: "waiting",
}
TROUBLES = {
    Trouble.OVER_BUDGET: gettext_lazy("支付超出预算 %(amount)s 元"),
    Trouble.WITHOUT_BUDGET: gettext_lazy("没有预算，已支付 %(amount)s 元"),
    Trouble.VERIFIED_UNPAID: gettext_lazy("验收比支付多 %(amount)s 元"),
    Trouble.UNVERIFIED: gettext_lazy("项目结束了，还有 %(amount)s 元没有验收"),
    Trouble.NO_ASSET: gettext_lazy("验收了 %(amount)s 元，还没有记形成什么资产"),
}
STEPS = {
    "need": gettext_lazy("需求"),
    "case": gettext_lazy("诉求"),
    "decision": gettext_lazy("决策"),
    "project": gettext_lazy("项目"),
    "result": gettext_lazy("结果"),
}


@register.simple_tag
def project_state(project: Project) -> SafeString:
    """Tell a project's state by shape and word."""
    tone = TONES[State(project.state)]
    return draw_state(tone, str(project.get_state_display()))


@register.filter
def yuan(amount_fen: int | None) -> str:
    """1,200.50; whole yuan without a part; 无记录 for None."""
    if amount_fen is None:
        return _("无记录")
    yuan_part, fen = divmod(abs(amount_fen), 100)
    sign = "−" if amount_fen < 0 else ""
    tail = f".{fen:02d}" if fen else ""
    return f"{sign}{phrases.number(yuan_part)}{tail}"


@register.filter
def plain_value(value: Decimal | None) -> str:
    """Write a measured value without idle zeros, grouped; 无记录 for None."""
    if value is None:
        return _("无记录")
    short = value.normalize()
    places = max(0, -int(short.as_tuple().exponent))
    return phrases.number(short, places)


@register.filter
def trouble(found: Found) -> str:
    """Say what is wrong with an account."""
    return str(TROUBLES[found.trouble]) % {"amount": yuan(found.amount_fen)}


@register.filter
def step_name(name: str) -> str:
    """Name a step of the chain."""
    return str(STEPS[name])


@register.simple_tag
def bar(length: int | None, tone: str = "") -> SafeString:
    """Draw a bar 0 to 100 long; nothing for None. The number stands beside it."""
    if length is None:
        return SafeString("")
    return format_html(
        '<svg class="bar" data-tone="{}" viewBox="0 0 100 8" preserveAspectRatio="none"'
        ' aria-hidden="true"><rect class="bar-ground" width="100" height="8"></rect>'
        '<rect class="bar-value" width="{}" height="8"></rect></svg>',
        tone,
        length,
    )


@register.simple_tag
def share_bar(rows: list[PartnerShare]) -> SafeString:
    """Draw the partners' shares as one bar; the table beside it tells the numbers."""
    parts = []
    left = 0
    for row in rows:
        share = row.share
        parts.append(
            format_html(
                '<rect class="share" data-part="{}" x="{}" width="{}" height="600">'
                "</rect>",
                row.part,
                left,
                share,
            )
        )
        left += share
    return format_html(
        '<svg class="shares" viewBox="0 0 10000 600" preserveAspectRatio="none"'
        ' aria-hidden="true">{}</svg>',
        SafeString("".join(parts)),
    )
