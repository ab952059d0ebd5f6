"""What is typed for each step of a case. Forms explain, they never save."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from wugeyi.casework.forms.photos import PhotosField
from wugeyi.casework.forms.picking import Picked
from wugeyi.casework.models import Callback, Category, Exclusion, Pause, Update
from wugeyi.casework.models.cases import Satisfaction
from wugeyi.casework.models.settings import Urgency
from wugeyi.casework.queries.categories import active


def area(rows: int = 4, **attrs: str) -> forms.Textarea:
    """Return a box for several lines."""
    return forms.Textarea(attrs={"rows": rows, **attrs})


def words(label: Any, most: int, *, rows: int = 4, **more: Any) -> forms.CharField:
    """Return a field for a few sentences that counts what is left."""
    widget = area(rows, **{"data-count": ""})
    return forms.CharField(label=label, max_length=most, widget=widget, **more)


class StepForm(forms.Form):
    """Every step carries the version of the page it was decided on."""

    version = forms.IntegerField(
        required=False, min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput
    )


class PlainForm(StepForm):
    """A step that needs nothing but the decision."""


class AssignForm(Picked, StepForm):
    """To whom, and why."""

    pick_label: ClassVar[Any] = _("交给哪个单位")
    reason = words(
        _("理由"),
        300,
        rows=2,
        help_text=_("写给接手的人看，例如：路灯由城管局维护。"),
    )
    field_order = ("to_pick", "to", "reason", "version")


class ObjectForm(StepForm):
    """Why it does not belong here."""

    reason = words(
        _("为什么不归我们办"),
        500,
        help_text=_("上一级会看到这段话并裁定。尽量写明依据和应当由谁办。"),
    )


class DecideForm(Picked, StepForm):
    """Whether the hand-back stands, and who gets the case then."""

    pick_label: ClassVar[Any] = _("改派给哪个单位")
    pick_required: ClassVar[bool] = False
    upheld = forms.TypedChoiceField(
        label=_("裁定"),
        choices=[
            ("yes", _("退回成立，改派给别的单位")),
            ("no", _("退回不成立，原单位继续办理")),
        ],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    reason = words(_("裁定说明"), 300, rows=3)
    field_order = ("upheld", "to_pick", "to", "reason", "version")

    def clean(self) -> dict[str, Any] | None:
        """Ask for the organisation only where one is needed."""
        values = super().clean() or self.cleaned_data
        missing = values.get("to") is None and "to" not in self.errors
        if values.get("upheld") and missing:
            self.add_error("to", _("退回成立时，要选改派给哪个单位。"))
        return values


class ContactForm(StepForm):
    """What was said when the reporter was called."""

    text = words(
        _("联系情况"),
        4000,
        help_text=_("和诉求人说了什么、对方怎么说。不要写身份证号等无关信息。"),
    )


class UpdateForm(StepForm):
    """Progress, which the reporter can read, or a note, which only staff can."""

    kind = forms.ChoiceField(
        label=_("给谁看"),
        choices=[
            (Update.Kind.PROGRESS.value, _("进展：诉求人也能看到")),
            (Update.Kind.NOTE.value, _("内部备注：只有工作人员看到")),
        ],
        initial=Update.Kind.PROGRESS.value,
        widget=forms.RadioSelect,
    )
    text = words(_("内容"), 4000)
    photos = PhotosField(help_text=_("可选多张；发送前会去掉拍摄地点等信息。"))
    field_order = ("text", "kind", "photos", "version")


class PauseForm(StepForm):
    """Why the clock stands still."""

    reason = forms.ChoiceField(
        label=_("暂停原因"), choices=Pause.Reason.choices, widget=forms.RadioSelect
    )
    text = words(_("说明"), 300, rows=3, help_text=_("写明在等什么、预计到什么时候。"))


class AskForm(Picked, StepForm):
    """Whom to ask, and what for."""

    pick_label: ClassVar[Any] = _("请哪个单位协办")
    text = words(_("请对方做什么"), 500, rows=3)
    field_order = ("to_pick", "to", "text", "version")


class ReplyForm(StepForm):
    """The answer of those who were asked."""

    text = words(_("回复"), 1000)


class AnswerForm(StepForm):
    """What was done, in words for the reporter."""

    text = words(
        _("答复内容"),
        4000,
        rows=6,
        help_text=_("诉求人会读到。先说办成了什么，再说怎么办的；没办成也如实说。"),
    )
    photos = PhotosField(help_text=_("办理后的照片，可选多张。"))


class CallBackForm(StepForm):
    """What the reporter says, or what somebody saw on the spot."""

    method = forms.ChoiceField(
        label=_("怎么回访的"),
        choices=[
            (Callback.Method.PHONE.value, Callback.Method.PHONE.label),
            (Callback.Method.VISIT.value, Callback.Method.VISIT.label),
            (Callback.Method.CHECK.value, Callback.Method.CHECK.label),
        ],
        initial=Callback.Method.PHONE.value,
        widget=forms.RadioSelect,
    )
    result = forms.ChoiceField(
        label=_("结果"), choices=Callback.Result.choices, widget=forms.RadioSelect
    )
    satisfaction = forms.ChoiceField(
        label=_("满意度"),
        choices=[("", _("没有问或没有说")), *Satisfaction.choices],
        required=False,
        widget=forms.RadioSelect,
    )
    text = words(
        _("说明"),
        1000,
        rows=3,
        required=False,
        help_text=_("未解决的，写明还差什么；现场核查的，写明看到了什么。"),
    )

    def clean(self) -> dict[str, Any] | None:
        """Nobody who was not reached can be satisfied; what is not solved needs words."""
        values = super().clean() or self.cleaned_data
        result = values.get("result")
        if result == Callback.Result.UNREACHED and values.get("satisfaction"):
            self.add_error("satisfaction", _("没有联系上，就没有满意度。"))
        if result == Callback.Result.UNRESOLVED and not values.get("text", "").strip():
            self.add_error("text", _("请写明还有什么没有解决。"))
        return values


class ReferForm(StepForm):
    """Which statutory channel."""

    text = words(
        _("告知内容"),
        4000,
        help_text=_("写明应走哪个法定途径、到哪里办、带什么材料。诉求人会读到。"),
    )


class MergeForm(StepForm):
    """Into which case."""

    into = forms.CharField(
        label=_("并入哪一件"),
        max_length=30,
        help_text=_("输入诉求编号，例如 20261122-4711。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )


def category_choices(*, whole: bool = False) -> list[tuple[Any, Any]]:
    """Return the active categories below their headings.

    ``whole`` offers each heading as a choice as well: all that lies below it.
    """
    rows = [(row.pk, row.parent_id, str(row)) for row in active()]
    grouped: dict[int, tuple[str, list[tuple[str, Any]]]] = {
        key: (head, [(str(key), _("%s（全部）") % head)] if whole else [])
        for key, parent, head in rows
        if parent is None
    }
    for key, parent, name in rows:
        if parent in grouped:
            grouped[parent][1].append((str(key), name))
    return [(head, choices) for head, choices in grouped.values() if choices]


class CategoryField(forms.ChoiceField):
    """Gives a Category; the choices are read when the form is made."""

    def __init__(self, *, empty: Any = None, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("类别"))
        first = ("", empty or _("请选择"))
        super().__init__(choices=lambda: [first, *category_choices()], **kwargs)

    def clean(self, value: Any) -> Any:
        """Return the row instead of its key."""
        key = super().clean(value)
        return Category.objects.select_related("parent").get(pk=key) if key else None


class SplitForm(Picked, StepForm):
    """The part that becomes a case of its own."""

    pick_label: ClassVar[Any] = _("地点（与原诉求不同时填写）")
    pick_required: ClassVar[bool] = False
    client_id = forms.UUIDField(widget=forms.HiddenInput)
    text = words(_("分出的事项"), 4000)
    category = CategoryField()
    field_order = ("text", "category", "to_pick", "to", "client_id", "version")


class ReclassifyForm(Picked, StepForm):
    """What it is about, how soon, and where."""

    pick_label: ClassVar[Any] = _("地点（要改时填写）")
    pick_required: ClassVar[bool] = False
    category = CategoryField()
    urgency = forms.ChoiceField(
        label=_("紧急程度"), choices=Urgency.choices, widget=forms.RadioSelect
    )
    reason = words(_("更正理由"), 300, rows=2)
    field_order = ("category", "urgency", "to_pick", "to", "reason", "version")


class ExcludeForm(StepForm):
    """Why the case should not count in the rates."""

    reason = forms.ChoiceField(
        label=_("理由"), choices=Exclusion.Reason.choices, widget=forms.RadioSelect
    )
    text = words(_("依据和说明"), 500, rows=3)


class DecideExclusionForm(forms.Form):
    """Whether it is left out."""

    approved = forms.TypedChoiceField(
        label=_("审批"),
        choices=[
            ("yes", _("同意：不计入三率")),
            ("no", _("不同意：照常计入三率")),
        ],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    text = words(_("审批说明"), 500, rows=3)


class PublishForm(StepForm):
    """What everybody may read, looked at by a person."""

    public_text = words(
        _("公开的文字"),
        4000,
        rows=6,
        help_text=_("系统已经遮去可能识别个人的内容。公开前请再读一遍。"),
    )
    photos = forms.MultipleChoiceField(
        label=_("公开的照片"), required=False, widget=forms.CheckboxSelectMultiple
    )
    checked = forms.BooleanField(
        label=_("我已核对：文字和照片里没有姓名、电话、门牌、车牌和人脸")
    )

    def __init__(
        self,
        *args: Any,
        photo_choices: Sequence[tuple[str, str]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if photo_choices:
            field = self.fields["photos"]
            assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 (above)
            field.choices = list(photo_choices)
        else:
            del self.fields["photos"]
