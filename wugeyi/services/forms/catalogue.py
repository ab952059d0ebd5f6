"""What administrators write into the list of services."""

from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wugeyi.casework.forms.fields import CleanLine
from wugeyi.casework.forms.picking import Picked
from wugeyi.casework.forms.steps import CategoryField
from wugeyi.casework.forms.tables import DATE, day_field
from wugeyi.organisations.models import Kind, Organisation
from wugeyi.services.forms.fields import line, refuse_personal
from wugeyi.services.models import Material, Service

SHARED = (Kind.COMMUNITY, Kind.VILLAGE, Kind.TOWN, Kind.HOSPITAL, Kind.CENTRE)
WIDE = frozenset({Kind.PROVINCE, Kind.CITY, Kind.COUNTY, Kind.TOWN})
ABOVE = (Kind.GRID, Kind.COMMUNITY, Kind.VILLAGE, Kind.TOWN, Kind.COUNTY, Kind.CITY)
MOST_FEN = 10_000_000


class Plain(forms.Form):
    """A form of a hospital's list refuses what tells of a patient."""

    def __init__(self, *args: Any, hospital: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hospital = hospital

    def clean(self) -> dict[str, Any] | None:
        """Look at every line that was typed."""
        values = super().clean() or self.cleaned_data
        for name, field in self.fields.items():
            if isinstance(field, CleanLine) and name in values:
                try:
                    refuse_personal(values[name], hospital=self.hospital)
                except forms.ValidationError as fault:
                    self.add_error(name, fault)
        return values


class ServiceForm(Plain):
    """A service: what, for whom, by what right, for how much, until when."""

    name_zh = line(gettext_lazy("事项名称"), 60)
    name_en = line(gettext_lazy("英文名称"), 120, required=False)
    kind = forms.ChoiceField(label=gettext_lazy("在哪里办"), required=False)
    for_whom = line(gettext_lazy("谁可以办"), 120, required=False)
    promised_days = forms.IntegerField(
        label=gettext_lazy("承诺几个工作日"),
        min_value=0,
        max_value=365,
        help_text=gettext_lazy("当场办好写 0。"),
    )
    fee_yuan = forms.DecimalField(
        label=gettext_lazy("收费（元）"),
        min_value=0,
        max_value=MOST_FEN // 100,
        decimal_places=2,
        initial=0,
        help_text=gettext_lazy("不收费写 0。"),
    )
    basis = line(
        gettext_lazy("依据"),
        200,
        required=False,
        help_text=gettext_lazy("文件名称和条款。收费的一定要写。"),
    )
    source = line(
        gettext_lazy("出处"),
        200,
        required=False,
        help_text=gettext_lazy("在哪里看得到这份文件。"),
    )
    verified = forms.BooleanField(label=gettext_lazy("已对照原文核对"), required=False)
    category = CategoryField(
        help_text=gettext_lazy("办件归到哪一类，时限按这一类的规则。")
    )
    note = line(
        gettext_lazy("给来办的人提个醒"),
        300,
        required=False,
        help_text=gettext_lazy("例如：周三下午不办。"),
    )
    valid_from = day_field(gettext_lazy("从哪天起办"))
    valid_to = forms.DateField(
        label=gettext_lazy("到哪天停办（那一天起不办）"),
        required=False,
        widget=forms.DateInput(attrs=DATE, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, unit: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, hospital=unit.kind == Kind.HOSPITAL, **kwargs)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (above)
        shared = [
            (kind.value, _("下面所有的%(kind)s") % {"kind": kind.label})
            for kind in SHARED
        ]
        field.choices = [("", _("只在本单位窗口")), *shared]
        if unit.kind not in WIDE:
            field.widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any] | None:
        """Ask for the ground of a fee, and for dates in order."""
        values = super().clean() or self.cleaned_data
        if values.get("fee_yuan") and not values.get("basis"):
            self.add_error("basis", _("收费要写明依据。"))
        if values.get("verified") and not values.get("source"):
            self.add_error("source", _("核对过的请写明出处。"))
        first: date | None = values.get("valid_from")
        last: date | None = values.get("valid_to")
        if first and last and last <= first:
            self.add_error("valid_to", _("停办的日子要在开始办之后。"))
        return values

    def values(self) -> dict[str, object]:
        """Return the columns of the row."""
        values = dict(self.cleaned_data)
        values["fee_fen"] = int(values.pop("fee_yuan") * 100)
        return values

    @staticmethod
    def initial_of(service: Service) -> dict[str, object]:
        """Return what stands in a row, for the form."""
        names = (
            "name_zh",
            "name_en",
            "kind",
            "for_whom",
            "promised_days",
            "basis",
            "source",
            "verified",
            "note",
            "valid_from",
            "valid_to",
        )
        found = {name: getattr(service, name) for name in names}
        return {
            **found,
            "category": service.category_id,
            "fee_yuan": Decimal(service.fee_fen) / 100,
        }


class MaterialForm(Plain):
    """Something to bring."""

    name = line(gettext_lazy("材料名称"), 80)
    originals = forms.IntegerField(
        label=gettext_lazy("原件几份"), min_value=0, max_value=20, initial=1
    )
    copies = forms.IntegerField(
        label=gettext_lazy("复印件几份"), min_value=0, max_value=20, initial=0
    )
    where_from = line(gettext_lazy("在哪里拿"), 120, required=False)
    electronic = forms.BooleanField(
        label=gettext_lazy("电子版也行（手机上出示、网上传）"), required=False
    )
    condition = line(
        gettext_lazy("什么情况下才要"),
        120,
        required=False,
        help_text=gettext_lazy("每次都要就留空。例如：由别人代办的。"),
    )

    @staticmethod
    def initial_of(material: Material) -> dict[str, object]:
        """Return what stands in a row, for the form."""
        names = (
            "name",
            "originals",
            "copies",
            "where_from",
            "electronic",
            "condition",
        )
        return {name: getattr(material, name) for name in names}


class StepForm(Picked):
    """Who works on it behind the window."""

    pick_label: ClassVar[Any] = gettext_lazy("交给哪个单位")
    pick_required: ClassVar[bool] = False
    pick_help: ClassVar[Any] = gettext_lazy("留空就由窗口自己办，或按下面选上级。")
    what = line(gettext_lazy("做什么"), 80)
    kind = forms.ChoiceField(
        label=gettext_lazy("或交给窗口上级里的"),
        required=False,
        choices=[("", gettext_lazy("（不选）")), *((k.value, k.label) for k in ABOVE)],
    )
    field_order = ("what", "to_pick", "to", "kind")
