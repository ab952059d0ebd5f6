"""Fields and forms that the apps from here upwards share."""

from typing import Any
from uuid import UUID, uuid4

from django import forms

from wugeyi.casework.rules.intake import clean, clean_line


class CleanText(forms.CharField):
    """Text as people write it, without control characters; every other one stays."""

    one_line = False

    def to_python(self, value: Any) -> str:
        """Clean before any validator sees the text."""
        typed = str(value or "")
        return clean_line(typed) if self.one_line else clean(typed)


class CleanLine(CleanText):
    """The same on one line."""

    one_line = True


class Once(forms.Form):
    """A form whose sending twice is one act."""

    client_id = forms.CharField(
        widget=forms.HiddenInput(attrs={"data-client-id": ""}), required=False
    )

    def clean_client_id(self) -> UUID:
        """Read the id under which it is done once; a bad one gets a new one."""
        try:
            return UUID(self.cleaned_data["client_id"])
        except ValueError:
            return uuid4()


class Version(forms.Form):
    """A form that knows which state of a row it was shown with."""

    version = forms.IntegerField(
        required=False, min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput
    )
