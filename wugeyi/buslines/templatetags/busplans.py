"""How minutes, money and findings of plans are written."""

from django.template import Library
from django.utils.translation import gettext as _

from wugeyi.buslines.adapter import planning as engine
from wugeyi.buslines.queries.plans import SeenPlan
from wugeyi.buslines.rules.minutes import clock
from wugeyi.ui import phrases

register = Library()


@register.filter
def at_minute(minute: int | None) -> str:
    """06:05, and 25:10 after midnight; nothing for None."""
    return "" if minute is None else clock(minute)


@register.filter
def yuan(fen: int | None) -> str:
    """1,572.80 元; None is 无记录."""
    if fen is None:
        return _("无记录")
    return _("%(n)s 元") % {"n": phrases.number(fen / 100, 2)}


@register.filter
def more_yuan(fen: int) -> str:
    """+3.50 元 · −3.50 元 · 0.00 元."""
    sign = "+" if fen > 0 else "−" if fen < 0 else ""
    return sign + yuan(abs(fen))


@register.filter
def more_distance(metres: int) -> str:
    """+1.2 公里 · −350 米."""
    return ("+" if metres > 0 else "−") + phrases.distance(abs(metres))


@register.filter
def signed(number: int) -> str:
    """+3 · −3 · 0."""
    if not number:
        return "0"
    return ("+" if number > 0 else "−") + phrases.number(abs(number))


@register.filter
def said(finding: object) -> str:
    """Return a kept finding as a sentence in the reader's language."""
    return engine.said(finding, english=phrases.is_english())


@register.simple_tag
def say(seen: object, finding: object) -> str:
    """Return a kept finding as a sentence, with names in place of a plan's codes.

    ``seen`` is the plan, anything else where a page is of none.
    """
    return seen.say(finding) if isinstance(seen, SeenPlan) else said(finding)


@register.filter
def gap_percent(gap: float | None) -> str:
    """0.3, as a percentage without its sign; never 0 while something is missing."""
    if gap is None:
        return ""
    return f"{max(100 * gap, 0.01):.2f}".rstrip("0").rstrip(".")
