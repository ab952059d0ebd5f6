"""A project on one screen: new, or put right."""

from collections.abc import Sequence
from typing import Any, ClassVar
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from wugeyi.casework.forms.picking import Picked
from wugeyi.projects.forms.fields import Key, MoneyField, NumberField, day, plain, words
from wugeyi.projects.models import Kind, Level, OtherKind
from wugeyi.projects.queries.measured import choices as measures
from wugeyi.projects.rules.states import State


class GoalFields(forms.Form):
    """What shall change, and how one will know."""

    goal = words(
        2000,
        _("要做成什么样"),
        rows=2,
        required=False,
        help_text=_("一句话，例如：居民过河不用再绕行。"),
    )
    measure = forms.ChoiceField(
        label=_("用系统里的数字衡量"),
        required=False,
        help_text=_("选了它，前后对比由记录算出来，“衡量什么”空着就行。"),
    )
    indicator = plain(
        80,
        _("衡量什么"),
        required=False,
        help_text=_("例如：到对岸要走几分钟。"),
    )
    unit = plain(20, _("单位"), required=False)
    baseline = NumberField(label=_("现在是多少"), required=False)
    baseline_on = day(_("哪天的数"), required=False)
    target = NumberField(label=_("目标是多少"), required=False)
    target_on = day(_("哪天达到"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["measure"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
        field.choices = [("", _("不用")), *measures()]

    def clean(self) -> dict[str, Any] | None:
        """Hold a target against something that says what it is."""
        values = super().clean() or self.cleaned_data
        named = values.get("indicator") or values.get("measure")
        numbers = values.get("baseline"), values.get("target")
        if any(number is not None for number in numbers) and not named:
            self.add_error(
                "indicator", _("有了数字，还要写明衡量的是什么，例如“步行分钟”。")
            )
        if values.get("measure") and values.get("indicator"):
            self.add_error(
                "indicator", _("已经选了系统里的数字，这里请空着；两个只能用一个。")
            )
        return values


class KindFields(forms.Form):
    """What it is, what it is called, from when."""

    kind = forms.ChoiceField(
        label=_("哪一类"), choices=Kind.choices, widget=forms.RadioSelect
    )
    title = plain(120, _("项目名称"))
    started_on = day(_("开始日期"))
    other_kind = forms.ModelChoiceField(
        label=_("其他：具体是"),
        queryset=OtherKind.objects.none(),
        required=False,
        empty_label=_("不细分"),
    )
    number = plain(
        60, _("编号"), required=False, help_text=_("立项编号、批复文号；没有就空着。")
    )
    level = forms.ChoiceField(
        label=_("级别"), choices=[("", _("没有级别")), *Level.choices], required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["other_kind"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (declared above)
        field.queryset = OtherKind.objects.filter(ended_on=None).order_by("name_zh")
        if not field.queryset.exists():
            field.widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any] | None:
        """Keep a kind of one's own with 其他 only."""
        values = super().clean() or self.cleaned_data
        if values.get("other_kind") is not None and values.get("kind") != Kind.OTHER:
            values["other_kind"] = None
        return values


ORDER = (
    "kind",
    "other_kind",
    "title",
    "to_pick",
    "to",
    "started_on",
    "state",
    "goal",
    "measure",
    "indicator",
    "unit",
    "baseline",
    "baseline_on",
    "target",
    "target_on",
    "budget",
    "number",
    "level",
)


class NewForm(Picked, KindFields, GoalFields):
    """A new project. From a decision or a case the organisation is not asked."""

    pick_label: ClassVar[Any] = _("哪个单位的")
    client_id = forms.CharField(
        widget=forms.HiddenInput(attrs={"data-client-id": ""}), required=False
    )
    decision = Key()
    case = Key()
    state = forms.ChoiceField(
        label=_("现在"),
        choices=[
            (State.PLANNED.value, _("还在计划")),
            (State.RUNNING.value, _("已经动手")),
        ],
        widget=forms.RadioSelect,
        initial=State.RUNNING.value,
    )
    budget = MoneyField(
        label=_("预算"),
        required=False,
        least=0,
        help_text=_("单位：元；也可以写“115万元”。分账户的以后再加。"),
    )
    field_order = (*ORDER, "client_id", "decision", "case")

    def __init__(self, *args: Any, place_known: bool = False, **kwargs: Any) -> None:
        self.pick_required = not place_known  # type: ignore[misc]
        super().__init__(*args, **kwargs)
        self.place_known = place_known

    def clean_client_id(self) -> UUID:
        """Read the id under which the project is made once; a bad one gets a new one."""
        try:
            return UUID(self.cleaned_data["client_id"])
        except ValueError:
            return uuid4()


class ChangeForm(KindFields, GoalFields):
    """Put right what was said of a project."""

    version = forms.IntegerField(
        required=False, min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput
    )
    field_order = (*ORDER, "version")


class StateForm(forms.Form):
    """The next state, from when, and why."""

    to = forms.ChoiceField(label=_("改成"), widget=forms.RadioSelect)
    on = day(_("从哪天起"))
    reason = words(
        500,
        _("原因"),
        rows=3,
        required=False,
        help_text=_("停止或未成功要写：试了什么，为什么不成。项目会留着，供以后参考。"),
    )
    version = forms.IntegerField(
        required=False, min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput
    )

    def __init__(
        self, *args: Any, states: Sequence[tuple[str, Any]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
        field.choices = list(states)
        if len(states) == 1:
            field.initial = states[0][0]


class PublishForm(forms.Form):
    """The words everybody may read; nobody's name belongs here."""

    goal = words(1000, _("公开的目标"), rows=3)
    result = words(1000, _("公开的结果"), rows=3, required=False)
    checked = forms.BooleanField(label=_("我看过了：没有姓名、电话、住址等个人信息"))
    version = forms.IntegerField(
        required=False, min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput
    )


class WhyForm(forms.Form):
    """Why a row or a project is withdrawn."""

    reason = words(500, _("为什么撤回"), rows=2)
    version = forms.IntegerField(
        required=False, min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput
    )


class KindForm(forms.Form):
    """A kind for the dictionary."""

    name_zh = plain(40, _("名称"))
    name_en = plain(80, _("英文名称"), required=False)
    code = forms.SlugField(
        label=_("代码"),
        max_length=20,
        help_text=_("小写字母、数字和短横，例如 health-walk；定了不能改。"),
    )


class FilterForm(forms.Form):
    """What a list is narrowed to; what cannot be read narrows nothing."""

    text = plain(
        60, _("名称或编号"), required=False, widget=forms.SearchInput(attrs={})
    )
    kind = forms.ChoiceField(
        label=_("类别"), required=False, choices=[("", _("全部")), *Kind.choices]
    )
    state = forms.ChoiceField(label=_("状态"), required=False)
    below = forms.ChoiceField(label=_("单位"), required=False)

    def __init__(
        self,
        *args: Any,
        states: Sequence[tuple[str, Any]],
        units: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, offered in (("state", states), ("below", units)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
            field.choices = [("", _("全部")), *offered]
