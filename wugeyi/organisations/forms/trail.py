"""What an auditor looks for."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wugeyi.accounts.models import User
from wugeyi.accounts.rules import normal_username
from wugeyi.audit import phrases
from wugeyi.organisations.forms.fields import UnitField

NAMESAKES = 20


class TrailForm(forms.Form):
    """Filters of the trail; nothing has to be filled."""

    action = forms.ChoiceField(
        label=gettext_lazy("做了什么"),
        required=False,
        widget=forms.Select(attrs={"class": "control"}),
    )
    person = forms.CharField(
        label=gettext_lazy("谁"),
        required=False,
        max_length=60,
        widget=forms.TextInput(
            attrs={
                "class": "control",
                "autocomplete": "off",
                "placeholder": gettext_lazy("登录名或姓名"),
            }
        ),
    )
    unit = UnitField(
        label=gettext_lazy("单位"),
        required=False,
        help_text="",
        widget=forms.TextInput(
            attrs={"class": "control", "placeholder": gettext_lazy("代码或名称")}
        ),
    )
    day = forms.DateField(
        label=gettext_lazy("哪一天"),
        required=False,
        widget=forms.DateInput(attrs={"class": "control", "type": "date"}),
    )

    def __init__(self, *args: Any, roots: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit, action = self.fields["unit"], self.fields["action"]
        if isinstance(unit, UnitField):
            unit.roots = list(roots)
        if isinstance(action, forms.ChoiceField):
            action.choices = [("", _("全部")), *phrases.acts().items()]

    def clean_person(self) -> list[int] | None:
        """Return the keys of who is meant: by sign-in name, else everybody so named."""
        text = self.cleaned_data["person"].strip()
        if not text:
            return None
        found = list(
            User.objects.filter(username=normal_username(text)).values_list(
                "pk", flat=True
            )
        ) or list(
            User.objects.filter(name=text).values_list("pk", flat=True)[:NAMESAKES]
        )
        if not found:
            raise ValidationError(_("没有这个登录名或姓名。"), "nobody")
        return found
