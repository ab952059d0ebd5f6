"""What administrators enter into the dictionaries."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wugeyi.branchwork.models import DutyItem, HeadcountKind, Topic
from wugeyi.organisations.models import Kind

DATE = {"type": "date", "class": "short"}


class EntryForm(forms.Form):
    """A code and names in both languages; codes are used once."""

    MODEL: type[Topic] | type[DutyItem] | type[HeadcountKind]

    name_zh = forms.CharField(label=_("名称"), max_length=60)
    name_en = forms.CharField(label=_("英文名称"), max_length=120)
    code = forms.SlugField(
        label=_("代码"), max_length=40, help_text=_("小写字母、数字和连字符。")
    )
    basis = forms.CharField(
        label=_("依据"), max_length=200, required=False, help_text=_("文件名称和条款。")
    )
    verified = forms.BooleanField(label=_("已对照原文核对"), required=False)

    def __init__(
        self,
        *args: Any,
        row: Topic | DutyItem | HeadcountKind | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.row = row

    def clean_code(self) -> str:
        """Keep codes apart."""
        code: str = self.cleaned_data["code"]
        same = self.MODEL._default_manager.filter(code=code)
        if self.row is not None:
            same = same.exclude(pk=self.row.pk)
        if same.exists():
            raise forms.ValidationError(_("这个代码已经用过。"))
        return code

    def values(self) -> dict[str, object]:
        """Return the columns of the entry."""
        return dict(self.cleaned_data)


class TopicForm(EntryForm):
    """A topic of decisions."""

    MODEL = Topic

    kinds = forms.MultipleChoiceField(
        label=_("哪些单位用"),
        choices=Kind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("都不勾就是所有单位。"),
    )
    active = forms.BooleanField(label=_("正在使用"), required=False, initial=True)
    field_order = ("name_zh", "name_en", "code", "kinds", "basis", "verified", "active")

    def clean_kinds(self) -> str:
        """Return them as the model keeps them."""
        return " ".join(self.cleaned_data["kinds"])


class HeadcountKindForm(EntryForm):
    """What heads are counted for."""

    MODEL = HeadcountKind

    active = forms.BooleanField(label=_("正在使用"), required=False, initial=True)


class DutyItemForm(EntryForm):
    """A regular duty."""

    MODEL = DutyItem

    period = forms.ChoiceField(
        label=_("多久一次"),
        choices=DutyItem._meta.get_field("period").choices or (),
        widget=forms.RadioSelect,
    )
    output = forms.CharField(label=_("留下什么"), max_length=200, required=False)
    valid_from = forms.DateField(
        label=_("从哪天起"), widget=forms.DateInput(attrs=DATE, format="%Y-%m-%d")
    )
    valid_to = forms.DateField(
        label=_("到哪天止"),
        required=False,
        widget=forms.DateInput(attrs=DATE, format="%Y-%m-%d"),
        help_text=_("从这一天起不再要求；以前的记录不受影响。"),
    )
    field_order = (
        "name_zh",
        "name_en",
        "code",
        "period",
        "output",
        "valid_from",
        "valid_to",
        "basis",
        "verified",
    )

    def clean(self) -> dict[str, Any] | None:
        """End after the beginning."""
        values = super().clean() or self.cleaned_data
        first, last = values.get("valid_from"), values.get("valid_to")
        if first is not None and last is not None and last <= first:
            self.add_error("valid_to", _("结束的日子要晚于开始的日子。"))
        return values
