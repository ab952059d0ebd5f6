"""Fields the forms of holdings share."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, Generic, TypeVar

from django import forms
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from wugeyi.buslines.forms.fields import Scaled, not_far
from wugeyi.projects.forms.fields import MoneyField, day, plain, words
from wugeyi.projects.rules.money import write_yuan

__all__ = [
    "CodeField",
    "Month",
    "Percent",
    "RowField",
    "Shares",
    "local_day",
    "money",
    "pick",
    "plain",
    "words",
    "write_yuan",
]

Row = TypeVar("Row", bound=Model)
MOST_ROWS = 500


def local_day(label: Any, **more: Any) -> forms.DateField:
    """Return a field for a day nobody mistypes by a century."""
    return day(label, validators=[not_far], **more)


def money(label: Any, *, needed: bool = True, **more: Any) -> MoneyField:
    """Return a field for yuan, 0 or more, to the fen; gives fen."""
    more.setdefault("help_text", _("单位：元，最多两位小数；也可以写“115万元”。"))
    return MoneyField(label=label, required=needed, least=0, **more)


def pick(
    label: Any, names: Iterable[tuple[Any, Any]], **more: Any
) -> forms.ChoiceField:
    """Return a field that picks one of a few codes by its card."""
    more.setdefault("widget", forms.RadioSelect)
    return forms.ChoiceField(label=label, choices=list(names), **more)


class Shares(Scaled):
    """Shares with at most two decimals; gives hundredths."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(most=10**8, **kwargs)


class Percent(Scaled):
    """Percent with at most two decimals; gives hundredths of a percent."""


class CodeField(forms.RegexField):
    """The code of an item: letters, digits, point, dash, underscore; 20 at most."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            r"^[A-Za-z0-9][A-Za-z0-9._-]{0,19}$",
            error_messages={
                "invalid": _("代码只用字母、数字、点、横线，最多 20 位，例如 ZC0001。")
            },
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
            **kwargs,
        )


class Month(forms.CharField):
    """A month; gives it as ``books.rules.months`` counts."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"type": "month", "autocomplete": "off"})
        )
        super().__init__(max_length=7, **kwargs)

    def clean(self, value: Any) -> Any:
        """Return the month's number, None where nothing was typed."""
        text = str(super().clean(value)).strip()
        if not text:
            return None
        year, _dash, month = text.replace("/", "-").partition("-")
        plain_digits = year.isascii() and year.isdigit() and month.isascii()
        if not (plain_digits and month.isdigit()):
            raise forms.ValidationError(_("请写成 2024-03 这样的年月。"), "invalid")
        number = int(year) * 12 + int(month) - 1
        if not 1 <= int(month) <= 12 or not 1990 <= int(year) <= 2099:
            raise forms.ValidationError(_("请写成 2024-03 这样的年月。"), "invalid")
        return number

    def prepare_value(self, value: Any) -> Any:
        """Show a number as year and month."""
        if isinstance(value, int):
            return f"{value // 12}-{value % 12 + 1:02d}"
        return value


class RowField(forms.TypedChoiceField, Generic[Row]):
    """One row of a short list; gives the row, or None where nothing was picked.

    The list is told to :meth:`offer` when the form is made.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=self._row, empty_value=None, **kwargs)
        self.rows: dict[str, Row] = {}

    def offer(
        self,
        rows: Iterable[Row],
        *,
        empty: Any = None,
        name: Callable[[Row], str] = str,
    ) -> None:
        """Say which rows may be picked."""
        self.rows = {str(row.pk): row for row in rows}
        named = [(key, name(row)) for key, row in self.rows.items()]
        self.choices = [("", _("没有") if empty is None else empty), *named]

    def _row(self, key: str) -> Row:
        return self.rows[key]

    def __deepcopy__(self, memo: dict[int, Any]) -> "RowField[Row]":
        copied: RowField[Row] = super().__deepcopy__(memo)
        copied.coerce = copied._row
        copied.rows = {}
        return copied

    def prepare_value(self, value: Any) -> Any:
        """Show a row by its key."""
        return str(value.pk) if isinstance(value, Model) else value


def year_before(today: date) -> int:
    """Return the year that is over."""
    return today.year - 1
