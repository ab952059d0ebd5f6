"""Names, passwords and codes as they are typed."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from wugeyi.accounts.models import User

# Longer text is nobody's password and would only keep the server hashing.
LONGEST_PASSWORD = 1024


def password_field(label: Any, *, autocomplete: str, **options: Any) -> forms.CharField:
    """Return a field whose text is taken as typed, never shown again."""
    return forms.CharField(
        label=label,
        strip=False,
        max_length=LONGEST_PASSWORD,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
        **options,
    )


def code_field(**options: Any) -> forms.CharField:
    """Return a field for a code from a phone, or a backup code."""
    return forms.CharField(
        max_length=40,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "autocapitalize": "none",
                "spellcheck": "false",
                "class": "short",
            }
        ),
        **options,
    )


class SignInForm(forms.Form):
    """Who, and with what password."""

    username = forms.CharField(
        label=_("登录名"),
        max_length=150,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "username",
                "autocapitalize": "none",
                "spellcheck": "false",
            }
        ),
    )
    password = password_field(_("密码"), autocomplete="current-password")


class CodeForm(forms.Form):
    """The second step."""

    code = code_field(
        label=_("验证码"),
        help_text=_("手机验证码应用里现在显示的 6 位数字，或一个没用过的备用码。"),
    )


class PasswordAndCodeForm(forms.Form):
    """Proof for changing how codes work: a computer left alone must not be enough."""

    code = code_field(label=_("验证码"))
    password = password_field(_("您的登录密码"), autocomplete="current-password")


class NewPasswordForm(forms.Form):
    """A new password, twice, as the eyes cannot check it."""

    new_password = password_field(
        _("新密码"),
        autocomplete="new-password",
        help_text=_("至少 8 个字，不能全是数字。几个不相干的词连在一起，好记又难猜。"),
    )
    again = password_field(_("再输一次"), autocomplete="new-password")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_new_password(self) -> str:
        """Refuse what is easily guessed, saying why."""
        password: str = self.cleaned_data["new_password"]
        validate_password(password, self.user)
        return password

    def clean(self) -> dict[str, Any]:
        """Refuse two different texts."""
        cleaned = super().clean() or self.cleaned_data
        first, second = cleaned.get("new_password"), cleaned.get("again")
        if first is not None and second is not None and first != second:
            self.add_error("again", ValidationError(_("两次输入的密码不一样。")))
        return cleaned


class ChangePasswordForm(NewPasswordForm):
    """The password one has, and the one one wants."""

    password = password_field(_("现在的密码"), autocomplete="current-password")
    field_order = ["password", "new_password", "again"]


class ResetRequestForm(forms.Form):
    """Whose password is forgotten."""

    typed = forms.CharField(
        label=_("登录名或电子邮箱"),
        max_length=254,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "username",
                "autocapitalize": "none",
                "spellcheck": "false",
            }
        ),
    )
