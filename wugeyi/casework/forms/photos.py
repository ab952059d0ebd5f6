"""Several photographs in one field. What a file really is, uploads finds out."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

MOST_PHOTOS = 9


class PhotosInput(forms.FileInput):
    """A file input that takes several pictures."""

    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Gives a list of the files sent; empty when there are none."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("照片"))
        kwargs.setdefault("required", False)
        kwargs.setdefault(
            "widget", PhotosInput(attrs={"accept": "image/*", "multiple": True})
        )
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> list["UploadedFile[Any]"]:
        """Check how many there are; each is opened later, when it is stored."""
        sent: Sequence[Any] = data if isinstance(data, (list, tuple)) else [data]
        files = [file for file in sent if file]
        if self.required and not files:
            raise forms.ValidationError(self.error_messages["required"], "required")
        if len(files) > MOST_PHOTOS:
            raise forms.ValidationError(
                _("一次最多 %(most)s 张照片。"),
                "too_many",
                {"most": MOST_PHOTOS},
            )
        return files
