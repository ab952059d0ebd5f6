"""What pages of facilities and homes do alike."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, QueryDict
from django.utils import timezone

from wugeyi.organisations.models import Area, Organisation
from wugeyi.places import queries
from wugeyi.places.models import Facility, Home, Network

SIZE = 50


def sent(request: HttpRequest) -> QueryDict | None:
    """Return what a form was sent with, None if it was not: an empty one counts."""
    return request.POST if request.method == "POST" else None


def fresh(**more: Any) -> dict[str, Any]:
    """Return what the form of a new record begins with."""
    return {"client_id": uuid4(), **more}


def cut(rows: Sequence[Any]) -> tuple[Sequence[Any], int | None]:
    """Part a page from the row that tells of another one."""
    if len(rows) <= SIZE:
        return rows, None
    return rows[:SIZE], rows[SIZE - 1].pk


def network(unit: Organisation) -> Network | None:
    """Return today's network of a unit, for the ground of its maps."""
    return queries.network_of(unit, day=timezone.localdate())


def bounds(network: Network | None) -> str:
    """Return a network's edges, for what a map shows at first; "" without one."""
    if network is None:
        return ""
    return ",".join(f"{edge:.6f}" for edge in network.bounds)


def frame(unit: Organisation, network: Network | None, *, known: bool) -> str:
    """Return what a map to pick from shows at first.

    The pin of what is ``known`` already, or else the unit's own outline, which the map
    has anyway, or else the network.
    """
    if known or Area.objects.filter(organisation=unit).exists():
        return ""
    return bounds(network)


def collection(features: list[dict[str, Any]]) -> dict[str, Any]:
    """Return features as GeoJSON."""
    return {"type": "FeatureCollection", "features": features}


def feature(row: Facility | Home, *, text: str, url: str) -> dict[str, Any]:
    """Return a point of a map."""
    return {
        "type": "Feature",
        "properties": {"title": row.name, "text": text, "url": url},
        "geometry": {"type": "Point", "coordinates": [row.lon, row.lat]},
    }
