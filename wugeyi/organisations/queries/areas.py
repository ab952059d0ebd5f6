"""Which organisation answers for a place."""

from django.db.models import Q

from wugeyi.organisations import geometry
from wugeyi.organisations.models import Area, AreaCell, Organisation


def organisation_at(lon: float, lat: float) -> Organisation | None:
    """Return the organisation with the smallest area that holds a WGS-84 point.

    A point on a border lies in the areas of both sides; of equal sizes the lower
    code wins. Abolished organisations hold nothing. None: outside every area, or no
    place on the globe. One indexed query.
    """
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        return None
    candidates = (
        AreaCell.objects.filter(
            cell__in=geometry.cells_at(lon, lat), area__organisation__valid_to=None
        )
        .order_by("area__size_m2", "area__organisation__code")
        .select_related("area__organisation")
    )
    for candidate in candidates:
        area = candidate.area
        if candidate.whole or geometry.holds(
            geometry.from_text(area.geometry), lon, lat
        ):
            return area.organisation
    return None


def outlines_around(organisation: Organisation, *, limit: int = 200) -> list[Area]:
    """Return the area of an organisation and of the living ones below it; one query."""
    return list(
        Area.objects.filter(
            Q(organisation=organisation)
            | Q(organisation__parent=organisation, organisation__valid_to=None)
        )
        .select_related("organisation")
        .order_by("-size_m2")[:limit]
    )
