"""Scenarios side by side: the figures of each one's newest plan, differences to the first."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from wugeyi.buslines.models import Plan, Scenario
from wugeyi.buslines.queries.plans import longest_rides
from wugeyi.buslines.queries.scenarios import best_of, latest


@dataclass(frozen=True, slots=True)
class Column:
    """A scenario and its newest plan, if one was worked out; else its work."""

    scenario: Scenario
    plan: Plan | None
    work: Any
    ride: int | None


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure, and how it differs from the first scenario's; None is not known."""

    value: int | None
    more: int | None


@dataclass(frozen=True, slots=True)
class Figure:
    """A row of the comparison; ``kind`` is how its numbers are written."""

    name: str
    kind: str
    cells: list[Cell]


def columns(rows: list[Scenario]) -> list[Column]:
    """Return scenarios with ``latest`` as columns; one query more."""
    best = [best_of(latest(row)) for row in rows]
    rides = longest_rides(plan for plan in best if plan is not None)
    return [
        Column(
            row,
            plan,
            next(
                (p.work for p in latest(row) if p.work and p.work.state != "done"),
                None,
            ),
            rides.get(plan.pk) if plan else None,
        )
        for row, plan in zip(rows, best, strict=True)
    ]


def _subsidy(column: Column) -> int | None:
    plan = column.plan
    return None if plan is None else plan.cost_fen - plan.revenue_fen


def _of(name: str) -> Callable[[Column], int | None]:
    return lambda column: None if column.plan is None else getattr(column.plan, name)


READERS: dict[str, tuple[str, Callable[[Column], int | None]]] = {
    "persons": ("number", _of("persons")),
    "baskets": ("number", _of("baskets")),
    "persons_left": ("number", _of("persons_left")),
    "requests_left": ("number", _of("requests_left")),
    "trips": ("number", _of("trips")),
    "buses": ("number", _of("buses")),
    "stops": ("number", _of("stops")),
    "ride": ("minutes", lambda column: column.ride),
    "metres": ("km", _of("metres")),
    "cost_fen": ("yuan", _of("cost_fen")),
    "revenue_fen": ("yuan", _of("revenue_fen")),
    "subsidy": ("yuan", _subsidy),
    "value_fen": ("yuan", _of("value_fen")),
    "bound_fen": ("yuan", _of("bound_fen")),
}


def figures(found: list[Column], names: dict[str, str]) -> list[Figure]:
    """Return the rows of the table, named by ``names``."""
    table = []
    for key, (kind, read) in READERS.items():
        values = [read(column) for column in found]
        first = values[0] if values else None
        cells = [
            Cell(
                value,
                None
                if number == 0 or value is None or first is None
                else value - first,
            )
            for number, value in enumerate(values)
        ]
        table.append(Figure(names[key], kind, cells))
    return table
