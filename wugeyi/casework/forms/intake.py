"""A need written down for somebody else: telephone, door, a message from a chat group."""

from typing import Any, ClassVar
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from wugeyi.casework.forms.fields import CleanLine, CleanText
from wugeyi.casework.forms.picking import Picked
from wugeyi.casework.forms.steps import CategoryField
from wugeyi.casework.models.cases import Channel
from wugeyi.casework.models.settings import Urgency
from wugeyi.casework.rules.intake import SPOT_LIMIT, TEXT_LIMIT, read_phone

CHANNELS = (Channel.PHONE, Channel.DOOR, Channel.CHAT)


class IntakeForm(Picked):
    """Everything on one screen; what can be guessed from the text may stay empty."""

    pick_label: ClassVar[Any] = _("在哪里")
    pick_help: ClassVar[Any] = _(
        "名称、拼音首字母或代码都可以；留空就从上面的话里找地名。"
    )
    client_id = forms.CharField(widget=forms.HiddenInput, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)
    channel = forms.ChoiceField(
        label=_("怎么来的"),
        choices=[(each.value, each.label) for each in CHANNELS],
        widget=forms.RadioSelect,
        initial=Channel.PHONE.value,
    )
    text = CleanText(
        label=_("说了什么"),
        max_length=TEXT_LIMIT,
        help_text=_("照原话写，或把群里的消息整段粘贴进来。"),
        widget=forms.Textarea(
            attrs={"rows": 4, "autofocus": True, "autocomplete": "off"}
        ),
    )
    category = CategoryField(required=False, empty=_("按内容自动选"))
    spot = CleanLine(
        label=_("具体位置"),
        required=False,
        max_length=SPOT_LIMIT,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    urgency = forms.ChoiceField(
        label=_("紧急程度"), choices=Urgency.choices, initial=Urgency.GENERAL.value
    )
    danger = forms.BooleanField(
        label=_("现在有人身危险（先请对方拨打 110、119、120、122）"), required=False
    )
    name = CleanLine(
        label=_("怎么称呼"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    phone = CleanLine(
        label=_("联系电话"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "tel"}),
    )
    address = CleanLine(
        label=_("住址"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    join = forms.IntegerField(
        required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput
    )
    field_order = (
        "channel",
        "text",
        "to_pick",
        "to",
        "spot",
        "category",
        "urgency",
        "danger",
        "name",
        "phone",
        "address",
        "client_id",
        "seen",
        "join",
    )

    def clean_client_id(self) -> UUID:
        """Read the id under which the case is made once; a bad one gets a new one."""
        try:
            return UUID(self.cleaned_data["client_id"])
        except ValueError:
            return uuid4()

    def clean_phone(self) -> str:
        """Read a telephone number; blank stays blank."""
        typed: str = self.cleaned_data["phone"]
        phone = read_phone(typed) if typed else ""
        if phone is None:
            raise forms.ValidationError(
                _("这个电话号码看不懂。手机是 11 位，座机请加区号；也可以不填。")
            )
        return phone
