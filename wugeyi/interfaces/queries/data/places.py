"""Facilities that stand today."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wugeyi.interfaces.queries.data.headings import Heading
from wugeyi.interfaces.queries.data.rows import INVENTED, behind, of_unit
from wugeyi.interfaces.registry import Asked, Column, Found, Kind, Source
from wugeyi.places.models import Facility
from wugeyi.places.models.points import Source as From

OSM_LICENCE = "ODbL-1.0"
OSM_ATTRIBUTION = "© OpenStreetMap contributors"


def _rows(asked: Asked) -> list[Found]:
    standing = Facility.objects.filter(
        Q(valid_from=None) | Q(valid_from__lte=asked.today),
        Q(valid_to=None) | Q(valid_to__gt=asked.today),
    )
    return [
        _found(each)
        for each in behind(standing.select_related("kind", "organisation"), asked)
    ]


def _found(row: Facility) -> Found:
    from_osm = row.source == From.OSM
    return Found(
        key=str(row.pk),
        values=[
            row.name,
            row.kind.code,
            str(row.kind),
            row.capacity,
            row.opening_hours,
            *of_unit(row.organisation),
            row.source,
            row.invented,
        ],
        spot=(row.lon, row.lat),
        # What came from OpenStreetMap keeps its licence, whatever ours is.
        licence=OSM_LICENCE if from_osm else "",
        attribution=OSM_ATTRIBUTION if from_osm else "",
    )


SOURCE = Source(
    code="facilities",
    title=_("公共设施"),
    about=_("居民走得到的设施：卫生站、菜场、托幼、养老服务等，坐标是 WGS-84。"),
    columns=(
        Column("name", _("名称")),
        Column("kind_code", _("种类代码")),
        Column("kind", _("种类")),
        Column("capacity", _("能容纳多少人；空着是没有记录"), Kind.WHOLE),
        Column("opening_hours", _("开放时间")),
        Column("unit_code", _("登记单位的代码")),
        Column("unit", _("登记单位")),
        Column("source", _("typed 手工登记，imported 表格导入，osm 开放街图")),
        INVENTED,
    ),
    rows=_rows,
    group=Heading.PLACES,
)
