"""Something is broken: two taps make a case, later ones join it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from wugeyi.casework.actions.intake import Need, register
from wugeyi.casework.actions.writing import RESIDENT
from wugeyi.casework.models import Category
from wugeyi.casework.models.cases import Channel
from wugeyi.notices.actions.telling import tell
from wugeyi.notices.rules import Reader
from wugeyi.stations.actions.counting import BREAKAGES, counted
from wugeyi.stations.actions.judging import judge
from wugeyi.stations.actions.stating import current, put_states
from wugeyi.stations.actions.writing import By, bump, note, take
from wugeyi.stations.models import Breakage, Item, ItemState, Station
from wugeyi.stations.queries.breakages import lead_of
from wugeyi.stations.rules.refusals import Refused, Why
from wugeyi.uploads.models import Upload

CATEGORY = "station"
EVENT = "stations.broken"


@dataclass(frozen=True, slots=True)
class Broken:
    """What somebody says is broken; ``item`` None: something in no list."""

    client_id: UUID
    item: Item | None
    text: str = ""
    photo: Upload | None = None


def report(
    *, station: Station, broken: Broken, by: By = RESIDENT, at: datetime
) -> Breakage:
    """Make a case of it, or join the open one; the same ``client_id`` is one report.

    Raises
    ------
    Refused
        ENDED; BAD_VALUE where nothing says what is broken, or it cannot break.
    """
    known = _known(broken.client_id)
    if known is not None:
        return known
    try:
        with transaction.atomic():
            return _report(take(station), broken, by, at)
    except IntegrityError:
        known = _known(broken.client_id)
        if known is None:
            raise
        return known


def _known(client_id: UUID) -> Breakage | None:
    return (
        Breakage.objects.filter(client_id=client_id)
        .select_related("case", "lead", "item", "station")
        .first()
    )


def _report(station: Station, broken: Broken, by: By, at: datetime) -> Breakage:
    item, text = broken.item, broken.text.strip()
    if item is None and not text:
        raise Refused(Why.BAD_VALUE, field="text")
    if item is not None and not item.breaks:
        raise Refused(Why.BAD_VALUE, field="item")
    today = timezone.localdate(at)
    join = lead_of(station, item)
    case = register(
        need=Need(
            client_id=broken.client_id,
            text=_words(station, item, text),
            category=Category.objects.get(code=CATEGORY),
            place=station.organisation,
            channel=Channel.WEB.value,
            spot=" ".join(filter(None, [station.name_zh, station.address]))[:120],
            lon=station.lon,
            lat=station.lat,
        ),
        photos=[broken.photo] if broken.photo else [],
        join=join,
        by=by,
        at=at,
    ).case
    row = Breakage.objects.create(
        client_id=broken.client_id,
        station=station,
        item=item,
        case=case,
        lead=join if case.merged_into_id is not None and join else case,
        joined=case.merged_into_id is not None,
        reported_on=today,
        reported_at=at,
    )
    if item is not None:
        _show_broken(station, item, by, at)
    note(
        row,
        station=station,
        action="report_broken",
        by=by,
        at=at,
        after={"item": item.code if item else "", "case": row.lead.pk},
    )
    counted(BREAKAGES, [row.pk], at=at, new=True)
    _tell_keeper(row, at)
    return row


def _tell_keeper(row: Breakage, at: datetime) -> None:
    """Let who keeps the station hear of it, once: repetitions say nothing new."""
    station = row.station
    if station.keeper_id is None or row.joined:
        return
    tell(
        event=EVENT,
        to=Reader.person(station.keeper_id),
        values={
            "station": station.name_zh,
            "what": row.item.code if row.item else "",
        },
        url=reverse("stations:desk-station", args=[station.pk]),
        key=f"{EVENT}:{row.pk}",
        at=at,
    )


def _words(station: Station, item: Item | None, text: str) -> str:
    """Return what the case says, in the language the desk works in."""
    with override("zh-hans"):
        what = f"{station.name_zh}（{station.code}）"
        if item is None:
            return f"{what}：{text}"
        broken = f"{what}的{item.name_zh}坏了"
        return f"{broken}：{text}" if text else f"{broken}。"


def _show_broken(station: Station, item: Item, by: By, at: datetime) -> None:
    known = current(station)
    held = known.get(item.pk)
    today = timezone.localdate(at)
    on = max(today, held.from_on) if held else today
    state = {item: ItemState.State.BROKEN.value}
    if put_states(station, state, on=on, by=by, at=at, known=known):
        bump(station)
        judge(station, at=at)
