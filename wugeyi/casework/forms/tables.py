"""What administrators enter into the tables of an installation."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from wugeyi.casework.forms.picking import Picked
from wugeyi.casework.forms.steps import CategoryField, category_choices
from wugeyi.casework.models import Category
from wugeyi.casework.models.settings import Unit, Urgency
from wugeyi.organisations.models import Kind

DATE = {"type": "date"}


def day_field(label: Any, **more: Any) -> forms.DateField:
    """Return a field for a day."""
    widget = forms.DateInput(attrs=DATE, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **more)


class Sourced(forms.Form):
    """Where it stands, and whether somebody held it against that."""

    source = forms.CharField(
        label=_("依据"),
        max_length=200,
        help_text=_("文件名称和条款，例如：某市 12345 管理办法第 12 条。"),
    )
    verified = forms.BooleanField(label=_("已对照原文核对"), required=False)


class CategoryForm(forms.Form):
    """A category."""

    code = forms.SlugField(label=_("代码"), max_length=40)
    name = forms.CharField(label=_("名称"), max_length=40)
    name_en = forms.CharField(label=_("英文名称"), max_length=80)
    parent = forms.ModelChoiceField(
        label=_("属于"),
        queryset=Category.objects.filter(parent=None),
        required=False,
        empty_label=_("（自己是大类）"),
    )
    keywords = forms.CharField(
        label=_("关键词"),
        max_length=300,
        required=False,
        help_text=_("居民常用的说法，用空格分开；用来按内容建议类别。"),
    )
    public = forms.BooleanField(label=_("这一类可以公开"), required=False)
    active = forms.BooleanField(label=_("正在使用"), required=False)

    def __init__(self, *args: Any, row: Category | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row = row

    def clean_code(self) -> str:
        """Keep codes apart."""
        code: str = self.cleaned_data["code"]
        same = Category.objects.filter(code=code)
        if self.row is not None:
            same = same.exclude(pk=self.row.pk)
        if same.exists():
            raise forms.ValidationError(_("这个代码已经用过。"))
        return code

    def clean_parent(self) -> Category | None:
        """Two levels, no circles."""
        parent: Category | None = self.cleaned_data["parent"]
        if parent is not None and self.row is not None:
            if parent.pk == self.row.pk:
                raise forms.ValidationError(_("不能属于自己。"))
            if self.row.children.exists():
                raise forms.ValidationError(_("下面还有类别的，只能是大类。"))
        return parent


class DutyListForm(Sourced):
    """A new version of what a kind of organisation answers for."""

    kind = forms.ChoiceField(
        label=_("哪一类单位"),
        choices=[
            (kind.value, kind.label)
            for kind in (
                Kind.CITY,
                Kind.COUNTY,
                Kind.TOWN,
                Kind.COMMUNITY,
                Kind.VILLAGE,
                Kind.GRID,
            )
        ],
        widget=forms.HiddenInput,
    )
    categories = forms.MultipleChoiceField(
        label=_("清单里的类别"), widget=forms.CheckboxSelectMultiple
    )
    valid_from = day_field(_("从哪天起"))
    field_order = ("kind", "categories", "valid_from", "source", "verified")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["categories"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 (above)
        field.choices = [
            choice for _head, choices in category_choices() for choice in choices
        ]


class ResponsibilityForm(Picked):
    """A department and what it answers for."""

    pick_label: ClassVar[Any] = _("部门")
    category = CategoryField()
    valid_from = day_field(_("从哪天起"))
    field_order = ("to_pick", "to", "category", "valid_from")


class DeadlineForm(Sourced):
    """How long contact and answer may take."""

    urgency = forms.ChoiceField(label=_("紧急程度"), choices=Urgency.choices)
    category = CategoryField(required=False, label=_("只用于这一类（可不选）"))
    kind = forms.ChoiceField(
        label=_("只用于这类办理单位（可不选）"),
        required=False,
        choices=[("", _("所有单位")), *Kind.choices],
    )
    contact_amount = forms.IntegerField(
        label=_("响应：多少"), min_value=1, max_value=999
    )
    contact_unit = forms.ChoiceField(label=_("响应：单位"), choices=Unit.choices)
    answer_amount = forms.IntegerField(
        label=_("办理：多少"), min_value=1, max_value=999
    )
    answer_unit = forms.ChoiceField(label=_("办理：单位"), choices=Unit.choices)
    valid_from = day_field(_("从哪天起"))
    field_order = (
        "urgency",
        "category",
        "kind",
        "contact_amount",
        "contact_unit",
        "answer_amount",
        "answer_unit",
        "valid_from",
        "source",
        "verified",
    )


class DayForm(Picked, Sourced):
    """A day off or a day worked, everywhere or at one place."""

    pick_label: ClassVar[Any] = _("只在这里和下级（全国的可不填）")
    pick_required: ClassVar[bool] = False
    day = day_field(_("日期"))
    working = forms.TypedChoiceField(
        label=_("这一天"),
        choices=[("no", _("放假")), ("yes", _("上班"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    name = forms.CharField(label=_("说明"), max_length=60)
    field_order = ("day", "working", "name", "to_pick", "to", "source", "verified")


class RetentionForm(forms.Form):
    """For how many days, and by what right."""

    days = forms.IntegerField(label=_("保留多少天"), min_value=1, max_value=36500)
    basis = forms.CharField(label=_("依据"), max_length=200)
    verified = forms.BooleanField(label=_("已对照原文核对"), required=False)
