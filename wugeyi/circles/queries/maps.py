"""What is drawn: streets and the reach of a kind, for a map that needs no other site."""

from datetime import date

from wugeyi.circles import adapter
from wugeyi.circles.models import Circle
from wugeyi.circles.queries.inputs import gather
from wugeyi.circles.rules.paces import Setting
from wugeyi.circles.rules.refusals import Refused, Why
from wugeyi.places import gateway

Ring = list[tuple[float, float]]


def ground(circle: Circle) -> bytes:
    """Return the streets in the format of ``engines.accessibility.drawing`` (WGG1).

    Raises
    ------
    Refused
        NEEDS_PLANNING, NETWORK_LOST.
    """
    missing = adapter.lacking()
    if missing:
        raise Refused(Why.NEEDS_PLANNING, packages=", ".join(missing))
    path = gateway.network_path(circle.network)
    if not path.exists():
        raise Refused(Why.NETWORK_LOST)
    return adapter.ground(path, circle.network.digest)


def reached_ground(
    circle: Circle, setting: Setting, *, kind_id: int, today: date
) -> list[list[Ring]]:
    """Return the ground from which a kind is reached within its limit.

    Polygons, each an outer ring and its holes, WGS-84: the coordinates of a GeoJSON
    MultiPolygon.

    Raises
    ------
    Refused
        As ``queries.seen.seen``; BAD_VALUE for a kind the template does not have.
    """
    gathered = gather(circle, setting, today=today)
    for place, kind in enumerate(gathered.kinds):
        if kind.pk == kind_id:
            return adapter.reached_ground(gathered.inputs, place)
    raise Refused(Why.BAD_VALUE, field="kind")
