"""Three questions for a grower, asked on a phone in the village."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wugeyi.buslines.forms.fields import Minute, whole
from wugeyi.buslines.models import Demand, Spot
from wugeyi.buslines.rules.asking import Home, Said
from wugeyi.buslines.rules.limits import LIMITS
from wugeyi.casework.forms.fields import CleanLine

LIMIT = LIMITS["demand"]
NOON, AFTER_NOON = 11 * 60, 13 * 60
SOURCES = tuple(each for each in Demand.Source.choices if each[0] != "table")
CLOCK = {"type": "time"}


def _clock() -> forms.TextInput:
    return forms.TextInput(attrs=dict(CLOCK))


class VillageForm(forms.Form):
    """Who, where to, by when; and back at noon."""

    name = CleanLine(
        label=_("谁要坐车"),
        max_length=60,
        required=False,
        help_text=_("例如：三组四户。不要写电话和身份证号。"),
    )
    persons = whole(_("几个人"), LIMIT["persons"], initial=1)
    baskets = whole(_("一共几筐"), LIMIT["baskets"], help_text=_("不带筐写 0。"))
    stop = forms.ModelChoiceField(
        label=_("在哪里上车"),
        queryset=Spot.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
    )
    market = forms.ModelChoiceField(
        label=_("去哪个市场"),
        queryset=Spot.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
    )
    latest_minute = Minute(label=_("最晚几点要到市场"), widget=_clock())
    earliest_minute = Minute(
        label=_("最早几点到"),
        required=False,
        help_text=_("空着就是早到一个小时以内都行。"),
        widget=_clock(),
    )
    back = forms.BooleanField(label=_("中午要坐车回来"), required=False)
    home_from = Minute(
        label=_("回来最早几点从市场走"),
        required=False,
        initial=NOON,
        widget=_clock(),
    )
    home_until = Minute(
        label=_("回来最晚几点从市场走"),
        required=False,
        initial=AFTER_NOON,
        widget=_clock(),
    )
    source = forms.ChoiceField(
        label=_("怎么知道的"),
        choices=SOURCES,
        initial=Demand.Source.VISIT,
        widget=forms.RadioSelect,
    )
    code = forms.CharField(max_length=20, widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        stops: Sequence[Spot],
        markets: Sequence[Spot],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        several = len({each.line_id for each in stops}) > 1
        for name, spots in (("stop", stops), ("market", markets)):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (above)
            field.queryset = Spot.objects.filter(
                pk__in=[each.pk for each in spots]
            ).select_related("line")
            field.label_from_instance = _named if several else str  # type: ignore[assignment]
            if len(spots) == 1:
                field.initial = spots[0].pk
        if len(stops) == 1:
            self.fields["stop"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any] | None:
        """Hold times in order, and stop and market on one line."""
        values = super().clean() or self.cleaned_data
        early, late = values.get("earliest_minute"), values.get("latest_minute")
        if early is not None and late is not None and early > late:
            self.add_error("earliest_minute", _("最早不能比最晚还晚。"))
        stop, market = values.get("stop"), values.get("market")
        if stop and market and stop.line_id != market.line_id:
            self.add_error("market", _("这个市场不在这一站的线路上，请另选一个。"))
        if values.get("back"):
            self._back(values)
        return values

    def _back(self, values: dict[str, Any]) -> None:
        first, last = values.get("home_from"), values.get("home_until")
        late = values.get("latest_minute")
        for name, given in (("home_from", first), ("home_until", last)):
            if given is None and name not in self.errors:
                self.add_error(name, _("要坐车回来的，请写上几点。"))
        if first is not None and last is not None and first > last:
            self.add_error("home_until", _("最晚不能比最早还早。"))
        if last is not None and late is not None and last <= late:
            self.add_error("home_until", _("回来要在到市场以后。"))

    def said(self) -> Said:
        """Return what the action takes."""
        values = self.cleaned_data
        home = None
        if values["back"]:
            home = Home(values["home_from"], values["home_until"])
        return Said(
            code=values["code"] or "r1",
            name=values["name"],
            persons=values["persons"],
            baskets=values["baskets"],
            latest_minute=values["latest_minute"],
            earliest_minute=values["earliest_minute"],
            source=values["source"],
            home=home,
        )


def _named(spot: Spot) -> str:
    return f"{spot.name}（{spot.line.name}）"
