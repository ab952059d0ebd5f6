"""A circle begun or changed, a scenario named, sites asked for."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from wugeyi.casework.forms.fields import CleanLine, CleanText, Once, Version
from wugeyi.casework.forms.picking import Picked
from wugeyi.circles.models.circles import PACES
from wugeyi.circles.models.sitings import Siting
from wugeyi.circles.rules.paces import (
    DEFAULT_MINUTES,
    FASTEST_MM_S,
    MOST_MINUTES,
    SLOWEST_MM_S,
    Pace,
)
from wugeyi.places.models import FacilityKind, Template

# Metres a second as millimetres a second, and back, is what people read: 公里/小时.
MM_S_OF_KM_H = 1_000_000 / 3600


class Speed(forms.DecimalField):
    """A walking speed in kilometres an hour; gives millimetres a second."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            min_value=round(SLOWEST_MM_S / MM_S_OF_KM_H, 1),
            max_value=round(FASTEST_MM_S / MM_S_OF_KM_H, 1),
            decimal_places=2,
            max_digits=5,
            widget=forms.NumberInput(attrs={"step": "0.1", "inputmode": "decimal"}),
            **kwargs,
        )

    def clean(self, value: Any) -> Any:
        """Return millimetres a second."""
        typed = super().clean(value)
        return None if typed is None else round(float(typed) * MM_S_OF_KM_H)

    def prepare_value(self, value: Any) -> Any:
        """Show kilometres an hour for a speed that is kept in millimetres a second."""
        if isinstance(value, int):
            return f"{value / MM_S_OF_KM_H:.1f}"
        return value


class Settings(forms.Form):
    """What a circle is called and how one walks in it."""

    name = CleanLine(label=_("名称"), max_length=80)
    template = forms.ModelChoiceField(
        label=_("按哪份设施清单"),
        queryset=Template.objects.none(),
        empty_label=None,
    )
    minutes = forms.IntegerField(
        label=_("走多少分钟以内"),
        min_value=1,
        max_value=MOST_MINUTES,
        initial=DEFAULT_MINUTES,
    )
    adult_mm_s = Speed(label=_("成年人走多快（公里/小时）"))
    elder_mm_s = Speed(label=_("老年人走多快（公里/小时）"))
    slope = forms.BooleanField(
        label=_("算上坡度"),
        required=False,
        help_text=_("路网里有高程时才能算。上坡慢，下坡快。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["template"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (declared above)
        field.queryset = Template.objects.filter(active=True)


class NewForm(Picked, Once, Settings):
    """A new circle: whose homes, by which list."""

    pick_label: ClassVar[Any] = _("哪个单位的")
    field_order = (
        "to_pick",
        "to",
        "name",
        "template",
        "minutes",
        "adult_mm_s",
        "elder_mm_s",
        "slope",
        "client_id",
    )


class ChangeForm(Version, Settings):
    """Other settings for a circle."""


class SaveForm(Once):
    """Keep what was drawn as a scenario."""

    name = CleanLine(
        label=_("给这个方案起个名字"),
        max_length=80,
        help_text=_("例如：河上加一座人行桥。"),
    )
    note = CleanText(
        label=_("说明"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "data-count": ""}),
    )
    field_order = ("name", "note", "client_id")


class SitesForm(Once):
    """Where shall more of a kind stand."""

    kind = forms.ModelChoiceField(
        label=_("加哪一类设施"), queryset=FacilityKind.objects.none(), empty_label=None
    )
    sites = forms.IntegerField(label=_("选几处"), min_value=1, max_value=20, initial=3)
    whom = forms.ChoiceField(
        label=_("为了谁"),
        choices=Siting.For.choices,
        widget=forms.RadioSelect,
        initial=Siting.For.RESIDENTS,
    )
    pace = forms.ChoiceField(
        label=_("按谁的步子"), choices=PACES, initial=Pace.ADULT.value
    )
    capacity = forms.IntegerField(
        label=_("每处最多服务多少人"),
        required=False,
        min_value=1,
        max_value=1_000_000,
        help_text=_("没有上限就空着。"),
    )
    prove = forms.BooleanField(
        label=_("再证明还能好多少"),
        required=False,
        help_text=_("会多算一会儿；结果里写明离最好最多还差多少。"),
    )
    field_order = (
        "kind",
        "sites",
        "whom",
        "pace",
        "capacity",
        "prove",
        "client_id",
    )

    def __init__(self, *args: Any, template: Template, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kind"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (declared above)
        field.queryset = FacilityKind.objects.filter(template=template, active=True)


class AttachForm(forms.Form):
    """Which case, decision or project a scenario belongs to."""

    case = CleanLine(
        label=_("诉求编号"),
        required=False,
        max_length=30,
        help_text=_("写编号，例如 202611220001。"),
    )
    decision = forms.TypedChoiceField(
        label=_("或者一项决策"), required=False, coerce=int
    )
    project = forms.TypedChoiceField(
        label=_("或者一个项目"), required=False, coerce=int
    )

    def __init__(
        self,
        *args: Any,
        decisions: list[tuple[int, str]],
        projects: list[tuple[int, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, offered in (("decision", decisions), ("project", projects)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
            field.choices = [("", _("不选")), *offered]
            if not offered:
                field.widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any] | None:
        """Hold it to exactly one."""
        values = super().clean() or self.cleaned_data
        if sum(bool(values.get(name)) for name in self.fields) != 1:
            raise forms.ValidationError(
                _("请在诉求、决策、项目里填一样，只能填一样。"), "one"
            )
        return values


class BuiltForm(Version):
    """The day what was drawn stood there."""

    on = forms.DateField(
        label=_("哪天建成"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_("记错了可以清空。"),
    )
