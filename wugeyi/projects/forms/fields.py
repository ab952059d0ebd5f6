"""Fields the forms of projects share."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wugeyi.casework.forms.fields import CleanLine, CleanText
from wugeyi.projects.rules.money import NotMoney, read_fen


def plain(most: int, label: Any, **more: Any) -> "LineField":
    """Return a field for one line."""
    return LineField(label=label, max_length=most, **more)


def words(most: int, label: Any, *, rows: int = 3, **more: Any) -> CleanText:
    """Return a field for a few sentences."""
    return CleanText(
        label=label,
        max_length=most,
        widget=forms.Textarea(attrs={"rows": rows, "data-count": ""}),
        **more,
    )


def day(label: Any, **more: Any) -> forms.DateField:
    """Return a field for a date, with the browser's own calendar."""
    return forms.DateField(
        label=label,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        input_formats=["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日"],
        **more,
    )


class LineField(CleanLine):
    """One line that browsers do not fill in."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"autocomplete": "off"}))
        super().__init__(**kwargs)


class MoneyField(forms.CharField):
    """An amount as people type it (元, 万元, commas); gives integer fen."""

    def __init__(self, *, least: int | None = None, **kwargs: Any) -> None:
        self.least = least
        kwargs.setdefault("max_length", 30)
        kwargs.setdefault(
            "widget",
            forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        )
        super().__init__(**kwargs)

    def clean(self, value: Any) -> int | None:
        """Return fen; None where nothing was typed and nothing is needed."""
        typed = super().clean(value)
        if not typed:
            return None
        try:
            fen = read_fen(typed)
        except NotMoney as problem:
            raise forms.ValidationError(
                _("看不懂这个金额。请写数字，例如 1200.50 或 115万元，最小到分。"),
                "no_money",
            ) from problem
        if self.least is not None and fen < self.least:
            raise forms.ValidationError(_("金额不能小于 0。"), "negative")
        return fen


class NumberField(forms.DecimalField):
    """A measured value: up to fourteen digits and four decimals."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "widget",
            forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        )
        super().__init__(max_digits=18, decimal_places=4, **kwargs)

    def to_python(self, value: Any) -> Any:
        """Accept grouped digits; gives a Decimal or None."""
        typed = (
            value.replace(",", "").replace("，", "")
            if isinstance(value, str)
            else value
        )
        return super().to_python(typed)


class Key(forms.IntegerField):
    """The key of a row, carried along in a hidden field."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            required=False, min_value=1, max_value=2**63 - 1, localize=False, **kwargs
        )
