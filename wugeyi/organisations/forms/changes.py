"""Adding, renaming, moving, merging, abolishing a unit."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wugeyi.organisations.forms.fields import UnitField
from wugeyi.organisations.models import Kind
from wugeyi.organisations.rules.register import MAX_CODE, MAX_NAME


class DayForm(forms.Form):
    """From which day a change counts; empty means today."""

    on = forms.DateField(
        label=_("生效日期"),
        required=False,
        help_text=_("不填就是今天；不能填以后的日子。"),
        widget=forms.DateInput(attrs={"type": "date"}),
    )


class AddForm(DayForm):
    """A new unit below the one whose page it is."""

    code = forms.CharField(label=_("代码"), max_length=MAX_CODE)
    name = forms.CharField(label=_("名称"), max_length=MAX_NAME)
    kind = forms.ChoiceField(label=_("类型"), choices=Kind.choices)
    field_order = ("code", "name", "kind", "on")


class RenameForm(DayForm):
    """Another name."""

    name = forms.CharField(label=_("新名称"), max_length=MAX_NAME)
    field_order = ("name", "on")


class TargetForm(DayForm):
    """Another unit, within what the person administers."""

    to = UnitField(label=_("移到哪个单位之下"))
    field_order = ("to", "on")

    def __init__(self, *args: Any, roots: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["to"]
        if isinstance(field, UnitField):
            field.roots = list(roots)


class MoveForm(TargetForm):
    """Where a unit goes."""


class MergeForm(TargetForm):
    """Which unit takes another's place."""

    to = UnitField(label=_("并入哪个单位"))
