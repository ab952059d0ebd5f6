"""A set of books begun or changed; its sub-accounts and items."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from wugeyi.books.forms.fields import Day, Yuan
from wugeyi.books.models import Item, Keeper, Regime, Rhythm
from wugeyi.casework.forms.fields import CleanLine, Version
from wugeyi.casework.forms.picking import Picked

CODE = _("字母和数字，中间可以有点、横线，不能有空格。定下来就不改。")


class Settings(forms.Form):
    """What may be changed of a set of books."""

    name_zh = CleanLine(
        label=_("名称"), max_length=80, help_text=_("例如：溪口村股份经济合作社。")
    )
    name_en = CleanLine(label=_("英文名称"), max_length=120, required=False)
    rhythm = forms.ChoiceField(
        label=_("多久公开一次"),
        choices=Rhythm.choices,
        initial=Rhythm.QUARTERLY,
        widget=forms.RadioSelect,
    )
    large_fen = Yuan(
        nothing=None,
        label=_("重大事项从多少元起"),
        help_text=_("到这个数的支出和投资，要先有通过了的决定才能记账。空着就不查。"),
    )


class NewBookForm(Picked, Settings):
    """A new set of books: whose, by which system, from which month."""

    pick_label: ClassVar[Any] = _("哪个村")
    keeper = forms.ChoiceField(
        label=_("谁的账"),
        choices=Keeper.choices,
        help_text=_("集体经济组织和村委会的账要分开，各建一套。"),
        widget=forms.RadioSelect,
    )
    regime = forms.ChoiceField(
        label=_("用哪一套会计制度"),
        choices=Regime.choices,
        help_text=_(
            "同一个科目编码在两套制度里意思不同，所以必须说明，建好以后不能改。"
        ),
        widget=forms.RadioSelect,
    )
    begins_on = Day(
        label=_("从哪个月起记账"),
        help_text=_("写那个月的 1 日。这以前的余额作为期初余额记进来。"),
    )
    code = CleanLine(label=_("账套代码"), max_length=40, help_text=CODE)
    field_order = (
        "to_pick",
        "to",
        "keeper",
        "regime",
        "begins_on",
        "code",
        "name_zh",
        "name_en",
        "rhythm",
        "large_fen",
    )

    def clean_begins_on(self) -> Any:
        """Take only the first of a month."""
        day = self.cleaned_data["begins_on"]
        if day.day != 1:
            raise forms.ValidationError(_t("要写某个月的 1 日。"), "day")
        return day


class EditBookForm(Version, Settings):
    """Other settings for a set of books."""


class SubAccountForm(forms.Form):
    """An account below one of the chart."""

    code = CleanLine(
        label=_("明细科目代码"),
        max_length=7,
        help_text=_("在一级科目后面加两位，例如 10201；再下一级再加两位。加了不能改。"),
    )
    name = CleanLine(label=_("名称"), max_length=60)


class NewItemForm(forms.Form):
    """Something lines may be about."""

    code = CleanLine(label=_("代码"), max_length=20, help_text=CODE)
    name = CleanLine(label=_("名称"), max_length=80)
    personal = forms.BooleanField(
        label=_("这是个人的名字"),
        required=False,
        help_text=_("勾上以后，公开给村民看的时候会遮住一部分。"),
    )

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind != Item.Kind.COUNTERPARTY:
            del self.fields["personal"]


class RenameItemForm(Version):
    """Another name for an item."""

    name = CleanLine(label=_("名称"), max_length=80)
