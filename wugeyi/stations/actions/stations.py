"""Stations: added, put right, checked item by item."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from wugeyi.accounts.models import User
from wugeyi.audit.actions import changes
from wugeyi.audit.rules import new_salt
from wugeyi.imports.models import Batch
from wugeyi.organisations.models import Organisation
from wugeyi.stations.actions.counting import SPANS, counted
from wugeyi.stations.actions.judging import judge
from wugeyi.stations.actions.mending import mend_by_hand
from wugeyi.stations.actions.stating import current, derived, put_states
from wugeyi.stations.actions.week import said, write_week
from wugeyi.stations.actions.writing import By, bump, note, person, take, told
from wugeyi.stations.models import (
    Item,
    ItemState,
    OpenSpan,
    Station,
    StationKind,
)
from wugeyi.stations.rules.codes import code_of
from wugeyi.stations.rules.hours import Week
from wugeyi.stations.rules.refusals import Refused, Why

ATTEMPTS = 20
FIELDS = (
    "kind",
    "run_by",
    "name_zh",
    "name_en",
    "address",
    "lon",
    "lat",
    "note",
    "keeper",
    "keeper_name",
    "keeper_phone",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """What is written of a station. Degrees of WGS-84."""

    kind: StationKind
    run_by: str
    name_zh: str
    lon: float
    lat: float
    name_en: str = ""
    address: str = ""
    note: str = ""
    keeper: User | None = None
    keeper_name: str = ""
    keeper_phone: str = ""

    def values(self) -> dict[str, object]:
        """Return the columns; somebody with a post needs no name typed beside."""
        found = {name: getattr(self, name) for name in FIELDS}
        if self.keeper is not None:
            found["keeper_name"] = ""
        return found


@dataclass(frozen=True, slots=True)
class More:
    """What may be known of a station the day it is added."""

    opens_on: date
    week: Week = field(default_factory=dict)
    items: Mapping[Item, str] = field(default_factory=dict)
    batch: Batch | None = None
    invented: bool = False
    code: str = ""


def add(
    *,
    client_id: UUID,
    organisation: Organisation,
    entry: Entry,
    more: More,
    by: By,
    at: datetime,
) -> Station:
    """Write a station down; the same ``client_id`` gives the one that is there.

    Raises
    ------
    Refused
        CODE_TAKEN for a code somebody chose and another has; BAD_DAYS for a first day
        more than a year ahead.
    """
    try:
        with transaction.atomic():
            return _add(client_id, organisation, entry, more, by, at)
    except IntegrityError:
        known = Station.objects.filter(client_id=client_id).first()
        if known is None:
            raise
        return known


def _add(
    client_id: UUID,
    organisation: Organisation,
    entry: Entry,
    more: More,
    by: By,
    at: datetime,
) -> Station:
    if (more.opens_on - timezone.localdate(at)).days > 366:
        raise Refused(Why.BAD_DAYS, field="opens_on")
    station = Station.objects.create(
        client_id=client_id,
        code=_free_code(client_id, more.code),
        organisation=organisation,
        **entry.values(),
        salt=new_salt(),
        batch=more.batch,
        invented=more.invented,
        recorded_by=person(by),
        recorded_at=at,
    )
    span = OpenSpan.objects.create(
        station=station, opens_on=more.opens_on, recorded_at=at
    )
    write_week(station, more.week)
    own = derived(station, Item.objects.filter(active=True).exclude(derived=""))
    states = {**more.items, **own}
    put_states(station, states, on=more.opens_on, by=by, at=at, known={})
    judge(station, at=at)
    note(
        station,
        station=station,
        action="add",
        by=by,
        at=at,
        after=told(station, changes(station, ("code", *FIELDS)))
        | {
            "opens_on": more.opens_on,
            "hours": said(more.week),
            "items": {item.code: state for item, state in states.items()},
        },
    )
    counted(SPANS, [span.pk], at=at, new=True)
    return station


def _free_code(client_id: UUID, wished: str) -> str:
    if wished:
        if Station.objects.filter(code=wished).exclude(client_id=client_id).exists():
            raise Refused(Why.CODE_TAKEN, code=wished)
        return wished
    tried = [code_of(client_id, attempt) for attempt in range(ATTEMPTS)]
    taken = set(
        Station.objects.filter(code__in=tried)
        .exclude(client_id=client_id)
        .values_list("code", flat=True)
    )
    return next(code for code in tried if code not in taken)


@transaction.atomic
def edit(
    *,
    station: Station,
    entry: Entry,
    organisation: Organisation,
    version: int | None = None,
    by: By,
    at: datetime,
) -> Station:
    """Put a station right; before and after stand in the audit.

    Raises
    ------
    Refused
        CHANGED, ENDED.
    """
    row = take(station, version=version)
    values = {**entry.values(), "organisation": organisation}
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    if not changed:
        return row
    before = told(row, changes(row, changed))
    for name in changed:
        setattr(row, name, values[name])
    row.save(update_fields=changed)
    bump(row)
    _settle_derived(row, by=by, at=at)
    judge(row, at=at)
    note(
        row,
        station=row,
        action="edit",
        by=by,
        at=at,
        before=before,
        after=told(row, changes(row, changed)),
    )
    if "organisation" in changed or "kind" in changed:
        _recount(row, at=at)
    return row


def _settle_derived(station: Station, *, by: By, at: datetime) -> None:
    items = Item.objects.filter(active=True).exclude(derived="")
    known = current(station)
    today = timezone.localdate(at)
    last = max((row.from_on for row in known.values()), default=today)
    put_states(
        station, derived(station, items), on=max(today, last), by=by, at=at, known=known
    )


def _recount(station: Station, *, at: datetime) -> None:
    """Count everything of a station where it stands now."""
    from wugeyi.stations.actions.counting import BREAKAGES, MET, VISITS

    for source, rows in (
        (SPANS, station.spans),
        (MET, station.met),
        (VISITS, station.visits),
        (BREAKAGES, station.breakages),
    ):
        counted(source, list(rows.values_list("pk", flat=True)), at=at)


@transaction.atomic
def check(
    *,
    station: Station,
    states: Mapping[Item, str],
    on: date,
    version: int | None = None,
    by: By,
    at: datetime,
) -> Station:
    """Write what a station has, from a day on; what stood before stays on record.

    Raises
    ------
    Refused
        CHANGED, ENDED; BAD_DAYS for a day still to come, or before what was written
        last; IN_WORK for something broken whose case is not ended.
    """
    row = take(station, version=version)
    if on > timezone.localdate(at):
        raise Refused(Why.BAD_DAYS, field="future")
    known = current(row)
    asked = {item: state for item, state in states.items() if not item.derived}
    whole = _works_again(known, asked)
    mended = mend_by_hand(row, whole, on=on, at=at)
    written_now = put_states(row, asked, on=on, by=by, at=at, known=known)
    if not written_now and not mended:
        return row
    bump(row)
    judge(row, at=at)
    note(
        row,
        station=row,
        action="check",
        by=by,
        at=at,
        after={"on": on, "items": written_now},
    )
    return row


def _works_again(
    known: Mapping[int, ItemState], asked: Mapping[Item, str]
) -> list[Item]:
    broken = ItemState.State.BROKEN.value
    return [
        item
        for item, state in asked.items()
        if state != broken and item.pk in known and known[item.pk].state == broken
    ]
