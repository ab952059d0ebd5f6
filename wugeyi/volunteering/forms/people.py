"""What volunteers say about themselves, and their hours."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wugeyi.casework.forms.fields import CleanLine, Once
from wugeyi.casework.forms.receipt import CodeField
from wugeyi.casework.forms.tables import day_field
from wugeyi.volunteering.forms.flashes import clean_phone, phone_field
from wugeyi.volunteering.forms.refusals import explain
from wugeyi.volunteering.models import Hours
from wugeyi.volunteering.rules.hours import check_span
from wugeyi.volunteering.rules.refusals import Refused

TIME = {"type": "time"}


class WordsForm(forms.Form):
    """A name and a number; both may stay empty."""

    name = CleanLine(
        label=_("怎么称呼您"),
        max_length=40,
        required=False,
        help_text=_("只有自己看得到；接下求助、出证明时要用。"),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = phone_field(
        required=False,
        help_text=_("只有自己看得到；社区有事要打时看一次记一次。"),
    )

    def clean_phone(self) -> str:
        """Read the number."""
        return clean_phone(self.cleaned_data["phone"])


class JoinForm(WordsForm, Once):
    """Registering by choice."""

    agreed = forms.BooleanField(
        label=_("我自愿登记，知道没有任务、没有考核，随时可以退出并删除"),
        error_messages={"required": _("请先勾选自愿。")},
    )


class OwnWordsForm(WordsForm):
    """Putting one's own words right."""

    public = forms.BooleanField(
        label=_("我同意在服务队页面公开我的称呼（不公开电话，随时可以收回）"),
        required=False,
    )


class HoursForm(Once):
    """From when to when, on a day."""

    on = day_field(_("哪一天"), help_text=_("做到后半夜的，写开始的那一天。"))
    starts = forms.TimeField(label=_("从几点"), widget=forms.TimeInput(attrs=TIME))
    ends = forms.TimeField(label=_("到几点"), widget=forms.TimeInput(attrs=TIME))
    kind = forms.ChoiceField(
        label=_("做了什么"), choices=Hours.Kind.choices, widget=forms.RadioSelect
    )
    text = CleanLine(label=_("说一句"), max_length=200, required=False)

    def clean(self) -> dict[str, Any] | None:
        """Put day and times together, and hold the span to its limits."""
        values = super().clean() or self.cleaned_data
        on, starts, ends = (values.get(name) for name in ("on", "starts", "ends"))
        if on is None or starts is None or ends is None:
            return values
        until = on + timedelta(days=1) if ends <= starts else on
        values["starts_at"] = timezone.make_aware(datetime.combine(on, starts))
        values["ends_at"] = timezone.make_aware(datetime.combine(until, ends))
        try:
            check_span(values["starts_at"], values["ends_at"], at=timezone.now())
        except Refused as refused:
            self.add_error("starts", explain(refused))
        return values


class CertificateForm(Once):
    """Of which days hours are certified."""

    first = day_field(_("从哪一天"))
    last = day_field(_("到哪一天"))


class CheckForm(forms.Form):
    """The code on a certificate."""

    code = CodeField(
        label=_("证明上的码"),
        help_text=_("12 个字母和数字。"),
        error_messages={"required": _("请输入证明上的码，一共 12 个字母和数字。")},
    )
