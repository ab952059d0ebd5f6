"""What a line has on a day, by the codes a file uses; six queries."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from wugeyi.buslines.models import (
    Demand,
    Line,
    Rule,
    Spot,
    Timetable,
    Vehicle,
    WaysTable,
    holding,
)


@dataclass(frozen=True, slots=True)
class Standing:
    """Records by code, those that begin later too."""

    spots: dict[str, Spot]
    vehicles: dict[str, Vehicle]
    demands: dict[str, Demand]
    rules: dict[str, Rule]
    ways: WaysTable | None
    timetable: Timetable | None

    def of(self, record: str) -> dict[str, Any]:
        """Return the records of a kind by code."""
        held: dict[str, dict[str, Any]] = {
            "spot": self.spots,
            "vehicle": self.vehicles,
            "demand": self.demands,
            "rule": self.rules,
        }
        return held[record]


def standing(line: Line, *, on: date) -> Standing:
    """Return what a file is compared with."""
    open_ = Q(valid_until=None) | Q(valid_until__gt=on)
    demands = Demand.objects.filter(open_, line=line).select_related("stop", "market")
    vehicles = Vehicle.objects.filter(open_, line=line).select_related("depot")
    order = "-valid_from"  # what holds first is written last, and stays
    return Standing(
        spots={each.code: each for each in Spot.objects.filter(line=line)},
        vehicles={each.code: each for each in vehicles.order_by(order)},
        demands={each.code: each for each in demands.order_by(order)},
        rules={
            each.name: each
            for each in Rule.objects.filter(open_, line=line).order_by(order)
        },
        ways=WaysTable.objects.filter(holding(on), line=line).first(),
        timetable=Timetable.objects.filter(holding(on), line=line).first(),
    )
