"""What a line has on a day, by the codes a file uses; twelve queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.db.models import Q

from wugeyi.buslines.models import (
    Dated,
    Demand,
    Driver,
    FareTable,
    Line,
    OtherDuty,
    RegularDuty,
    Rule,
    Spot,
    Timetable,
    Vehicle,
    WaysTable,
    holding,
)

Record = TypeVar("Record", bound=Dated)


@dataclass(frozen=True, slots=True)
class Standing:
    """Records by code, those that begin later too; of rules and fares all of those."""

    spots: dict[str, Spot]
    vehicles: dict[str, Vehicle]
    regular: dict[str, RegularDuty]
    demands: dict[str, Demand]
    drivers: dict[str, Driver]
    duties: dict[str, OtherDuty]
    rules: dict[str, list[Rule]]
    fares: list[FareTable]
    ways: WaysTable | None
    timetable: Timetable | None

    def of(self, record: str) -> dict[str, Any]:
        """Return the records of a kind by code."""
        held: dict[str, dict[str, Any]] = {
            "spot": self.spots,
            "vehicle": self.vehicles,
            "regularduty": self.regular,
            "demand": self.demands,
            "driver": self.drivers,
            "otherduty": self.duties,
        }
        return held[record]

    def numbers(self, day: date) -> dict[str, int]:
        """Return the rules that are written down and hold on a day."""
        found = {name: on_day(rows, day) for name, rows in self.rules.items()}
        return {name: row.number for name, row in found.items() if row is not None}


def on_day(rows: Iterable[Record], day: date) -> Record | None:
    """Return the row that holds on a day."""
    return next((row for row in rows if row.holds(day)), None)


def standing(line: Line, *, on: date) -> Standing:
    """Return what a file is compared with."""
    open_ = Q(valid_until=None) | Q(valid_until__gt=on)
    demands = Demand.objects.filter(open_, line=line).select_related("stop", "market")
    vehicles = Vehicle.objects.filter(open_, line=line).select_related("depot")
    regular = RegularDuty.objects.filter(open_, line=line)
    drivers = Driver.objects.filter(open_, line=line).prefetch_related("absences")
    duties = OtherDuty.objects.filter(open_, line=line)
    fares = FareTable.objects.filter(open_, line=line, trial=False)
    order = "-valid_from"  # what holds first is written last, and stays
    rules: dict[str, list[Rule]] = {}
    for each in Rule.objects.filter(open_, line=line):
        rules.setdefault(each.name, []).append(each)
    return Standing(
        spots={each.code: each for each in Spot.objects.filter(line=line)},
        vehicles={each.code: each for each in vehicles.order_by(order)},
        regular={
            each.code: each
            for each in regular.select_related("starts_at", "ends_at").order_by(order)
        },
        demands={each.code: each for each in demands.order_by(order)},
        drivers={each.code: each for each in drivers.order_by(order)},
        duties={each.code: each for each in duties.order_by(order)},
        rules=rules,
        fares=list(fares.prefetch_related("bands")),
        ways=WaysTable.objects.filter(holding(on), line=line).first(),
        timetable=Timetable.objects.filter(holding(on), line=line).first(),
    )
