"""Figures as projects see them: what can be chosen, and a value over a period."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from wugeyi.figures.catalogue import catalogue
from wugeyi.figures.queries import figure
from wugeyi.figures.rules import Figure, Period
from wugeyi.figures.shown import is_money
from wugeyi.projects.models import Project
from wugeyi.ui.phrases import is_english

FEN = 100


@dataclass(frozen=True, slots=True)
class Reading:
    """A figure's value as a Decimal; a share is in percent and keeps its two numbers."""

    name: str
    unit: str
    version: int
    value: Decimal | None
    numerator: int | None
    denominator: int | None


def choices() -> list[tuple[str, str]]:
    """Return the measures and indicators a goal may name, by name."""
    found = catalogue()
    named = [
        (each.code, each.name_en if is_english() else each.name_zh)
        for group in (found.measures, found.indicators)
        for each in group.values()
    ]
    return sorted(named, key=lambda each: each[1])


def is_declared(code: str) -> bool:
    """Tell whether there is such a measure or indicator today."""
    found = catalogue()
    return code in found.measures or code in found.indicators


def reading(
    project: Project, days: tuple[date, date], *, as_of: datetime | None = None
) -> Reading:
    """Return the project's figure over a period, from its first to its last day."""
    return from_figure(
        figure(
            project.measure, project.organisation, Period(days[0], days[1]), as_of=as_of
        )
    )


def _unit(found: Figure) -> str:
    if found.is_share:
        return "%"
    return _("元") if is_money(found) else found.unit


def from_figure(found: Figure) -> Reading:
    """Return a figure as a reading: money in yuan; a share of too few is no value."""
    share = found.is_share
    value: Decimal | None = None
    if share:
        if found.percent is not None and found.numerator is not None:
            value = (
                Decimal(100) * found.numerator / Decimal(found.denominator or 1)
            ).quantize(Decimal("0.1"))
    elif found.value is not None:
        value = Decimal(found.value) / (FEN if is_money(found) else 1)
    return Reading(
        name=found.name,
        unit=_unit(found),
        version=found.version,
        value=value,
        numerator=found.numerator if share else None,
        denominator=found.denominator if share else None,
    )
