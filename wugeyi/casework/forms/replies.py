"""A reply an organisation keeps."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wugeyi.casework.forms.steps import words
from wugeyi.organisations.models import Organisation


class SavedReplyForm(forms.Form):
    """Its title, its text, and whose it is."""

    title = forms.CharField(
        label=_("标题"), max_length=40, help_text=_("找得到就行，例如：路灯已修。")
    )
    text = words(_("内容"), 1000, help_text=_("插入以后还能改。不要写具体的人和电话。"))
    organisation = forms.ChoiceField(label=_("给哪个单位用"))

    def __init__(self, *args: Any, units: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
        field.choices = [(str(unit.pk), unit.name) for unit in units]
        if len(units) == 1:
            field.widget = forms.HiddenInput()
            field.initial = str(units[0].pk)
