"""The dictionaries: words, and what a list asks for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from wugeyi.stations.forms.fields import day
from wugeyi.stations.models import Checklist, Item, StationKind


class _Word(forms.ModelForm):  # type: ignore[type-arg]
    """Code and names; saving is the action's."""

    def _post_clean(self) -> None:
        """Leave the row as it is: only the code is looked at."""
        taken = self._meta.model.objects.filter(code=self.cleaned_data.get("code"))
        if self.instance.pk:
            taken = taken.exclude(pk=self.instance.pk)
        if taken.exists():
            self.add_error("code", gettext_lazy("这个代码已经用了，请换一个。"))


class KindForm(_Word):
    """A kind of station."""

    class Meta:
        model = StationKind
        fields = ("code", "name_zh", "name_en", "source", "verified", "active")


class ItemForm(_Word):
    """A facility."""

    class Meta:
        model = Item
        fields = ("code", "name_zh", "name_en", "derived", "breaks", "asked", "active")


class ListForm(_Word):
    """A list's own words."""

    class Meta:
        model = Checklist
        fields = ("code", "name_zh", "name_en", "source", "verified", "active")


FORMS: dict[str, tuple[type[_Word], Any]] = {
    "kinds": (KindForm, StationKind),
    "items": (ItemForm, Item),
    "lists": (ListForm, Checklist),
}


class WantedForm(forms.Form):
    """What a list asks for from a day on."""

    items = forms.ModelMultipleChoiceField(
        label=gettext_lazy("要有哪些"),
        queryset=Item.objects.filter(active=True),
        widget=forms.CheckboxSelectMultiple,
    )
    on = day(
        gettext_lazy("从哪天起"),
        help_text=gettext_lazy("以前的照原来的清单算，不改。"),
    )
