"""The register of organisations."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wugeyi.interfaces.queries.data.headings import Heading
from wugeyi.interfaces.queries.data.rows import found
from wugeyi.interfaces.registry import Asked, Column, Found, Kind, Source, Value
from wugeyi.organisations.models import Organisation


def _rows(asked: Asked) -> list[Found]:
    living = Organisation.objects.filter(valid_to=None).select_related("parent")
    return found(living, asked, _values, unit="pk")


def _values(row: Organisation, asked: Asked) -> list[Value]:
    return [
        row.code,
        row.name,
        row.kind,
        row.parent.code if row.parent is not None else "",
        asked.base + reverse("public:place", args=[row.code]),
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
    group=Heading.PLACES,
)
