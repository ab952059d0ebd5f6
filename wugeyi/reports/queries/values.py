"""The figures a form wants, read together: own ones in one go, those below by period."""

from collections.abc import Iterable
from datetime import date, datetime

from wugeyi.figures.queries import Figure, Period, by_child, trend
from wugeyi.organisations.models import Organisation
from wugeyi.reports.rules import limits

Wanted = tuple[int, str, date, date]
"""Organisation, code, first and last day."""
PAGE = 50


def read(
    organisation: Organisation,
    wanted: Iterable[Wanted],
    *,
    as_of: datetime | None = None,
) -> dict[Wanted, Figure]:
    """Return figures by what was wanted.

    A few queries for the organisation itself, a few more for each period wanted of the
    units below, whatever their number up to ``PAGE``.
    """
    own: dict[str, set[Period]] = {}
    below: dict[Period, set[str]] = {}
    for unit, code, first, last in wanted:
        if unit == organisation.pk:
            own.setdefault(code, set()).add(Period(first, last))
        else:
            below.setdefault(Period(first, last), set()).add(code)
    found: dict[Wanted, Figure] = {}
    if own:
        periods = sorted({period for each in own.values() for period in each})
        series = trend(sorted(own), organisation, periods, as_of=as_of)
        for period, figures in zip(periods, series, strict=True):
            for code, figure in figures.items():
                found[organisation.pk, code, period.first, period.last] = figure
    for period, codes in below.items():
        _below(organisation, period, sorted(codes), as_of, found)
    return found


def _below(
    organisation: Organisation,
    period: Period,
    codes: list[str],
    as_of: datetime | None,
    found: dict[Wanted, Figure],
) -> None:
    after = ""
    for _page in range(limits.MAX_PLACES // PAGE + 1):
        page = by_child(
            codes, organisation, period, after_code=after, limit=PAGE, as_of=as_of
        )
        for child in page:
            for code, figure in child.figures.items():
                found[child.organisation.pk, code, period.first, period.last] = figure
        if len(page) < PAGE:
            return
        after = page[-1].organisation.code
