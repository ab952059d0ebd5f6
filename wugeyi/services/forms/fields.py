"""Fields that do not take what a desk never writes down."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext as _

from wugeyi.casework.forms.fields import CleanLine
from wugeyi.services.rules.personal import has_identity_number, patient_words

QUIET = {"autocomplete": "off"}


def line(label: Any, most: int, **more: Any) -> CleanLine:
    """Return a field for one line that browsers do not fill in."""
    attrs = {**QUIET, **more.pop("attrs", {})}
    return CleanLine(
        label=label, max_length=most, widget=forms.TextInput(attrs=attrs), **more
    )


def refuse_personal(text: str, *, hospital: bool) -> None:
    """Refuse identity numbers, and in a hospital what tells of a patient.

    Raises
    ------
    ValidationError
        With what to write instead.
    """
    if has_identity_number(text):
        raise forms.ValidationError(
            _("这里不要写身份证号。看一眼原件就行，不用记下来。")
        )
    found = patient_words(text) if hospital else ()
    if found:
        raise forms.ValidationError(
            _(
                "这里只办职工和来访人员的事务，不收病人的信息。请去掉“%(words)s”，"
                "看病的事请到门诊窗口。"
            )
            % {"words": "、".join(found)}
        )


class Once(forms.Form):
    """A form that may be sent twice: the id makes both one act."""

    client_id = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_client_id(self) -> UUID:
        """Read the id; a bad one gets a new one."""
        try:
            return UUID(self.cleaned_data["client_id"])
        except ValueError:
            return uuid4()
