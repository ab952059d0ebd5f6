"""Asking where work gathers and no station is near; answering, at once or by the worker."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from wugeyi.jobs.actions import ask
from wugeyi.organisations.models import Organisation
from wugeyi.places import gateway
from wugeyi.places.queries.networks import network_of
from wugeyi.stations import adapter
from wugeyi.stations.actions.writing import By, note, person
from wugeyi.stations.models import GapCluster, GapSearch, GapSite, Station
from wugeyi.stations.queries import gaps as queries
from wugeyi.stations.rules import gaps
from wugeyi.stations.rules.gaps import Cluster, Place, Site
from wugeyi.stations.rules.hours import Window
from wugeyi.stations.rules.refusals import Refused, Why

WORK = "stations.gaps"
# A station this far away is still named as the nearest.
AROUND = 0.3


@dataclass(frozen=True, slots=True)
class Asked:
    """What a form asks."""

    client_id: UUID
    pace: str = GapSearch.Pace.WALK.value
    minutes: int = 10
    weekday: int = 0
    window: Window | None = None
    least: int = 5
    sites: int = 3


def search(
    *, organisation: Organisation, asked: Asked, by: By, at: datetime
) -> GapSearch:
    """Ask; without a network it is answered at once, as the crow flies.

    The same ``client_id`` gives the search that is there.

    Raises
    ------
    Refused
        BAD_VALUE: minutes, sites or the least number are out of their range.
    """
    for name, value, most in (
        ("minutes", asked.minutes, gaps.MOST_MINUTES),
        ("sites", asked.sites, gaps.MOST_SITES),
        ("least", asked.least, 1000),
    ):
        if not 1 <= value <= most:
            raise Refused(Why.BAD_VALUE, field=name, most=most)
    try:
        with transaction.atomic():
            return _search(organisation, asked, by, at)
    except IntegrityError:
        known = GapSearch.objects.filter(client_id=asked.client_id).first()
        if known is None:
            raise
        return known


def _search(
    organisation: Organisation, asked: Asked, by: By, at: datetime
) -> GapSearch:
    today = timezone.localdate(at)
    network = network_of(organisation, day=today)
    if network is not None and (
        adapter.lacking() or not gateway.network_path(network).exists()
    ):
        network = None
    row = GapSearch.objects.create(
        client_id=asked.client_id,
        organisation=organisation,
        pace=asked.pace,
        minutes=asked.minutes,
        speed_mm_s=gaps.SPEEDS_MM_S[asked.pace],
        opens_minute=asked.window.opens if asked.window else None,
        closes_minute=asked.window.closes if asked.window else None,
        weekday=asked.weekday,
        least=asked.least,
        sites_wanted=asked.sites,
        on=today,
        network=network,
        by=person(by),
        at=at,
    )
    if network is not None:
        row.work = ask(
            kind=WORK,
            subject=row.pk,
            organisation_id=organisation.pk,
            by=person(by),
            at=at,
        )
        row.save(update_fields=["work"])
    else:
        _answer(row, _crow_flies(row), at)
    note(
        row,
        station=None,
        action="search_gaps",
        by=by,
        at=at,
        organisation_id=organisation.pk,
        after={
            "pace": asked.pace,
            "minutes": asked.minutes,
            "weekday": asked.weekday,
            "least": asked.least,
            "network": network.pk if network else None,
        },
    )
    return row


@dataclass(frozen=True, slots=True)
class _Inputs:
    points: int
    clusters: list[Cluster]
    stations: list[Station]
    places: list[Place]


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found: for each cluster the nearest station and how far, then sites."""

    inputs: _Inputs
    nearest: list[int | None]
    seconds: list[int | None]
    sites: list[Site]
    gaps: list[bool]


def inputs_of(row: GapSearch) -> _Inputs:
    """Read what a search is made of; some four queries."""
    points, first, last = queries.points(row.organisation)
    row.data_from, row.data_to = first, last
    clusters = gaps.gathered(points, least=row.least)
    stations: list[Station] = []
    if clusters:
        lons = [each.lon for each in clusters]
        lats = [each.lat for each in clusters]
        window = None
        if row.opens_minute is not None and row.closes_minute is not None:
            window = Window("asked", row.opens_minute, row.closes_minute)
        stations = queries.open_during(
            (
                min(lons) - AROUND,
                min(lats) - AROUND,
                max(lons) + AROUND,
                max(lats) + AROUND,
            ),
            window=window,
            weekday=row.weekday,
            on=row.on,
        )
    places = [(each.lon, each.lat) for each in stations]
    return _Inputs(len(points), clusters, stations, places)


