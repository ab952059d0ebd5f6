"""Published cases."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wugeyi.casework.queries.published import published, read_key
from wugeyi.interfaces.queries.georeport import shown
from wugeyi.interfaces.registry import Asked, Column, Found, Kind, Source

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
)
