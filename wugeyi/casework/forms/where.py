"""Where something is: a community, a pin, a few words."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wugeyi.casework.forms.fields import CleanLine, Once
from wugeyi.casework.rules.intake import SPOT_LIMIT, Point, read_point, too_long_by

POINT_FAULTS = {
    "half": _("经度和纬度要一起填，或者都不填。"),
    "unreadable": _("经纬度要写成数字，例如 106.6302 和 26.6477。"),
    "abroad": _("这个经纬度不在国内。请在地图上重新点一下，或从列表里选社区。"),
}


class Key(forms.IntegerField):
    """The key of a row, carried along in a hidden field."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            required=False, min_value=1, max_value=2**63 - 1, localize=False, **kwargs
        )


class WhereForm(Once):
    """A form that says where; the place itself is found by the view."""

    place = Key()
    place_query = CleanLine(
        label=_("哪个社区或村？"),
        required=False,
        max_length=60,
        help_text=_("写名字里的两三个字、拼音首字母或代码；同名的会列出所属街道。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "type": "search"}),
    )
    spot = CleanLine(
        label=_("具体位置"),
        required=False,
        help_text=_("例如：菜场东门对面、公交站旁边。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    lon = forms.CharField(
        label=_("经度"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    lat = forms.CharField(
        label=_("纬度"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    # A bad pin says nothing where being late is worse than being vague.
    forgiving = False

    def clean_spot(self) -> str:
        """Say by how much a place's description is too long."""
        spot: str = self.cleaned_data["spot"]
        over = too_long_by(spot, SPOT_LIMIT)
        if over:
            raise forms.ValidationError(
                _("具体位置最多 %(limit)s 个字，还要删去 %(over)s 个字。"),
                "too_long",
                {"limit": SPOT_LIMIT, "over": over},
            )
        return spot

    def clean(self) -> dict[str, Any]:
        """Read the point; swapped coordinates are turned round and shown again."""
        values = super().clean() or self.cleaned_data
        point = read_point(values.get("lon", ""), values.get("lat", ""))
        if not self.forgiving:
            if isinstance(point, str):
                self.add_error("lon", POINT_FAULTS[point])
            elif isinstance(point, Point) and point.swapped:
                self._offer_swapped(point)
        values["point"] = point if isinstance(point, Point) else None
        return values

    def _offer_swapped(self, point: Point) -> None:
        data: Any = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict
        data["lon"], data["lat"] = str(point.lon), str(point.lat)
        self.data = data
        self.add_error("lon", _("经度和纬度好像写反了，已经替您对调。请核对后再提交。"))
