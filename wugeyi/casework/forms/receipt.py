"""What a resident does with a receipt: look up, answer, take back, erase."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from wugeyi.casework.forms.fields import CleanText
from wugeyi.casework.models import Callback
from wugeyi.casework.models.cases import Satisfaction
from wugeyi.casework.rules.intake import too_long_by
from wugeyi.casework.rules.receipts import normalise

WORDS_LIMIT = 1000


class CodeField(forms.CharField):
    """A receipt code; gives its twelve characters."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("查询码"))
        kwargs.setdefault("max_length", 60)
        kwargs.setdefault(
            "widget",
            forms.TextInput(
                attrs={
                    "autocomplete": "off",
                    "autocapitalize": "characters",
                    "spellcheck": "false",
                    "placeholder": "7K3M-9QXP-2T4V",
                    "data-no-save": "",
                    "data-code": "",
                }
            ),
        )
        kwargs.setdefault(
            "error_messages", {"required": _("请输入查询码，一共 12 个字母和数字。")}
        )
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        """Read what was typed: spaces, hyphens and look-alikes do not matter."""
        typed = str(value or "").replace("\x00", "").strip()
        if not typed:
            return ""
        code = normalise(typed)
        if code is None:
            raise forms.ValidationError(
                _(
                    "这个查询码对不上。请对照回执再看一遍：一共 12 个字母和数字，"
                    "没有字母 I、L、O、U。"
                ),
                "malformed",
            )
        return code


class CodeForm(forms.Form):
    """Look a case up."""

    code = CodeField()


class HeldForm(forms.Form):
    """Every act on the own case carries its code: no session, no cookie is needed."""

    code = CodeField(widget=forms.HiddenInput)


class AnswerForm(HeldForm):
    """Ask whether it is solved."""

    version = forms.IntegerField(
        required=False, min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput
    )
    result = forms.ChoiceField(
        label=_("解决了吗？"),
        choices=[
            (Callback.Result.RESOLVED.value, _("已解决")),
            (Callback.Result.UNRESOLVED.value, _("没有解决，请重新办理")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("请选“已解决”或“没有解决”。")},
    )
    satisfaction = forms.ChoiceField(
        label=_("对办理过程满意吗？"),
        choices=Satisfaction.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    text = CleanText(
        label=_("想说的话"),
        required=False,
        help_text=_("没有解决的，说说还差什么。"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_text(self) -> str:
        """Refuse a text that is too long, saying by how much."""
        text: str = self.cleaned_data["text"]
        over = too_long_by(text, WORDS_LIMIT)
        if over:
            raise forms.ValidationError(
                ngettext_lazy(
                    "最多 %(limit)s 个字，还要删去 %(over)s 个字。写好的内容都还在。",
                    "最多 %(limit)s 个字，还要删去 %(over)s 个字。写好的内容都还在。",
                    over,
                ),
                "too_long",
                {"limit": WORDS_LIMIT, "over": over},
            )
        return text


class EraseForm(HeldForm):
    """What shall be erased, and that it is meant."""

    what = forms.ChoiceField(choices=[("identity", ""), ("all", "")])
    sure = forms.BooleanField(required=False)
