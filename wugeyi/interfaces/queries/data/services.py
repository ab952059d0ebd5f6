"""What is done at windows, and what to bring for it."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wugeyi.casework.queries.routing import in_force
from wugeyi.interfaces.queries.data.headings import Heading
from wugeyi.interfaces.queries.data.rows import UNIT, day, found, of_unit, yuan
from wugeyi.interfaces.registry import Asked, Column, Found, Kind, Source, Value
from wugeyi.services.models import Material, Service


def _services(asked: Asked) -> list[Found]:
    rows = Service.objects.filter(in_force(asked.today))
    offered = rows.select_related("organisation", "category")
    return found(offered, asked, _service)


def _service(row: Service, asked: Asked) -> list[Value]:
    # One that all units of a kind offer has a page at each of them.
    page = reverse("services:service", args=[row.organisation.code, row.pk])
    return [
        row.pk,
        row.name_zh,
        row.name_en,
        row.for_whom,
        row.category.code,
        str(row.category),
        yuan(row.fee_fen),
        row.promised_days,
        row.note,
        row.basis,
        row.source,
        row.verified,
        row.example,
        *of_unit(row.organisation),
        row.kind,
        day(row.valid_from),
        "" if row.kind else asked.base + page,
    ]


def _materials(asked: Asked) -> list[Found]:
    services = Service.objects.filter(in_force(asked.today))
    rows = Material.objects.filter(ended_at=None, service__in=services)
    return found(rows, asked, _material)


def _material(row: Material, asked: Asked) -> list[Value]:
    return [
        row.service_id,
        row.name,
        row.originals,
        row.copies,
        row.where_from,
        row.electronic,
        row.condition,
    ]


SERVICES = Source(
    code="services",
    title=_("窗口办的事"),
    about=_("一站式窗口现在办哪些事：谁可以办、多少天、收多少钱、依据什么。"),
    columns=(
        Column("service", _("这件事的编号"), Kind.WHOLE),
        Column("name", _("名称")),
        Column("name_en", _("英文名称")),
        Column("for_whom", _("谁可以办")),
        Column("category_code", _("类别代码")),
        Column("category", _("类别")),
        Column("fee_yuan", _("收费，元"), Kind.NUMBER),
        Column("promised_days", _("承诺多少个工作日；0 是当场办"), Kind.WHOLE),
        Column("note", _("提醒")),
        Column("basis", _("依据")),
        Column("source", _("出处")),
        Column("verified", _("已对照原文核对"), Kind.YES_NO),
        Column("example", _("示例，不是真的事项"), Kind.YES_NO),
        *UNIT,
        Column("unit_kind", _("不空着：所属单位下面这一类单位都办")),
        Column("valid_from", _("从哪天起"), Kind.DAY),
        Column("page", _("它的页面"), Kind.LINK),
    ),
    rows=_services,
    group=Heading.WINDOWS,
)
MATERIALS = Source(
    code="service-materials",
    title=_("办事要带什么"),
    about=_("窗口办的每件事要带的材料。"),
    columns=(
        Column("service", _("这件事的编号，见“窗口办的事”"), Kind.WHOLE),
        Column("name", _("材料")),
        Column("originals", _("原件份数"), Kind.WHOLE),
        Column("copies", _("复印件份数"), Kind.WHOLE),
        Column("where_from", _("在哪里拿")),
        Column("electronic", _("可以用电子版"), Kind.YES_NO),
        Column("condition", _("什么情况下要；空着是都要")),
    ),
    rows=_materials,
    group=Heading.WINDOWS,
)
