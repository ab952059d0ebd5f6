"""What one row of a list tells of a case, without an object for everything it names.

A page of the desk names some eighty organisations, categories and people; joining them
to every row cost more than finding the rows. Their names are kept for seconds.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.db.models.functions import Substr

from wugeyi.accounts.models import User
from wugeyi.casework.models import Case
from wugeyi.casework.queries.categories import category_names
from wugeyi.organisations.kept import Kept
from wugeyi.organisations.queries import below_roots, names

SNIPPET = 120
COLUMNS = (
    "pk",
    "version",
    "state",
    "outcome",
    "urgency",
    "danger",
    "due_at",
    "registered_on",
    "reopened",
    "category",
    "place",
    "handler",
    "worker",
    "snippet",
)
PAUSED = "paused_for"
"""The annotation that says why a case is paused, where a list shows it."""


@dataclass(frozen=True, slots=True)
class Row:
    """What a list needs of a case: ``COLUMNS``, and ``PAUSED`` where it was asked for."""

    pk: int
    version: int
    state: str
    outcome: str
    urgency: str
    danger: bool
    due_at: datetime | None
    registered_on: date
    reopened: int
    category: int
    place: int
    handler: int
    worker: int | None
    snippet: str
    paused_for: str | None = None

    @property
    def number(self) -> str:
        """What people call the case by, as ``Case.number``."""
        return f"{self.registered_on:%Y%m%d}-{self.pk}"


@dataclass(frozen=True, slots=True)
class Names:
    """What a page of rows names, by key: places by the path from the reader's root."""

    categories: dict[int, str]
    places: dict[int, list[str]]
    handlers: dict[int, str]
    workers: dict[int, str]


def rows(found: QuerySet[Case]) -> list[Row]:
    """Read rows of a list; one query."""
    columns: tuple[str, ...] = COLUMNS
    if PAUSED in found.query.annotations:
        columns = (*COLUMNS, PAUSED)
    given = found.annotate(snippet=Substr("text", 1, SNIPPET))
    return [Row(*values) for values in given.values_list(*columns)]


def _read_people(wanted: set[int]) -> dict[int, str]:
    return dict(User.objects.filter(pk__in=wanted).values_list("pk", "name"))


people = Kept(_read_people)


def names_of(shown: Iterable[Row], roots: Iterable[str]) -> Names:
    """Return the names for some rows; at most four queries, none while all are kept."""
    lines = list(shown)
    units = names({key for line in lines for key in (line.place, line.handler)})
    places = {line.place: units[line.place] for line in lines if line.place in units}
    below = below_roots((unit.path for unit in places.values()), roots)
    return Names(
        categories=category_names(),
        places={key: below[unit.path] for key, unit in places.items()},
        handlers={
            line.handler: units[line.handler].name
            for line in lines
            if line.handler in units
        },
        workers=people({line.worker for line in lines if line.worker is not None}),
    )
