"""Taking somebody on, for the pages of administrators in a higher app."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from wugeyi.accounts import queries
from wugeyi.accounts.models import User
from wugeyi.accounts.rules import is_username, normal_username


class ContactForm(forms.Form):
    """What may be corrected about a person."""

    name = forms.CharField(
        label=_("姓名"),
        max_length=User._meta.get_field("name").max_length,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    email = forms.EmailField(
        label=_("电子邮箱"),
        required=False,
        help_text=_(
            "忘记密码时往这里寄重设链接。没有邮箱也可以，由管理员打印重设链接。"
        ),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


class PersonForm(ContactForm):
    """A new person and the name they sign in by."""

    username = forms.CharField(
        label=_("登录名"),
        max_length=User._meta.get_field("username").max_length,
        help_text=_("2 个字以上，用汉字、字母、数字和 . _ - @，不分大小写。"),
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "none",
                "spellcheck": "false",
            }
        ),
    )
    field_order = ["username", "name", "email"]

    def clean_username(self) -> str:
        """Refuse a name that is malformed or somebody else's.

        The action refuses it again should two people type it at once
        (``NameTakenError``).
        """
        username = normal_username(self.cleaned_data["username"])
        if not is_username(username):
            raise ValidationError(
                _("登录名要 2 个字以上，只能用汉字、字母、数字和 . _ - @。")
            )
        if queries.by_username(username) is not None:
            raise ValidationError(_("这个登录名已经有人用了，请换一个。"))
        return username
