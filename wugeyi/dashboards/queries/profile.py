"""The five-ones page of one organisation: cells of figures, and what was quoted."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from wugeyi.dashboards.rules.choosing import Chosen
from wugeyi.dashboards.rules.layout import Cell
from wugeyi.figures import queries as figures
from wugeyi.figures.models import QuotedFigure
from wugeyi.figures.rules import Figure, Period
from wugeyi.organisations.models import Organisation, TreeView

YEAR = re.compile(r"(20\d\d)年")


@dataclass(frozen=True, slots=True)
class Entry:
    """A figure with its small line, oldest first."""

    figure: Figure
    points: Sequence[Figure]


@dataclass(frozen=True, slots=True)
class Quote:
    """A printed figure, and the computed one that may be compared with it."""

    quoted: QuotedFigure
    counterpart: Figure | None


@dataclass(frozen=True, slots=True)
class Filled:
    """One of the five cells."""

    cell: Cell
    entries: Sequence[Entry]
    quotes: Sequence[Quote]


@dataclass(frozen=True, slots=True)
class Row:
    """An organisation right below, with its figures in the order of the columns."""

    organisation: Organisation
    figures: Sequence[Figure]


@dataclass(frozen=True, slots=True)
class Below:
    """A page of the organisations right below, by code; never by a number."""

    rows: Sequence[Row]
    after: str


def filled(
    organisation: Organisation,
    cells: Mapping[Cell, Sequence[str]],
    chosen: Chosen,
    *,
    as_of: datetime | None,
    view: TreeView | None,
) -> list[Filled]:
    """Return the five cells with figures, small lines and quoted figures.

    The number of queries does not depend on the organisation, nor on how much is on
    record.
    """
    quotes = list(figures.quoted_for(organisation))
    codes = _once(code for own in cells.values() for code in own)
    beside = [each.measure for each in quotes if each.measure]
    now = figures.figures(
        _once([*codes, *beside]), organisation, chosen.period, as_of=as_of, view=view
    )
    printed = _of_years(organisation, quotes, as_of)
    lines = figures.trend(codes, organisation, chosen.steps, as_of=as_of, view=view)
    return [
        Filled(
            cell,
            [Entry(now[code], [each[code] for each in lines]) for code in own],
            [
                Quote(
                    each,
                    printed.get((_year(each), each.measure), now.get(each.measure)),
                )
                for each in quotes
                if each.cell == cell
            ],
        )
        for cell, own in cells.items()
    ]


def _year(quoted: QuotedFigure) -> int:
    """Return the year a printed figure speaks of; 0 where it names none."""
    found = YEAR.match(quoted.period_text)
    return int(found[1]) if found else 0


def _of_years(
    organisation: Organisation, quotes: Sequence[QuotedFigure], as_of: datetime | None
) -> dict[tuple[int, str], Figure]:
    """Return the counterparts of what was printed for a year, counted in that year."""
    wanted: dict[int, list[str]] = {}
    for each in quotes:
        if each.measure and _year(each):
            wanted.setdefault(_year(each), []).append(each.measure)
    return {
        (year, code): figure
        for year, codes in wanted.items()
        for code, figure in figures.figures(
            codes, organisation, Period.year(year), as_of=as_of
        ).items()
    }


def below(
    organisation: Organisation,
    codes: Sequence[str],
    chosen: Chosen,
    *,
    after: str,
    limit: int,
    as_of: datetime | None,
) -> Below:
    """Return a page of the organisations right below with some figures."""
    rows = figures.by_child(
        codes,
        organisation,
        chosen.period,
        after_code=after,
        limit=limit + 1,
        as_of=as_of,
    )
    shown = [
        Row(each.organisation, [each.figures[code] for code in codes])
        for each in rows[:limit]
    ]
    more = len(rows) > limit
    return Below(shown, shown[-1].organisation.code if more else "")


def _once(codes: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(codes))
