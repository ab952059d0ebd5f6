"""Cards: given with consent, erased as soon as it ends."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from wugeyi.audit.actions import record
from wugeyi.audit.rules import Actor, Private, new_salt
from wugeyi.casework.actions.writing import By, person
from wugeyi.casework.rules import receipts
from wugeyi.figures.actions import refresh
from wugeyi.organisations.models import Organisation
from wugeyi.talents.models import TalentCard, TalentKind

SOURCE = "talent_cards"
PERSONAL = ("name", "skill", "offer", "contact")
THEMSELVES = Actor("名片本人")
BATCH = 200


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody wants to be known of them."""

    name: str
    skill: str = ""
    offer: str = ""
    contact: str = ""

    def values(self) -> dict[str, str]:
        """Return the columns."""
        return {name: getattr(self, name) for name in PERSONAL}


@dataclass(frozen=True, slots=True)
class Consent:
    """To what, when, how, until when."""

    purpose: str
    on: date
    how: str
    keep_until: date
    public: bool = False


def give(
    *,
    client_id: UUID,
    organisation: Organisation,
    kind: TalentKind,
    words: Words,
    consent: Consent,
    by: By,
    at: datetime,
) -> TalentCard:
    """Write a card on a person's consent; the same ``client_id`` gives the same card."""
    try:
        with transaction.atomic():
            return _give(
                client_id=client_id,
                organisation=organisation,
                kind=kind,
                words=words,
                consent=consent,
                by=by,
                at=at,
            )
    except IntegrityError:
        known = TalentCard.objects.filter(client_id=client_id).first()
        if known is None:
            raise
        return known


def _give(
    *,
    client_id: UUID,
    organisation: Organisation,
    kind: TalentKind,
    words: Words,
    consent: Consent,
    by: By,
    at: datetime,
) -> TalentCard:
    row = TalentCard.objects.create(
        client_id=client_id,
        organisation=organisation,
        kind=kind,
        **words.values(),
        salt=new_salt(),
        code=receipts.issue(secrets.randbits(80)),
        purpose=consent.purpose,
        agreed_on=consent.on,
        agreed_how=consent.how,
        keep_until=consent.keep_until,
        public=consent.public,
        recorded_at=at,
        recorded_by=person(by),
    )
    _tell(
        row,
        "give",
        by=by,
        at=at,
        after={
            **_hidden(row),
            "kind": kind.pk,
            "purpose": row.purpose,
            "agreed_on": row.agreed_on,
            "agreed_how": row.agreed_how,
            "keep_until": row.keep_until,
            "public": row.public,
        },
    )
    refresh(source=SOURCE, records=[row.pk], at=at, new=True)
    return row


def _hidden(row: TalentCard) -> dict[str, object]:
    """Return the personal values as the audit may keep them."""
    return {name: Private(getattr(row, name), row.salt) for name in PERSONAL}


def _tell(
    row: TalentCard,
    verb: str,
    *,
    by: By,
    at: datetime,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> None:
    record(
        action=f"talents.{verb}",
        subject=row,
        by=by,
        at=at,
        organisation_id=row.organisation_id,
        before=before,
        after=after,
    )


def _take(card: TalentCard) -> TalentCard | None:
    """Hold a living card; None if it ended meanwhile."""
    return (
        TalentCard.objects.select_for_update(of=("self",))
        .filter(pk=card.pk, ended_at=None)
        .first()
    )


@transaction.atomic
def correct(*, card: TalentCard, words: Words, by: By, at: datetime) -> bool:
    """Put a card right on its person's word; False if it ended meanwhile."""
    row = _take(card)
    if row is None:
        return False
    before = _hidden(row)
    for name, value in words.values().items():
        setattr(row, name, value)
    row.version += 1
    row.save(update_fields=[*PERSONAL, "version"])
    _tell(row, "correct", by=by, at=at, before=before, after=_hidden(row))
    return True


@transaction.atomic
def publish(*, card: TalentCard, public: bool, by: By, at: datetime) -> bool:
    """Put a card on the public page on separate consent (art. 25), or take it off."""
    row = _take(card)
    if row is None:
        return False
    _tell(
        row,
        "publish",
        by=by,
        at=at,
        before={"public": row.public},
        after={"public": public},
    )
    row.public = public
    row.version += 1
    row.save(update_fields=["public", "version"])
    return True


@transaction.atomic
def reveal(*, card: TalentCard, by: By, at: datetime) -> str:
    """Return how to reach somebody; every look is written down."""
    row = TalentCard.objects.get(pk=card.pk)
    _tell(row, "reveal", by=by, at=at)
    return row.contact


@transaction.atomic
def withdraw(*, card: TalentCard, end: TalentCard.End, by: By, at: datetime) -> bool:
    """End a consent: the card's personal values go at once, for good; the count stays.

    The audit keeps hashes whose salt is gone, so nobody can try values against them.
    False if it ended before.
    """
    row = _take(card)
    if row is None:
        return False
    for name in (*PERSONAL, "salt", "code"):
        setattr(row, name, "")
    row.public = False
    row.ended_at = at
    row.ended_on = timezone.localdate(at)
    row.end = end.value
    row.version += 1
    row.save()
    _tell(row, "withdraw", by=by, at=at, after={"end": row.end})
    refresh(source=SOURCE, records=[row.pk], at=at)
    return True


def expire(*, at: datetime) -> int:
    """Erase every card whose time is over; returns how many.

    Each is an act of its own, so it may be stopped and repeated at any time.
    """
    today = timezone.localdate(at)
    count = 0
    over = TalentCard.objects.filter(keep_until__lt=today, ended_at=None)
    while batch := list(over.order_by("keep_until", "pk")[:BATCH]):
        for card in batch:
            withdraw(card=card, end=TalentCard.End.EXPIRED, by=None, at=at)
        count += len(batch)
    return count
