"""Fields of records: times after midnight, yuan, metres, days, text of one line."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wugeyi.buslines.rules.minutes import clock, read_minute


class Minute(forms.CharField):
    """A time of the day of operation; gives minutes from midnight.

    ``25:10`` and ``次日1:10`` are both ten past one in the night after it.
    """

    default_error_messages = {
        "invalid": _("请写成 06:30 这样的时间；过了零点写 25:10 或次日 1:10。")
    }

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "numeric", "autocomplete": "off", "size": "8"}
        widget = forms.TextInput(attrs=attrs)
        super().__init__(**{"max_length": 12, "widget": widget, **kwargs})

    def clean(self, value: Any) -> Any:
        """Return the minute, None where nothing was typed."""
        text = str(super().clean(value)).strip()
        if not text:
            return None
        minute = read_minute(text)
        if minute is None:
            raise forms.ValidationError(self.error_messages["invalid"], "invalid")
        return minute

    def prepare_value(self, value: Any) -> Any:
        """Show a minute as it is typed."""
        return clock(value) if isinstance(value, int) else value


class Scaled(forms.DecimalField):
    """A number kept as a whole multiple of a smaller unit; ``scale`` of them are one."""

    scale = 100
    places = 2

    def __init__(self, *, least: int = 0, most: int, **kwargs: Any) -> None:
        super().__init__(
            min_value=Decimal(least) / self.scale,
            max_value=Decimal(most) / self.scale,
            decimal_places=self.places,
            widget=forms.TextInput(
                attrs={"inputmode": "decimal", "autocomplete": "off"}
            ),
            **kwargs,
        )

    def clean(self, value: Any) -> Any:
        """Return whole units, None where nothing was typed."""
        typed = super().clean(value)
        return None if typed is None else int(typed * self.scale)

    def prepare_value(self, value: Any) -> Any:
        """Show larger units for what is kept in smaller ones."""
        if isinstance(value, int):
            return f"{Decimal(value) / self.scale:f}"
        return value


class Yuan(Scaled):
    """Yuan; gives fen."""


class Metres(Scaled):
    """Metres; gives centimetres."""


EARLIEST, LATEST = date(1900, 1, 1), date(2099, 12, 31)


def not_far(day: date) -> None:
    """Refuse days nobody means, and that no calendar can reckon with.

    Raises
    ------
    ValidationError
        Before 1900 or after 2099.
    """
    if not EARLIEST <= day <= LATEST:
        raise forms.ValidationError(_("这个日期太远了，请核对年份。"), "far")


class Day(forms.DateField):
    """A day."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(**{"widget": widget, "validators": [not_far], **kwargs})


def whole(label: Any, limits: tuple[int, int], **more: Any) -> forms.IntegerField:
    """Return a field for a whole number within limits."""
    return forms.IntegerField(
        label=label, min_value=limits[0], max_value=limits[1], **more
    )
