"""Bus lines that run, and where they stop today."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wugeyi.buslines.models import Line, Spot, holding
from wugeyi.buslines.queries.public import running
from wugeyi.interfaces.queries.data.headings import Heading
from wugeyi.interfaces.queries.data.rows import INVENTED, behind, day, found
from wugeyi.interfaces.registry import Asked, Column, Found, Kind, Source, Value


def _lines(asked: Asked) -> list[Found]:
    return found(running(asked.today), asked, _line)


def _line(row: Line, asked: Asked) -> list[Value]:
    return [
        row.code,
        row.number,
        row.name,
        row.name_en,
        row.organisation.name,
        row.phone,
        day(row.opened_on),
        row.invented,
        asked.base + reverse("buslines:public-line", args=[row.code]),
        asked.base + reverse("buslines:public-gtfs", args=[row.code]),
    ]


def _stops(asked: Asked) -> list[Found]:
    lines = Line.objects.filter(
        Q(closed_on=None) | Q(closed_on__gt=asked.today), opened_on__isnull=False
    )
    spots = Spot.objects.filter(
        holding(asked.today),
        kind__in=(Spot.Kind.STOP, Spot.Kind.MARKET),
        line__in=lines,
    ).select_related("line", "organisation")
    return [
        Found(
            key=str(each.pk),
            values=[
                each.line.code,
                each.code,
                each.kind,
                each.name,
                each.name_en,
                each.organisation.code if each.organisation is not None else "",
                each.organisation.name if each.organisation is not None else "",
                each.line.invented,
            ],
            spot=None if each.lon is None or each.lat is None else (each.lon, each.lat),
        )
        for each in behind(spots, asked)
    ]


LINES = Source(
    code="bus-lines",
    title=_("惠农专线"),
    about=_("已经开通的线路；时刻表另有 GTFS 文件。"),
    columns=(
        Column("line_code", _("代码")),
        Column("number", _("线路号")),
        Column("name", _("名称")),
        Column("name_en", _("英文名称")),
        Column("operator", _("运营单位")),
        Column("phone", _("服务电话")),
        Column("opened_on", _("哪天开通"), Kind.DAY),
        INVENTED,
        Column("page", _("乘客页"), Kind.LINK),
        Column("gtfs", _("GTFS 时刻表"), Kind.LINK),
    ),
    rows=_lines,
    group=Heading.BUSES,
)
STOPS = Source(
    code="bus-stops",
    title=_("惠农专线的站点"),
    about=_("站点和市场今天的位置，坐标是 WGS-84。"),
    columns=(
        Column("line_code", _("线路的代码")),
        Column("stop_code", _("站点编号")),
        Column("kind", _("stop 站点，market 市场")),
        Column("name", _("名称")),
        Column("name_en", _("英文名称")),
        Column("unit_code", _("所在村的代码")),
        Column("unit", _("所在村")),
        INVENTED,
    ),
    rows=_stops,
    group=Heading.BUSES,
)
