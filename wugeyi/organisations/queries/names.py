"""What organisations are called, for lists that name many: kept for seconds."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from wugeyi.organisations.kept import Kept
from wugeyi.organisations.models import Installation, Organisation
from wugeyi.organisations.rules import inside, keys


class Named(NamedTuple):
    """An organisation as far as a list tells of it."""

    name: str
    code: str
    path: str


def _read(wanted: set[int]) -> dict[int, Named]:
    rows = Organisation.objects.filter(pk__in=wanted).order_by()
    return {
        key: Named(name, code, path)
        for key, name, code, path in rows.values_list("pk", "name", "code", "path")
    }


names = Kept(_read)
"""Names of organisations by key; one query for those that are not kept."""


def chain(path: str) -> list[Named]:
    """Return the organisations from the root down to one; one query, or none."""
    line = keys(path)
    found = names(line)
    return [found[key] for key in line if key in found]


UNITS = 200


def _read_below(wanted: set[frozenset[int]]) -> dict[frozenset[int], list[Named]]:
    found = {}
    for ids in wanted:
        own = Organisation.objects.filter(pk__in=ids)
        below = Organisation.objects.filter(parent__in=ids, valid_to=None)
        rows = (own | below).order_by("path").values_list("name", "code", "path")
        found[ids] = [Named(*row) for row in rows[:UNITS]]
    return found


_below_units = Kept(_read_below, most=1000)


def units_below(ids: Iterable[int]) -> list[Named]:
    """Return these organisations and those right below them, at most 200.

    One query, or none while they are kept; do not change the list.
    """
    return _below_units.one(frozenset(ids)) or []


def _read_installation(_wanted: set[None]) -> dict[None, Installation | None]:
    return {None: Installation.objects.first()}


_installation = Kept(_read_installation)


def installation() -> Installation | None:
    """Return the one row that names this installation, if it is set up."""
    return _installation.one(None)


def below_roots(paths: Iterable[str], roots: Iterable[str]) -> dict[str, list[str]]:
    """Return by path the names from below the reader's own root down; one query at most.

    At least the last two names are given, because names repeat.
    """
    wanted, tops = set(paths), list(roots)
    chains = {path: keys(path) for path in wanted}
    found = names({key for chain in chains.values() for key in chain})
    return {
        path: list(_below(path, chain, tops, found)) for path, chain in chains.items()
    }


def _below(
    path: str, chain: list[int], roots: list[str], found: dict[int, Named]
) -> Iterator[str]:
    own = max((len(keys(root)) for root in roots if inside(path, root)), default=0)
    for key in chain[min(own, max(len(chain) - 2, 0)) :]:
        yield found[key].name if key in found else "?"
