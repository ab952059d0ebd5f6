"""Tags of the pages of branch work."""

from django.template import Library
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from wugeyi.branchwork.queries.duties import DutyLine
from wugeyi.branchwork.rules.approvals import Lack
from wugeyi.branchwork.rules.matters import Matter
from wugeyi.branchwork.rules.meetings import BINDING, Check
from wugeyi.branchwork.rules.periods import Standing
from wugeyi.branchwork.wording import check_words, lack_words
from wugeyi.branchwork.wording import matter_name as name_of_matter
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
    return check_words(check)


@register.simple_tag
def lack_said(lack: Lack) -> str:
    """Say in words what a decision still lacks."""
    return lack_words(lack)


@register.filter
def binding(check: Check) -> bool:
    """Tell whether nothing is decided without this condition."""
    return check.condition in BINDING


@register.filter
def matter_name(matter: Matter) -> str:
    """Return what a kind of matter is called in the reader's language."""
    return name_of_matter(matter)
