"""What is published as a whole: sheets of books, timetables of lines."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wugeyi.audit.models import AuditEvent
from wugeyi.books.models import Disclosure
from wugeyi.books.rules.months import first_day, last_day
from wugeyi.buslines.models import Edition
from wugeyi.interfaces.events import Teller, Told
from wugeyi.interfaces.queries.telling.chain import subjects


def tell_sheets(happened: Sequence[AuditEvent]) -> list[Told | None]:
    """Tell of sheets shown to villagers, and of those taken down."""
    keys = subjects(happened)
    rows = Disclosure.objects.filter(pk__in=keys, published_at__isnull=False)
    by_key = {row.pk: row for row in rows.select_related("book__organisation")}

    def one(event: AuditEvent) -> Told | None:
        row = by_key.get(event.subject_id or 0)
        code = {
            "books.publish_disclosure": "sheet.published",
            "books.withdraw_disclosure": "sheet.withdrawn",
        }.get(event.action)
        if row is None or code is None:
            return None
        unit = row.book.organisation
        data = {
            "code": row.code,
            "unit_code": unit.code,
            "unit": unit.name,
            "first_day": str(first_day(row.first_month)),
            "last_day": str(last_day(row.last_month)),
            "page": reverse("books:public-sheet", args=[row.code]),
        }
        return Told(code, unit.path, data)

    return [one(event) for event in happened]


def tell_timetables(happened: Sequence[AuditEvent]) -> list[Told | None]:
    """Tell of published timetables."""
    keys = subjects(happened)
    rows = Edition.objects.filter(
        pk__in=keys, published_at__isnull=False, withdrawn_at=None
    )
    by_key = {row.pk: row for row in rows.select_related("line__organisation")}

    def one(event: AuditEvent) -> Told | None:
        row = by_key.get(event.subject_id or 0)
        if row is None or event.action != "buslines.publish_edition":
            return None
        data = {
            "line_code": row.line.code,
            "number": row.line.number,
            "name": row.line.name,
            "valid_from": str(row.valid_from),
            "announcement": row.announcement,
            "page": reverse("buslines:public-line", args=[row.line.code]),
        }
        return Told("timetable.published", row.line.organisation.path, data)

    return [one(event) for event in happened]


SHEETS = Teller(
    "books.disclosure",
    {
        "sheet.published": _("财务公开栏公开了"),
        "sheet.withdrawn": _("财务公开栏撤下了"),
    },
    tell_sheets,
)
TIMETABLES = Teller(
    "buslines.edition",
    {"timetable.published": _("惠农专线的时刻表公布了")},
    tell_timetables,
)
