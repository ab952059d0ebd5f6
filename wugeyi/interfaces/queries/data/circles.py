"""Circles whose residents' page is open."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wugeyi.circles.models import Circle
from wugeyi.interfaces.queries.data.keys import behind
from wugeyi.interfaces.queries.points import points
from wugeyi.interfaces.registry import Asked, Column, Found, Kind, Source


def _rows(asked: Asked) -> list[Found]:
    rows = Circle.objects.filter(closed_at=None, published_at__isnull=False)
    circles = behind(rows.select_related("organisation"), asked)
    spots = points(each.organisation_id for each in circles)
    return [
        Found(
            key=str(each.pk),
            values=[
                each.code,
                each.name,
                each.organisation.code,
                each.organisation.name,
                each.minutes,
                timezone.localtime(each.published_at).isoformat(timespec="seconds"),
                asked.base + reverse("circles:neighbourhood", args=[each.code]),
            ],
            spot=spots.get(each.organisation_id),
        )
        for each in circles
    ]


SOURCE = Source(
    code="circles",
    title=_("15 分钟生活圈"),
    about=_("已经向居民公开的生活圈，和各自的居民页。"),
    columns=(
        Column("code", _("代码")),
        Column("name", _("名称")),
        Column("unit_code", _("所属单位的代码")),
        Column("unit", _("所属单位")),
        Column("minutes", _("多少分钟"), Kind.WHOLE),
        Column("published_at", _("什么时候公开的"), Kind.MOMENT),
        Column("page", _("居民页"), Kind.LINK),
    ),
    rows=_rows,
)
