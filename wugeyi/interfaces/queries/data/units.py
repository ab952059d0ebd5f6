"""The register of organisations."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wugeyi.interfaces.queries.data.keys import behind
from wugeyi.interfaces.queries.points import points
from wugeyi.interfaces.registry import Asked, Column, Found, Kind, Source
from wugeyi.organisations.models import Organisation


def _rows(asked: Asked) -> list[Found]:
    living = Organisation.objects.filter(valid_to=None).select_related("parent")
    units = behind(living, asked)
    spots = points(each.pk for each in units)
    return [
        Found(
            key=str(each.pk),
            values=[
                each.code,
                each.name,
                each.kind,
                each.parent.code if each.parent is not None else "",
                asked.base + reverse("public:place", args=[each.code]),
            ],
            spot=spots.get(each.pk),
        )
        for each in units
    ]


SOURCE = Source(
    code="units",
    title=_("组织名册"),
    about=_(
        "省、市、区县、街道乡镇、社区和村，以及部门；代码可用作 jurisdiction_id 和 address_id。"
    ),
    columns=(
        Column("code", _("代码")),
        Column("name", _("名称")),
        Column("kind", _("哪一类")),
        Column("parent_code", _("上一级的代码")),
        Column("page", _("它的公开页"), Kind.LINK),
    ),
    rows=_rows,
)
