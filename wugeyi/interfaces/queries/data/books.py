"""Sheets villagers may read."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wugeyi.books.models import Disclosure
from wugeyi.books.rules.months import first_day, last_day
from wugeyi.interfaces.queries.data.keys import behind
from wugeyi.interfaces.registry import Asked, Column, Found, Kind, Source


def _rows(asked: Asked) -> list[Found]:
    shown = Disclosure.objects.filter(state=Disclosure.State.PUBLISHED)
    sheets = behind(shown.select_related("book__organisation", "head"), asked)
    return [
        Found(
            key=str(each.pk),
            values=[
                each.code,
                each.book.organisation.code,
                each.book.organisation.name,
                str(first_day(each.first_month)),
                str(last_day(each.last_month)),
                timezone.localtime(each.published_at).isoformat(timespec="seconds"),
                each.head.root,
                asked.base + reverse("books:public-sheet", args=[each.code]),
            ],
        )
        for each in sheets
    ]


SOURCE = Source(
    code="sheets",
    title=_("公开的财务公开栏"),
    about=_("各村和集体经济组织公开了哪几个月的财务，和各自的公开栏。"),
    columns=(
        Column("code", _("代码")),
        Column("unit_code", _("单位的代码")),
        Column("unit", _("单位")),
        Column("first_day", _("从哪天起"), Kind.DAY),
        Column("last_day", _("到哪天止"), Kind.DAY),
        Column("published_at", _("什么时候公开的"), Kind.MOMENT),
        Column("head", _("公开时账的凭证树根")),
        Column("page", _("公开栏"), Kind.LINK),
    ),
    rows=_rows,
)
