"""What is written after looking at the road, and what growers suggest."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wugeyi.branchwork.models.suggestions import From
from wugeyi.buslines.forms.fields import Day
from wugeyi.buslines.models import Spot, SurveyFinding
from wugeyi.casework.forms.fields import CleanLine, CleanText, Once
from wugeyi.casework.forms.photos import PhotosField
from wugeyi.casework.forms.picking import Picked
from wugeyi.casework.forms.steps import CategoryField


class SurveyForm(Once):
    """A survey."""

    surveyed_on = Day(label=_("哪天勘验"))
    people = CleanLine(
        label=_("谁去的"),
        max_length=100,
        required=False,
        help_text=_("写哪些人、几个人，不写姓名，例如：党员 4 人，驾驶员 2 人。"),
    )
    note = CleanText(
        label=_("说明"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


if TYPE_CHECKING:
    SpotChoice = forms.ModelChoiceField[Spot]
else:
    SpotChoice = forms.ModelChoiceField


class PlaceField(SpotChoice):
    """A place of the line, with its code: names repeat."""

    def label_from_instance(self, obj: Any) -> str:
        """Return its name and code."""
        return f"{obj.name} {obj.code}"


class FindingForm(Once):
    """Something seen at a stop or on a section of the road."""

    what = forms.ChoiceField(
        label=_("什么问题"),
        choices=SurveyFinding.What.choices,
        widget=forms.RadioSelect,
    )
    spot = PlaceField(label=_("在哪个站点"), queryset=Spot.objects.none())
    to_spot = PlaceField(
        label=_("到哪个站点"),
        queryset=Spot.objects.none(),
        required=False,
        empty_label=_("就在这个站点"),
        help_text=_("问题在两站之间的路上，才选这一项。"),
    )
    text = CleanText(
        label=_("具体情况"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("看过没有问题的，可以不写。"),
    )
    photos = PhotosField(help_text=_("一张就够；先停稳再拍。"))

    def __init__(self, *args: Any, places: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["spot"].queryset = places  # type: ignore[attr-defined]
        self.fields["to_spot"].queryset = places  # type: ignore[attr-defined]


class OpenForm(Picked):
    """A case of what was found: what it says, its sort, whose place it is."""

    pick_label = _("在哪个村（社区）")
    text = CleanText(
        label=_("要解决什么"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    category = CategoryField(label=_("分类"))


class SuggestionForm(Once):
    """What somebody suggested of the line."""

    text = CleanText(
        label=_("建议"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4})
    )
    kind = forms.ChoiceField(
        label=_("谁提的"),
        choices=From.choices,
        initial=From.RESIDENTS.value,
        help_text=_("只记是哪类人，不记姓名。"),
    )
    made_on = Day(label=_("哪天提的"))
    spot = PlaceField(
        label=_("关于哪个站点"),
        queryset=Spot.objects.none(),
        required=False,
        empty_label=_("关于整条线"),
    )

    def __init__(self, *args: Any, places: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["spot"].queryset = places  # type: ignore[attr-defined]
