"""What is typed about people who come back: parsed and explained, never saved."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wugeyi.casework.forms.fields import CleanLine
from wugeyi.casework.forms.receipt import CodeField
from wugeyi.casework.forms.tables import day_field
from wugeyi.talents.models import TalentCard, TalentCount, TalentKind
from wugeyi.talents.rules.consent import Months, keep_until

MOST_PEOPLE = 100_000


def line(label: Any, most: int, **more: Any) -> CleanLine:
    """Return a field for one line that browsers do not fill in."""
    widget = forms.TextInput(attrs={"autocomplete": "off"})
    return CleanLine(label=label, max_length=most, widget=widget, **more)


class Once(forms.Form):
    """A form that may be sent twice: the id makes both one act."""

    client_id = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_client_id(self) -> UUID:
        """Read the id; a bad one gets a new one."""
        try:
            return UUID(self.cleaned_data["client_id"])
        except ValueError:
            return uuid4()


def kind_field() -> "forms.ModelChoiceField[TalentKind]":
    """Return a choice of one of the kinds in use."""
    return forms.ModelChoiceField(
        queryset=TalentKind.objects.filter(active=True),
        label=gettext_lazy("哪一类"),
        empty_label=None,
        widget=forms.RadioSelect,
    )


class CountForm(Once):
    """So many people of a kind, on a day."""

    kind = kind_field()
    change = forms.ChoiceField(
        label=gettext_lazy("来了还是走了"),
        choices=TalentCount.Change.choices,
        widget=forms.RadioSelect,
        initial=TalentCount.Change.CAME.value,
    )
    people = forms.IntegerField(
        label=gettext_lazy("几个人"),
        min_value=1,
        max_value=MOST_PEOPLE,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    on = day_field(gettext_lazy("哪一天"))
    # Set by the view: how many of a kind there are without the row being corrected.
    standing: dict[int, int]

    def __init__(
        self, *args: Any, standing: dict[int, int] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.standing = standing or {}

    def clean_on(self) -> date:
        """Let nobody come tomorrow."""
        on: date = self.cleaned_data["on"]
        if on > timezone.localdate():
            raise forms.ValidationError(_("这一天还没有到。请填已经发生的日期。"))
        return on

    def clean(self) -> dict[str, Any] | None:
        """Refuse that more leave than are on record."""
        values = super().clean() or self.cleaned_data
        kind, people = values.get("kind"), values.get("people")
        if kind and people and values.get("change") == TalentCount.Change.LEFT:
            here = self.standing.get(kind.pk, 0)
            if people > here:
                self.add_error(
                    "people",
                    _("这一类登记在这里的只有 %(here)s 人。请先核对来的人数。")
                    % {"here": here},
                )
        return values


class WordsForm(forms.Form):
    """What somebody wants to be known of them."""

    name = line(gettext_lazy("怎么称呼"), 40)
    skill = line(
        gettext_lazy("会什么"),
        120,
        required=False,
        help_text=gettext_lazy("例如：修剪果树、开网店、教书法。"),
    )
    offer = line(
        gettext_lazy("能帮什么"),
        200,
        required=False,
        help_text=gettext_lazy("例如：周末可以教大家嫁接。"),
    )
    contact = line(
        gettext_lazy("怎么联系"),
        60,
        required=False,
        help_text=gettext_lazy("本人愿意留的才写；不写身份证号。"),
    )


class CardForm(WordsForm, Once):
    """A card with the consent it stands on, on one screen."""

    kind = kind_field()
    agreed_how = forms.ChoiceField(
        label=gettext_lazy("怎么同意的"),
        choices=TalentCard.How.choices,
        widget=forms.RadioSelect,
    )
    agreed_on = day_field(gettext_lazy("哪天同意的"))
    purpose = line(
        gettext_lazy("用来做什么（同意的就是这个）"),
        120,
        help_text=gettext_lazy("只能用在这里写的事上。"),
    )
    months = forms.TypedChoiceField(
        label=gettext_lazy("留多久"),
        coerce=int,
        choices=[
            (Months.HALF_A_YEAR.value, gettext_lazy("半年")),
            (Months.YEAR.value, gettext_lazy("一年")),
            (Months.TWO_YEARS.value, gettext_lazy("两年")),
        ],
        initial=Months.YEAR.value,
        widget=forms.RadioSelect,
    )
    agreed = forms.BooleanField(
        label=gettext_lazy("已当面说明谁在用、做什么、留多久、随时可以撤回，本人同意"),
        error_messages={
            "required": gettext_lazy("没有本人同意就不能写名片，只登记人数就行。")
        },
    )
    public = forms.BooleanField(
        label=gettext_lazy(
            "本人另外同意：称呼、会什么、能帮什么可以公开（不公开联系方式）"
        ),
        required=False,
    )
    field_order = (
        "kind",
        "name",
        "skill",
        "offer",
        "contact",
        "purpose",
        "months",
        "agreed_on",
        "agreed_how",
        "agreed",
        "public",
        "client_id",
    )

    def clean_agreed_on(self) -> date:
        """Let nobody agree tomorrow."""
        on: date = self.cleaned_data["agreed_on"]
        if on > timezone.localdate():
            raise forms.ValidationError(_("这一天还没有到。请填已经发生的日期。"))
        return on

    def clean(self) -> dict[str, Any] | None:
        """Work out the last day; one that is over already cannot be kept."""
        values = super().clean() or self.cleaned_data
        agreed, months = values.get("agreed_on"), values.get("months")
        if agreed and months:
            values["keep_until"] = keep_until(agreed, months)
            if values["keep_until"] < timezone.localdate():
                self.add_error("agreed_on", _("按这个日子已经到期了。请重新问过本人。"))
        return values


class MineForm(forms.Form):
    """The code on somebody's own slip."""

    code = CodeField(
        label=gettext_lazy("撤回码"),
        help_text=gettext_lazy("印在同意书回执上，12 个字母和数字。"),
        error_messages={
            "required": gettext_lazy("请输入撤回码，一共 12 个字母和数字。")
        },
    )


class KindForm(forms.Form):
    """A kind of people, in the installation's own words."""

    code = forms.SlugField(label=gettext_lazy("代码"), max_length=20)
    name_zh = line(gettext_lazy("名称"), 20)
    name_en = line(gettext_lazy("英文名称"), 60, required=False)
    about = line(gettext_lazy("指哪些人"), 120, required=False)
    source = line(
        gettext_lazy("出处"),
        200,
        required=False,
        help_text=gettext_lazy("哪一份文件这样说。"),
    )
    verified = forms.BooleanField(label=gettext_lazy("已对照原文核对"), required=False)
    active = forms.BooleanField(label=gettext_lazy("正在使用"), required=False)

    def __init__(
        self, *args: Any, row: TalentKind | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.row = row

    def clean_code(self) -> str:
        """Keep codes apart; one that figures were counted by stays."""
        code: str = self.cleaned_data["code"]
        if self.row is not None and self.row.code != code:
            raise forms.ValidationError(
                _("代码定了就不改：已有的数字按它分。名称可以改。")
            )
        if self.row is None and TalentKind.objects.filter(code=code).exists():
            raise forms.ValidationError(_("这个代码已经用过。"))
        return code

    def clean(self) -> dict[str, Any] | None:
        """Ask for the source of what was checked."""
        values = super().clean() or self.cleaned_data
        if values.get("verified") and not values.get("source"):
            self.add_error("source", _("核对过的请写明出处。"))
        return values
