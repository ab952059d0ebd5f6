"""Partners: entered, put right, ended."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from wugeyi.audit.rows import known
from wugeyi.audit.rules import Private, new_salt
from wugeyi.organisations.models import Organisation
from wugeyi.sharing.actions.counting import partner_changed, thing_changed
from wugeyi.sharing.actions.writing import By, note, person, put, take
from wugeyi.sharing.models import Partner, Thing, Word
from wugeyi.sharing.rules.refusals import Refused, Why

PERSONAL = ("contact_name", "contact_phone")


@dataclass(frozen=True, slots=True)
class Card:
    """What is known of a partner."""

    name: str
    kind: str
    since_on: date
    organisation_id: int | None = None
    building_id: int | None = None
    contact_name: str = ""
    contact_phone: str = ""
    agreement: str = ""


def _hidden(row: Partner) -> dict[str, object]:
    return {
        name: Private(getattr(row, name), row.salt)
        for name in PERSONAL
        if getattr(row, name)
    }


def _check(card: Card) -> None:
    if not card.name.strip() or card.kind not in Partner.Kind.values:
        raise Refused(Why.BAD_VALUE)
    if card.building_id is not None:
        list_ = Word.objects.filter(pk=card.building_id, list=Word.List.BUILD)
        if not list_.exists():
            raise Refused(Why.BAD_VALUE)


@transaction.atomic
def add_partner(
    *,
    community: Organisation,
    card: Card,
    by: By,
    at: datetime,
    client_id: UUID | None = None,
) -> Partner:
    """Enter a partner of a community; the same page again gives what is there.

    Raises
    ------
    Refused
        BAD_VALUE for no name, an unknown kind or word.
    """
    if (found := known(Partner, client_id)) is not None:
        return found
    _check(card)
    values = asdict(card)
    row = Partner.objects.create(
        community=community,
        client_id=client_id,
        salt=new_salt(),
        recorded_by=person(by),
        recorded_at=at,
        **values,
    )
    note(
        row,
        organisation_id=community.pk,
        action="add_partner",
        by=by,
        at=at,
        after={**values, **_hidden(row)} | _blank(row),
    )
    partner_changed(row, at=at, new=True)
    return row


def _blank(row: Partner) -> dict[str, object]:
    """Return nothing for personal columns that are empty."""
    return {name: None for name in PERSONAL if not getattr(row, name)}


@transaction.atomic
def edit_partner(
    *, partner: Partner, card: Card, by: By, at: datetime, version: int | None = None
) -> Partner:
    """Put right what is known of a partner.

    Raises
    ------
    Refused
        CHANGED; ENDED once it left; BAD_VALUE; BACKWARDS for a first day after things
        of it were shared already.
    """
    row = take(partner, version=version)
    _check(card)
    if row.until_on is not None:
        raise Refused(Why.ENDED)
    if Thing.objects.filter(partner=row, since_on__lt=card.since_on).exists():
        raise Refused(Why.BACKWARDS)
    values = asdict(card)
    told: dict[str, object] = {
        name: Private(values[name], row.salt)
        for name in PERSONAL
        if values[name] != getattr(row, name)
    }
    put(
        row,
        organisation_id=row.community_id,
        action="edit_partner",
        by=by,
        at=at,
        values=values,
        told=told,
    )
    partner_changed(row, at=at)
    return row


@transaction.atomic
def end_partner(
    *, partner: Partner, on: date, by: By, at: datetime, version: int | None = None
) -> Partner:
    """Let a partner leave: nothing of it is offered any more, and its contact is erased.

    What was promised stays promised; staff see it to its end.

    Raises
    ------
    Refused
        CHANGED, ENDED, BACKWARDS for a day before it came.
    """
    row = take(partner, version=version)
    if row.until_on is not None:
        raise Refused(Why.ENDED)
    things = list(Thing.objects.filter(partner=row, until_on=None))
    if on < max([row.since_on, *(thing.since_on for thing in things)]):
        raise Refused(Why.BACKWARDS)
    Thing.objects.filter(pk__in=[thing.pk for thing in things]).update(until_on=on)
    put(
        row,
        organisation_id=row.community_id,
        action="end_partner",
        by=by,
        at=at,
        values={
            "until_on": on,
            "contact_name": "",
            "contact_phone": "",
            "salt": new_salt(),
        },
        told={"things": len(things), **dict.fromkeys((*PERSONAL, "salt"))},
    )
    partner_changed(row, at=at)
    for thing in things:
        thing_changed(thing, at=at)
    return row
