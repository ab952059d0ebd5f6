"""Which period the statements of an exported workbook are of."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

_FORMATS = ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日"]


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        input_formats=_FORMATS,
        error_messages={"invalid": _("请写成 2024-03-31 这样的日期。")},
    )


class PeriodForm(forms.Form):
    """First and last day."""

    first = _day(_("报表从哪天"))
    last = _day(_("到哪天"))

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins."""
        data = super().clean() or {}
        first, last = data.get("first"), data.get("last")
        if first and last and last < first:
            self.add_error("last", _("最后一天早于第一天，请换过来。"))
        return data
