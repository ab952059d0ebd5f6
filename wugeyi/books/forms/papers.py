"""Pictures of receipts that are put to a draft."""

from django import forms
from django.utils.translation import gettext_lazy as _

from wugeyi.casework.forms.photos import PhotosField


class PapersForm(forms.Form):
    """A few pictures."""

    photos = PhotosField(
        label=_("单据照片"),
        required=True,
        help_text=_("发票、收据拍照附上，字要看得清。"),
    )
