"""Figures in templates: ``{% load figures %}{% figure fig %}``."""

from django import template

from wugeyi.figures.rules.figures import Figure
from wugeyi.figures.shown import Shown, is_money, money, shown
from wugeyi.ui import phrases

register = template.Library()


@register.inclusion_tag("figures/_figure.html")
def figure(
    fig: Figure, *, link: bool = True, unit: bool = True, parts: bool = True
) -> dict[str, object]:
    """Show a number with its unit, opening its records; 无记录 where there are none.

    Of an indicator the percentage, and both numbers beside it (``parts``).
    """
    return {
        "fig": fig,
        "shown": shown(fig),
        "link": link,
        # 104.2 alone may be yuan or ten thousands of yuan.
        "with_unit": unit or is_money(fig),
        "with_parts": parts,
    }


@register.filter
def written(fig: Figure) -> Shown:
    """Give a figure's ``text``, ``unit`` and ``parts``: money in yuan."""
    return shown(fig)


@register.filter
def written_as(value: int, fig: Figure) -> str:
    """Write a part of a figure as the figure itself is written."""
    if not is_money(fig):
        return phrases.number(value)
    amount = money(value)
    return f"{amount.text} {amount.unit}"
