"""Riders' stations: what everybody sees of one changed; who keeps it is for staff."""

from collections.abc import Collection, Sequence

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wugeyi.audit.models import AuditEvent
from wugeyi.interfaces.events import Teller, Told
from wugeyi.interfaces.queries.data.stations import SOURCE, station
from wugeyi.interfaces.queries.telling.chain import (
    asked_for,
    row_of,
    subjects,
    told_of,
)
from wugeyi.stations.models import Breakage, Station
from wugeyi.stations.queries.shown import Shown, shown

# Of an edited station what its page shows.
PUBLIC = {
    "address",
    "kind",
    "lat",
    "lon",
    "name_en",
    "name_zh",
    "organisation",
    "run_by",
}
DONE = {
    "stations.add": "station.opened",
    "stations.reopen": "station.opened",
    "stations.close": "station.closed",
    "stations.end": "station.closed",
    "stations.edit": "station.changed",
    "stations.set_hours": "station.changed",
    "stations.set_days_off": "station.changed",
    "stations.check": "station.changed",
    "stations.mended": "station.mended",
}
DAYS = ("opens_on", "closes_on", "ended_on", "until")


def _shown(keys: Collection[int]) -> dict[int, Shown]:
    rows = Station.objects.filter(pk__in=keys).select_related("kind", "organisation")
    return {each.station.pk: each for each in shown(list(rows), now=timezone.now())}


def _told(code: str, row: Shown, **more: object) -> Told:
    data = row_of(SOURCE, station(row, asked_for(row.today)))
    return Told(code, row.station.organisation.path, {**data, **more})


def tell(happened: Sequence[AuditEvent]) -> list[Told | None]:
    """Tell of stations as everybody sees them now."""
    rows = _shown(subjects(happened))

    def one(event: AuditEvent) -> Told | None:
        row, code = rows.get(event.subject_id or 0), DONE.get(event.action)
        after = told_of(event)
        hidden = event.action == "stations.edit" and not PUBLIC & after.keys()
        if row is None or code is None or hidden:
            return None
        return _told(code, row, **{day: after[day] for day in DAYS if day in after})

    return [one(event) for event in happened]


def tell_breakages(happened: Sequence[AuditEvent]) -> list[Told | None]:
    """Tell which facility of a station does not work, once; not who said so."""
    rows = Breakage.objects.filter(pk__in=subjects(happened), item__isnull=False)
    by_key = {row.pk: row for row in rows.select_related("item")}
    stations = _shown({row.station_id for row in by_key.values()})

    def one(event: AuditEvent) -> Told | None:
        row = by_key.get(event.subject_id or 0)
        # Reported again it is no news: it was broken already.
        repeated = event.action == "stations.report_broken" and row and row.joined
        if row is None or row.item is None or repeated:
            return None
        return _told("station.broken", stations[row.station_id], item=row.item.code)

    return [one(event) for event in happened]


STATIONS = Teller(
    "stations.station",
    {
        "station.opened": _("驿站开了"),
        "station.closed": _("驿站停了"),
        "station.changed": _("驿站的地址、时间或设施有变动"),
        "station.mended": _("驿站坏了的东西修好了"),
    },
    tell,
)
BREAKAGES = Teller(
    "stations.breakage", {"station.broken": _("驿站有东西坏了")}, tell_breakages
)
