import pytest
from django import forms
from django.forms import Select
from django.utils.translation import gettext_lazy

from wugeyi.ui.widgets import PlainSelect, Ready

CHOICES = [
    ("", "全部"),
    ("<a>", 'a "quoted" & <b>'),
    ("道路", [("1", "路灯"), ("2", gettext_lazy("井盖"))]),
    (3, "三"),
]


@pytest.mark.parametrize("value", [None, "", "2", 3, "3", "<a>", "gone"])
def test_it_draws_what_the_frameworks_own_list_draws(value):
    attrs = {"class": "control", "id": "id_x", "hidden": True, "disabled": False}
    name = "x"
    ours = PlainSelect(choices=CHOICES).render(name, value, attrs)
    theirs = Select(choices=CHOICES).render(name, value, attrs)
    assert ours == theirs


def test_ready_choices_are_checked_like_others():
    class Form(forms.Form):
        x = forms.ChoiceField(widget=PlainSelect, required=False)

    def form(value):
        made = Form({"x": value})
        made.fields["x"].choices = Ready(CHOICES)
        return made

    assert form("2").is_valid()
    assert not form("9").is_valid()
    assert '<option value="2" selected>井盖</option>' in str(form("2")["x"])
