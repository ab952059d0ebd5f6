"""What a line's page tells: what is written down, what is wrong with it, who waits."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, Sum

from wugeyi.buslines.adapter.cases import Finding
from wugeyi.buslines.models import Demand, Driver, Line, Spot, holding
from wugeyi.buslines.queries.inputs import Gathered, case_of
from wugeyi.buslines.rules import access
from wugeyi.organisations.models import Organisation
from wugeyi.organisations.queries import within
from wugeyi.organisations.rules import Reach

MOST_VILLAGES = 30


@dataclass(frozen=True, slots=True)
class Wanted:
    """Who waits at a stop: persons and baskets to market, persons home."""

    persons: int = 0
    baskets: int = 0
    home: int = 0


@dataclass(frozen=True, slots=True)
class Seen:
    """A line on a day."""

    gathered: Gathered
    spots: list[Spot]
    wanted: Mapping[int, Wanted]
    drivers: int

    @property
    def ways(self) -> Mapping[str, Any]:
        """The table of ways; empty if there is none."""
        return self.gathered.ways.ways if self.gathered.ways else {}

    @property
    def shapes(self) -> Mapping[str, Any]:
        """Points of roads by "from to"."""
        return self.gathered.ways.shapes if self.gathered.ways else {}

    @property
    def told(self) -> list[Finding]:
        """What is noticed; of ways nobody wrote down nothing is told place by place."""
        none = self.gathered.ways is None
        return [
            each
            for each in self.gathered.findings
            if not (none and each.code == "ways-missing")
        ]

    @property
    def persons(self) -> int:
        """How many want to go to market."""
        return sum(each.persons for each in self.wanted.values())

    @property
    def baskets(self) -> int:
        """How many baskets they have."""
        return sum(each.baskets for each in self.wanted.values())


def seen(line: Line, *, on: date) -> Seen:
    """Return what a line's page tells; a fixed number of queries."""
    return Seen(
        gathered=case_of(line, on),
        spots=list(Spot.objects.filter(holding(on), line=line).order_by("code")),
        wanted=wanted(line, on=on),
        drivers=Driver.objects.filter(holding(on), line=line).count(),
    )


def wanted(line: Line, *, on: date) -> dict[int, Wanted]:
    """Return who waits at each stop, by the key of the stop; one query."""
    rows = (
        Demand.objects.filter(holding(on), line=line)
        .values("stop")
        .annotate(
            people=Sum("persons", filter=Q(home=False), default=0),
            carried=Sum("baskets", filter=Q(home=False), default=0),
            back=Sum("persons", filter=Q(home=True), default=0),
        )
        .order_by("stop")
    )
    return {
        row["stop"]: Wanted(row["people"], row["carried"], row["back"]) for row in rows
    }


def villages(reach: Reach, *, on: date) -> list[Organisation]:
    """Return villages whose demand one may write down and where a line stops."""
    roots = reach.roots(access.ASKS)
    if not roots:
        return []
    stops = Spot.objects.filter(
        holding(on), kind=Spot.Kind.STOP, line__closed_on=None
    ).values("organisation")
    rows = Organisation.objects.filter(
        within("path", roots), pk__in=stops, valid_to=None
    )
    return list(rows.order_by("path")[:MOST_VILLAGES])
