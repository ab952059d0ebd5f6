"""How minutes, money and days of records are written."""

from django.template import Library
from django.utils.translation import gettext as _

from wugeyi.buslines.rules.minutes import DAY, clock
from wugeyi.ui import phrases

register = Library()


@register.filter
def minute(value: int | None) -> str:
    """06:05; after midnight 次日 01:10; nothing for None."""
    if value is None:
        return ""
    if value < DAY:
        return clock(value)
    return _("次日 %(time)s") % {"time": clock(value - DAY)}


@register.filter
def fen(value: int | None) -> str:
    """Write fen as yuan: 2 元, 2.60 元; None is 无记录."""
    if value is None:
        return _("无记录")
    places = 2 if value % 100 else 0
    return _("%(n)s 元") % {"n": phrases.number(value / 100, places)}


@register.filter
def centimetres(value: int | None) -> str:
    """Write centimetres as metres: 11.4 米; nothing for None."""
    if value is None:
        return ""
    text = f"{value / 100:.2f}".rstrip("0").rstrip(".")
    return _("%(n)s 米") % {"n": text}
