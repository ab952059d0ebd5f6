"""Fields the forms of sharing share."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wugeyi.buslines.forms.fields import not_far
from wugeyi.casework.forms.fields import CleanLine
from wugeyi.casework.rules.intake import read_phone
from wugeyi.projects.forms.fields import day, plain, words
from wugeyi.sharing.rules.times import NotHours, Span, clock, read_spans, write_spans

__all__ = ["Phone", "Spans", "clock_field", "local_day", "pick", "plain", "words"]


def local_day(label: Any, **more: Any) -> forms.DateField:
    """Return a field for a day nobody mistypes by a century."""
    return day(label, validators=[not_far], **more)


def pick(
    label: Any, names: Iterable[tuple[Any, Any]], **more: Any
) -> forms.ChoiceField:
    """Return a field that picks one of a few codes by its card."""
    more.setdefault("widget", forms.RadioSelect)
    return forms.ChoiceField(label=label, choices=list(names), **more)


def clock_field(label: Any, parts: Iterable[int]) -> forms.TypedChoiceField:
    """Return a field that picks a half hour; gives its number."""
    return forms.TypedChoiceField(
        label=label,
        coerce=int,
        choices=[(part, clock(part)) for part in parts],
        error_messages={"invalid_choice": _("请从列表里选一个时间。")},
    )


class Phone(CleanLine):
    """A telephone number; gives it without separators."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"autocomplete": "tel", "inputmode": "tel", "type": "tel"}
        super().__init__(max_length=30, widget=forms.TextInput(attrs=attrs), **kwargs)

    def clean(self, value: Any) -> str:
        """Return the number, empty where nothing was typed."""
        typed = str(super().clean(value))
        if not typed:
            return ""
        number = read_phone(typed)
        if number is None:
            raise forms.ValidationError(
                _("这不像电话号码。请写手机号，或者带区号的座机。"), "phone"
            )
        return number


class Spans(forms.CharField):
    """Opening hours of a day; gives spans of half hours, none where nothing was typed."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"autocomplete": "off"}))
        super().__init__(required=False, max_length=80, **kwargs)

    def clean(self, value: Any) -> Any:
        """Return the spans."""
        typed = str(super().clean(value))
        try:
            return read_spans(typed)
        except NotHours as problem:
            raise forms.ValidationError(
                _("请写成 9:00-12:00、14:00-17:30 这样，整点或半点，结束在开始以后。"),
                "hours",
            ) from problem

    def prepare_value(self, value: Any) -> Any:
        """Show spans as people write them."""
        return value if isinstance(value, str) else write_spans(value or ())


def single(spans: tuple[Span, ...]) -> Span | None:
    """Return the one span of a day, None where there is none."""
    return (spans[0][0], spans[-1][1]) if spans else None
