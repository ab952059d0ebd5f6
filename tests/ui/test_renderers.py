"""Our short way of drawing controls gives Django's own HTML."""

import re

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe
from hypothesis import given, settings
from hypothesis import strategies as st

from wugeyi.ui.renderers import Renderer

GROUPED = [
    ("", "全部"),
    ("道路 & <桥>", [(1, "路灯"), (2, '"坑"')]),
    (None, [("x", mark_safe("<b>粗</b>"))]),
]


class Every(forms.Form):
    text = forms.CharField(widget=forms.TextInput(attrs={"class": "control", "x": 1}))
    search = forms.CharField(widget=forms.TextInput(attrs={"type": "search"}))
    hidden = forms.CharField(widget=forms.HiddenInput)
    number = forms.IntegerField()
    email = forms.EmailField()
    check = forms.BooleanField()
    choice = forms.ChoiceField(choices=GROUPED)
    several = forms.MultipleChoiceField(choices=GROUPED)
    maybe = forms.NullBooleanField()
    lines = forms.CharField(widget=forms.Textarea, disabled=True)
    radio = forms.ChoiceField(choices=GROUPED, widget=forms.RadioSelect)
    day = forms.DateField()
    secret = forms.CharField(widget=forms.PasswordInput)
    file = forms.FileField()


def drawn(data, renderer):
    form = Every(data, renderer=renderer)
    # Django leaves empty lines between choices.
    return {field.name: re.sub(r"\n\s*", "\n", str(field)) for field in form}


@pytest.mark.parametrize(
    "data",
    [
        None,
        {},
        {"text": '"><script>', "choice": "2", "several": ["1", "x"], "check": "on"},
        {"text": 0, "number": 1234567, "choice": "没有", "maybe": "true"},
    ],
)
def test_draws_what_django_draws(data):
    assert drawn(data, Renderer()) == drawn(data, DjangoTemplates())


@settings(deadline=None)
@given(st.text(max_size=40), st.sampled_from(["1", "2", "x", ""]))
def test_whatever_was_typed(text, choice):
    data = {"text": text, "hidden": text, "choice": choice}
    assert drawn(data, Renderer()) == drawn(data, DjangoTemplates())


def test_a_choice_with_a_template_of_its_own_keeps_it():
    class Starred(forms.Select):
        option_template_name = "django/forms/widgets/input_option.html"

    field = forms.ChoiceField(choices=[("a", "甲")], widget=Starred)

    class One(forms.Form):
        choice = field

    assert str(One(renderer=Renderer())["choice"]) == str(
        One(renderer=DjangoTemplates())["choice"]
    )