def _crow_flies(row: GapSearch) -> Answer:
    known = inputs_of(row)
    reach = gaps.reach_m(row.minutes, row.speed_mm_s)
    found = [gaps.nearest(each, known.places) for each in known.clusters]
    missing = [each is None or each[1] > reach for each in found]
    lacking = [each for each, gap in zip(known.clusters, missing, strict=True) if gap]
    return Answer(
        known,
        [each[0] if each else None for each in found],
        [None] * len(found),
        gaps.suggested(lacking, reach=reach, most=row.sites_wanted),
        missing,
    )


def along_streets(row: GapSearch, known: _Inputs, found: adapter.Found) -> Answer:
    """Read the engine's answer; a site's kinds are those near it."""
    limit = row.minutes * 60
    missing = [each is None or each > limit for each in found.seconds]
    reach = gaps.reach_m(row.minutes, row.speed_mm_s)
    sites = []
    for lon, lat, points, clusters in found.sites:
        kinds: dict[str, int] = {}
        for each, gap in zip(known.clusters, missing, strict=True):
            if gap and gaps.metres((lon, lat), (each.lon, each.lat)) <= reach:
                for kind, many in each.kinds:
                    kinds[kind] = kinds.get(kind, 0) + many
        sites.append(Site(lon, lat, points, clusters, tuple(sorted(kinds.items()))))
    return Answer(known, found.nearest, found.seconds, sites, missing)


@transaction.atomic
def answer(*, row: GapSearch, found: Answer, at: datetime) -> GapSearch:
    """Write what the worker found; a second run replaces the first's."""
    fresh = GapSearch.objects.select_for_update(of=("self",)).get(pk=row.pk)
    fresh.data_from, fresh.data_to = row.data_from, row.data_to
    fresh.found.all().delete()
    fresh.sites.all().delete()
    _answer(fresh, found, at)
    note(
        fresh,
        station=None,
        action="answer_gaps",
        by=fresh.by,
        at=at,
        organisation_id=fresh.organisation_id,
        after={"clusters": fresh.clusters, "sites": len(found.sites)},
    )
    return fresh


def _answer(row: GapSearch, found: Answer, at: datetime) -> None:
    known = found.inputs
    rows = []
    for place, each in enumerate(known.clusters):
        station = _at(known.stations, found.nearest[place])
        rows.append(
            GapCluster(
                search=row,
                lon=each.lon,
                lat=each.lat,
                points=each.points,
                **_kinds(each.kinds),
                nearest=station,
                metres=_far(station, (each.lon, each.lat)),
                seconds=found.seconds[place],
                gap=found.gaps[place],
            )
        )
    GapCluster.objects.bulk_create(rows, batch_size=500)
    sites = []
    for position, site in enumerate(found.sites, start=1):
        here = Cluster(site.lon, site.lat, site.points)
        near = gaps.nearest(here, known.places)
        station = _at(known.stations, near[0] if near else None)
        sites.append(
            GapSite(
                search=row,
                position=position,
                lon=site.lon,
                lat=site.lat,
                points=site.points,
                clusters=site.clusters,
                **_kinds(site.kinds),
                nearest=station,
                metres=round(near[1]) if near else None,
            )
        )
    GapSite.objects.bulk_create(sites)
    row.points, row.clusters = known.points, len(known.clusters)
    row.stations = len(known.stations)
    row.gap_points = sum(each.points for each in rows if each.gap)
    row.finished_at = at
    row.save()


def _at(stations: list[Station], place: int | None) -> Station | None:
    return None if place is None else stations[place]


def _far(station: Station | None, here: Place) -> int | None:
    if station is None:
        return None
    return round(gaps.metres((station.lon, station.lat), here))


def _kinds(kinds: tuple[tuple[str, int], ...]) -> dict[str, int]:
    known = dict(kinds)
    return {name: known.get(name, 0) for name in ("food", "shop", "depot")}
