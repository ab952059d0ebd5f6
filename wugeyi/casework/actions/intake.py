"""A need becomes a case, once, however often it is sent."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

import h3
from django.db import IntegrityError, transaction
from django.utils import timezone

from wugeyi.audit.actions import record
from wugeyi.audit.rules import Private, new_salt
from wugeyi.casework.actions import telling
from wugeyi.casework.actions.writing import RESIDENT, By, person
from wugeyi.casework.models import (
    Assignment,
    Case,
    CasePhoto,
    Category,
    Merge,
    Reporter,
)
from wugeyi.casework.models.cases import OPEN_STATES
from wugeyi.casework.models.settings import Urgency
from wugeyi.casework.queries.deadlines import Deadlines, deadlines_from
from wugeyi.casework.queries.routing import Route, route
from wugeyi.casework.rules import receipts
from wugeyi.casework.rules.places import CELL_RESOLUTION
from wugeyi.casework.rules.states import State
from wugeyi.figures.actions import refresh
from wugeyi.organisations.models import Organisation
from wugeyi.uploads.models import Upload


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, as far as they want to say."""

    name: str = ""
    phone: str = ""
    address: str = ""

    def __bool__(self) -> bool:
        return bool(self.name or self.phone or self.address)


@dataclass(frozen=True, slots=True)
class Need:
    """What somebody reports, checked by a form."""

    client_id: UUID
    text: str
    category: Category
    place: Organisation
    channel: str
    urgency: str = Urgency.GENERAL.value
    danger: bool = False
    spot: str = ""
    lon: float | None = None
    lat: float | None = None
    asker: Asker = field(default_factory=Asker)
    reported_party: Organisation | None = None
    source_number: str = ""


@dataclass(frozen=True, slots=True)
class Registered:
    """The case, and whether this call made it or an earlier one did."""

    case: Case
    created: bool


def register(
    *,
    need: Need,
    photos: Sequence[Upload] = (),
    join: Case | None = None,
    by: By,
    at: datetime,
) -> Registered:
    """Make a case of a need, route it and set its deadlines.

    The same ``client_id`` (or the same number of another system) gives the case that
    is there already. With ``join`` the new case goes on inside that one: its reporter
    keeps a receipt of their own.
    """
    if need.source_number:
        # Files of another system are sent again and again. A device that sends twice is
        # rare: there the key decides, without asking before.
        known = _known(need)
        if known is not None:
            return Registered(known, created=False)
    try:
        with transaction.atomic():
            return Registered(
                _write(need=need, photos=photos, join=join, by=by, at=at), created=True
            )
    except IntegrityError:
        # Sent twice, maybe at the same moment: the other one was first.
        known = _known(need)
        if known is None:
            raise
        return Registered(known, created=False)


def _known(need: Need) -> Case | None:
    case = Case.objects.filter(client_id=need.client_id).first()
    if case is None and need.source_number:
        case = Case.objects.filter(
            channel=need.channel, source_number=need.source_number
        ).first()
    return case


def _write(
    *,
    need: Need,
    photos: Sequence[Upload],
    join: Case | None,
    by: By,
    at: datetime,
) -> Case:
    join = _still_open(join)
    found = route(need.place, need.category, on=timezone.localdate(at))
    due = _deadlines(need, found, at)
    case = Case.objects.create(
        client_id=need.client_id,
        receipt=receipts.issue(secrets.randbits(80)),
        text=need.text,
        salt=new_salt(),
        category=need.category,
        urgency=Urgency.URGENT if need.danger else need.urgency,
        danger=need.danger,
        channel=need.channel,
        source_number=need.source_number,
        place=need.place,
        spot=need.spot,
        lon=need.lon,
        lat=need.lat,
        cell=cell_of(need.lon, need.lat),
        state=_first_state(found, join),
        merged_into=join,
        receiver=need.place,
        handler=found.organisation,
        reported_party=need.reported_party,
        registered_at=at,
        registered_on=timezone.localdate(at),
        recorded_by=person(by),
        counting_from=at,
        contact_due_at=due.contact_due_at,
        due_at=due.due_at,
    )
    if need.asker:
        Reporter.objects.create(
            case=case,
            name=need.asker.name,
            phone=need.asker.phone,
            address=need.asker.address,
            salt=new_salt(),
        )
    Assignment.objects.create(
        case=case,
        organisation=found.organisation,
        basis=Assignment.Basis.ROUTED,
        reason=found.reason,
        duty_list=found.duty_list,
        at=at,
    )
    CasePhoto.objects.bulk_create(
        CasePhoto(case=case, upload=upload, by_staff=person(by) is not None, at=at)
        for upload in photos
    )
    if join is not None:
        Merge.objects.create(
            case=case,
            into=join,
            previous_state=_first_state(found, None),
            at=at,
            by=person(by),
        )
    record(
        action="casework.register",
        subject=case,
        by=by if by is not None else RESIDENT,
        at=at,
        organisation_id=need.place.pk,
        after={
            "text": Private(need.text, case.salt),
            "category": need.category.pk,
            "channel": need.channel,
            "place": need.place.pk,
            "handler": found.organisation.pk,
            "state": case.state,
            "due_at": case.due_at,
            "merged_into": join.pk if join else None,
            "photos": len(photos),
        },
    )
    refresh(source="cases", records=[case.pk], at=at, new=True)
    telling.registered(case, at=at)
    return case


def _still_open(join: Case | None) -> Case | None:
    """Hold the case to join; None if it ended meanwhile, or nobody would see the new one."""
    if join is None:
        return None
    fresh = Case.objects.select_for_update(of=("self",)).get(pk=join.pk)
    return fresh if fresh.state in OPEN_STATES else None


def _first_state(found: Route, join: Case | None) -> str:
    if join is not None:
        return State.MERGED.value
    return State.ASSIGNED.value if found.decided else State.NEW.value


def _deadlines(need: Need, found: Route, at: datetime) -> Deadlines:
    if need.danger:
        return Deadlines(at, at, None)
    return deadlines_from(
        start=at,
        place=need.place,
        category=need.category,
        urgency=need.urgency,
        kind=found.organisation.kind,
    )


def cell_of(lon: float | None, lat: float | None) -> int | None:
    """Return the hexagon a point lies in, as a whole number; None without a point."""
    if lon is None or lat is None:
        return None
    cell: int = h3.str_to_int(h3.latlng_to_cell(lat, lon, CELL_RESOLUTION))
    return cell
