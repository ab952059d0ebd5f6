"""Fields of stations: a day's times, days, states."""

from datetime import date
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wugeyi.stations.rules.hours import BadHours, Span, read

HOURS: dict[str, Promise] = {
    "unread": gettext_lazy("“%(value)s”看不懂。请写成 8:00-22:00，不开就写“休息”。"),
    "past_24": gettext_lazy(
        "“%(value)s”里没有这个钟点，一天只到 24:00。过了零点请写成 18:00-次日2:00。"
    ),
    "backwards": gettext_lazy(
        "“%(value)s”关门比开门还早。开过零点的请写成 18:00-次日2:00。"
    ),
    "overlap": gettext_lazy("“%(value)s”里有两段时间重叠了，请核对。"),
    "too_long": gettext_lazy("“%(value)s”超过一整天了。整天都开请写“全天”。"),
    "too_many": gettext_lazy("“%(value)s”太多段了，一天最多写 4 段。"),
}
WEEKDAYS = (
    gettext_lazy("周一"),
    gettext_lazy("周二"),
    gettext_lazy("周三"),
    gettext_lazy("周四"),
    gettext_lazy("周五"),
    gettext_lazy("周六"),
    gettext_lazy("周日"),
)


def told(bad: BadHours) -> str:
    """Say what is wrong with times."""
    return str(HOURS[bad.code]) % {"value": bad.value}


class HoursField(forms.CharField):
    """A day's times as people write them; gives spans."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("max_length", 80)
        kwargs.setdefault("widget", forms.TextInput(attrs={"autocomplete": "off"}))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> list[Span] | None:
        """Read the times; None where nothing was written."""
        text = super().clean(value)
        if not text.strip():
            return None
        try:
            return read(text)
        except BadHours as bad:
            raise forms.ValidationError(told(bad)) from bad


def day(label: Any, **more: Any) -> forms.DateField:
    """Return a field for a day."""
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        **more,
    )


class DaysField(forms.CharField):
    """Some days, separated by spaces, commas or lines; 5.1-5.3 are three."""

    def clean(self, value: Any) -> list[date]:
        """Read the days."""
        text = super().clean(value)
        for sign in "，、,;；\n\r":
            text = text.replace(sign, " ")
        found = []
        for word in text.split():
            try:
                found.append(date.fromisoformat(word.replace("/", "-")))
            except ValueError:
                raise forms.ValidationError(
                    _("“%(word)s”不是日期。请写成 2026-10-01，几天之间空一格。"),
                    "bad_day",
                    {"word": word[:20]},
                ) from None
        if len(found) > 60:
            raise forms.ValidationError(_("一次最多写 60 天。"))
        return found
