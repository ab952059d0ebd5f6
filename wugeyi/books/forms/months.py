"""Closing months, reviewing, templates: the little that is written there."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wugeyi.books.forms.fields import Day
from wugeyi.books.forms.vouchers import DecisionChoice
from wugeyi.branchwork.models import Decision
from wugeyi.casework.forms.fields import CleanLine, Once, Version


class ReopenForm(forms.Form):
    """Why the last closed month is to be opened again."""

    reason = CleanLine(
        label=_("为什么要反结账"),
        max_length=300,
        help_text=_("写清要改什么、谁同意的。它会一直留在账里。"),
    )
    decision = DecisionChoice(
        label=_("依据的决定"), queryset=Decision.objects.none(), required=False
    )

    def __init__(self, *args: Any, decisions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["decision"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (set above)
        field.queryset = decisions


class RemarkForm(Version):
    """What a reviewer wants changed."""

    remark = CleanLine(
        label=_("复核意见"),
        max_length=300,
        required=False,
        help_text=_("退回的时候要写，说清哪里要改。"),
    )


class ReverseForm(Once):
    """On which day a voucher is taken back, and why."""

    day = Day(label=_("冲销记在哪一天"))
    reason = CleanLine(
        label=_("为什么冲销"),
        max_length=120,
        help_text=_("例如：金额写错，另填正确的凭证。"),
    )


class TemplateForm(forms.Form):
    """The name of a template."""

    name = CleanLine(
        label=_("模板的名称"), max_length=60, help_text=_("例如：每月门面租金。")
    )


class TemplateEditForm(Version, TemplateForm):
    """Another name, or no longer offered."""

    active = forms.BooleanField(label=_("填凭证时列出它"), required=False)
