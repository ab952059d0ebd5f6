"""Tags of the pages of branch work."""

from django.template import Library
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from wugeyi.branchwork.queries.duties import DutyLine
from wugeyi.branchwork.rules.meetings import Check, Condition, Result
from wugeyi.branchwork.rules.periods import Standing
from wugeyi.ui import phrases
from wugeyi.ui.templatetags.ui import state

register = Library()

STANDINGS = {
    Standing.DONE: ("resolved", gettext_lazy("办了")),
    Standing.DUE: ("waiting", gettext_lazy("还没有，快到期")),
    Standing.COMING: ("new", gettext_lazy("还没有")),
    Standing.NO_RECORD: ("closed", gettext_lazy("无记录")),
}


@register.simple_tag
def duty_state(line: DutyLine) -> SafeString:
    """Tell whether an item was done in its period."""
    tone, text = STANDINGS[line.standing]
    return state(tone, str(text))


@register.simple_tag
def check_said(check: Check) -> str:
    """Say in words what a condition needs and whether it is fulfilled."""
    names = {
        Condition.DUE: _("组成人数"),
        Condition.ATTENDED: _("到会"),
        Condition.IN_FAVOUR: _("同意"),
    }
    values = {
        "name": names[check.condition],
        "needed": phrases.number(check.needed or 0),
        "have": phrases.number(check.have or 0),
        "short": check.short_by,
    }
    if check.result is Result.FULFILLED:
        said = _("%(name)s够了：要 %(needed)s 人，有 %(have)s 人")
    elif check.result is Result.SHORT:
        said = ngettext(
            "%(name)s还差 %(short)s 人：要 %(needed)s 人，有 %(have)s 人",
            "%(name)s还差 %(short)s 人：要 %(needed)s 人，有 %(have)s 人",
            check.short_by,
        )
    elif check.needed is None:
        said = _("%(name)s：人数没有记全，不能核对")
    else:
        said = _("%(name)s：要 %(needed)s 人，实际没有记")
    return said % values
