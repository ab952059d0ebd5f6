"""What every act here does: once by its id or its mark, one event, the day of last use."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db import IntegrityError, models, transaction
from django.utils import timezone

from wugeyi.audit.actions import record
from wugeyi.audit.rules import Actor, Private
from wugeyi.casework.actions.writing import By, person
from wugeyi.organisations.models import Organisation
from wugeyi.volunteering.models import Volunteer
from wugeyi.volunteering.rules.refusals import Refused, Why

__all__ = [
    "NEIGHBOUR",
    "VOLUNTEER",
    "By",
    "Where",
    "hidden",
    "mark",
    "once",
    "person",
    "tell",
    "use",
]

VOLUNTEER = Actor("志愿者")
NEIGHBOUR = Actor("求助人")
Row = TypeVar("Row", bound=models.Model)


@dataclass(frozen=True, slots=True)
class Where:
    """A place: whose, in words, and where on the ground (WGS-84 degrees)."""

    organisation: Organisation
    spot: str = ""
    lon: float | None = None
    lat: float | None = None


def once(
    model: type[Row],
    client_id: UUID,
    make: Callable[[], Row],
    same: Mapping[str, object],
) -> tuple[Row, bool]:
    """Make a row under an id, or give the one that is there; tell whether it is new.

    ``same`` are columns both must agree in.

    Raises
    ------
    Refused
        OTHER_CONTENT: the id stands for something else.
    """
    try:
        with transaction.atomic():
            return make(), True
    except IntegrityError:
        known = model._default_manager.filter(client_id=client_id).first()
        if known is None:
            raise
    if any(getattr(known, name) != value for name, value in same.items()):
        raise Refused(Why.OTHER_CONTENT)
    return known, False


@transaction.atomic
def mark(
    row: Row,
    verb: str,
    *,
    by: By,
    at: datetime,
    organisation_id: int | None = None,
    after: Mapping[str, object] | None = None,
    **values: object,
) -> Row | None:
    """Write values to a row, once: nothing is done if the first of them is set already.

    Returns the row as it is now, or None. The event is of the row's own organisation
    unless another is named; it tells only ``after``.
    """
    fresh = _held(row)
    if getattr(fresh, next(iter(values))) is not None:
        return None
    for name, value in values.items():
        setattr(fresh, name, value)
    fresh.save(update_fields=list(values))
    if organisation_id is None:
        organisation_id = getattr(fresh, "organisation_id", None)
    tell(fresh, verb, by=by, at=at, organisation_id=organisation_id, after=after)
    return fresh


def _held(row: Row) -> Row:
    rows = type(row)._default_manager.select_for_update(of=("self",))
    fresh: Row = rows.get(pk=row.pk)
    return fresh


def tell(
    row: models.Model,
    verb: str,
    *,
    by: By,
    at: datetime,
    organisation_id: int | None = None,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> None:
    """Leave the one audit event of an act."""
    record(
        action=f"volunteering.{verb}",
        subject=row,
        by=by,
        at=at,
        organisation_id=organisation_id,
        before=before,
        after=after,
    )


def hidden(row: models.Model, *names: str) -> dict[str, object]:
    """Return personal values as the audit may keep them."""
    salt = getattr(row, "salt")  # noqa: B009 - every personal row has one
    return {name: Private(getattr(row, name), salt) for name in names}


def use(volunteer: Volunteer | None, at: datetime) -> None:
    """Note the day a volunteer last did anything: it decides how long words are kept."""
    if volunteer is None:
        return
    today = timezone.localdate(at)
    if volunteer.used_on < today:
        Volunteer.objects.filter(pk=volunteer.pk, used_on__lt=today).update(
            used_on=today
        )
        volunteer.used_on = today
