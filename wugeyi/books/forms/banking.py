"""The day of a bank reconciliation."""

from django import forms
from django.utils.translation import gettext_lazy as _


class DayForm(forms.Form):
    """A day, by whose end both balances are taken."""

    on = forms.DateField(
        label=_("到哪天为止"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        input_formats=["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日"],
        error_messages={"invalid": _("请写成 2024-03-31 这样的日期。")},
    )
