"""By which view of the tree a page counts: as units stand today, or as one chosen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import get_language

from wugeyi.casework.models import Case
from wugeyi.casework.queries import rates
from wugeyi.organisations.models import Organisation, TreeView
from wugeyi.organisations.queries import children
from wugeyi.organisations.queries.views import (
    children_in,
    path_counting,
    views_holding,
)
from wugeyi.organisations.rules import STATUTORY


@dataclass(frozen=True, slots=True)
class Arrangement:
    """The view that was chosen (None: none, or nothing to choose), and the day."""

    place: Organisation | None
    on: date
    choices: Sequence[TreeView] = ()
    view: TreeView | None = None

    @property
    def key(self) -> str:
        """Return what tells figures by this view from others in a cache."""
        place = self.place.pk if self.place else 0
        return f"{place}.{self.view.pk if self.view else 0}"

    @property
    def query(self) -> str:
        """Return what every link on the page carries: ``&view=…`` or nothing."""
        return f"&view={self.view.code}" if self.view else ""

    def cases(self) -> QuerySet[Case]:
        """Return every case below the place by this view."""
        return rates.below(self.place, view=self.view, on=self.on)

    def children(self, *, limit: int) -> list[Organisation]:
        """Return the living units right below the place by this view."""
        if self.view is None or self.place is None:
            return children(self.place, limit=limit)[:limit]
        path = path_counting(self.place, self.view, self.on)
        if path is None:
            return []
        return children_in(self.view, path, self.on, limit=limit)

    def tabs(self, kept: str) -> list[dict[str, Any]]:
        """Return the views to choose from; ``kept`` is the rest of the query."""
        current = self.view.code if self.view else STATUTORY
        english = (get_language() or "").startswith("en")
        return [
            {
                "url": f"?{kept}&view={each.code}",
                "label": each.name_en if english else each.name,
                "current": each.code == current,
            }
            for each in self.choices
        ]


def arrangement(
    request: HttpRequest, place: Organisation | None, *, on: date
) -> Arrangement:
    """Read ``?view=``; a view that does not hold the place is as if not asked for."""
    if place is None:
        return Arrangement(None, on)
    choices = views_holding(place, on=on)
    code = request.GET.get("view", "")
    view = next((each for each in choices if each.code == code), None)
    return Arrangement(place, on, choices, view)
