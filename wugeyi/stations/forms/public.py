"""What everybody may fill in: look for a station, say that something is broken."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wugeyi.casework.forms.fields import CleanLine, Once
from wugeyi.casework.forms.photos import PhotosField
from wugeyi.stations.models import Item, Station
from wugeyi.stations.queries import public as queries

OTHER = "other"


class BrokenForm(Once):
    """What is broken, where; a photo and a sentence if one likes."""

    station = CleanLine(
        label=gettext_lazy("驿站编号"),
        max_length=12,
        help_text=gettext_lazy("写在驿站的牌子上，5 个字母或数字。"),
    )
    item = forms.ChoiceField(
        label=gettext_lazy("点一下坏了的"), choices=(), widget=forms.RadioSelect
    )
    text = CleanLine(
        label=gettext_lazy("想多说一句"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("不用写姓名电话。"),
    )
    photos = PhotosField(
        required=False, label=gettext_lazy("照片"), help_text=gettext_lazy("一张就够。")
    )

    def __init__(
        self, *args: Any, station: Station | None = None, had: Any = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.items = {item.code: item for item in queries.breakable()}
        shown = [
            item
            for item in self.items.values()
            if had is None or item.pk in had or self.data.get("item") == item.code
        ]
        field = self.fields["item"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
        field.choices = [
            *((item.code, str(item)) for item in shown),
            (OTHER, _("别的")),
        ]
        if station is not None:
            self.fields["station"].widget = forms.HiddenInput()
            self.fields["station"].initial = station.code

    def clean_station(self) -> Station:
        """Find the station by the code on its sign."""
        found = queries.load(self.cleaned_data["station"].strip())
        if found is None:
            raise forms.ValidationError(
                _("没有这个编号的驿站。请看看牌子，或从列表里点进去报。")
            )
        return found

    def clean(self) -> dict[str, Any]:
        """Ask for words where nothing of the list is meant."""
        values = super().clean() or self.cleaned_data
        if values.get("item") == OTHER and not values.get("text", "").strip():
            self.add_error("text", _("请写一句是什么坏了。"))
        return values

    @property
    def meant(self) -> Item | None:
        """The item, once it is valid; None: something else."""
        return self.items.get(self.cleaned_data["item"])
