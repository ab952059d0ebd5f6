"""A home as it is typed."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wugeyi.places.forms.fields import PlaceForm, count, line
from wugeyi.places.models import Home


class HomeForm(PlaceForm):
    """A building or a compound: where it is and how many live there; no names."""

    name = line(
        gettext_lazy("哪栋楼、哪个小区"),
        80,
        help_text=gettext_lazy("例如：金桥小区 3 栋。只写楼，不写人。"),
    )
    households = count(gettext_lazy("多少户"))
    residents = count(gettext_lazy("住多少人"))
    elderly = count(
        gettext_lazy("其中 60 岁以上"), help_text=gettext_lazy("不知道就空着。")
    )
    field_order = ("name", "households", "residents", "elderly")

    def clean(self) -> dict[str, Any]:
        """Refuse more old people than people."""
        values = super().clean()
        residents, elderly = values.get("residents"), values.get("elderly")
        if residents is not None and elderly is not None and elderly > residents:
            self.add_error("elderly", _("老人比住的人还多，请核对。"))
        return values

    def entry(self) -> dict[str, Any]:
        """Return the fields of an entry, once they are valid."""
        names = ("name", "households", "residents", "elderly")
        return {name: self.cleaned_data[name] for name in names} | self.place()


def starting(home: Home) -> dict[str, Any]:
    """Return what the form of a home begins with."""
    return {
        "edition": home.edition,
        "name": home.name,
        "lon": home.lon,
        "lat": home.lat,
        "households": home.households,
        "residents": home.residents,
        "elderly": home.elderly,
    }
