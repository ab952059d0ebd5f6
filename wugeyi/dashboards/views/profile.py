"""The five ones of an organisation."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from wugeyi.dashboards import layouts, phrases
from wugeyi.dashboards.queries.profile import Below, Filled, Quote, below, filled
from wugeyi.dashboards.rules.drawing import Value
from wugeyi.dashboards.rules.layout import Cell
from wugeyi.dashboards.views.frame import Frame, address, frame_of, show, unit_or_404
from wugeyi.figures.rules import Figure
from wugeyi.figures.shown import Shown, shown, value_of
from wugeyi.organisations.views.staff import StaffRequest, staff

PAGE = 20


@dataclass(frozen=True, slots=True)
class Line:
    """One figure of a cell as the page writes it."""

    figure: Figure
    shown: Shown
    values: list[Value]
    steps: list[Shown]


@dataclass(frozen=True, slots=True)
class Printed:
    """A quoted figure in the reader's language, beside the computed one."""

    quote: Quote
    text: str
    subject: str
    unit: str
    elsewhere: bool
    counterpart: Shown | None
    days: str


@dataclass(frozen=True, slots=True)
class CellShown:
    """A cell as the page writes it."""

    place: int
    key: str
    name: Promise
    about: Promise
    lines: list[Line]
    printed: list[Printed]
    url: str
    current: bool
    recorded: int


@require_safe
@staff()
def profile(request: StaffRequest, code: str) -> HttpResponse:
    """Show the five cells, each computed, with what lies below."""
    frame = frame_of(request, unit_or_404(code))
    cells = layouts.profile().of(frame.organisation.kind)
    found = filled(
        frame.organisation, cells, frame.chosen, as_of=frame.as_of, view=frame.view
    )
    cell = _cell(request.GET.get("cell", ""))
    rows = below(
        frame.organisation,
        cells[cell],
        frame.chosen,
        after=request.GET.get("after", "")[:40],
        limit=PAGE,
        as_of=frame.as_of,
    )
    return show(
        request,
        "profile.html",
        frame,
        {
            "cells": [
                _shown(frame, place, each, current=each.cell is cell)
                for place, each in enumerate(found, 1)
            ],
            "steps": [
                phrases.full(each, frame.chosen.grain, frame.chosen.today)
                for each in frame.chosen.steps
            ],
            "below": _rows(frame, rows),
            "columns": [each.figure for each in _of(found, cell).entries],
            "cell_name": phrases.CELLS[cell],
            "older_url": frame.address("profile", cell=cell, after=rows.after)
            + "#below"
            if rows.after
            else "",
            "first_url": frame.address("profile", cell=cell) + "#below"
            if request.GET.get("after")
            else "",
        },
        "profile",
    )


def _cell(text: str) -> Cell:
    return Cell(text) if text in set(Cell) else Cell.LEADERSHIP


def _of(found: list[Filled], cell: Cell) -> Filled:
    return next(each for each in found if each.cell is cell)


def _shown(frame: Frame, place: int, each: Filled, *, current: bool) -> CellShown:
    lines = [
        Line(
            entry.figure,
            shown(entry.figure),
            [value_of(point) for point in entry.points],
            [shown(point) for point in entry.points],
        )
        for entry in each.entries
    ]
    return CellShown(
        place=place,
        key=each.cell.value,
        name=phrases.CELLS[each.cell],
        about=phrases.ABOUT[each.cell],
        lines=lines,
        printed=[_printed(frame, quote) for quote in each.quotes],
        url=frame.address("profile", cell=each.cell.value) + "#below",
        current=current,
        recorded=sum(line.figure.recorded for line in lines),
    )


def _printed(frame: Frame, quote: Quote) -> Printed:
    english = (get_language() or "").startswith("en")
    row = quote.quoted
    subject = row.subject_en if english else row.subject_zh
    return Printed(
        quote=quote,
        text=row.text_en if english else row.text_zh,
        subject=subject,
        unit=row.unit_en if english else row.unit_zh,
        elsewhere=row.subject_zh != frame.organisation.name,
        counterpart=shown(quote.counterpart) if quote.counterpart else None,
        days=phrases.days(quote.counterpart.period) if quote.counterpart else "",
    )


def _rows(frame: Frame, rows: Below) -> list[dict[str, object]]:
    return [
        {
            "name": row.organisation.name,
            "kind": row.organisation.get_kind_display(),
            "gone": row.organisation.valid_to is not None,
            "url": address("profile", row.organisation.code, frame.chosen),
            "figures": [(each, shown(each)) for each in row.figures],
        }
        for row in rows.rows
    ]
