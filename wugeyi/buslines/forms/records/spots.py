"""A stop, a market or a depot."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from wugeyi.buslines.forms.fields import Metres, Minute, Yuan, whole
from wugeyi.buslines.forms.records.base import RecordForm, code_field
from wugeyi.buslines.models import Spot
from wugeyi.buslines.rules.limits import LIMITS
from wugeyi.casework.forms.fields import CleanLine
from wugeyi.casework.forms.picking import Picked

LIMIT = LIMITS["spot"]
DEGREES = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})


class SpotForm(Picked, RecordForm):
    """A place of the line, what it is, where it lies, what may come there."""

    pick_name: ClassVar[str] = "village"
    pick_label: ClassVar[Any] = _("哪个村的")
    pick_required: ClassVar[bool] = False
    pick_help: ClassVar[Any] = _("村里的人就能替菜农记需求。输入村名或代码。")

    kind = forms.ChoiceField(
        label=_("种类"), choices=Spot.Kind.choices, widget=forms.RadioSelect
    )
    code = code_field()
    name = CleanLine(label=_("名称"), max_length=60)
    name_en = CleanLine(label=_("英文名称"), max_length=100, required=False)
    lat = forms.FloatField(
        label=_("纬度"),
        required=False,
        min_value=-90,
        max_value=90,
        widget=DEGREES,
        help_text=_("WGS-84 坐标，例如 26.6475。没有就空着，图上先不画。"),
    )
    lon = forms.FloatField(
        label=_("经度"),
        required=False,
        min_value=-180,
        max_value=180,
        widget=DEGREES,
        help_text=_("例如 106.6302。"),
    )
    longest_cm = Metres(
        label=_("这里最长能进多长的车（米）"),
        required=False,
        least=LIMIT["longest_cm"][0],
        most=LIMIT["longest_cm"][1],
        help_text=_("路窄、弯急、掉不了头的写上；不限就空着。"),
    )
    opens_minute = Minute(
        label=_("市场几点开始进车"), required=False, help_text=_("只有市场要写。")
    )
    closes_minute = Minute(label=_("市场几点停止进车"), required=False)
    hard_minutes = whole(
        _("和常规车至少错开几分钟"),
        LIMIT["hard_minutes"],
        required=False,
        help_text=_("空着就按整条线的规则。"),
    )
    soft_minutes = whole(_("少于几分钟要算代价"), LIMIT["soft_minutes"], required=False)
    price_fen = Yuan(
        label=_("每少一分钟的代价（元）"), required=False, most=LIMIT["price_fen"][1]
    )
    shelter = forms.BooleanField(label=_("有雨棚"), required=False)

    columns = (
        "kind",
        "code",
        "name",
        "name_en",
        "lat",
        "lon",
        "longest_cm",
        "opens_minute",
        "closes_minute",
        "hard_minutes",
        "soft_minutes",
        "price_fen",
        "shelter",
    )
    ordered = (
        "opens_minute",
        "closes_minute",
        _("停止进车不能比开始进车还早。"),
    )
    field_order = (
        "kind",
        "code",
        "name",
        "name_en",
        "village_pick",
        "village",
        *columns[4:],
        "on",
        "version",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.row is not None:
            self.fields["kind"].disabled = True
            self.fields["on"].required = False
            self.fields["on"].widget = forms.HiddenInput()
            self.fields["on"].disabled = True

    def clean(self) -> dict[str, Any] | None:
        """Hold both coordinates together."""
        values = super().clean() or self.cleaned_data
        has = [values.get(name) is not None for name in ("lat", "lon")]
        if any(has) and not all(has) and not {"lat", "lon"} & set(self.errors):
            self.add_error("lat", _("经度和纬度要么都写，要么都不写。"))
        return values

    def values(self) -> dict[str, Any]:
        """Return the columns of the row; hours of markets only."""
        found = super().values()
        market = found["kind"] == Spot.Kind.MARKET
        hours = {"opens_minute": 0, "closes_minute": LIMIT["closes_minute"][1]}
        for name, usual in hours.items():
            if found[name] is None or not market:
                found[name] = usual
        return {**found, "organisation": self.cleaned_data.get("village")}

    @classmethod
    def initial_of(cls, row: Spot) -> dict[str, Any]:
        """Return what stands in a row, for the form."""
        found = super().initial_of(row)
        if row.kind != Spot.Kind.MARKET:
            found |= {"opens_minute": None, "closes_minute": None}
        if row.organisation_id:
            found["village_pick"] = str(row.organisation_id)
        return found
