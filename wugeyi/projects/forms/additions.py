"""What is added to a project: one small form each, on one screen."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from wugeyi.casework.forms.photos import PhotosField
from wugeyi.casework.forms.picking import Picked
from wugeyi.projects.forms.fields import Key, MoneyField, NumberField, day, plain, words
from wugeyi.projects.models import Evidence, Partner, Project, Result, Risk, Undertaking
from wugeyi.projects.models.money import MONEY_NAMES, PARTNER_NAMES

MONEY = [(kind.value, name) for kind, name in MONEY_NAMES.items()]
GIVERS = [(kind.value, name) for kind, name in PARTNER_NAMES.items()]


class AddForm(forms.Form):
    """Every addition knows its project and the page it was decided on."""

    version = forms.IntegerField(
        required=False, min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput
    )
    replaces = Key()

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.project = project


class MilestoneForm(AddForm):
    """What by when."""

    name = plain(120, _("做什么"), help_text=_("例如：桥面合龙、第一班车开出。"))
    due_on = day(_("计划哪天完成"))
    done_on = day(_("已经完成的日期"), required=False, help_text=_("还没完成就空着。"))


class MoveForm(AddForm):
    """Another day, and why."""

    to = day(_("改到哪天"))
    reason = words(300, _("为什么改"), rows=2)


class DoneForm(AddForm):
    """The day it was done; empty takes a wrong day back."""

    on = day(_("完成日期"), required=False, help_text=_("清空就是还没有完成。"))


class MoneyForm(AddForm):
    """One line of money."""

    kind = forms.ChoiceField(
        label=_("哪一笔"), choices=MONEY, widget=forms.RadioSelect, initial="paid"
    )
    amount = MoneyField(
        label=_("金额"), help_text=_("单位：元；也可以写“115万元”。退款、核减写负数。")
    )
    account = plain(
        80,
        _("账户"),
        help_text=_("专项资金一个账户一笔账；新的名称会开一个新账户。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "list": "accounts"}),
    )
    source = plain(
        120,
        _("钱从哪里来"),
        required=False,
        help_text=_("开新账户时写，例如：中央财政补助。"),
    )
    on = day(_("日期"))
    note = plain(
        200, _("说明"), required=False, help_text=_("票据号、付给谁的哪一项。")
    )
    special = forms.BooleanField(
        label=_("这个账户专款专用（科目 241）"), required=False
    )

    def clean_amount(self) -> int:
        """Refuse nothing."""
        fen: int | None = self.cleaned_data["amount"]
        if not fen:
            raise forms.ValidationError(_("金额不能是 0。"), "zero")
        return fen


class AssetForm(AddForm):
    """What the money became."""

    asset = plain(200, _("形成什么资产"), help_text=_("例如：便民步道 320 米。"))
    on = day(_("哪天形成"))
    book_reference = plain(
        80,
        _("村账凭证号"),
        required=False,
        help_text=_("借 241 专项应付款、贷 311 公积公益金的那张。"),
    )


class PartnerForm(Picked, AddForm):
    """Who gives how much."""

    pick_label: ClassVar[Any] = _("名册里的单位")
    pick_required: ClassVar[bool] = False
    kind = forms.ChoiceField(
        label=_("哪一方"), choices=GIVERS, widget=forms.RadioSelect
    )
    name = plain(
        80,
        _("不在名册里：名称"),
        required=False,
        help_text=_("公司、合作社的名称。村民只写“村民”和人数，不写姓名。"),
    )
    people = forms.IntegerField(
        label=_("人数"), required=False, min_value=1, max_value=1_000_000
    )
    form = forms.ChoiceField(
        label=_("以什么出资"),
        choices=Partner.Form.choices,
        initial=Partner.Form.CASH.value,
    )
    contribution = MoneyField(
        label=_("认缴"), least=0, help_text=_("单位：元；也可以写“115万元”。")
    )
    paid_in = MoneyField(label=_("已经到位"), required=False, least=0)
    on = day(_("日期"))
    field_order = (
        "kind",
        "to_pick",
        "to",
        "name",
        "people",
        "contribution",
        "paid_in",
        "form",
        "on",
    )

    def clean(self) -> dict[str, Any] | None:
        """Ask for a name or an organisation."""
        values = super().clean() or self.cleaned_data
        if values.get("kind") == "villagers" and not values.get("name"):
            values["name"] = str(PARTNER_NAMES["villagers"])  # type: ignore[index]
        named = values.get("to") is not None or values.get("name")
        if not named and "to" not in self.errors:
            self.add_error("name", _("请选名册里的单位，或者写名称。"))
        return values


class UndertakingForm(AddForm):
    """A promise, or somebody's surety."""

    kind = forms.ChoiceField(
        label=_("是什么"),
        choices=Undertaking.Kind.choices,
        widget=forms.RadioSelect,
        initial=Undertaking.Kind.PROMISE.value,
    )
    giver = forms.ChoiceField(label=_("谁作出的"), choices=GIVERS)
    text = words(500, _("内容"), rows=2)
    on = day(_("日期"))


