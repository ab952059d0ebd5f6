"""Where something is: a community, a pin, a few words."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wugeyi.casework.forms.fields import CleanLine, Once
from wugeyi.casework.forms.report import POINT_FAULTS, Key
from wugeyi.casework.rules.intake import SPOT_LIMIT, Point, read_point


class WhereForm(Once):
    """A form that says where; the place itself is found by the view."""

    place = Key()
    place_query = CleanLine(
        label=_("哪个社区或村？"),
        required=False,
        max_length=60,
        help_text=_("写名字里的两三个字；已经在地图上点了就不用写。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "type": "search"}),
    )
    spot = CleanLine(
        label=_("具体在哪里"),
        required=False,
        max_length=SPOT_LIMIT,
        help_text=_("例如：农贸市场东门、3 栋楼下。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    lon = forms.CharField(
        label=_("经度"),
        required=False,
        max_length=24,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    lat = forms.CharField(
        label=_("纬度"),
        required=False,
        max_length=24,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    # A bad pin says nothing where being late is worse than being vague.
    forgiving = False

    def clean(self) -> dict[str, Any]:
        """Read the point; swapped coordinates are turned round."""
        values = super().clean() or self.cleaned_data
        point = read_point(values.get("lon", ""), values.get("lat", ""))
        if isinstance(point, str) and not self.forgiving:
            self.add_error("lon", POINT_FAULTS[point])
        values["point"] = point if isinstance(point, Point) else None
        return values
