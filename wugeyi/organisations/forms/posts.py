"""Who is appointed to what."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wugeyi.accounts.models import User
from wugeyi.organisations.models import Post


class AppointForm(forms.Form):
    """A person by sign-in name, a role, from a day to a day."""

    person = forms.CharField(
        label=gettext_lazy("登录名"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(
        label=gettext_lazy("角色"), choices=Post.ROLES, widget=forms.RadioSelect
    )
    valid_from = forms.DateField(
        label=gettext_lazy("自"),
        required=False,
        help_text=gettext_lazy("不填就是今天。"),
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    valid_to = forms.DateField(
        label=gettext_lazy("至"),
        required=False,
        help_text=gettext_lazy("从这一天起不再任职；不填就是没有定期限。"),
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def clean_person(self) -> User:
        """Return the person of a sign-in name."""
        found = User.objects.filter(
            username=self.cleaned_data["person"].strip(), is_active=True
        ).first()
        if found is None:
            raise ValidationError(_("没有这个登录名，或者已停用。"), "nobody")
        return found

    def clean(self) -> dict[str, Any]:
        """Check that the days are in order."""
        data: dict[str, Any] = super().clean() or {}
        start, end = data.get("valid_from"), data.get("valid_to")
        if start and end and end <= start:
            self.add_error("valid_to", _("结束日期要晚于开始日期。"))
        return data