class RiskForm(AddForm):
    """What may go wrong."""

    kind = forms.ChoiceField(
        label=_("哪一类"), choices=Risk.Kind.choices, widget=forms.RadioSelect
    )
    text = words(500, _("可能出什么问题"), rows=2)
    seen_on = day(_("哪天看到的"))


class RiskEndForm(AddForm):
    """What came of it."""

    happened = forms.TypedChoiceField(
        label=_("后来"),
        choices=[("yes", _("发生了")), ("no", _("没有发生"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    outcome = words(500, _("结果怎样，怎么处理的"), rows=2)
    on = day(_("日期"))


class ResultForm(AddForm):
    """A measured value; for the goal itself only what is new is asked."""

    name = plain(
        80,
        _("衡量什么"),
        required=False,
        help_text=_("空着就是项目自己的目标；别的变化在这里写名称。"),
    )
    unit = plain(20, _("单位"), required=False)
    before = NumberField(
        label=_("之前"), required=False, help_text=_("空着就用项目登记的现状。")
    )
    before_on = day(_("之前是哪天"), required=False)
    after = NumberField(label=_("现在是多少"))
    on = day(_("哪天测的"))
    method = forms.ChoiceField(
        label=_("怎么得来的"),
        choices=[each for each in Result.Method.choices if each[0] != "figure"],
    )
    measured_by = plain(
        80, _("谁测的"), help_text=_("写单位或岗位，例如：社区网格员、第三方机构。")
    )
    note = words(500, _("说明"), rows=2, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.project.indicator:
            self.fields["name"].required = True
            self.fields["name"].help_text = ""


class FigureForm(AddForm):
    """Two periods; the values come from the records."""

    before_first = day(_("之前：从"))
    before_last = day(_("到"))
    after_first = day(_("之后：从"))
    after_last = day(_("到"))
    note = words(500, _("说明"), rows=2, required=False)

    def clean(self) -> dict[str, Any] | None:
        """Refuse periods that end before they begin."""
        values = super().clean() or self.cleaned_data
        for name in ("before", "after"):
            first, last = values.get(f"{name}_first"), values.get(f"{name}_last")
            if first and last and last < first:
                self.add_error(f"{name}_last", _("结束不能早于开始。"))
        return values


class EvidenceForm(AddForm):
    """Photographs of before, during or after."""

    photos = PhotosField(
        required=True,
        help_text=_("最多 9 张。会缩小，并去掉拍摄地点等信息。请不要拍到人脸。"),
        error_messages={"required": _("请选至少一张照片。")},
    )
    phase = forms.ChoiceField(
        label=_("什么时候的"), choices=Evidence.Phase.choices, widget=forms.RadioSelect
    )
    pair = forms.ModelChoiceField(
        label=_("和哪一张对比"),
        queryset=Evidence.objects.none(),
        required=False,
        empty_label=_("不对比"),
    )
    caption = plain(120, _("说明"), required=False)
    taken_on = day(_("拍摄日期"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["pair"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (declared above)
        field.queryset = self.project.evidence.filter(
            phase=Evidence.Phase.BEFORE, withdrawn_at=None
        ).order_by("pk")
        if not field.queryset.exists():
            field.widget = forms.HiddenInput()


class CaseForm(AddForm):
    """The number of a case."""

    number = plain(
        30, _("诉求编号"), help_text=_("在诉求的页面上，例如 20261122-4711。")
    )
