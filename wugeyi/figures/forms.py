"""Which period, as of when, in which arrangement: read leniently, explained when wrong."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wugeyi.figures.rules.periods import Period
from wugeyi.organisations.models import TreeView

EARLIEST = date(1949, 10, 1)


class AskForm(forms.Form):
    """What a figure is asked for; nothing given means the last twelve months."""

    # The names the address carries; "from" is a word of Python.
    field_order = ("from", "to", "as_of", "view")

    def __init__(
        self, *args: Any, today: date, views: list[TreeView], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.views = {each.code: each for each in views}
        picker = {"type": "date"}
        self.fields["from"] = forms.DateField(
            label=_("从"), required=False, widget=forms.DateInput(attrs=picker)
        )
        self.fields["to"] = forms.DateField(
            label=_("到"), required=False, widget=forms.DateInput(attrs=picker)
        )
        self.fields["as_of"] = forms.CharField(
            label=_("按哪天晚上的记录"),
            required=False,
            widget=forms.DateInput(attrs=picker),
            help_text=_("留空：按现在的记录。"),
        )
        if views:
            self.fields["view"] = forms.ChoiceField(
                label=_("按哪种划分"),
                required=False,
                choices=[(each.code, str(each)) for each in views],
            )

    def clean_as_of(self) -> datetime | None:
        """Take a moment, or a day: what was recorded by its end."""
        text = str(self.cleaned_data["as_of"] or "").strip().replace(" ", "+")
        if not text:
            return None
        try:
            if len(text) == len("2026-01-01"):
                day = datetime.combine(date.fromisoformat(text), time.max)
                return timezone.make_aware(day)
            moment = datetime.fromisoformat(text)
        except ValueError:
            raise forms.ValidationError(
                _("看不懂这个日期，请写成 2026-01-31。"), "unreadable"
            ) from None
        return moment if moment.tzinfo else timezone.make_aware(moment)

    def clean(self) -> dict[str, Any]:
        """Make a period of the two dates."""
        cleaned = super().clean() or {}
        usual = Period.ending(self.today)
        first = cleaned.get("from") or usual.first
        last = cleaned.get("to") or max(usual.last, first)
        if last < first:
            self.add_error("to", _("结束日期早于开始日期。"))
            first, last = usual.first, usual.last
        if first < EARLIEST:
            self.add_error("from", _("开始日期太早了。"))
            first, last = usual.first, usual.last
        cleaned["period"] = Period(first, last)
        return cleaned

    @property
    def period(self) -> Period:
        """Return the period asked for; the usual one if it could not be read."""
        found = self.cleaned_data.get("period")
        return found if isinstance(found, Period) else Period.ending(self.today)

    @property
    def as_of(self) -> datetime | None:
        """Return the moment whose records count; None for now."""
        found = self.cleaned_data.get("as_of")
        return found if isinstance(found, datetime) else None

    @property
    def view(self) -> TreeView | None:
        """Return another arrangement than the statutory one, if asked for."""
        found = self.views.get(self.cleaned_data.get("view") or "")
        return None if found is None or found.code == "statutory" else found
