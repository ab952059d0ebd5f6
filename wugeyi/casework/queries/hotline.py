"""Orders held against the register, the categories and what is known already."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from wugeyi.casework.models import Case, Category
from wugeyi.casework.models.cases import Channel
from wugeyi.casework.queries.categories import active
from wugeyi.casework.queries.guesses import PLACES
from wugeyi.casework.rules.hotline import Order
from wugeyi.casework.rules.intake import suggest
from wugeyi.casework.rules.pasted import named
from wugeyi.imports.rules import Finding, error, info, warning
from wugeyi.organisations.models import Organisation
from wugeyi.organisations.queries import within
from wugeyi.organisations.rules import depth

MOST_PLACES = 20_000
OTHER = "other"


@dataclass(frozen=True, slots=True)
class Ready:
    """An order that can be registered."""

    order: Order
    category: Category
    place: Organisation


@dataclass(slots=True)
class Plan:
    """What accepting a file would do."""

    ready: list[Ready] = field(default_factory=list)
    known: list[Order] = field(default_factory=list)
    # What stands in the place column and means no one place: to be chosen.
    unplaced: dict[str, list[Order]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def plan(
    orders: Sequence[Order], *, roots: Iterable[str], chosen: Mapping[str, int]
) -> Plan:
    """Sort orders into those ready, known and without a place; four queries.

    ``chosen`` gives the organisation somebody chose for a text of the place column.
    """
    made = Plan()
    numbers = _known(orders)
    places = _places(roots)
    allowed = {key for key, _name, _path in places}
    categories = [row for row in active() if row.parent_id is not None]
    meant: list[tuple[Order, Category, int]] = []
    for order in orders:
        if order.number in numbers:
            made.known.append(order)
            made.findings.append(
                info(
                    order.line,
                    "known_number",
                    order.number,
                    other=numbers[order.number],
                )
            )
            continue
        key = _place(order, places)
        picked = chosen.get(order.place)
        if picked in allowed:
            key = picked
        if key is None:
            made.unplaced.setdefault(order.place, []).append(order)
            made.findings.append(
                error(
                    order.line, "unknown_place", order.place or "—", other=order.number
                )
            )
            continue
        category, guessed = _category(order, categories)
        if guessed:
            made.findings.append(
                warning(
                    order.line,
                    "guessed_category",
                    order.category or "—",
                    other=category.name,
                )
            )
        meant.append((order, category, key))
    units = Organisation.objects.in_bulk({key for _order, _category, key in meant})
    made.ready = [Ready(order, category, units[key]) for order, category, key in meant]
    return made


def _known(orders: Sequence[Order]) -> dict[str, str]:
    rows = Case.objects.filter(
        channel=Channel.HOTLINE.value,
        source_number__in=[each.number for each in orders],
    ).only("source_number", "registered_on")
    return {case.source_number: case.number for case in rows}


def _places(roots: Iterable[str]) -> list[tuple[int, str, str]]:
    rows = Organisation.objects.filter(
        within("path", roots), kind__in=PLACES, valid_to=None
    ).order_by("path")
    return list(rows.values_list("pk", "name", "path")[:MOST_PLACES])


def _place(order: Order, places: list[tuple[int, str, str]]) -> int | None:
    """Return the one place the order names; None if none or several are meant."""
    if order.place:
        exact = [key for key, name, _path in places if name == order.place]
        if exact:
            return exact[0] if len(exact) == 1 else None
    text = f"{order.place} {order.spot}"
    if not text.strip():
        return None
    found = named(text, ((key, name, depth(path)) for key, name, path in places))
    return found[0] if len(found) == 1 else None


def _category(order: Order, categories: list[Category]) -> tuple[Category, bool]:
    """Return the category, and whether it was guessed from the words."""
    for row in categories:
        if order.category and order.category in {row.name, row.code, row.name_en}:
            return row, False
    text = f"{order.category} {order.text}"
    found = suggest(text, ((row.pk, row.keywords.split()) for row in categories))
    by_key = {row.pk: row for row in categories}
    if found is not None:
        return by_key[found.key], True
    return next((row for row in categories if row.code == OTHER), categories[-1]), True
