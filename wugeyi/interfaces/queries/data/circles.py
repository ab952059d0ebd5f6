"""Circles whose residents' page is open, and how many people reach what."""

from collections import defaultdict

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wugeyi.circles.adapter import for_everybody
from wugeyi.circles.models import Circle, Coverage
from wugeyi.circles.rules.paces import Pace
from wugeyi.interfaces.queries.data.headings import Heading
from wugeyi.interfaces.queries.data.rows import (
    PUBLISHED,
    UNIT,
    behind,
    found,
    moment,
    of_unit,
)
from wugeyi.interfaces.registry import Asked, Column, Found, Kind, Source, Value


def _rows(asked: Asked) -> list[Found]:
    rows = Circle.objects.filter(closed_at=None, published_at__isnull=False)
    open_ = rows.select_related("organisation")
    return found(open_, asked, _values, unit="organisation_id")


def _values(row: Circle, asked: Asked) -> list[Value]:
    return [
        row.code,
        row.name,
        *of_unit(row.organisation),
        row.minutes,
        moment(row.published_at),
        asked.base + reverse("circles:neighbourhood", args=[row.code]),
    ]


def _reach(asked: Asked) -> list[Found]:
    """Return what an open circle's page shows for each kind; two queries."""
    rows = Coverage.objects.filter(
        assessment__pace=Pace.ADULT,
        assessment__superseded_at=None,
        assessment__circle__closed_at=None,
        assessment__circle__published_at__isnull=False,
    )
    page = behind(rows.select_related("kind", "assessment__circle"), asked)
    shown = _shown({each.assessment_id for each in page})
    return [
        Found(
            key=str(each.pk),
            values=[
                each.assessment.circle.code,
                each.kind.code,
                str(each.kind),
                each.limit_ms // 60_000,
                each.facilities,
                *shown[each.pk],
            ],
        )
        for each in page
    ]


def _shown(assessments: set[int]) -> dict[int, tuple[int | None, int | None]]:
    """Return residents inside and outside; hidden as a whole assessment hides them."""
    whole: dict[int, list[Coverage]] = defaultdict(list)
    rows = Coverage.objects.filter(assessment__in=assessments)
    for row in rows.order_by("kind__position", "kind_id"):
        whole[row.assessment_id].append(row)
    return {
        row.pk: (cells[0], cells[1])
        for rows_of_one in whole.values()
        for row, cells in zip(
            rows_of_one,
            for_everybody([each.as_counts() for each in rows_of_one]),
            strict=True,
        )
    }


SOURCE = Source(
    code="circles",
    title=_("15 分钟生活圈"),
    about=_("已经向居民公开的生活圈，和各自的居民页。"),
    columns=(
        Column("code", _("代码")),
        Column("name", _("名称")),
        *UNIT,
        Column("minutes", _("多少分钟"), Kind.WHOLE),
        PUBLISHED,
        Column("page", _("居民页"), Kind.LINK),
    ),
    rows=_rows,
    group=Heading.PLACES,
)
REACH = Source(
    code="circle-reach",
    title=_("生活圈里走得到什么"),
    about=_(
        "已经公开的生活圈里，每类设施有多少居民走得到，按成年人的步速。不足 5 人的数，"
        "和能推算出它的数，都空着。"
    ),
    columns=(
        Column("circle_code", _("生活圈的代码")),
        Column("kind_code", _("设施种类的代码")),
        Column("kind", _("设施种类")),
        Column("minutes", _("走多少分钟以内算走得到"), Kind.WHOLE),
        Column("facilities", _("有多少处"), Kind.WHOLE),
        Column("residents_inside", _("走得到的居民"), Kind.WHOLE),
        Column("residents_outside", _("走不到的居民"), Kind.WHOLE),
    ),
    rows=_reach,
    group=Heading.PLACES,
)
