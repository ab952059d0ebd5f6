"""Charts as SVG written by the server: no script, no style attribute, any paper."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.template import Library
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from wugeyi.dashboards.rules import drawing
from wugeyi.dashboards.rules.charts import Chart
from wugeyi.dashboards.rules.drawing import Value
from wugeyi.ui import phrases

register = Library()

MYRIAD = 10_000
THOUSAND = 1_000
LONG = 100_000


@register.filter
def plain(value: Value) -> str:
    """Write a coordinate: SVG knows no grouping and no comma for the point."""
    return "" if value is None else f"{value:g}"


@register.filter
def compact(value: Value, places: int = 0) -> str:
    """Write a number where there is little room: 1,204 · 12.5万 · 125k."""
    if value is None:
        return ""
    if abs(value) < LONG:
        digits = 0 if value == round(value) else max(places, 1)
        return phrases.number(value, digits)
    if phrases.is_english():
        return f"{phrases.number(value / THOUSAND)}k"
    tenth = value / MYRIAD
    return _("%(number)s万") % {
        "number": phrases.number(tenth, 0 if tenth == round(tenth) else 1)
    }


@register.inclusion_tag("dashboards/_chart.html")
def chart(given: Chart[Any], level: int = 3) -> dict[str, object]:
    """Write a chart with its table; ``level`` is that of its heading, 2 to 4."""
    return {
        "chart": given,
        "drawn": given.drawn,
        "level": level,
        "right": drawing.WIDTH - drawing.RIGHT,
        "left": drawing.LEFT,
        "ground": drawing.GROUND,
        "height": drawing.HEIGHT,
        "width": drawing.WIDTH,
    }


@register.filter
def tone(given: Chart[Any], series: int) -> str:
    """Return the tone of a series by its place."""
    return given.series[series].tone.value


@register.simple_tag
def sparkline(values: Sequence[Value], table: str = "") -> SafeString:
    """Draw a line as wide as a word; ``table`` is the id of the table that tells it.

    Nothing is drawn where nothing is on record.
    """
    if all(value is None for value in values):
        return SafeString("")
    drawn = drawing.spark(values)
    runs = format_html_join(
        "", '<polyline points="{}"/>', ((points,) for points in drawn.runs)
    )
    dots = format_html_join(
        "",
        '<circle cx="{}" cy="{}" r="1.6"/>',
        ((f"{x:g}", f"{y:g}") for x, y in drawn.dots),
    )
    last = (
        format_html(
            '<circle class="spark-last" cx="{}" cy="{}" r="2.6"/>',
            *(f"{each:g}" for each in drawn.last),
        )
        if drawn.last
        else ""
    )
    return format_html(
        '<svg class="spark" viewBox="0 0 {} {}" role="img" aria-label="{}"'
        '{}><path class="spark-ground" d="M0 {} H{}"/>{}{}{}</svg>',
        f"{drawing.SPARK_WIDTH:g}",
        f"{drawing.SPARK_HEIGHT:g}",
        _("走势；每期的数在下面的表里"),
        format_html(' aria-describedby="{}"', table) if table else "",
        f"{drawing.SPARK_HEIGHT - 1:g}",
        f"{drawing.SPARK_WIDTH:g}",
        runs,
        dots,
        last,
    )


@register.filter
def times(value: int, by: int) -> int:
    """Multiply: where a bar stands follows from its number."""
    return value * by


@register.filter
def exact(value: Decimal) -> str:
    """Write a printed number as it was printed: 49.9, 3,800, never 49.9000."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
