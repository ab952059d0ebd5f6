"""What a pasted text is probably about: place and category."""

from wugeyi.casework.models import Category
from wugeyi.casework.queries.categories import active
from wugeyi.casework.rules.intake import suggest
from wugeyi.casework.rules.pasted import named
from wugeyi.organisations.models import Kind, Organisation
from wugeyi.organisations.queries import lineages, within
from wugeyi.organisations.rules import Reach, Role, depth

PLACES = (Kind.TOWN, Kind.COMMUNITY, Kind.VILLAGE, Kind.GRID, Kind.OTHER)
MOST_READ = 5000
MOST_OFFERED = 6
MOST_CHOSEN_FROM = 200


def places_in(text: str, reach: Reach, roles: frozenset[Role]) -> list[Organisation]:
    """Return the places within reach that a text names; one's own if there is but one.

    Two queries; at most five thousand names are read, a city's worth.
    """
    rows = list(
        Organisation.objects.filter(
            within("path", reach.roots(roles)), kind__in=PLACES, valid_to=None
        )
        .order_by("path")
        .values_list("pk", "name", "path")[:MOST_READ]
    )
    found = named(text, ((key, name, depth(path)) for key, name, path in rows))
    if not found and len(rows) == 1:
        found = [rows[0][0]]
    units = Organisation.objects.in_bulk(found[:MOST_OFFERED])
    return [units[key] for key in found[:MOST_OFFERED]]


def places_below(roots: list[str]) -> list[Organisation]:
    """Return the first places below some roots, to choose from; one query."""
    rows = Organisation.objects.filter(
        within("path", roots), kind__in=PLACES, valid_to=None
    )
    return list(rows.order_by("path")[:MOST_CHOSEN_FROM])


def described(units: list[Organisation]) -> list[tuple[Organisation, str]]:
    """Return units with the names above them, because names repeat; one query."""
    above = lineages(units)
    return [
        (unit, " / ".join([*(each.name for each in above[unit.pk][-2:]), unit.name]))
        for unit in units
    ]


def category_of(text: str) -> Category | None:
    """Return the category whose keywords say most about a text; one query."""
    rows = [row for row in active() if row.parent_id is not None]
    found = suggest(text, ((row.pk, row.keywords.split()) for row in rows))
    by_key = {row.pk: row for row in rows}
    return by_key[found.key] if found else None
