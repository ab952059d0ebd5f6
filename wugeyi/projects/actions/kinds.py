"""The dictionary of kinds of one's own."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from wugeyi.audit.actions import record
from wugeyi.projects.actions.writing import By
from wugeyi.projects.models import OtherKind
from wugeyi.projects.rules.refusals import Refused, Why


def add_kind(
    *, code: str, name_zh: str, name_en: str = "", by: By, at: datetime
) -> OtherKind:
    """Offer a kind; a code is used once and for ever."""
    try:
        with transaction.atomic():
            made = OtherKind.objects.create(code=code, name_zh=name_zh, name_en=name_en)
            after = {"code": code, "name_zh": name_zh, "name_en": name_en}
            record(action="projects.add_kind", subject=made, by=by, at=at, after=after)
            return made
    except IntegrityError as problem:
        raise Refused(Why.TAKEN) from problem


@transaction.atomic
def end_kind(*, kind: OtherKind, on: date | None, by: By, at: datetime) -> OtherKind:
    """Offer a kind no longer (or, with None, again); its projects keep it."""
    kind = OtherKind.objects.select_for_update().get(pk=kind.pk)
    before = kind.ended_on
    kind.ended_on = on
    kind.save(update_fields=["ended_on"])
    record(
        action="projects.end_kind",
        subject=kind,
        by=by,
        at=at,
        before={"ended_on": before},
        after={"ended_on": on},
    )
    return kind
