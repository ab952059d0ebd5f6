"""What of the audit's events everybody may hear: cases, sheets, timetables."""

import json
from collections.abc import Callable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wugeyi.audit.models import AuditEvent, AuditSeal
from wugeyi.books.models import Disclosure
from wugeyi.books.rules.months import first_day, last_day
from wugeyi.buslines.models import Edition
from wugeyi.casework.models import Case
from wugeyi.interfaces import events
from wugeyi.interfaces.events import Teller, Told
from wugeyi.interfaces.queries.georeport import shown

# Acts of which a resident sees something on the public page.
SEEN = {
    "casework.answer",
    "casework.assign",
    "casework.accept",
    "casework.call_back",
    "casework.give_up",
    "casework.merge",
    "casework.pause",
    "casework.publish",
    "casework.reclassify",
    "casework.refer",
    "casework.resume",
    "casework.unmerge",
    "casework.withdraw",
}
READ_AT_ONCE = 500


def latest() -> int:
    """Return the end of the audit's chain; 0 where nothing is sealed."""
    last = AuditSeal.objects.order_by("-position").values_list("position", flat=True)
    return last.first() or 0


def sealed_after(position: int) -> tuple[list[AuditEvent], int]:
    """Return some hundred events behind a position, in the chain's order, and the end.

    Sealed events are complete and stand in one order, whoever wrote them when; two
    queries. Only those of tables that somebody understands.
    """
    seals = AuditSeal.objects.filter(position__gt=position).order_by("position")
    found = list(seals.values_list("position", "event_id")[:READ_AT_ONCE])
    if not found:
        return [], position
    keys = [event for _position, event in found]
    rows = AuditEvent.objects.filter(
        pk__in=keys, subject_type__in=list(events.tellers())
    ).in_bulk()
    return [rows[key] for key in keys if key in rows], found[-1][0]


def told(happened: Sequence[AuditEvent]) -> list[tuple[AuditEvent, Told]]:
    """Return what everybody may hear of events, in their order."""
    found: dict[int, Told] = {}
    for subject, teller in events.tellers().items():
        rows = [event for event in happened if event.subject_type == subject]
        for event, each in zip(rows, teller.tell(rows) if rows else (), strict=True):
            if each is not None:
                found[event.pk] = each
    return [(event, found[event.pk]) for event in happened if event.pk in found]


def _subjects(happened: Sequence[AuditEvent]) -> set[int]:
    return {event.subject_id for event in happened if event.subject_id is not None}


def _after(event: AuditEvent) -> dict[str, Any]:
    return json.loads(event.after) if event.after else {}


def tell_cases(happened: Sequence[AuditEvent]) -> list[Told | None]:
    """Tell of published cases as they stand now; of withdrawn ones only which."""
    keys = _subjects(happened)
    cases = Case.objects.filter(pk__in=keys).select_related("place")
    by_key = {case.pk: case for case in cases}
    public = [
        case.pk
        for case in by_key.values()
        if case.published_at is not None and case.public_text
    ]
    rows = {row["service_request_id"]: row for row in shown(public, base="")}
    return [_case(event, by_key.get(event.subject_id or 0), rows) for event in happened]


def _case(
    event: AuditEvent, case: Case | None, rows: dict[str, dict[str, Any]]
) -> Told | None:
    if case is None:
        return None
    if event.action == "casework.unpublish":
        gone = {"service_request_id": case.number}
        return Told("case.withdrawn", case.place.path, gone)
    if event.action not in SEEN and not _said(event):
        return None
    row = rows.get(case.number)
    # What was done before somebody published it is not retold.
    if row is None or (case.published_at and event.at < case.published_at):
        return None
    after = _after(event)
    code = "case.updated"
    if event.action == "casework.publish" and after.get("published_at"):
        code = "case.published"
    elif after.get("outcome") == "resolved":
        code = "case.resolved"
    return Told(code, case.place.path, row)


def _said(event: AuditEvent) -> bool:
    return bool({"state", "handler", "outcome"} & _after(event).keys())


def tell_sheets(happened: Sequence[AuditEvent]) -> list[Told | None]:
    """Tell of sheets shown to villagers, and of those taken down."""
    keys = _subjects(happened)
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

    return _each(one, happened)


def tell_timetables(happened: Sequence[AuditEvent]) -> list[Told | None]:
    """Tell of published timetables."""
    keys = _subjects(happened)
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

    return _each(one, happened)


def _each(
    one: Callable[[AuditEvent], Told | None], happened: Sequence[AuditEvent]
) -> list[Told | None]:
    return [one(event) for event in happened]


def register_all() -> None:
    """Say what webhooks may tell of; called once at start-up."""
    events.register(
        Teller(
            "casework.case",
            {
                "case.published": _("诉求公开了"),
                "case.updated": _("公开的诉求有变动"),
                "case.resolved": _("公开的诉求解决了"),
                "case.withdrawn": _("诉求不再公开"),
            },
            tell_cases,
        )
    )
    events.register(
        Teller(
            "books.disclosure",
            {
                "sheet.published": _("财务公开栏公开了"),
                "sheet.withdrawn": _("财务公开栏撤下了"),
            },
            tell_sheets,
        )
    )
    events.register(
        Teller(
            "buslines.edition",
            {"timetable.published": _("惠农专线的时刻表公布了")},
            tell_timetables,
        )
    )
