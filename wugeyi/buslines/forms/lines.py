"""A line begun or changed."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from wugeyi.buslines.forms.fields import Day
from wugeyi.buslines.models import Line
from wugeyi.casework.forms.fields import CleanLine, CleanText, Once, Version
from wugeyi.casework.forms.picking import Picked


class Settings(forms.Form):
    """What a line is called and how its price is set."""

    number = CleanLine(label=_("线路号"), max_length=12, help_text=_("例如：252。"))
    name = CleanLine(
        label=_("名称"), max_length=80, help_text=_("例如：252 路惠农专线。")
    )
    name_en = CleanLine(label=_("英文名称"), max_length=120, required=False)
    pricing = forms.ChoiceField(
        label=_("票价怎么定"),
        choices=Line.Pricing.choices,
        initial=Line.Pricing.SET,
        widget=forms.RadioSelect,
    )
    phone = CleanLine(
        label=_("服务电话"),
        max_length=30,
        required=False,
        help_text=_("印在站牌上，乘客问事、提意见用。"),
    )
    note = CleanText(
        label=_("说明"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "data-count": ""}),
    )
    opened_on = Day(label=_("哪天开通"), required=False, help_text=_("还没定就空着。"))


class NewForm(Picked, Once, Settings):
    """A new line: who runs it."""

    pick_label: ClassVar[Any] = _("哪个单位运营")
    field_order = (
        "number",
        "name",
        "name_en",
        "to_pick",
        "to",
        "pricing",
        "phone",
        "note",
        "opened_on",
        "client_id",
    )


class ChangeForm(Version, Settings):
    """Other settings for a line."""


class CloseForm(Version):
    """The day a line ends."""

    on = Day(label=_("从哪天起停运"))
