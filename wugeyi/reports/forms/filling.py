"""For whom and for which days a form is filled; what is typed into a cell."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wugeyi.figures.queries import Period
from wugeyi.organisations.forms.fields import UnitField
from wugeyi.reports.rules.answers import MAX_TEXT, is_formula, number_of

PARTS = (
    ("y", gettext_lazy("全年")),
    ("h1", gettext_lazy("上半年")),
    ("h2", gettext_lazy("下半年")),
    ("q1", gettext_lazy("一季度")),
    ("q2", gettext_lazy("二季度")),
    ("q3", gettext_lazy("三季度")),
    ("q4", gettext_lazy("四季度")),
    *((f"m{n}", format_lazy(gettext_lazy("{n} 月"), n=n)) for n in range(1, 13)),
)
EARLIEST, LATEST = 2000, 2100


class BeginForm(forms.Form):
    """For whom and when."""

    organisation = UnitField(label=gettext_lazy("替哪个单位填"))
    year = forms.IntegerField(
        label=gettext_lazy("哪一年"),
        min_value=EARLIEST,
        max_value=LATEST,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    part = forms.ChoiceField(label=gettext_lazy("哪一段"), choices=PARTS)

    def __init__(self, *args: Any, roots: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit = self.fields["organisation"]
        if isinstance(unit, UnitField):
            unit.roots = roots

    def period(self) -> Period:
        """Return the days; call it when the form is valid."""
        year, part = self.cleaned_data["year"], self.cleaned_data["part"]
        number = int(part[1:] or 0)
        make: dict[str, Any] = {
            "h": Period.half,
            "q": Period.quarter,
            "m": Period.month,
        }
        return Period.year(year) if part == "y" else make[part[0]](year, number)


def part_of(first: date, last: date) -> str:
    """Return the part of the year two days are, "y" for what is none of the choices."""
    for part, _name in PARTS:
        form = BeginForm()
        form.cleaned_data = {"year": first.year, "part": part}
        found = form.period()
        if (found.first, found.last) == (first, last):
            return part
    return "y"


def typed(value: str) -> str:
    """Return what was typed into a cell, numbers written plainly.

    Raises
    ------
    ValidationError
        Nothing, too long, or something a spreadsheet would compute.
    """
    text = " ".join(value.split())
    if not text:
        raise ValidationError(_("还没有填。没有就点“没有，空着”，不要填 0。"), "empty")
    if len(text) > MAX_TEXT:
        raise ValidationError(_("最多 %(most)s 个字。"), "too_long", {"most": MAX_TEXT})
    number = number_of(text)
    if number is not None:
        plain = f"{number:f}"
        return plain.rstrip("0").rstrip(".") if "." in plain else plain
    if is_formula(text):
        raise ValidationError(
            _("不能以 = + - @ 开头：表格软件会把它当公式算。请改一下开头。"), "formula"
        )
    return text
