"""What partners share; who booked it is nobody else's business."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wugeyi.interfaces.queries.data.keys import behind
from wugeyi.interfaces.queries.points import points
from wugeyi.interfaces.registry import Asked, Column, Found, Kind, Source
from wugeyi.sharing.queries.catalogue import shared


def _rows(asked: Asked) -> list[Found]:
    rows = shared().filter(since_on__lte=asked.today)
    things = behind(rows.select_related("kind", "partner", "community"), asked)
    spots = points(each.community_id for each in things)
    return [
        Found(
            key=str(each.pk),
            values=[
                each.title,
                each.about,
                each.place,
                each.conditions,
                each.kind.code,
                str(each.kind),
                each.partner.name,
                each.community.code,
                each.community.name,
                each.who,
                each.by,
                asked.base + reverse("sharing:public-thing", args=[each.pk]),
            ],
            spot=spots.get(each.community_id),
        )
        for each in things
    ]


SOURCE = Source(
    code="sharing",
    title=_("共享目录"),
    about=_("共建单位拿出来共享的场地、工具、技能和时间。位置是社区里的一点。"),
    columns=(
        Column("title", _("名称")),
        Column("about", _("说明")),
        Column("place", _("在哪里")),
        Column("conditions", _("使用约定")),
        Column("kind_code", _("种类代码")),
        Column("kind", _("种类")),
        Column("partner", _("共建单位")),
        Column("unit_code", _("社区或村的代码")),
        Column("unit", _("社区或村")),
        Column("who", _("everybody 谁都可以，residents 本社区居民，groups 单位和团队")),
        Column("by", _("hour 按时段，day 按天")),
        Column("page", _("它的页面，可以预约"), Kind.LINK),
    ),
    rows=_rows,
)
