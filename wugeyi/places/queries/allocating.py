"""Whose a place is, for many places at once."""

from collections.abc import Sequence

import numpy as np
import shapely

from wugeyi.organisations import geometry
from wugeyi.organisations.models import Area, Organisation
from wugeyi.organisations.queries import within


def units_at(
    lon: Sequence[float], lat: Sequence[float], root: Organisation
) -> list[int | None]:
    """Return for each place the unit at or below ``root`` with the smallest area there.

    Keys of organisations; None: in no area below ``root``. One query; degrees of
    WGS-84.
    """
    found: list[int | None] = [None] * len(lon)
    if not found:
        return found
    east, north = np.asarray(lon, float), np.asarray(lat, float)
    free = np.ones(len(found), bool)
    areas = (
        Area.objects.filter(
            within("organisation__path", [root.path]), organisation__valid_to=None
        )
        .order_by("size_m2", "organisation_id")
        .values_list("organisation_id", "geometry")
    )
    for key, text in areas.iterator(chunk_size=200):
        ground = geometry.from_text(text)
        west, south, right, top = ground.bounds
        near = np.flatnonzero(
            free & (east >= west) & (east <= right) & (north >= south) & (north <= top)
        )
        if not len(near):
            continue
        shapely.prepare(ground)
        held = near[shapely.intersects_xy(ground, east[near], north[near])]
        free[held] = False
        for place in held.tolist():
            found[place] = key
        if not free.any():
            break
    return found


def has_area(root: Organisation) -> bool:
    """Tell whether a unit or one below it has an area at all."""
    return Area.objects.filter(
        within("organisation__path", [root.path]), organisation__valid_to=None
    ).exists()
