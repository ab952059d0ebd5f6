"""Cases people may read: as they stand now, never what was done before."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from wugeyi.audit.models import AuditEvent
from wugeyi.casework.models import Case
from wugeyi.interfaces.events import Teller, Told
from wugeyi.interfaces.queries.georeport import shown
from wugeyi.interfaces.queries.telling.chain import subjects, told_of

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


def tell(happened: Sequence[AuditEvent]) -> list[Told | None]:
    """Tell of published cases as they stand now; of withdrawn ones only which."""
    keys = subjects(happened)
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
    after = told_of(event)
    code = "case.updated"
    if event.action == "casework.publish" and after.get("published_at"):
        code = "case.published"
    elif after.get("outcome") == "resolved":
        code = "case.resolved"
    return Told(code, case.place.path, row)


def _said(event: AuditEvent) -> bool:
    return bool({"state", "handler", "outcome"} & told_of(event).keys())


TELLER = Teller(
    "casework.case",
    {
        "case.published": _("诉求公开了"),
        "case.updated": _("公开的诉求有变动"),
        "case.resolved": _("公开的诉求解决了"),
        "case.withdrawn": _("诉求不再公开"),
    },
    tell,
)
