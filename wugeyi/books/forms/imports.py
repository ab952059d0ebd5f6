"""A file for a set of books: what it is, by which system, and what its columns mean."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wugeyi.books.forms.importmessages import FIELDS
from wugeyi.books.models import BookFile, Regime
from wugeyi.books.rules import columns
from wugeyi.books.rules.importdocs import MOST_BYTES
from wugeyi.casework.forms.fields import CleanText, Version

MEGABYTE = 1024 * 1024
REGIMES = [("", _("请选择")), *Regime.choices]


class FileForm(forms.Form):
    """A file, and what whoever sends it says of it."""

    use_required_attribute = False

    kind = forms.ChoiceField(label=_("是什么文件"), widget=forms.RadioSelect)
    file = forms.FileField(
        label=_("文件"),
        help_text=_(
            "用友、金蝶等软件或网上银行导出的 .xlsx 或 .csv。先看会记成什么，确认以后才算数。"
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt,.gz"}),
        error_messages={
            "required": _("请选一个文件。"),
            "empty": _("文件是空的。请确认选对了文件。"),
        },
    )
    regime = forms.ChoiceField(
        label=_("文件按哪一套会计制度"),
        choices=REGIMES,
        error_messages={
            "required": _("请说明文件按哪一套会计制度，不能只凭编码判断。")
        },
        help_text=_("同一编码在两套制度里意思不同，所以要您说明。对账单不用选。"),
    )
    account = forms.ChoiceField(
        label=_("对账单是哪个账户的"),
        error_messages={"required": _("请选对账单是哪个账户的。")},
        help_text=_("只有银行对账单要选。"),
    )
    year = forms.IntegerField(
        label=_("文件是哪一年的"),
        required=False,
        min_value=1990,
        max_value=2100,
        help_text=_("有几年的账就空着；填了，别的年份会被当作错误。"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def __init__(
        self,
        *args: Any,
        kinds: Sequence[str],
        accounts: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        kind, account = self.fields["kind"], self.fields["account"]
        assert isinstance(kind, forms.ChoiceField)  # noqa: S101 (declared above)
        assert isinstance(account, forms.ChoiceField)  # noqa: S101 (declared above)
        kind.choices = [each for each in BookFile.Kind.choices if each[0] in kinds]
        if len(kinds) == 1:
            kind.initial = kinds[0]
        # Which of the two is asked for depends on what the file is.
        sent = str(self.data.get("kind", "")) if self.is_bound else ""
        bank = BookFile.Kind.BANK.value
        self.fields["regime"].required = sent != bank
        account.required = sent in ("", bank)
        account.choices = accounts
        if kinds == [BookFile.Kind.BANK.value]:
            del self.fields["regime"], self.fields["year"]

    def clean_file(self) -> Any:
        """Refuse what is too large for a page."""
        file = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(
                _("文件有 %(size)d MB，最多 %(most)d MB。请按年或按月分成几个文件。"),
                "too_large",
                {"size": file.size // MEGABYTE, "most": MOST_BYTES // MEGABYTE},
            )
        return file


class ColumnsForm(Version):
    """Which column is what; proposed, and corrected by a person."""

    def __init__(
        self,
        *args: Any,
        file: BookFile,
        header: Sequence[str],
        chosen: Mapping[str, int],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind = file.kind
        self.fields["version"].initial = file.version
        choices = [("", _("没有这一列")), *_titles(header)]
        for name in columns.FIELDS[file.kind]:
            place = chosen.get(name)
            # Told anew for each reader: the form is made in their language.
            self.fields[f"column_{name}"] = forms.ChoiceField(
                label=str(FIELDS[name]),
                choices=choices,
                required=False,
                initial="" if place is None else str(place),
                widget=forms.Select(attrs={"class": "control"}),
            )
        if file.kind == BookFile.Kind.BANK:
            return
        self.fields["regime"] = forms.ChoiceField(
            label=_("文件按哪一套会计制度"), choices=REGIMES, initial=file.regime
        )
        if file.kind == BookFile.Kind.VOUCHERS:
            self.fields["year"] = forms.IntegerField(
                label=_("文件是哪一年的"),
                required=False,
                min_value=1990,
                max_value=2100,
                initial=file.year,
                help_text=_("有几年的账就空着。"),
                widget=forms.TextInput(attrs={"inputmode": "numeric"}),
            )
            self.fields["skip_posted"] = forms.BooleanField(
                label=_("已经记过的不再记"), required=False, initial=file.skip_posted
            )

    def clean(self) -> dict[str, Any]:
        """Refuse one column for two things: one of them would be wrong."""
        data = super().clean() or {}
        taken: dict[str, str] = {}
        for name in columns.FIELDS[self.kind]:
            value = data.get(f"column_{name}")
            if not value:
                continue
            if value in taken:
                text = _("这一列已经选作“%(other)s”，一列只能是一样。")
                self.add_error(
                    f"column_{name}",
                    forms.ValidationError(
                        text, "twice", {"other": FIELDS[taken[value]]}
                    ),
                )
            taken[value] = name
        return data

    def columns_bound(self) -> list[forms.BoundField]:
        """Return the fields of columns."""
        return [each for each in self if each.name.startswith("column_")]

    def others(self) -> list[forms.BoundField]:
        """Return the other fields."""
        return [each for each in self if not each.name.startswith("column_")]

    def columns(self) -> dict[str, int]:
        """Return the chosen columns; call it when the form is valid."""
        names = columns.FIELDS[self.kind]
        told = {name: self.cleaned_data.get(f"column_{name}") for name in names}
        return {name: int(value) for name, value in told.items() if value}


def _titles(header: Sequence[str]) -> list[tuple[str, Any]]:
    return [
        (str(place), title or _("第 %(n)s 列（没有表头）") % {"n": place + 1})
        for place, title in enumerate(header)
    ]


class RemarkForm(Version):
    """Why a reviewer gives a file back."""

    remark = CleanText(
        label=_("要改什么"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
