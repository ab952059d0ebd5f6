"""Adding many units at once: keys first, so that paths are known before insertion."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from wugeyi.organisations.gateway import (
    indexing_at_the_end,
    insert_rows,
    refresh_statistics,
    reserve_keys,
)
from wugeyi.organisations.models import Organisation, Placement, TreeView
from wugeyi.organisations.queries.register import paths_of, places_of
from wugeyi.organisations.rules import MAX_DEPTH, child_path
from wugeyi.organisations.rules.naming import words
from wugeyi.organisations.rules.register import Addition

UNITS = (
    "id",
    "code",
    "name",
    "kind",
    "parent_id",
    "path",
    "search",
    "valid_from",
    "valid_to",
    "invented",
    "source",
)
PLACES = ("organisation_id", "view_id", "path", "valid_from", "valid_to")
ANALYZE = 10_000

Place = tuple[int, str, date | None]
Progress = Callable[[int], None]


def silent(done: int) -> None:
    """Show nothing."""


def add_many(
    additions: Sequence[Addition],
    *,
    view: TreeView,
    on: date | None,
    source: str,
    progress: Progress = silent,
) -> dict[str, int]:
    """Insert units, parents before children, and place them; return keys by code.

    The caller holds the lock of the tree. Memory grows by a key and a path for each
    unit that has children, not by rows.
    """
    if not additions:
        return {}
    first = reserve_keys(Organisation, len(additions))
    keys = {each.code: first + n for n, each in enumerate(additions)}
    loader = _Loader(additions, keys, view, on, source)
    with indexing_at_the_end(first):
        for done in insert_rows(Organisation, UNITS, loader.units()):
            progress(done)
    for done in insert_rows(Placement, PLACES, loader.places()):
        progress(done)
    if len(additions) >= ANALYZE:
        refresh_statistics(Organisation, Placement)
    return keys


class _Loader:
    """Rows of the additions, computed as they are asked for."""

    def __init__(
        self,
        additions: Sequence[Addition],
        keys: dict[str, int],
        view: TreeView,
        on: date | None,
        source: str,
    ) -> None:
        self.additions = additions
        self.keys = keys
        self.view = view
        self.on = on
        self.source = source
        self.parents = {each.parent for each in additions}
        self.known = paths_of(code for code in self.parents if code not in keys)

    def units(self) -> Iterator[tuple[str | int | bool | None, ...]]:
        """Yield the organisation rows."""
        paths = {code: path for code, (_key, path) in self.known.items()}
        since = self.on.isoformat() if self.on else None
        for each in self.additions:
            key = self.keys[each.code]
            path = _child(paths.get(each.parent, ""), key)
            if each.code in self.parents:
                paths[each.code] = path
            yield (
                key,
                each.code,
                each.name,
                each.kind,
                self._key(each.parent),
                path,
                words(each.name, each.code),
                since,
                None,
                False,
                self.source,
            )

    def places(self) -> Iterator[tuple[str | int | bool | None, ...]]:
        """Yield a placement for every view in which the parent stands."""
        standing: dict[str, list[Place]] = {"": [(self.view.pk, "", None)]}
        above = places_of(key for key, _path in self.known.values())
        for code, (key, _path) in self.known.items():
            standing[code] = above.get(key, [])
        for each in self.additions:
            key = self.keys[each.code]
            places = [
                (view, _child(path, key), _later(self.on, since))
                for view, path, since in standing[each.parent]
            ]
            if each.code in self.parents:
                standing[each.code] = places
            for view, path, since in places:
                yield (key, view, path, since.isoformat() if since else None, None)

    def _key(self, code: str) -> int | None:
        if not code:
            return None
        return self.keys.get(code) or self.known[code][0]


def _later(one: date | None, other: date | None) -> date | None:
    return max((each for each in (one, other) if each is not None), default=None)


def _child(parent: str, key: int) -> str:
    try:
        return child_path(parent, key)
    except ValueError as problem:
        raise ValidationError(
            _("层级太深：最多 %(most)s 层。"), "too_deep", {"most": MAX_DEPTH}
        ) from problem
