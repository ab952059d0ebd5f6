"""Where a place is shown on public maps: a point inside its area, never a door."""

from collections.abc import Iterable

from django.conf import settings
from django.core.cache import cache

from wugeyi.organisations import geometry
from wugeyi.organisations.models import Area

Spot = tuple[float, float]
KEPT_SECONDS = 3600


def points(units: Iterable[int]) -> dict[int, Spot]:
    """Return a point (lon, lat) inside the area of each organisation that has one.

    At most one query; an hour old at most.
    """
    wanted = set(units)
    names = {_name(unit): unit for unit in wanted}
    kept = cache.get_many(names) if settings.KEPT_SECONDS else {}
    found = {names[name]: spot for name, spot in kept.items()}
    missing = wanted - found.keys()
    if missing:
        made: dict[int, Spot | None] = dict.fromkeys(missing)
        rows = Area.objects.filter(organisation__in=missing)
        for unit, text in rows.values_list("organisation", "geometry"):
            made[unit] = inside(text)
        cache.set_many({_name(unit): each for unit, each in made.items()}, KEPT_SECONDS)
        found |= made
    return {unit: spot for unit, spot in found.items() if spot is not None}


def _name(unit: int) -> str:
    return f"interfaces.point.{unit}"


def inside(text: str) -> Spot:
    """Return a point that surely lies inside an area, to some ten metres."""
    spot = geometry.from_text(text).representative_point()
    return round(spot.x, 4), round(spot.y, 4)
