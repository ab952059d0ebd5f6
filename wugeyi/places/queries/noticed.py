"""What looks odd about a facility, when somebody looks at it."""

from dataclasses import dataclass
from datetime import date
from math import cos, hypot, radians

from wugeyi.organisations.queries import organisation_at
from wugeyi.organisations.rules import inside as below
from wugeyi.places.models import Facility, Network
from wugeyi.places.queries.days import inside, not_over
from wugeyi.places.queries.networks import network_of

METRES_A_DEGREE = 111_320
NEAR_M = 50


@dataclass(frozen=True, slots=True)
class Noticed:
    """Something odd: ``code`` names a sentence, ``value`` fills it."""

    code: str
    value: str = ""
    key: int = 0


def metres_between(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    """Return the distance of two places near each other, in metres."""
    east = (other_lon - lon) * cos(radians(lat)) * METRES_A_DEGREE
    return hypot(east, (other_lat - lat) * METRES_A_DEGREE)


def twin_of(
    *, kind_id: int, lon: float, lat: float, day: date, but: int = 0
) -> Facility | None:
    """Return the nearest living facility of a kind within 50 m, but for one; one query."""
    north = NEAR_M / METRES_A_DEGREE
    east = north / max(cos(radians(lat)), 0.01)
    box = (lon - east, lat - north, lon + east, lat + north)
    rows = Facility.objects.filter(inside(box), not_over(day), kind=kind_id)
    rows = rows.exclude(pk=but).select_related("organisation")[:50]
    near = [
        (metres_between(lon, lat, row.lon, row.lat), row.pk, row)
        for row in rows
        if metres_between(lon, lat, row.lon, row.lat) <= NEAR_M
    ]
    return min(near)[2] if near else None


def noticed(facility: Facility, *, day: date) -> list[Noticed]:
    """Return what looks odd about a facility; at most four queries."""
    found = []
    if not facility.invented:
        twin = twin_of(
            kind_id=facility.kind_id,
            lon=facility.lon,
            lat=facility.lat,
            day=day,
            but=facility.pk,
        )
        if twin is not None:
            found.append(Noticed("twin", twin.name, twin.pk))
    here = organisation_at(facility.lon, facility.lat)
    if here is not None and not below(here.path, facility.organisation.path):
        found.append(Noticed("elsewhere", here.name))
    network = network_of(facility.organisation, day=day)
    if network is None:
        found.append(Noticed("no_network"))
    elif not covers(network, facility.lon, facility.lat):
        found.append(Noticed("off_network", network.name))
    return found


def covers(network: Network, lon: float, lat: float) -> bool:
    """Tell whether a place lies inside the bounds of a network."""
    west, south, east, north = network.bounds
    return west <= lon <= east and south <= lat <= north
