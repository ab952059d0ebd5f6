"""The dashboard of an organisation: now, in a period, month by month, place by place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from wugeyi.casework.models import Category
from wugeyi.dashboards.rules.board import Board
from wugeyi.dashboards.rules.choosing import Chosen
from wugeyi.figures import queries as figures
from wugeyi.figures.rules import Figure, Period
from wugeyi.organisations.models import Area, Organisation, TreeView
from wugeyi.organisations.rules import Reach


@dataclass(frozen=True, slots=True)
class Numbers:
    """The figures of the period, and those of each month that ends with it."""

    now: Mapping[str, Figure]
    months: Sequence[Period]
    lines: Sequence[Mapping[str, Figure]]


def numbers(
    board: Board,
    organisation: Organisation,
    chosen: Chosen,
    *,
    as_of: datetime | None,
    view: TreeView | None,
) -> Numbers:
    """Return every figure of a dashboard; the number of queries is fixed."""
    months = Period.ending(chosen.period.last).months()
    drawn = list(dict.fromkeys(c for chart in board.charts for c in chart.codes))
    return Numbers(
        figures.figures(
            board.codes, organisation, chosen.period, as_of=as_of, view=view
        ),
        months,
        figures.trend(drawn, organisation, months, as_of=as_of, view=view),
    )


def sorts(
    organisation: Organisation,
    chosen: Chosen,
    *,
    as_of: datetime | None,
    view: TreeView | None,
) -> list[tuple[str, int]]:
    """Return how many needs there were of each sort, in the order of the categories."""
    found = {
        part.dimension: part.records
        for part in figures.parts(
            "cases", organisation, chosen.period, as_of=as_of, view=view
        )
    }
    return [
        (str(each), found[each.code])
        for each in Category.objects.all()
        if each.code in found
    ]


def own_units(reach: Reach) -> list[Organisation]:
    """Return the organisations one holds a post in, in the order of the tree."""
    held = {each.organisation_id for each in reach.holdings}
    return list(Organisation.objects.filter(pk__in=held).order_by("path"))


def has_outlines(organisation: Organisation) -> bool:
    """Tell whether there is a map of what lies right below; one query."""
    return Area.objects.filter(
        organisation__parent=organisation, organisation__valid_to=None
    ).exists()
