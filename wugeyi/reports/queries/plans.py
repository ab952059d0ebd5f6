"""What would go into each cell of a form: the match, the figure or answer, and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from wugeyi.figures.queries import Figure
from wugeyi.organisations.models import Organisation
from wugeyi.reports import adapter
from wugeyi.reports.adapter import Certainty, Match, ReadForm
from wugeyi.reports.models import Cell, Form, Known
from wugeyi.reports.queries import values
from wugeyi.reports.queries.memory import known_answers, learned_for
from wugeyi.reports.queries.places import Places, places
from wugeyi.reports.rules.answers import harmless, lasting_key
from wugeyi.ui import phrases

Source = Cell.Source


@dataclass(frozen=True, slots=True)
class Errand:
    """For whom and when a form is filled, and by whom."""

    form: Form
    organisation: Organisation
    first: date
    last: date
    filler: str
    at: datetime


def plan(read: ReadForm, errand: Errand) -> list[Cell]:
    """Return the cells of a form, not saved, with what is on record already in them.

    Only what is certain is filled; what is merely likely carries its figure so that a
    person can compare before confirming.
    """
    own = errand.organisation
    units = places(own, on=errand.last)
    matches = adapter.match(
        read,
        learned=learned_for(errand.form, own),
        first=errand.first,
        last=errand.last,
        places=units.names(),
    )
    cells = [
        _cell(number, match, errand, units) for number, match in enumerate(matches, 1)
    ]
    _part_doubles(cells, errand.form)
    wanted = {of for cell in cells if (of := wanted_by(cell)) is not None}
    figures = values.read(own, wanted)
    answers = known_answers(cells)
    for cell, match in zip(cells, matches, strict=True):
        settle(cell, match, errand, units, figures, answers)
    return cells


def _part_doubles(cells: list[Cell], form: Form) -> None:
    """Keep two cells under the very same words apart: one answer must not fill both."""
    seen: dict[tuple[int | None, str, date, date], list[Cell]] = {}
    for cell in cells:
        same = (cell.organisation_id, cell.key, cell.first, cell.last)
        seen.setdefault(same, []).append(cell)
    for doubles in seen.values():
        for cell in doubles if len(doubles) > 1 else []:
            cell.key = f"{form.pk}#{cell.key}@{cell.address}"[-320:]


def wanted_by(cell: Cell) -> values.Wanted | None:
    """Return the figure a cell needs, None for a text or a cell nobody knows."""
    if not cell.code or cell.code.startswith("@") or cell.organisation_id is None:
        return None
    return cell.organisation_id, cell.code, cell.first, cell.last


def _cell(number: int, match: Match, errand: Errand, units: Places) -> Cell:
    span = match.span
    reason = match.reasons[-1] if match.reasons else None
    cell = Cell(
        number=number,
        sheet=match.field.sheet[:80],
        address=match.field.address,
        inline=match.field.inline[:20],
        label=match.field.label[:300],
        key=lasting_key(match.key, errand.form.pk)[:320],
        certainty=str(match.certainty),
        code=match.term.code if match.term else "",
        others=" ".join(term.code for term in match.others)[:200],
        why=reason.code if reason else "",
        why_value=reason.value[:200] if reason else "",
        why_other=reason.other[:200] if reason else "",
        unit=match.unit,
        organisation=units.of(match),
        first=span.first if span else errand.first,
        last=span.last if span else errand.last,
    )
    if match.field.subject and not match.place:
        # Nobody here has this name: no figure is looked up, a person may fill it in.
        cell.key = f"{errand.form.pk}#{match.field.subject}>{match.key}"[:320]
        cell.code, cell.others, cell.certainty = "", "", "none"
        cell.why, cell.why_value = "unknown_place", match.field.subject[:200]
    return cell


def settle(
    cell: Cell,
    match: Match,
    errand: Errand,
    units: Places,
    figures: Mapping[values.Wanted, Figure],
    answers: Mapping[tuple[int, str, date, date], Known],
) -> None:
    """Put what is on record into a cell that was just made."""
    if cell.organisation is None:
        cell.source, cell.why = Source.LEFT, "no_unit_for_line"
        return
    if cell.code.startswith("@"):
        if match.certainty is Certainty.CERTAIN:
            put_text(cell, _text(cell.code, cell.organisation, errand, units))
    elif of := wanted_by(cell):
        take_figure(cell, figures.get(of), certain=match.certainty is Certainty.CERTAIN)
    if cell.source == Source.NONE:
        answer = answers.get((cell.organisation.pk, cell.key, cell.first, cell.last))
        if answer is not None:
            put_answer(cell, answer)


def put_text(cell: Cell, text: str) -> None:
    """Write a text of our own records."""
    if text:
        cell.source, cell.value = Source.TEXT, harmless(text)[:300]
    else:
        cell.why = "no_record"


def _text(code: str, unit: Organisation, errand: Errand, units: Places) -> str:
    if code in {"@organisation", adapter.ROW}:
        return unit.name
    if code == "@code":
        return unit.code
    if code == "@secretary":
        return units.secretaries.get(unit.pk, "")
    if code == "@filler":
        return errand.filler
    if code == "@fill_date":
        return phrases.day(timezone.localdate(errand.at))
    return _("%(first)s至%(last)s") % {
        "first": phrases.day(errand.first),
        "last": phrases.day(errand.last),
    }


def take_figure(cell: Cell, figure: Figure | None, *, certain: bool) -> None:
    """Write a figure into its cell; one that is not certain is only noted beside it."""
    if figure is None or figure.value is None:
        if certain:
            cell.why = "no_record"
        return
    cell.version = figure.version
    cell.figure, cell.numerator = figure.value, figure.numerator
    cell.denominator = figure.denominator
    written = written_of(figure, cell.unit)
    if written is None:
        cell.why = "few" if figure.is_share else "unit_differs"
        return
    if certain:
        cell.source, cell.is_number = Source.FIGURE, True
        cell.value, cell.rounded = written.text, written.rounded


def written_of(figure: Figure, unit: str) -> adapter.Written | None:
    """Write a figure in a cell's unit; None for a share of too few, or another unit."""
    if figure.value is None:
        return None
    if not figure.is_share:
        own = adapter.unit_of(figure.code)
        return adapter.in_unit(figure.value, own, unit)
    if not figure.denominator or figure.denominator < figure.least:
        return None
    return adapter.share(figure.value, figure.denominator, unit)


def put_answer(cell: Cell, answer: Known) -> None:
    """Write what somebody answered before, for the same thing and the same days."""
    amount = adapter.same_amount(answer.value, answer.unit, cell.unit)
    if amount is None:
        return
    cell.source, cell.known = Source.KNOWN, answer
    cell.value, cell.rounded = amount.text, amount.rounded
    cell.is_number = adapter.is_number(amount.text)
