"""Similar open cases near by, offered to join instead of telling the same again."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

import h3
from django.db.models import F, QuerySet

from wugeyi.casework.models import Case, Category
from wugeyi.casework.models.cases import OPEN_STATES
from wugeyi.casework.rules.places import CELL_RESOLUTION, NEAR_METRES
from wugeyi.casework.rules.similarity import rank
from wugeyi.organisations.models import Organisation

CANDIDATES = 50
OFFERED = 3
# With a pin within 100 m and the same category, hardly any word need be shared; by
# community alone the words must carry more. Both inferred, tried on the tests' examples.
LEAST_ALIKE_NEAR = 0.08
LEAST_ALIKE_SAME_PLACE = 0.2
EARTH_RADIUS_METRES = 6_371_008.8


@dataclass(frozen=True, slots=True)
class Similar:
    """An open case that may be about the same thing; distance in metres if known.

    Only ``case.public_text`` may be shown: the reporter's own words stay hidden until
    somebody approved their masked form.
    """

    case: Case
    metres: float | None


def similar(
    text: str,
    *,
    category: Category,
    place: Organisation | None,
    lon: float | None = None,
    lat: float | None = None,
) -> list[Similar]:
    """Return up to three open cases of the category near by, most alike first.

    With a point: within 100 m, by seven hexagons of an index. Then, or without one:
    cases without a pin in the same community. At most two queries; categories that
    are not public give nothing.
    """
    if not category.public:
        return []
    found: list[Similar] = []
    if lon is not None and lat is not None:
        found = _near_point(text, category, lon, lat)
    if place is not None and len(found) < OFFERED:
        pinned = lon is not None
        found += _same_place(text, category, place, pinned=pinned)
    return found[:OFFERED]


def _open(place: str) -> QuerySet[Case]:
    return Case.objects.filter(state__in=OPEN_STATES).only(
        # What ranking and the offer need: this runs while people type.
        "text",
        "public_text",
        "registered_on",
        "state",
        "lon",
        "lat",
        "category_id",
        place,
    )


def _near_point(text: str, category: Category, lon: float, lat: float) -> list[Similar]:
    middle = h3.latlng_to_cell(lat, lon, CELL_RESOLUTION)
    cells = [h3.str_to_int(cell) for cell in h3.grid_disk(middle, 1)]
    cases_there = _open("place__name").filter(cell__in=cells, category=category)
    found = cases_there.select_related("place").order_by("-pk")[:CANDIDATES]
    cases = _known(category, list(found))
    away = {
        case.pk: metres_between(lon, lat, case.lon, case.lat)
        for case in cases
        if case.lon is not None and case.lat is not None
    }
    close = [
        case for case in cases if away.get(case.pk, NEAR_METRES + 1) <= NEAR_METRES
    ]
    return [
        Similar(case, away[case.pk]) for case in _alike(text, close, LEAST_ALIKE_NEAR)
    ]


def _same_place(
    text: str, category: Category, place: Organisation, *, pinned: bool
) -> list[Similar]:
    # The sum keeps the planner from reading every case of the category in the city:
    # the open ones of one community are far fewer (measured at a million cases).
    cases = (
        _open("place_id")
        .filter(place=place)
        .annotate(about=F("category_id") + 0)
        .filter(about=category.pk)
    )
    if pinned:
        cases = cases.filter(cell=None)
    newest = _known(category, list(cases.order_by("-due_at", "-pk")[:CANDIDATES]))
    for case in newest:
        case.place = place
    return [
        Similar(case, None) for case in _alike(text, newest, LEAST_ALIKE_SAME_PLACE)
    ]


def _alike(text: str, cases: Iterable[Case], least: float) -> list[Case]:
    by_key = {case.pk: case for case in cases}
    matches = rank(
        text,
        ((key, case.text) for key, case in by_key.items()),
        least=least,
        limit=OFFERED,
    )
    return [by_key[match.key] for match in matches]


def _known(category: Category, cases: list[Case]) -> list[Case]:
    """Give every case the category that was asked for, so that none is read again."""
    for case in cases:
        case.category = category
    return cases


def metres_between(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    """Return the distance on the globe of two WGS-84 points, in metres."""
    x1, y1, x2, y2 = map(radians, (lon, lat, other_lon, other_lat))
    half = sin((y2 - y1) / 2) ** 2 + cos(y1) * cos(y2) * sin((x2 - x1) / 2) ** 2
    return 2 * EARTH_RADIUS_METRES * asin(sqrt(min(1.0, half)))
