"""How passengers read minutes, fares, stops and days of the week."""

from datetime import date

from django.template import Library
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wugeyi.buslines.models import Edition, Line, Spot
from wugeyi.buslines.rules.minutes import DAY, clock
from wugeyi.ui import phrases

register = Library()


@register.filter
def hour(minute: int | None) -> str:
    """06:05, and 次日 01:10 after midnight; nothing for None."""
    if minute is None:
        return ""
    if minute >= DAY:
        return _("次日 %(time)s") % {"time": clock(minute - DAY)}
    return clock(minute)


@register.filter
def fare(fen: int | None) -> str:
    """2 元 · 2.5 元; nothing for None: tickets are whole yuan, mostly."""
    if fen is None:
        return ""
    yuan, rest = divmod(fen, 100)
    amount = phrases.number(yuan)
    if rest:
        amount += f".{rest:02d}".rstrip("0")
    return _("%(n)s 元") % {"n": amount}


@register.filter
def spot_name(spot: Spot) -> str:
    """Return what a stop is called in the reader's language, if it has such a name."""
    return (spot.name_en if phrases.is_english() else "") or spot.name


@register.filter
def line_name(line: Line) -> str:
    """Return what a line is called in the reader's language, if it has such a name."""
    return (line.name_en if phrases.is_english() else "") or line.name


def weekday_names() -> list[str]:
    """Return Monday to Sunday."""
    return [
        _("周一"),
        _("周二"),
        _("周三"),
        _("周四"),
        _("周五"),
        _("周六"),
        _("周日"),
    ]


@register.filter
def weekdays(digits: str) -> str:
    """每天 · 周一至周五 · 周一、周三."""
    days = sorted({int(digit) for digit in digits if digit in "1234567"})
    names = weekday_names()
    if len(days) == 7:
        return _("每天")
    if len(days) > 2 and days[-1] - days[0] == len(days) - 1:
        span = {"first": names[days[0] - 1], "last": names[days[-1] - 1]}
        return _("%(first)s至%(last)s") % span
    return _("、").join(names[day - 1] for day in days)


@register.filter
def weekday(day: date) -> str:
    """周三."""
    return weekday_names()[day.isoweekday() - 1]


@register.filter
def baskets(count: int) -> str:
    """不带筐 · 一筐 · 3 筐."""
    known = {0: _("不带筐"), 1: _("一筐"), 2: _("两筐")}
    return known.get(count) or ngettext("%(n)s 筐", "%(n)s 筐", count) % {"n": count}


@register.filter
def price_name(price: object) -> str:
    """不带筐 · 一筐 · 两筐及以上."""
    name = baskets(getattr(price, "baskets", 0))
    if getattr(price, "more", False):
        return _("%(baskets)s及以上") % {"baskets": name}
    return name


@register.filter
def hours(minutes: tuple[int, ...]) -> str:
    """06:10、06:40; none: 没有."""
    return _("、").join(hour(minute) for minute in minutes) or _("没有")


def standing(edition: Edition, today: date) -> tuple[str, str]:
    """Return the tone and the words of where an edition stands today."""
    if edition.withdrawn_at is not None:
        return "closed", _("已撤回")
    if edition.published_at is None:
        return "new", _("还没发布")
    if edition.valid_from > today:
        return "waiting", _("已发布，还没开始")
    if edition.holds(today):
        return "resolved", _("正在执行")
    return "closed", _("已经过去")
