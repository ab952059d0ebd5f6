"""What a supervisor looks at: late, stuck, returned, excluded, recurring, the rates."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from wugeyi.casework.queries import patterns as recurring
from wugeyi.casework.queries import rates
from wugeyi.casework.queries import supervision as queries
from wugeyi.casework.queries.desk import MANY
from wugeyi.casework.queries.rates import Figure, Period
from wugeyi.casework.views.desk import unit_of
from wugeyi.casework.views.staff import StaffRequest, show, staff
from wugeyi.organisations.models import Organisation
from wugeyi.organisations.rules import Role

SUPERVISES = (Role.SUPERVISOR, Role.DISPATCHER, Role.AUDITOR)
DAYS = 30
NAMES: dict[str, Promise] = {
    "working": _("在办"),
    "late": _("已超期"),
    "today": _("今天到期"),
    "objected": _("退回待定"),
    "reopened": _("重新办理"),
    "paused": _("暂停或未定时限"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """A number and the list it opens onto."""

    name: Promise
    value: int
    url: str


@dataclass(frozen=True, slots=True)
class RateCell:
    """A rate with the addresses of its numerator and denominator."""

    name: Promise
    part: int
    whole: int
    part_url: str
    whole_url: str
    note: Promise


@require_safe
@staff(*SUPERVISES)
def supervision(request: StaffRequest) -> HttpResponse:
    """Show what is late, stuck or returned below."""
    now = timezone.now()
    own = queries.roots(request.reach, SUPERVISES)
    root = unit_of(request.GET.get("unit", ""), request.reach) or own[0]
    rows = queries.units(root, now=now)
    stuck, stuck_count = queries.stuck(root, request.reach, now=now)
    today = timezone.localdate(now)
    context = {
        "now": now,
        "root": root,
        "own": own,
        "whole": _cells(rows[0]),
        "units": [(row.unit, _cells(row)) for row in rows[1:]],
        "names": list(NAMES.values()),
        "stuck": stuck,
        "stuck_count": f"{MANY - 1}+" if stuck_count >= MANY else str(stuck_count),
        "stuck_url": _list({"tab": "work", "below": root.code, "stuck": "on"}),
        "escalations": queries.escalations(request.reach),
        "exclusions": queries.exclusions(request.reach),
        "patterns": _patterns(root, today),
        **_rates(root, today, now),
    }
    return show(request, "supervision.html", context)


def _list(query: dict[str, str]) -> str:
    return f"{reverse('desk:list')}?{urlencode(query)}"


def _cells(row: queries.UnitRow) -> list[Cell]:
    return [
        Cell(
            NAMES[name],
            row.counts[name],
            _list(queries.queries_of(name, row.unit.code)),
        )
        for name in NAMES
    ]


def _rates(root: Organisation, today: date, now: Any) -> dict[str, Any]:
    period = Period.ending(today, days=DAYS)
    found = queries.counted(root, period, now=now)

    def url(figure: Figure) -> str:
        return _list(
            {
                "tab": "all",
                "below": root.code,
                "first": period.first.isoformat(),
                "last": period.last.isoformat(),
                "figure": figure.value,
            }
        )

    wanted = (
        (
            _("响应率"),
            found.response,
            Figure.CONTACTED_IN_TIME,
            Figure.CONTACT_DUE,
            _("按时联系 ÷ 到时应当联系"),
        ),
        (
            _("解决率"),
            found.resolution,
            Figure.RESOLVED,
            Figure.REACHED,
            _("确认解决 ÷ 回访到的"),
        ),
        (
            _("满意率"),
            found.satisfaction,
            Figure.SATISFIED,
            Figure.SATISFACTION_SAID,
            _("满意和基本满意 ÷ 说了满意度的"),
        ),
    )
    others = (
        (_("登记件数"), Figure.REGISTERED),
        (_("不计入三率"), Figure.EXCLUDED),
        (_("未联系上"), Figure.UNREACHED),
        (_("已合并"), Figure.MERGED),
    )
    return {
        "period": period,
        "rates": [
            RateCell(name, rate.part, rate.whole, url(part), url(whole), note)
            for name, rate, part, whole, note in wanted
        ],
        "counts": [Cell(name, found[figure], url(figure)) for name, figure in others],
    }


def _patterns(root: Organisation, today: date) -> list[tuple[Any, str]]:
    first = today - recurring.WINDOW + timedelta(days=1)
    return [
        (
            each,
            _list(
                {
                    "tab": "all",
                    "below": each.place.code,
                    "category": str(each.category.pk),
                    "first": first.isoformat(),
                    "last": today.isoformat(),
                }
            ),
        )
        for each in recurring.patterns(rates.below(root), today=today, limit=10)
    ]
