"""What a line is planned from on a day: the engine's case, fares, drivers; twelve queries."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from wugeyi.buslines.adapter import cases, crew
from wugeyi.buslines.models import (
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


@dataclass(frozen=True, slots=True)
class Overrides:
    """What a scenario changes against the records; None leaves a rule as it stands.

    Parameters
    ----------
    fleet
        How many buses, by the key of a row of vehicles.
    fares
        The key of a fare table.
    """

    stops_limit: int | None = None
    ride_limit_minutes: int | None = None
    hard_minutes: int | None = None
    soft_minutes: int | None = None
    price_fen: int | None = None
    fleet: Mapping[int, int] = field(default_factory=dict)
    fares: int | None = None

    def rules(self) -> dict[str, int]:
        """Return the rules that are changed."""
        names = (
            "stops_limit",
            "ride_limit_minutes",
            "hard_minutes",
            "soft_minutes",
            "price_fen",
        )
        given = {name: getattr(self, name) for name in names}
        return {name: number for name, number in given.items() if number is not None}


@dataclass(frozen=True, slots=True)
class Gathered:
    """The engine's records, what is noticed in them, and what is not there at all.

    ``missing`` names what nobody has written down: "ways", "fares", "timetable";
    ``ways`` is the table of ways as it stands, with the shapes of roads.
    """

    case: cases.Case
    fares: cases.Fares | None
    drivers: tuple[crew.RosterDriver, ...]
    duties: tuple[crew.Duty, ...]
    roster_rules: crew.RosterRules
    findings: tuple[cases.Finding, ...]
    missing: tuple[str, ...] = ()
    ways: WaysTable | None = None

    @property
    def sound(self) -> bool:
        """Tell whether nothing keeps it from being planned."""
        return self.ways is not None and not any(
            each.severity == "error" for each in self.findings
        )


def case_of(line: Line, on: date, *, overrides: Overrides | None = None) -> Gathered:
    """Return what holds on a day, with what a scenario changes."""
    changed = overrides or Overrides()
    held = holding(on)
    numbers = {
        rule.name: rule.number for rule in Rule.objects.filter(held, line=line)
    } | changed.rules()
    ways = WaysTable.objects.filter(held, line=line).order_by("-pk").first()
    timetable = Timetable.objects.filter(held, line=line).order_by("-pk").first()
    case = cases.case_of_rows(
        cases.Rows(
            name=line.name,
            spots=list(Spot.objects.filter(held, line=line).order_by("code")),
            demands=list(
                Demand.objects.filter(held, line=line)
                .select_related("stop", "market")
                .order_by("code", "pk")
            ),
            vehicles=list(
                Vehicle.objects.filter(held, line=line)
                .select_related("depot")
                .order_by("code", "pk")
            ),
            rules=numbers,
            ways=ways,
            timetable=timetable,
            counts=_counts(line, changed.fleet),
            regular=list(
                RegularDuty.objects.filter(held, line=line)
                .select_related("starts_at", "ends_at")
                .order_by("code", "pk")
            ),
        )
    )
    fares = cases.fares_of(_fare_table(line, on, changed.fares))
    drivers = Driver.objects.filter(held, line=line).prefetch_related("absences")
    duties = OtherDuty.objects.filter(held, line=line).order_by("code", "pk")
    there = {"ways": ways, "fares": fares, "timetable": timetable}
    return Gathered(
        case=case,
        fares=fares,
        drivers=crew.drivers_of(drivers.order_by("code", "pk")),
        duties=crew.duties_of(duties),
        roster_rules=crew.roster_rules_of(numbers),
        findings=cases.noticed(case),
        missing=tuple(name for name, row in there.items() if row is None),
        ways=ways,
    )


def _counts(line: Line, fleet: Mapping[int, int]) -> dict[str, int]:
    """Return numbers of buses by code: a row may have ended since it was chosen."""
    if not fleet:
        return {}
    rows = Vehicle.objects.filter(line=line, pk__in=fleet).values_list("pk", "code")
    return {code: fleet[key] for key, code in rows}


def _fare_table(line: Line, on: date, key: int | None) -> FareTable | None:
    tables = FareTable.objects.filter(line=line).prefetch_related("bands")
    if key is not None:
        return tables.filter(pk=key).first()
    return tables.filter(holding(on), trial=False).order_by("-pk").first()
