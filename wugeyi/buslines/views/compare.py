"""Scenarios of a line side by side."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wugeyi.buslines.diagrams.values import bars
from wugeyi.buslines.queries import compare as queries
from wugeyi.buslines.queries.scenarios import chosen
from wugeyi.buslines.views.common import (
    StaffRequest,
    frame,
    key_of,
    line_of,
    readers,
    show,
)

MOST_COMPARED = 12


def _names() -> dict[str, str]:
    return {
        "persons": _("接上的人"),
        "baskets": _("接上的筐"),
        "persons_left": _("没接上的人"),
        "requests_left": _("没接上的需求"),
        "trips": _("班次"),
        "buses": _("用车"),
        "stops": _("停靠站点"),
        "ride": _("最长乘车"),
        "metres": _("行驶里程"),
        "cost_fen": _("成本"),
        "revenue_fen": _("票款"),
        "subsidy": _("需要补贴"),
        "value_fen": _("方案价值"),
        "bound_fen": _("价值上限"),
    }


@require_safe
@readers
def compare(request: StaffRequest, pk: int) -> HttpResponse:
    """Show up to twelve scenarios, each by its newest plan, beside the first."""
    line = line_of(request, pk)
    wanted = [key_of(each) for each in request.GET.getlist("with")]
    rows = chosen(line, [each for each in wanted if each][:MOST_COMPARED])
    columns = queries.columns(rows)
    context = {
        **frame(request, line),
        "columns": columns,
        "table": queries.figures(columns, _names()),
        "bars": bars(columns),
        "waiting": next(
            (c.work for c in columns if c.work and c.work.unfinished), None
        ),
    }
    return show(request, "compare.html", context)
