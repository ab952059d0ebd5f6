"""How pages of stations write hours, days and distances."""

from collections.abc import Sequence
from datetime import date

from django.template import Library
from django.utils.translation import gettext as _

from wugeyi.stations import wording
from wugeyi.stations.queries.shown import Had, Shown

register = Library()


register.filter(wording.times)
register.filter(wording.days)
register.filter(wording.until)


@register.filter
def listed(items: Sequence[object]) -> str:
    """床、桌子、灯: things in a sentence."""
    return str(_("、")).join(str(each) for each in items)


@register.filter
def standing(row: Shown) -> str:
    """Whether one can go in now, in words."""
    if row.ended:
        return _("已撤站")
    if not row.in_use:
        return _("暂时关闭")
    if row.open_now:
        return _("现在开着")
    if not row.week:
        return _("没有写开放时间")
    return _("今天不开") if row.off_today or not row.todays else _("现在没开")


@register.filter
def tone(row: Shown) -> str:
    """Return the state's tone: resolved where one can go in."""
    if row.ended or not row.in_use:
        return "urgent"
    return "resolved" if row.open_now else "waiting"


@register.filter
def hours_data(row: Shown) -> str:
    """Write the week as the script reads it: weekday:opens-closes, spaces between."""
    return " ".join(
        f"{day}:{span.opens}-{span.closes}"
        for day, spans in sorted(row.week.items())
        for span in spans
    )


@register.filter
def off_data(days: Sequence[date]) -> str:
    """Days off as the page's script reads them."""
    return " ".join(day.isoformat() for day in days)


@register.filter
def codes(row: Shown) -> str:
    """Write the codes of what works."""
    return " ".join(item.code for item in row.has)


@register.filter
def use_data(row: Shown) -> str:
    """Spans in which it is in use, as the page's script reads them."""
    return " ".join(
        f"{span.opens_on.isoformat()}/{span.closes_on.isoformat() if span.closes_on else ''}"
        for span in row.spans
    )


@register.filter
def state_tone(had: Had | None) -> str:
    """Return the tone of an item's state."""
    if had is None:
        return "waiting"
    return {"yes": "resolved", "broken": "urgent"}.get(had.state, "closed")


@register.filter
def state_name(had: Had | None) -> str:
    """有, 没有, 坏了, 没看."""
    if had is None:
        return _("没看过")
    return {"yes": _("有"), "broken": _("坏了"), "no": _("没有")}[had.state]
