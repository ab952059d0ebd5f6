"""What is drawn: streets and the reach of a kind, for a map that needs no other site."""

from datetime import date

from wugeyi.circles.models import Circle
from wugeyi.circles.rules.paces import Setting

Ring = list[tuple[float, float]]


def ground(circle: Circle) -> bytes:
    """Return the streets in the format of ``engines.accessibility.drawing`` (WGG1).

    Raises
    ------
    Refused
        NEEDS_PLANNING, NETWORK_LOST.
    """
    raise NotImplementedError


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
    raise NotImplementedError
