"""Riders' stations; who keeps them is for staff."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wugeyi.interfaces.queries.data.headings import Heading
from wugeyi.interfaces.queries.data.rows import INVENTED, UNIT, behind, of_unit
from wugeyi.interfaces.registry import Asked, Column, Found, Kind, Source, Value
from wugeyi.stations.queries.public import living
from wugeyi.stations.queries.shown import Shown, shown


def _rows(asked: Asked) -> list[Found]:
    rows = living(asked.today).select_related("kind", "organisation")
    stations = behind(rows, asked)
    return [
        Found(
            key=str(each.station.pk),
            values=station(each, asked),
            spot=(each.station.lon, each.station.lat),
        )
        for each in shown(stations, now=timezone.now())
    ]


def station(row: Shown, asked: Asked) -> list[Value]:
    """Return what everybody may read of a station, in the order of the columns."""
    held = row.station
    return [
        held.code,
        held.name_zh,
        held.name_en,
        held.kind.code,
        str(held.kind),
        held.get_run_by_display(),
        held.address,
        *of_unit(held.organisation),
        row.in_use,
        " ".join(_hours(row)),
        ",".join(each.code for each in row.has),
        ",".join(each.item.code for each in row.broken),
        held.invented,
        asked.base + reverse("stations:station", args=[held.code]),
    ]


def _hours(row: Shown) -> list[str]:
    """Write the week as ``1:09:00-18:00``, Monday is 1."""
    return [
        f"{day + 1}:{_clock(span.opens)}-{_clock(span.closes)}"
        for day, spans in sorted(row.week.items())
        for span in spans
    ]


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


SOURCE = Source(
    code="stations",
    title=_("骑手驿站"),
    about=_(
        "骑手和户外劳动者歇脚的地方：在哪里、几点开、有什么、坏了什么。坐标是 WGS-84。"
    ),
    columns=(
        Column("code", _("牌子上的编号")),
        Column("name", _("名称")),
        Column("name_en", _("英文名称")),
        Column("kind_code", _("类型代码")),
        Column("kind", _("类型")),
        Column("run_by", _("谁办的")),
        Column("address", _("地址")),
        *UNIT,
        Column("in_use", _("现在在用，没有停"), Kind.YES_NO),
        Column(
            "hours",
            _("开放时间：1:09:00-18:00 是星期一 9 点到 18 点，过 24 点是第二天"),
        ),
        Column("has", _("有而且好用的设施，代码用逗号分开")),
        Column("broken", _("坏了的设施，代码用逗号分开")),
        INVENTED,
        Column("page", _("它的页面"), Kind.LINK),
    ),
    rows=_rows,
    group=Heading.PEOPLE,
)
