"""What partners share and the public thanks; who booked it is nobody else's business."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wugeyi.interfaces.queries.data.headings import Heading
from wugeyi.interfaces.queries.data.rows import UNIT, day, found, of_unit
from wugeyi.interfaces.registry import Asked, Column, Found, Kind, Source, Value
from wugeyi.sharing.models import Thanks, Thing
from wugeyi.sharing.queries.catalogue import shared
from wugeyi.sharing.rules.times import local_day


def _things(asked: Asked) -> list[Found]:
    rows = shared().filter(since_on__lte=asked.today)
    things = rows.select_related("kind", "partner", "community")
    return found(things, asked, thing, unit="community_id")


def thing(row: Thing, asked: Asked) -> list[Value]:
    """Return what everybody may read of a thing, in the order of the columns."""
    return [
        row.title,
        row.about,
        row.place,
        row.conditions,
        row.kind.code,
        str(row.kind),
        row.partner.name,
        *of_unit(row.community),
        row.who,
        row.by,
        asked.base + reverse("sharing:public-thing", args=[row.pk]),
    ]


def _thanks(asked: Asked) -> list[Found]:
    rows = Thanks.objects.filter(state=Thanks.State.PUBLIC)
    said = rows.select_related("community", "booking__thing__partner")
    return found(said, asked, _said, unit="community_id")


def _said(row: Thanks, asked: Asked) -> list[Value]:
    return [
        row.public_text,
        row.booking.thing.title,
        row.booking.thing.partner.name,
        *of_unit(row.community),
        day(local_day(row.sent_at)),
        asked.base + reverse("sharing:wall", args=[row.community.code]),
    ]


THINGS = Source(
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
        *UNIT,
        Column("who", _("everybody 谁都可以，residents 本社区居民，groups 单位和团队")),
        Column("by", _("hour 按时段，day 按天")),
        Column("page", _("它的页面，可以预约"), Kind.LINK),
    ),
    rows=_things,
    group=Heading.PEOPLE,
)
THANKS = Source(
    code="thanks",
    title=_("感谢墙"),
    about=_("用过共享的东西以后道的谢，社区看过才公开。谁说的只写在感谢墙上。"),
    columns=(
        Column("text", _("公开的话")),
        Column("thing", _("谢的是什么")),
        Column("partner", _("共建单位")),
        *UNIT,
        Column("on", _("哪天说的"), Kind.DAY),
        Column("page", _("感谢墙"), Kind.LINK),
    ),
    rows=_thanks,
    group=Heading.PEOPLE,
)
