"""A line begins, changes, opens and ends."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from wugeyi.buslines.actions.counting import count
from wugeyi.buslines.actions.writing import By, note, put, take
from wugeyi.buslines.models import Line
from wugeyi.buslines.rules.refusals import Refused, Why
from wugeyi.organisations.models import Organisation

# Without letters and digits that are taken for each other on paper.
LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 8
CHANGEABLE = frozenset(
    {"number", "name", "name_en", "pricing", "phone", "note", "opened_on"}
)


@dataclass(frozen=True, slots=True)
class NewLine:
    """What a form says of a new line."""

    client_id: UUID
    organisation: Organisation
    number: str
    name: str
    pricing: str = Line.Pricing.SET.value
    name_en: str = ""
    phone: str = ""
    note: str = ""
    invented: bool = False
    opened_on: date | None = None


@dataclass(frozen=True, slots=True)
class Created:
    """The line, and whether this call made it or an earlier one did."""

    line: Line
    created: bool


def create(*, new: NewLine, by: By, at: datetime) -> Created:
    """Begin a line; the same ``client_id`` again gives the one that is there.

    Raises
    ------
    Refused
        NEEDS_TEXT without a name or a number, BAD_VALUE for a pricing nobody knows.
    """
    _named(new.number, new.name)
    if new.pricing not in Line.Pricing.values:
        raise Refused(Why.BAD_VALUE, field="pricing")
    known = Line.objects.filter(client_id=new.client_id).first()
    if known is not None:
        return Created(known, created=False)
    try:
        with transaction.atomic():
            return Created(_create(new, by, at), created=True)
    except IntegrityError:
        known = Line.objects.filter(client_id=new.client_id).first()
        if known is None:
            raise
        return Created(known, created=False)


def _named(number: str, name: str) -> None:
    if not number.strip():
        raise Refused(Why.NEEDS_TEXT, field="number")
    if not name.strip():
        raise Refused(Why.NEEDS_TEXT, field="name")


def _create(new: NewLine, by: By, at: datetime) -> Line:
    line = Line.objects.create(
        client_id=new.client_id,
        code="".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH)),
        organisation=new.organisation,
        number=new.number.strip(),
        name=new.name.strip(),
        name_en=new.name_en.strip(),
        pricing=new.pricing,
        phone=new.phone.strip(),
        note=new.note.strip(),
        invented=new.invented,
        opened_on=new.opened_on,
        created_by=by,
        created_at=at,
    )
    told = {"number": line.number, "name": line.name, "pricing": line.pricing}
    note(line, line=line, action="create", by=by, at=at, after=told)
    count(line, at=at)
    return line


@transaction.atomic
def change(
    *,
    line: Line,
    values: Mapping[str, object],
    by: By,
    at: datetime,
    version: int | None = None,
) -> Line:
    """Change what a line is called, how its price is set, since when it runs.

    Raises
    ------
    Refused
        CHANGED, CLOSED, NEEDS_TEXT; BAD_VALUE for a column that is not a setting.
    """
    line = take(line, version=version)
    if set(values) - CHANGEABLE:
        raise Refused(Why.BAD_VALUE, field=min(set(values) - CHANGEABLE))
    _named(str(values.get("number", line.number)), str(values.get("name", line.name)))
    put(line, line=line, action="change", by=by, at=at, values=values)
    count(line, at=at)
    return line


@transaction.atomic
def close(
    *, line: Line, on: date, by: By, at: datetime, version: int | None = None
) -> Line:
    """End a line: nothing of it is written any more, all of it can be read.

    Raises
    ------
    Refused
        CHANGED, CLOSED; BAD_DAYS for a day before it opened.
    """
    line = take(line, version=version)
    if line.opened_on is not None and on < line.opened_on:
        raise Refused(Why.BAD_DAYS)
    put(line, line=line, action="close", by=by, at=at, values={"closed_on": on})
    count(line, at=at)
    return line
