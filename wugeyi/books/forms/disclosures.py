"""What is typed about a sheet: its words, the group's opinion, why it goes, a question."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wugeyi.casework.forms.fields import CleanLine, CleanText, Once, Version
from wugeyi.casework.rules.intake import TEXT_LIMIT, read_phone, too_long_by


def _words(label: Any, help_text: Any) -> CleanText:
    return CleanText(
        label=label,
        max_length=2000,
        required=False,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class DrawUpForm(forms.Form):
    """What no account tells; the rest is in the books."""

    plans = _words(
        _("财务计划"),
        _("今年打算怎么收、怎么支、建什么，没有变化就写“和上期一样”。"),
    )
    resources = _words(
        _("各类资源"),
        _("集体的耕地、林地、水面、建设用地有多少，发包、出租给了谁、到哪天。"),
    )
    other = _words(_("其他需要公开的事项"), _("村民要求公开的，或者这一期特别的事。"))


class ReviewForm(Version):
    """Who of the villagers' finance group looked it over, when, what they say."""

    reviewed_by = CleanLine(
        label=_("民主理财小组审核人"),
        max_length=120,
        help_text=_("看过的人的姓名，会写在公开的表上。"),
    )
    reviewed_on = forms.DateField(
        label=_("审核日期"),
        widget=forms.DateInput(
            attrs={"type": "date", "class": "short"}, format="%Y-%m-%d"
        ),
    )
    opinion = CleanLine(
        label=_("民主理财小组的意见"),
        max_length=500,
        required=False,
        help_text=_("没有意见可以空着。有疑问的写上，一起公开。"),
    )

    def clean_reviewed_on(self) -> Any:
        """Refuse a day to come."""
        on = self.cleaned_data["reviewed_on"]
        if on > timezone.localdate():
            raise forms.ValidationError(_("这一天还没有到，请核对。"))
        return on


class WithdrawSheetForm(Version):
    """Why a sheet is taken down."""

    why = CleanLine(
        label=_("撤下的理由"),
        max_length=200,
        help_text=_("会写在原来的页面上，村民看得到。"),
    )


class QuestionForm(Once):
    """What a villager wants to know; a name and a telephone only if they like."""

    text = CleanText(
        label=_("您想问什么？"),
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
        help_text=_("一句话就够。不要写身份证号和银行卡号。"),
        error_messages={"required": _("请写一句话，说说您想问什么。")},
    )
    name = CleanLine(
        label=_("怎么称呼您"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = CleanLine(
        label=_("联系电话"),
        max_length=30,
        required=False,
        help_text=_("答复您的人看得到。不想让村里知道是谁问的，就空着，凭回执查。"),
        widget=forms.TextInput(
            attrs={"autocomplete": "tel", "inputmode": "tel", "type": "tel"}
        ),
    )

    def clean_text(self) -> str:
        """Refuse a text that is too long, saying by how much."""
        text: str = self.cleaned_data["text"]
        over = too_long_by(text)
        if over:
            raise forms.ValidationError(
                _("最多 %(limit)s 个字，还要删去 %(over)s 个字。写好的内容都还在。"),
                "too_long",
                {"limit": TEXT_LIMIT, "over": over},
            )
        return text

    def clean_phone(self) -> str:
        """Read a telephone number; blank stays blank."""
        typed: str = self.cleaned_data["phone"]
        phone = read_phone(typed) if typed else ""
        if phone is None:
            raise forms.ValidationError(
                _("这个电话号码看不懂。手机是 11 位，座机请加区号；也可以不填。")
            )
        return phone
