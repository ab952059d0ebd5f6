"""What a reviewer notes."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ReviewForm(forms.Form):
    """One sentence about which of two contents holds."""

    note = forms.CharField(
        label=_("核对结果"),
        max_length=300,
        help_text=_("例如：第二份是补充，已写进办理记录；或：同一件事，不用再办。"),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("请写一句核对结果。")},
    )
