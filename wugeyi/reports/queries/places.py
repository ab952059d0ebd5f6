"""Which organisation a row of a form means, and what is on record about it as text."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from wugeyi.organisations.models import Organisation, Post
from wugeyi.organisations.queries import children
from wugeyi.organisations.rules import Role
from wugeyi.reports.adapter import Match
from wugeyi.reports.rules import limits


@dataclass(slots=True)
class Places:
    """The organisation a form is filled for and the units right below, by code."""

    own: Organisation
    below: list[Organisation]
    more: bool = False
    secretaries: dict[int, str] = field(default_factory=dict)

    def names(self) -> dict[str, str]:
        """Return name → code; a name that two of them share means nobody."""
        found: dict[str, str] = {}
        shared: set[str] = set()
        for unit in [self.own, *self.below]:
            if unit.name in found:
                shared.add(unit.name)
            found[unit.name] = unit.code
        return {name: code for name, code in found.items() if name not in shared}

    def of(self, match: Match) -> Organisation | None:
        """Return the organisation a field is about, None for a line too many."""
        if match.place:
            units = [self.own, *self.below]
            return next((unit for unit in units if unit.code == match.place), None)
        if match.line:
            lines = self.below
            return lines[match.line - 1] if match.line <= len(lines) else None
        return self.own


def places(organisation: Organisation, *, on: date) -> Places:
    """Read the units a form's rows may mean; two queries."""
    below = children(organisation, limit=limits.MAX_PLACES)
    found = Places(organisation, below[: limits.MAX_PLACES])
    found.more = len(below) > limits.MAX_PLACES
    found.secretaries = _secretaries([organisation, *found.below], on)
    return found


def _secretaries(units: Iterable[Organisation], on: date) -> dict[int, str]:
    """Return the one person who holds the secretary's post; nobody where two do."""
    posts = Post.objects.filter(
        Q(valid_to=None) | Q(valid_to__gt=on),
        organisation__in=[unit.pk for unit in units],
        role=Role.SECRETARY.value,
        valid_from__lte=on,
    )
    found: dict[int, set[str]] = {}
    for unit, name in posts.values_list("organisation_id", "person__name"):
        found.setdefault(unit, set()).add(name)
    return {unit: names.pop() for unit, names in found.items() if len(names) == 1}
