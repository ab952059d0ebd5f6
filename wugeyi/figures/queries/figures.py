"""Figures of one organisation: now or as of a moment, for one period or many."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from urllib.parse import urlencode

from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language

from wugeyi.figures.adapter import Indicator, Measure
from wugeyi.figures.catalogue import catalogue, measures_of
from wugeyi.figures.queries.expected import expected
from wugeyi.figures.queries.places import flows, in_view, states, stays_of
from wugeyi.figures.queries.sums import NOTHING, Sum, Sums
from wugeyi.figures.queries.totals import sums
from wugeyi.figures.queries.versions import at_moment
from wugeyi.figures.rules.figures import Figure
from wugeyi.figures.rules.periods import Period
from wugeyi.figures.rules.places import Stretch
from wugeyi.organisations.models import Organisation, TreeView


class UnknownMeasureError(LookupError):
    """A measure was asked for that no file declares."""


def figure(
    code: str,
    organisation: Organisation,
    period: Period,
    *,
    as_of: datetime | None = None,
    view: TreeView | None = None,
) -> Figure:
    """Return one figure; see :func:`figures`."""
    return figures([code], organisation, period, as_of=as_of, view=view)[code]


def figures(
    codes: Sequence[str],
    organisation: Organisation,
    period: Period,
    *,
    as_of: datetime | None = None,
    view: TreeView | None = None,
) -> dict[str, Figure]:
    """Return figures of an organisation with all below it, at few, fixed queries.

    Parameters
    ----------
    as_of
        Only what had been recorded by then (aware), by the definitions of then.
    view
        Another arrangement of the tree than the statutory one; that of the period's
        last day counts.

    Raises
    ------
    UnknownMeasureError
        A code no app declares.
    """
    return _several(codes, organisation, [period], as_of, view)[0]


def trend(
    codes: Sequence[str],
    organisation: Organisation,
    periods: Sequence[Period],
    *,
    as_of: datetime | None = None,
    view: TreeView | None = None,
) -> list[dict[str, Figure]]:
    """Return the figures of several periods, in their order, at the cost of few queries."""
    return _several(codes, organisation, periods, as_of, view)


def _several(
    codes: Sequence[str],
    organisation: Organisation,
    periods: Sequence[Period],
    as_of: datetime | None,
    view: TreeView | None,
) -> list[dict[str, Figure]]:
    measures = wanted(codes, as_of)
    flow: list[Stretch] = []
    state: list[Stretch] = []
    places = [] if view else stays_of([organisation.pk])[organisation.pk]
    for group, period in enumerate(periods):
        if view is not None:
            more = in_view(group, organisation, view, period)
        else:
            more = flows(group, places, period), states(group, places, period)
        flow += more[0]
        state += more[1]
    found = sums(list(measures.values()), flow, state, as_of=as_of)
    units = expected(list(measures.values()), state, periods)
    several = []
    for group, period in enumerate(periods):
        own = of_group(found, group, measures)
        several.append(
            {
                code: build(
                    code,
                    organisation,
                    period,
                    own,
                    measures,
                    units_expected=units.get((group, base_of(code))),
                    as_of=as_of,
                    view=view,
                )
                for code in codes
            }
        )
    return several


def of_group(
    found: Sums, group: int, measures: Mapping[str, Measure]
) -> dict[str, Sum]:
    """Return what was found for a group, by code."""
    return {
        code: found.get((group, each.number), NOTHING)
        for code, each in measures.items()
    }


def wanted(codes: Sequence[str], as_of: datetime | None) -> dict[str, Measure]:
    """Return the measures behind codes, in the version that counts.

    Raises
    ------
    UnknownMeasureError
        A code no app declares.
    """
    found: dict[str, Measure] = {}
    for code in codes:
        try:
            found |= {each.code: each for each in measures_of(code)}
        except KeyError:
            raise UnknownMeasureError(code) from None
    return at_moment(found, as_of)


def base_of(code: str) -> str:
    """Return the measure itself, or the denominator of an indicator."""
    found = catalogue()[code]
    return found.denominator if isinstance(found, Indicator) else code


def build(
    code: str,
    organisation: Organisation,
    period: Period,
    found: Mapping[str, Sum],
    measures: Mapping[str, Measure],
    *,
    units_expected: int | None,
    as_of: datetime | None,
    view: TreeView | None,
) -> Figure:
    """Put a figure together from the sums of its measures."""
    declared = catalogue()[code]
    base = found[base_of(code)]
    value: int | None = base.value if base.records or base.units else None
    denominator: int | None = None
    if isinstance(declared, Indicator):
        denominator = value
        value = None if denominator is None else found[declared.numerator].value
        kinds = measures[declared.denominator].kinds
        version, unit, least = declared.version, "", declared.least
    else:
        kinds = declared.kinds
        version, unit, least = measures[code].version, _unit(declared, value), 0
    return Figure(
        code=code,
        version=version,
        name=_word(declared, "name"),
        unit=unit,
        about=_word(declared, "about"),
        value=value,
        numerator=value,
        denominator=denominator,
        records=base.records,
        units_reported=base.units,
        units_expected=units_expected,
        period=period,
        as_of=as_of,
        url=address(code, organisation.code, period, as_of=as_of, view=view),
        verified=declared.verified,
        article=declared.article,
        least=least,
        kinds=kinds,
    )


def _word(declared: Measure | Indicator, name: str) -> str:
    """Return a text of a definition in the reader's language, or the other one."""
    english = (get_language() or "").startswith("en")
    first, second = ("en", "zh") if english else ("zh", "en")
    return str(
        getattr(declared, f"{name}_{first}") or getattr(declared, f"{name}_{second}")
    )


def _unit(declared: Measure, value: int | None) -> str:
    """Return the word for one or for many: ``case|cases`` in the definition."""
    one, _bar, many = _word(declared, "unit").partition("|")
    return one if value == 1 else many or one


def address(
    code: str,
    organisation_code: str,
    period: Period,
    *,
    as_of: datetime | None = None,
    view: TreeView | None = None,
) -> str:
    """Return the address that opens a figure onto its records."""
    asked = {"from": period.first.isoformat(), "to": period.last.isoformat()}
    if as_of is not None:
        asked["as_of"] = as_of.isoformat()
    if view is not None:
        asked["view"] = view.code
    return f"{_page(code, organisation_code, get_script_prefix())}?{urlencode(asked)}"


@lru_cache(maxsize=4096)
def _page(code: str, organisation_code: str, prefix: str) -> str:
    """Return the address without a period: a trend asks for the same one each month."""
    return reverse("figures:open", args=[code, organisation_code])


__all__ = [
    "Sums",
    "UnknownMeasureError",
    "address",
    "base_of",
    "build",
    "figure",
    "figures",
    "of_group",
    "trend",
    "wanted",
]
