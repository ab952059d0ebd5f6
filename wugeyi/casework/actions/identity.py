"""Looking at who asked: allowed to those who call back, and always written down."""

from datetime import datetime

from django.db import transaction

from wugeyi.accounts.models import User
from wugeyi.audit.actions import record
from wugeyi.casework.models import Case, Reporter


@transaction.atomic
def reveal(*, case: Case, by: User, at: datetime) -> Reporter | None:
    """Return who asked; None if nobody was named or it was erased since.

    Looking leaves an event that holds no personal value. The caller has checked
    ``rules.access.identifies``.
    """
    reporter = Reporter.objects.filter(case=case, erased_at=None).first()
    record(
        action="casework.reveal",
        subject=case,
        by=by,
        at=at,
        organisation_id=case.place_id,
        after={"known": reporter is not None},
    )
    return reporter


@transaction.atomic
def note_export(
    *, rows: int, form: str, condition: str, by: User, at: datetime
) -> None:
    """Write down that a list left the system: how many rows, as what, which list."""
    record(
        action="casework.export",
        subject=None,
        by=by,
        at=at,
        after={"rows": rows, "form": form, "condition": condition},
    )
