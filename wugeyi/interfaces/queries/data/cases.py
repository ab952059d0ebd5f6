"""Published cases, and how many there are of all: the figures of public pages."""

from datetime import timedelta

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wugeyi.casework.models import Case
from wugeyi.casework.queries.published import published, read_key
from wugeyi.casework.queries.rates import Figure, Period, cohort, conditions
from wugeyi.interfaces.queries.data.headings import Heading
from wugeyi.interfaces.queries.data.rows import UNIT, day, of_unit, whole
from wugeyi.interfaces.queries.georeport import shown
from wugeyi.interfaces.queries.points import points
from wugeyi.interfaces.registry import Asked, Column, Found, Kind, Source
from wugeyi.organisations.models import Organisation

FIGURE_DAYS = 90
"""The period public pages show first."""

NAMES = (
    "service_request_id",
    "status",
    "status_notes",
    "service_code",
    "service_name",
    "description",
    "agency_responsible",
    "requested_datetime",
    "updated_datetime",
    "address",
    "address_id",
    "media_url",
)


def _rows(asked: Asked) -> list[Found]:
    rows = published()
    place = read_key(asked.after)
    if place is not None:
        at, key = place
        rows = rows.filter(published_at__gte=at).filter(
            Q(published_at__gt=at) | Q(pk__gt=key)
        )
    ordered = rows.order_by("published_at", "pk").values_list("pk", "published_at")
    keys = {
        key: f"{at.isoformat()}~{key}"
        for key, at in ordered[: asked.size]
        if at is not None
    }
    numbers = {}
    for row in shown(list(keys), base=asked.base):
        numbers[int(str(row["service_request_id"]).partition("-")[2])] = row
    return [
        Found(
            key=keys[pk],
            values=[row.get(name, "") for name in NAMES],
            spot=(row["long"], row["lat"]) if "lat" in row else None,
        )
        for pk, row in ((pk, numbers[pk]) for pk in keys if pk in numbers)
    ]


def _figures(asked: Asked) -> list[Found]:
    """Return the figures of places that have cases; three queries."""
    last = asked.today
    period = Period(last - timedelta(days=FIGURE_DAYS - 1), last)
    known = conditions(now=timezone.now())
    # Not the bare names: they may be those of columns.
    counts = {
        f"n_{each.value}": Count("pk", filter=known[each] or None) for each in FIGURES
    }
    counted = {
        place: figures
        for place, *figures in cohort(
            Case.objects.filter(place__gt=whole(asked.after)), period
        )
        .values("place")
        .annotate(**counts)
        .order_by("place")
        .values_list("place", *counts)[: asked.size]
    }
    units = Organisation.objects.in_bulk(counted)
    spots = points(counted)
    return [
        Found(
            key=str(place),
            values=[
                *of_unit(units[place]),
                day(period.first),
                day(period.last),
                *figures,
                asked.base + reverse("public:place", args=[units[place].code]),
            ],
            spot=spots.get(place),
        )
        for place, figures in counted.items()
    ]


FIGURES = {
    Figure.REGISTERED: _("登记件数"),
    Figure.MERGED: _("已合并到别的诉求"),
    Figure.EXCLUDED: _("剔除"),
    Figure.COUNTED: _("计入的：不算合并和剔除的"),
    Figure.CONTACT_DUE: _("到了联系时限的"),
    Figure.CONTACTED_IN_TIME: _("其中按时联系的"),
    Figure.REACHED: _("回访联系上的"),
    Figure.RESOLVED: _("其中解决的"),
    Figure.UNRESOLVED: _("回访未解决，重新办理中"),
    Figure.UNREACHED: _("没有联系上"),
    Figure.ENDED_OTHERWISE: _("撤回或转法定途径"),
    Figure.PENDING: _("还没有回访结果"),
    Figure.SATISFACTION_SAID: _("对办理表了态的"),
    Figure.SATISFIED: _("其中满意和基本满意的"),
}
SOURCE = Source(
    code="cases",
    title=_("公开的诉求"),
    about=_(
        "工作人员核对、遮去个人信息以后公开的诉求和办理结果。位置是社区里的一点，不是反映的地点。"
    ),
    columns=(
        Column("service_request_id", _("诉求编号")),
        Column("status", _("open 还在办，closed 已办结")),
        Column("status_notes", _("办到哪里、怎么答复的")),
        Column("service_code", _("类别代码")),
        Column("service_name", _("类别")),
        Column("description", _("公开的内容")),
        Column("agency_responsible", _("办理单位")),
        Column("requested_datetime", _("什么时候反映的"), Kind.MOMENT),
        Column("updated_datetime", _("最近一次变动；办结的是办结时间"), Kind.MOMENT),
        Column("address", _("哪个社区或村")),
        Column("address_id", _("社区或村的代码")),
        Column("media_url", _("公开的照片"), Kind.LINK),
    ),
    rows=_rows,
    group=Heading.CASES,
)
CASE_FIGURES = Source(
    code="case-figures",
    title=_("诉求办得怎么样"),
    about=_(
        "最近 90 天登记的诉求，地点就在这里的；上一级的是下面各级的和。公开和没有公开的"
        "都算，和公开页上的数一样。"
    ),
    columns=(
        *UNIT,
        Column("first_day", _("从哪天起"), Kind.DAY),
        Column("last_day", _("到哪天止"), Kind.DAY),
        *(Column(each.value, about, Kind.WHOLE) for each, about in FIGURES.items()),
        Column("page", _("它的公开页"), Kind.LINK),
    ),
    rows=_figures,
    group=Heading.CASES,
)
