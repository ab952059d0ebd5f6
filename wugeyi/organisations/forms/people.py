"""Whom one takes on, and the post they start with."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wugeyi.accounts.forms import PersonForm
from wugeyi.organisations.forms.fields import UnitField
from wugeyi.organisations.models import Post

POST_FIELDS = ["organisation", "role", "valid_from", "valid_to"]


class GivePostForm(forms.Form):
    """A unit within one's reach, a role, from a day to a day."""

    organisation = UnitField(label=gettext_lazy("单位"))
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

    def __init__(self, *args: Any, roots: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit = self.fields["organisation"]
        if isinstance(unit, UnitField):
            unit.roots = list(roots)

    def clean(self) -> dict[str, Any]:
        """Check that the days are in order."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        start, end = data.get("valid_from"), data.get("valid_to")
        if start and end and end <= start:
            self.add_error("valid_to", _("结束日期要晚于开始日期。"))
        return data


class TakeOnForm(PersonForm, GivePostForm):
    """A new person; the post may be left out, but not by half."""

    field_order = ["username", "name", "email", *POST_FIELDS]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("organisation", "role"):
            self.fields[name].required = False

    def clean(self) -> dict[str, Any]:
        """Ask for the other half of a post."""
        data = super().clean()
        unit, role = data.get("organisation"), data.get("role")
        if role and not unit and "organisation" not in self.errors:
            self.add_error("organisation", _("请填在哪个单位任职。"))
        if unit and not role and "role" not in self.errors:
            self.add_error("role", _("请选在这个单位做什么。"))
        return data

    def post(self) -> dict[str, Any] | None:
        """Return what was said of a post, None for no post; only after ``is_valid``."""
        data = self.cleaned_data
        if not data.get("organisation"):
            return None
        return {name: data[name] for name in POST_FIELDS}
