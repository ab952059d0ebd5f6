"""What a resident reports: parsed, cleaned, explained. Never saved here."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from wugeyi.casework.forms.fields import CleanLine, CleanText
from wugeyi.casework.forms.photos import PhotosField
from wugeyi.casework.forms.where import Key, WhereForm
from wugeyi.casework.models import Category
from wugeyi.casework.rules.intake import (
    PHOTO_LIMIT,
    TEXT_LIMIT,
    read_phone,
    too_long_by,
)


class ReportForm(WhereForm):
    """One sentence, a place, photographs. Only the sentence and the place are needed."""

    text = CleanText(
        label=_("出了什么事？"),
        help_text=_("一句话就够，例如：单元门口的路灯坏了三天。不要写身份证号。"),
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
        error_messages={"required": _("请写一句话，说说出了什么事。")},
    )
    danger = forms.BooleanField(label=_("现在有人身危险"), required=False)
    category = forms.ChoiceField(label=_("类别"), required=False)
    party = Key()
    party_query = CleanLine(
        label=_("单位名称"),
        required=False,
        max_length=60,
        help_text=_("反映的是某个单位时才填。这个单位看不到您是谁。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "type": "search"}),
    )
    photos = PhotosField(
        help_text=_("最多 6 张。发送前会缩小，并去掉拍摄地点等信息。"),
    )
    name = CleanLine(
        label=_("怎么称呼您"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = CleanLine(
        label=_("联系电话"),
        required=False,
        max_length=30,
        widget=forms.TextInput(
            attrs={"autocomplete": "tel", "inputmode": "tel", "type": "tel"}
        ),
    )
    # Errors are told in the order of the page.
    field_order = ("client_id", "text", "danger", "category")
    join = Key()
    seen = forms.CharField(required=False, widget=forms.HiddenInput, max_length=40)

    def __init__(
        self, *args: Any, categories: Sequence[Category], kept: int = 0, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.by_code: Mapping[str, Category] = {each.code: each for each in categories}
        self.kept = kept
        field = self.fields["category"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
        # Called when they are drawn or compared: hints do neither.
        field.choices = lambda: [("", _("按内容自动选")), *grouped(categories)]

    def clean_text(self) -> str:
        """Refuse a text that is too long, saying by how much."""
        text: str = self.cleaned_data["text"]
        over = too_long_by(text)
        if over:
            raise forms.ValidationError(
                ngettext_lazy(
                    "最多 %(limit)s 个字，还要删去 %(over)s 个字。写好的内容都还在。",
                    "最多 %(limit)s 个字，还要删去 %(over)s 个字。写好的内容都还在。",
                    over,
                ),
                "too_long",
                {"limit": TEXT_LIMIT, "over": over},
            )
        return text

    def clean_category(self) -> Category | None:
        """Return the row; None lets the words of the text decide."""
        return self.by_code.get(self.cleaned_data["category"])

    def clean_photos(self) -> list[Any]:
        """Count what is sent now and what was kept before."""
        photos: list[Any] = self.cleaned_data["photos"]
        if len(photos) + self.kept > PHOTO_LIMIT:
            raise forms.ValidationError(
                _("最多 %(most)s 张照片，请少选几张。"),
                "too_many",
                {"most": PHOTO_LIMIT},
            )
        return photos

    def clean_phone(self) -> str:
        """Read a telephone number; blank stays blank."""
        typed: str = self.cleaned_data["phone"]
        phone = read_phone(typed) if typed else ""
        if phone is None:
            raise forms.ValidationError(
                _("这个电话号码看不懂。手机是 11 位，座机请加区号；也可以不填。")
            )
        return phone


def grouped(categories: Sequence[Category]) -> list[tuple[Any, Any]]:
    """Return the categories as choices below their headings."""
    heads = {each.pk: each for each in categories if each.parent_id is None}
    below: dict[int, list[tuple[str, str]]] = {key: [] for key in heads}
    for each in categories:
        if each.parent_id in below:
            below[each.parent_id].append((each.code, str(each)))
    return [(str(heads[key]), choices) for key, choices in below.items() if choices]
