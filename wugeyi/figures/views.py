"""A figure opened: what it means, its parts, its course, and the records behind it."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import xlsxwriter
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wugeyi.figures import naming, queries
from wugeyi.figures.catalogue import catalogue
from wugeyi.figures.forms import AskForm
from wugeyi.figures.queries.figures import base_of
from wugeyi.figures.rules.figures import Figure
from wugeyi.figures.rules.periods import Period
from wugeyi.organisations.models import Organisation
from wugeyi.organisations.queries import lineage
from wugeyi.organisations.queries.views import views_holding
from wugeyi.organisations.rules import Reach, Role

MOST_MONTHS = 24
CHILDREN = 50
BOM = "\ufeff"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Asked:
    """What one address asks for."""

    code: str
    organisation: Organisation
    form: AskForm
    today: date

    @property
    def how(self) -> dict[str, Any]:
        """Return what every reading takes."""
        return {"as_of": self.form.as_of, "view": self.form.view}

    def figure(self) -> Figure:
        """Return the figure itself."""
        return queries.figure(
            self.code, self.organisation, self.form.period, **self.how
        )

    def course(self) -> list[Figure]:
        """Return the figure of each month, of each year if there are many months."""
        periods = self.form.period.months()
        if len(periods) > MOST_MONTHS:
            periods = self.form.period.years()
        rows = queries.trend([self.code], self.organisation, periods, **self.how)
        return [row[self.code] for row in rows]

    def children(self, after: str) -> list[queries.Child]:
        """Return the figure of the units right below, one more than a page."""
        if self.form.view is not None:
            return []
        return queries.by_child(
            [self.code],
            self.organisation,
            self.form.period,
            after_code=after,
            limit=CHILDREN + 1,
            as_of=self.form.as_of,
        )

    def parts(self) -> list[tuple[str, int]]:
        """Return the parts by what they are called."""
        found = queries.parts(
            self.code, self.organisation, self.form.period, **self.how
        )
        measure = catalogue().measures[base_of(self.code)]
        names = naming.names(
            measure.source, measure.dimension, [each.dimension for each in found]
        )
        return [
            (names[each.dimension] if each.dimension else _("未注明"), each.value)
            for each in found
        ]


def _asked(request: HttpRequest, code: str, unit: str) -> Asked:
    """Read an address; figures are for everybody who holds a post."""
    reach: Reach = request.reach  # type: ignore[attr-defined]
    if not reach.holds(*Role):
        raise PermissionDenied(
            _("您现在的岗位不包括这一项。请联系本单位管理员核对岗位。")
        )
    if code not in catalogue():
        raise Http404
    organisation = get_object_or_404(Organisation, code=unit)
    today = timezone.localdate()
    form = AskForm(
        request.GET, today=today, views=views_holding(organisation, on=today)
    )
    form.is_valid()
    return Asked(code, organisation, form, today)


@require_safe
@login_required
def opened(request: HttpRequest, code: str, unit: str) -> HttpResponse:
    """Show a figure with everything behind it."""
    asked = _asked(request, code, unit)
    children = asked.children(request.GET.get("child", ""))
    more = children[CHILDREN - 1].organisation.code if children[CHILDREN:] else ""
    context = {
        "now": timezone.now(),
        "organisation": asked.organisation,
        "lineage": lineage(asked.organisation),
        "form": asked.form,
        "period": asked.form.period,
        "periods": _usual(asked.today),
        "figure": asked.figure(),
        "base": catalogue().measures[base_of(code)],
        "parts": asked.parts(),
        "course": asked.course(),
        "children": [(each.organisation, each.figures[code]) for each in children][
            :CHILDREN
        ],
        "more_children": more,
        "behind": queries.records(
            code,
            asked.organisation,
            asked.form.period,
            reach=request.reach,  # type: ignore[attr-defined]
            today=asked.today,
            after=request.GET.get("after", ""),
            **asked.how,
        ),
        "asked": _query(request, "child", "after"),
        "quoted": queries.quoted_for(asked.organisation).filter(measure=code),
    }
    response = render(request, "figures/open.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


@require_safe
@login_required
def as_csv(request: HttpRequest, code: str, unit: str) -> HttpResponse:
    """Send the figure, its course and the units below as CSV."""
    asked = _asked(request, code, unit)
    text = io.StringIO()
    text.write(BOM)
    csv.writer(text).writerows(_lines(asked))
    return HttpResponse(
        text.getvalue(),
        content_type="text/csv; charset=utf-8",
        headers=_headers(asked, "csv"),
    )


@require_safe
@login_required
def as_xlsx(request: HttpRequest, code: str, unit: str) -> HttpResponse:
    """Send the same as XLSX."""
    asked = _asked(request, code, unit)
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"strings_to_formulas": False})
    page = book.add_worksheet()
    page.set_column(0, 0, 34)
    page.set_column(1, 6, 16)
    for number, line in enumerate(_lines(asked)):
        for place, value in enumerate(line):
            page.write(number, place, value)
    book.close()
    return HttpResponse(
        file.getvalue(), content_type=XLSX, headers=_headers(asked, "xlsx")
    )


def _headers(asked: Asked, form: str) -> dict[str, str]:
    name = f"{asked.code}-{asked.organisation.code}.{form}"
    return {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "no-store",
    }


def _lines(asked: Asked) -> Iterator[list[object]]:
    figure = asked.figure()
    yield [figure.name, asked.organisation.name, str(figure.period)]
    yield [figure.about]
    as_of = asked.form.as_of
    moment = timezone.localtime(as_of).isoformat(" ", "seconds") if as_of else ""
    yield [_("定义版本"), figure.version, _("按何时的记录"), moment or _("现在")]
    yield []
    heads = [_("数值"), _("分子"), _("分母"), _("有记录的单位"), _("应有的单位")]
    yield ["", *heads]
    yield [_("合计"), *_cells(figure)]
    for each in asked.course():
        yield [str(each.period), *_cells(each)]
    yield []
    for name, value in asked.parts():
        yield [name, value]
    yield []
    after = ""
    while children := asked.children(after):
        for child in children[:CHILDREN]:
            yield [child.organisation.name, *_cells(child.figures[asked.code])]
        if len(children) <= CHILDREN:
            return
        after = children[CHILDREN - 1].organisation.code


def _cells(figure: Figure) -> list[object]:
    value: object = figure.percent if figure.is_share else figure.value
    if not figure.recorded:
        value = _("无记录")
    share = [figure.numerator, figure.denominator] if figure.is_share else ["", ""]
    return [
        "" if each is None else each
        for each in (value, *share, figure.units_reported, figure.units_expected)
    ]


def _usual(today: date) -> list[tuple[str, Period]]:
    month = Period.month(today.year, today.month)
    return [
        (_("本月"), month),
        (_("上月"), month.previous),
        (_("本季度"), Period.quarter(today.year, (today.month + 2) // 3)),
        (_("今年"), Period.year(today.year)),
        (_("去年"), Period.year(today.year - 1)),
        (_("近十二个月"), Period.ending(today)),
    ]


def _query(request: HttpRequest, *without: str) -> str:
    """Return what the address asks for, to be carried on."""
    query = request.GET.copy()
    for name in without:
        query.pop(name, None)
    return query.urlencode()
