"""Riders' stations; who keeps them is for staff."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wugeyi.interfaces.queries.data.keys import behind
from wugeyi.interfaces.registry import Asked, Column, Found, Kind, Source
from wugeyi.stations.queries.public import Shown, living, shown


def _rows(asked: Asked) -> list[Found]:
    rows = living(asked.today).select_related("kind", "organisation")
    stations = behind(rows, asked)
    return [_found(each, asked) for each in shown(stations, now=timezone.now())]


def _found(row: Shown, asked: Asked) -> Found:
    station = row.station
    return Found(
        key=str(station.pk),
        values=[
            station.code,
            station.name_zh,
            station.name_en,
            station.kind.code,
            str(station.kind),
            station.get_run_by_display(),
            station.address,
            station.organisation.code,
            station.organisation.name,
            row.in_use,
            " ".join(_hours(row)),
            ",".join(each.code for each in row.has),
            ",".join(each.item.code for each in row.broken),
            station.invented,
            asked.base + reverse("stations:station", args=[station.code]),
        ],
        spot=(station.lon, station.lat),
    )


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
        Column("unit_code", _("归谁管，代码")),
        Column("unit", _("归谁管")),
        Column("in_use", _("现在在用，没有停"), Kind.YES_NO),
        Column(
            "hours",
            _("开放时间：1:09:00-18:00 是星期一 9 点到 18 点，过 24 点是第二天"),
        ),
        Column("has", _("有而且好用的设施，代码用逗号分开")),
        Column("broken", _("坏了的设施，代码用逗号分开")),
        Column("invented", _("虚构"), Kind.YES_NO),
        Column("page", _("它的页面"), Kind.LINK),
    ),
    rows=_rows,
)
