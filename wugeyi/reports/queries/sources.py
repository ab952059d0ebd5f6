"""The sheet of sources that goes with every exported form: cell by cell, with its address."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from wugeyi.reports import adapter
from wugeyi.reports.models import Cell, Filling
from wugeyi.reports.queries.review import link
from wugeyi.reports.rules.answers import harmless
from wugeyi.ui import phrases


def rows(filling: Filling, cells: Iterable[Cell], *, base: str) -> list[list[str]]:
    """Return the rows of the sheet of sources, its header first.

    ``base`` is the address of this site, so that links work from the file.
    """
    made = [
        [
            _("格子"),
            _("填的是什么"),
            _("值"),
            _("单位"),
            _("指标"),
            _("所属单位"),
            _("所属时间"),
            _("来源"),
            _("记录截至"),
            _("谁、何时"),
            _("打开记录"),
        ]
    ]
    for cell in cells:
        if cell.value or cell.source != Cell.Source.LEFT:
            made.append([harmless(text) for text in _row(cell, filling, base)])
    return made


def _row(cell: Cell, filling: Filling, base: str) -> list[str]:
    value = cell.value or _("无记录")
    if cell.denominator:
        value = f"{value}({cell.numerator}/{cell.denominator})"
    if cell.rounded:
        value = _("%(value)s（已四舍五入）") % {"value": value}
    unit = cell.organisation
    figure = cell.source == Cell.Source.FIGURE
    return [
        cell.where,
        cell.label,
        value,
        cell.unit if cell.is_number else "",
        f"{adapter.name_of(cell.code)} v{cell.version}({cell.code})" if figure else "",
        f"{unit.name} {unit.code}" if unit else "",
        f"{cell.first:%Y-%m-%d}—{cell.last:%Y-%m-%d}",
        str(cell.get_source_display()),
        _moment(filling.as_of) if figure else "",
        _who(cell),
        f"{base}{link(cell, filling.as_of)}" if figure else "",
    ]


def _who(cell: Cell) -> str:
    if cell.known is not None:
        return f"{cell.known.recorded_by.name} {_moment(cell.known.recorded_at)}"
    if cell.done_by is not None and cell.done_at is not None:
        return f"{cell.done_by.name} {_moment(cell.done_at)}"
    return ""


def _moment(at: datetime) -> str:
    return phrases.moment(timezone.localtime(at))
