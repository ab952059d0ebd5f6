"""What people send to be told, and how they want it. Parsed and explained, never saved."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from wugeyi.notices.gateways import ready
from wugeyi.notices.gateways.encryption import (
    AUTH_OCTETS,
    POINT_OCTETS,
    public_key,
    to_octets,
)
from wugeyi.notices.gateways.push import known
from wugeyi.notices.registry import Event


class EmailForm(forms.Form):
    """Where news shall go."""

    email = forms.EmailField(
        label=_("电子邮箱"),
        max_length=200,
        help_text=_("先往这里发一封信，打开信里的网址确认以后才开始。"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("请写电子邮箱。"),
            "invalid": _("这不像电子邮箱，例如 name@example.cn。"),
        },
    )


def _clock(label: Any, help_text: Any = "") -> forms.TimeField:
    return forms.TimeField(
        label=label,
        help_text=help_text,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={
            "required": _("请写几点，例如 22:00。"),
            "invalid": _("请写几点，例如 22:00。"),
        },
    )


class TimesForm(forms.Form):
    """When and in which language."""

    language = forms.ChoiceField(label=_("语言"), choices=settings.LANGUAGES)
    quiet_from = _clock(_("几点起不打扰"))
    quiet_until = _clock(
        _("到几点"), _("这段时间里的消息等到这个钟点再发。两个一样，就是随时都发。")
    )
    urgent_anytime = forms.BooleanField(
        label=_("急事随时告诉我"),
        required=False,
        help_text=_("有人报告危险的，不管选没选都会马上告诉值班的人。"),
    )


def wanted(
    data: QueryDict, events: list[Event], ways: list[str]
) -> dict[tuple[str, str], bool]:
    """Read which events are ticked for which ways; what is not ticked is not wanted."""
    ticked = set(data.getlist("wanted"))
    return {
        (event.code, way): f"{event.code} {way}" in ticked
        for event in events
        for way in ways
    }


class AddressForm(forms.Form):
    """A telephone or a chat account of one's own."""

    way = forms.ChoiceField(widget=forms.HiddenInput)
    value = forms.CharField(max_length=64)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["way"]
        if isinstance(chosen, forms.ChoiceField):
            chosen.choices = [
                (way.code, way.label) for way in ready() if way.code in LABELS
            ]
        value = self.fields["value"]
        value.label = LABELS.get(str(self.data.get("way") or self.initial.get("way")))

    def clean_value(self) -> str:
        """Read a telephone without spaces and hyphens; an account name as it is."""
        typed = "".join(str(self.cleaned_data["value"]).split())
        if self.cleaned_data.get("way") == "sms":
            typed = typed.replace("-", "").removeprefix("+86")
            if not (typed.isascii() and typed.isdigit() and len(typed) == MOBILE):
                raise forms.ValidationError(_("手机号是 11 位数字。"))
        if not typed.isprintable():
            raise forms.ValidationError(_("这里有看不见的字符，请重新写。"))
        return typed


MOBILE = 11
LABELS: dict[str, Any] = {"sms": _("手机号"), "wecom": _("企业微信账号")}


class ProofForm(forms.Form):
    """The digits that came to an address."""

    code = forms.RegexField(
        r"^\s*\d{6}\s*$",
        label=_("验证码"),
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}
        ),
        error_messages={
            "required": _("请填收到的 6 位数字。"),
            "invalid": _("验证码是 6 位数字。"),
        },
    )

    def clean_code(self) -> str:
        """Drop spaces."""
        return str(self.cleaned_data["code"]).strip()


class BrowserForm(forms.Form):
    """What a browser says of itself when its person allows messages."""

    endpoint = forms.CharField(max_length=500)
    p256dh = forms.CharField(max_length=120)
    auth = forms.CharField(max_length=40)

    def clean_endpoint(self) -> str:
        """Take only services this server is willing to ask."""
        endpoint = str(self.cleaned_data["endpoint"])
        if not known(endpoint):
            raise forms.ValidationError(_("这个浏览器的推送服务不在允许的名单里。"))
        return endpoint

    def clean_p256dh(self) -> str:
        """Take only a point of the curve."""
        return _checked(self.cleaned_data["p256dh"], POINT_OCTETS, point=True)

    def clean_auth(self) -> str:
        """Take only 16 octets."""
        return _checked(self.cleaned_data["auth"], AUTH_OCTETS)


def _checked(text: object, octets: int, *, point: bool = False) -> str:
    wrong = forms.ValidationError(_("浏览器给的密钥不对，请换一个浏览器再试。"))
    try:
        raw = to_octets(str(text))
        if point:
            public_key(raw)
    except ValueError:
        raise wrong from None
    if len(raw) != octets:
        raise wrong
    return str(text)
