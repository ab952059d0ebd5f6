"""Choices of appearance."""

from django import forms
from django.conf import settings

from wugeyi.ui.rules import CONTRASTS, THEMES, TYPES


class AppearanceForm(forms.Form):
    """One or more choices; what is absent stays as it is."""

    theme = forms.ChoiceField(choices=[(name, name) for name in THEMES], required=False)
    type = forms.ChoiceField(choices=[(name, name) for name in TYPES], required=False)
    contrast = forms.ChoiceField(
        choices=[(name, name) for name in CONTRASTS], required=False
    )
    language = forms.ChoiceField(choices=settings.LANGUAGES, required=False)
