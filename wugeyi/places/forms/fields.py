"""Fields of facilities and homes: lines, days, counts, and where it is."""

import re
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wugeyi.places import adapter

MOST_PEOPLE = 1_000_000
# Two numbers with a sign between them, as map programs copy them.
PAIR = re.compile(r"\s*(-?\d{1,3}(?:\.\d+)?)\s*[,，;；\s]\s*(-?\d{1,3}(?:\.\d+)?)\s*")
SYSTEMS = (
    ("wgs84", gettext_lazy("手机定位、GPS、OSM、天地图（WGS-84）")),
    ("gcj02", gettext_lazy("高德、腾讯地图（GCJ-02）")),
    ("bd09", gettext_lazy("百度地图（BD-09）")),
)


class Line(forms.CharField):
    """Words on one line; spaces and breaks inside become one space."""

    def to_python(self, value: Any) -> str:
        """Fold what pasting brings along."""
        return " ".join((super().to_python(value) or "").split())


def line(label: Any, most: int, **more: Any) -> Line:
    """Return a field for one line that browsers do not fill in."""
    widget = forms.TextInput(attrs={"autocomplete": "off"})
    return Line(label=label, max_length=most, widget=widget, **more)


def count(label: Any, **more: Any) -> forms.IntegerField:
    """Return a field for how many; empty: nobody knows."""
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=MOST_PEOPLE,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        **more,
    )


def day(label: Any, **more: Any) -> forms.DateField:
    """Return a field for a day."""
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        **more,
    )


def degrees() -> forms.FloatField:
    """Return a field the map writes into."""
    return forms.FloatField(
        required=False, widget=forms.HiddenInput(attrs={"data-no-save": ""})
    )


class PlaceForm(forms.Form):
    """Where it is: a tap on the map, or coordinates typed; sent twice it is one record."""

    client_id = forms.CharField(required=False, widget=forms.HiddenInput)
    edition = forms.IntegerField(required=False, widget=forms.HiddenInput)
    lon = degrees()
    lat = degrees()
    typed = line(
        gettext_lazy("或者写坐标"),
        60,
        required=False,
        help_text=gettext_lazy(
            "先经度后纬度，例如 106.6302, 26.6470。写了就不看图钉。"
        ),
    )
    system = forms.ChoiceField(
        label=gettext_lazy("坐标从哪里来"),
        choices=SYSTEMS,
        required=False,
        help_text=gettext_lazy("选错会偏几百米。"),
    )

    def clean_client_id(self) -> UUID:
        """Read the id; a bad one gets a new one."""
        try:
            return UUID(self.cleaned_data["client_id"])
        except ValueError:
            return uuid4()

    def clean(self) -> dict[str, Any]:
        """Bring what was tapped or typed to degrees of WGS-84."""
        values = super().clean() or self.cleaned_data
        if values.get("typed"):
            self._read_typed(values)
        elif values.get("lon") is None or values.get("lat") is None:
            self.add_error("typed", _("请在地图上点一下在哪里，或者写坐标。"))
        elif not on_the_globe(values["lon"], values["lat"]):
            self.add_error("typed", _("这个坐标不在地球上，请重新点一下。"))
        return values

    def place(self) -> dict[str, float]:
        """Return where it is, to a centimetre, once it is valid."""
        return {name: round(self.cleaned_data[name], 7) for name in ("lon", "lat")}

    def _read_typed(self, values: dict[str, Any]) -> None:
        match = PAIR.fullmatch(values["typed"])
        if match is None:
            self.add_error(
                "typed", _("看不懂这个坐标。请写成：106.6302, 26.6470，先经度后纬度。")
            )
            return
        lon, lat = float(match[1]), float(match[2])
        if not on_the_globe(lon, lat):
            # The commonest slip: latitude first.
            hint = _("这个坐标不在地球上。请核对，是不是先写了纬度？")
            self.add_error("typed", hint)
            return
        system = values.get("system") or "wgs84"
        values["lon"], values["lat"] = adapter.to_wgs84(lon, lat, system)


def on_the_globe(lon: float, lat: float) -> bool:
    """Tell whether degrees are a place."""
    return -180 <= lon <= 180 and -90 <= lat <= 90
