"""A facility as it is typed, and its closing."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wugeyi.places.forms.fields import PlaceForm, count, day, line
from wugeyi.places.models import Facility, FacilityKind


def labelled(kind: FacilityKind) -> str:
    """Return a kind behind its character, if it has one."""
    return f"{kind.character} · {kind}" if kind.character else str(kind)


class FacilityForm(PlaceForm):
    """What it is, where it is, how many it serves."""

    kind = forms.ChoiceField(label=gettext_lazy("是什么设施"))
    name = line(
        gettext_lazy("叫什么"),
        80,
        help_text=gettext_lazy("门口牌子上的名字，例如：金桥社区卫生服务站。"),
    )
    capacity = count(
        gettext_lazy("能容纳多少人"),
        help_text=gettext_lazy("学位、床位、座位；不知道就空着。"),
    )
    opening_hours = line(
        gettext_lazy("什么时候开"),
        200,
        required=False,
        help_text=gettext_lazy("例如：周一至周五 8:00-17:30。"),
    )
    valid_from = day(
        gettext_lazy("从哪天起有的"),
        required=False,
        help_text=gettext_lazy("早就有、说不清的空着。"),
    )
    different = forms.BooleanField(
        label=gettext_lazy("不是同一个，另外登记"), required=False
    )
    field_order = ("kind", "name", "capacity", "opening_hours", "valid_from")

    def __init__(
        self, *args: Any, kinds: Iterable[FacilityKind], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kinds = {str(kind.pk): kind for kind in kinds}
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
        field.choices = [
            ("", _("请选择")),
            *((key, labelled(each)) for key, each in self.kinds.items()),
        ]

    def clean_kind(self) -> FacilityKind:
        """Return the kind itself."""
        return self.kinds[self.cleaned_data["kind"]]

    def entry(self) -> dict[str, Any]:
        """Return the fields of an entry, once they are valid."""
        names = ("kind", "name", "capacity", "opening_hours", "valid_from")
        return {name: self.cleaned_data[name] for name in names} | self.place()

    def refuse_twin(self, twin: Facility) -> None:
        """Ask whether it is the one that stands there already."""
        self.add_error(
            "different",
            _("附近已经登记了“%(name)s”。是同一个就不用再登记；不是就勾上这里。")
            % {"name": twin.name},
        )


def starting(facility: Facility) -> dict[str, Any]:
    """Return what the form of a facility begins with."""
    return {
        "edition": facility.edition,
        "kind": str(facility.kind_id),
        "name": facility.name,
        "lon": facility.lon,
        "lat": facility.lat,
        "capacity": facility.capacity,
        "opening_hours": facility.opening_hours,
        "valid_from": facility.valid_from,
    }


class CloseForm(forms.Form):
    """From which day on something is no more, and why."""

    on = day(gettext_lazy("从哪天起没有了"))
    reason = line(
        gettext_lazy("为什么"),
        120,
        required=False,
        help_text=gettext_lazy("例如：搬走了、拆了、改成别的了。"),
    )

    def clean_on(self) -> date:
        """Let nothing close in the future: nobody knows yet."""
        on: date = self.cleaned_data["on"]
        if on > timezone.localdate():
            raise forms.ValidationError(_("这一天还没有到。请到了那天再登记停用。"))
        return on
