"""The same figures for each unit right below, by key pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q

from wugeyi.figures.queries.below import paths_below
from wugeyi.figures.queries.expected import expected
from wugeyi.figures.queries.figures import base_of, build, of_group, wanted
from wugeyi.figures.queries.places import flows, states, stays_of
from wugeyi.figures.queries.totals import sums
from wugeyi.figures.rules.figures import Figure
from wugeyi.figures.rules.periods import Period
from wugeyi.organisations.models import Organisation, Placement
from wugeyi.organisations.rules import STATUTORY


@dataclass(frozen=True, slots=True)
class Child:
    """A unit that stood right below during the period, and its figures by code."""

    organisation: Organisation
    figures: dict[str, Figure]


def by_child(
    codes: Sequence[str],
    organisation: Organisation,
    period: Period,
    *,
    after_code: str = "",
    limit: int = 50,
    as_of: datetime | None = None,
) -> list[Child]:
    """Return a page of the units that stood right below at the period's end, by code.

    ``after_code`` is the last code of the page before. Units abolished during the
    period are among them: what happened there is in the total of the unit above.
    """
    units = _below(organisation, period, after_code, limit)
    measures = wanted(codes, as_of)
    places = stays_of([each.pk for each in units])
    flow = []
    state = []
    for group, unit in enumerate(units):
        flow += flows(group, places[unit.pk], period)
        state += states(group, places[unit.pk], period)
    found = sums(list(measures.values()), flow, state, as_of=as_of)
    lived = expected(list(measures.values()), state, [period] * len(units))
    of_units = [of_group(found, group, measures) for group in range(len(units))]
    return [
        Child(
            unit,
            {
                code: build(
                    code,
                    unit,
                    period,
                    of_units[group],
                    measures,
                    units_expected=lived.get((group, base_of(code))),
                    as_of=as_of,
                    view=None,
                )
                for code in codes
            },
        )
        for group, unit in enumerate(units)
    ]


def _below(
    parent: Organisation, period: Period, after_code: str, limit: int
) -> list[Organisation]:
    stood = Placement.objects.filter(
        Q(valid_from=None) | Q(valid_from__lte=period.last),
        Q(valid_to=None)
        | Q(valid_to__gt=period.last)
        | Q(valid_to__gt=period.first, valid_to=F("organisation__valid_to")),
        path__in=paths_below(parent.path, view=STATUTORY),
        view__code=STATUTORY,
    )
    units = Organisation.objects.filter(pk__in=stood.values("organisation"))
    if after_code:
        units = units.filter(code__gt=after_code)
    return list(units.order_by("code")[:limit])
