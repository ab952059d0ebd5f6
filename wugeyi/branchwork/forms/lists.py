"""A list to import: the file, whose it is, and what its columns mean."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wugeyi.branchwork.rules.lists import LISTS
from wugeyi.imports.messages import Sentence
from wugeyi.imports.rules import MAX_WEB_BYTES
from wugeyi.organisations.models import Organisation

KINDS = {
    "posts": _("先锋岗、示范岗"),
    "trainings": _("培训"),
    "decisions": _("议事"),
    "suggestions": _("建议"),
    "terms": _("书记任职"),
}
SENTENCES: dict[str, Sentence] = {
    "too_many_rows": Sentence(
        _("表里有 %(value)s 行，一次最多导入 %(other)s 行。"), _("请分成几个文件。")
    ),
    "empty_cell": Sentence(_("“%(value)s”是空的。"), _("补上再导入这一行。")),
    "long_cell": Sentence(
        _("“%(value)s”超过 %(other)s 个字。"), _("请缩短后再导入这一行。")
    ),
    "unread_day": Sentence(
        _("%(other)s“%(value)s”不是一个日期。"), _("请写成 2024-3-5 或 2024年3月5日。")
    ),
    "future_day": Sentence(
        _("%(other)s“%(value)s”在将来。"), _("请核对；事情发生了再导入。")
    ),
    "only_month": Sentence(
        _("“%(value)s”只写到月，按 %(other)s 记。"), _("知道是哪一天就请补上。")
    ),
    "unread_count": Sentence(
        _("%(other)s“%(value)s”不是一个合适的数。"), _("请只写数字。")
    ),
    "unread_flag": Sentence(_("%(other)s“%(value)s”看不懂。"), _("请写“是”或“否”。")),
    "unknown_word": Sentence(_("“%(value)s”没有见过。"), _("可以写：%(other)s。")),
    "unknown_topic": Sentence(
        _("议题“%(value)s”不在字典里。"), _("可以写：%(other)s。")
    ),
    "unknown_unit": Sentence(
        _("“%(value)s”不是您范围里的一个单位。"),
        _("请写单位全称或代码；空着就记在上面选的单位名下。"),
    ),
    "unit_twice": Sentence(
        _("叫“%(value)s”的单位有 %(other)s 个。"), _("请改写成单位代码。")
    ),
    "row_twice": Sentence(
        _("和第 %(other_line)s 行完全一样。"),
        _("只导入前一行；确实是两件事就写出区别。"),
    ),
    "ends_before": Sentence(
        _("“%(value)s”不在“%(other)s”之后。"), _("请核对两个日期。")
    ),
    "known_row": Sentence(_("这一行以前已经录过。"), _("不会再录。")),
    "same_file": Sentence(_("同一个文件已经导入过。"), _("再导入一次也不会改变什么。")),
}


class FileForm(forms.Form):
    """What list it is, and the file."""

    kind = forms.ChoiceField(
        label=_("是什么表"), choices=list(KINDS.items()), widget=forms.RadioSelect
    )
    organisation = forms.ChoiceField(
        label=_("记在谁名下"),
        help_text=_("表里有“支部”或“单位”一列的，按那一列；没有写的记在这里。"),
    )
    file = forms.FileField(
        label=_("文件"),
        help_text=_("XLSX 或 CSV，一次最多 2000 行。先预览，确认以后才写入。"),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.tsv,.txt"}),
        error_messages={
            "required": _("请选一个文件。"),
            "empty": _("文件是空的。请确认选对了文件。"),
        },
    )

    def __init__(
        self, *args: Any, units: Sequence[Organisation], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.units = {str(unit.pk): unit for unit in units}
        field = self.fields["organisation"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
        field.choices = [(key, unit.name) for key, unit in self.units.items()]
        if len(units) == 1:
            field.widget = forms.HiddenInput()
            field.initial = str(units[0].pk)

    def clean_organisation(self) -> Organisation:
        """Return the unit itself."""
        return self.units[self.cleaned_data["organisation"]]

    def clean_file(self) -> Any:
        """Refuse what is too large for a page."""
        file = self.cleaned_data["file"]
        if file.size > MAX_WEB_BYTES:
            raise forms.ValidationError(
                _("文件有 %(size)s MB，最多 %(most)s MB。请分成几个文件。"),
                "too_large",
                {"size": file.size // 2**20, "most": MAX_WEB_BYTES // 2**20},
            )
        return file


class MappingForm(forms.Form):
    """Which column holds what; guessed, and corrected by a person."""

    def __init__(
        self,
        *args: Any,
        kind: str,
        header: Sequence[str],
        guessed: Mapping[str, int],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("没有这一列")), *((str(n), t) for n, t in enumerate(header))]
        for column in LISTS[kind]:
            guess = guessed.get(column.name)
            self.fields[column.name] = forms.ChoiceField(
                label=column.title,
                choices=choices,
                required=column.needed,
                initial="" if guess is None else str(guess),
                error_messages={"required": _("请选哪一列是它；没有就补一列再上传。")},
            )

    def columns(self) -> dict[str, int]:
        """Return the chosen columns; call it when the form is valid."""
        return {name: int(value) for name, value in self.cleaned_data.items() if value}
