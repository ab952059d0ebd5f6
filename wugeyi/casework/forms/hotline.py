"""A table of 12345 orders: the file, what its columns mean, where orders belong."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wugeyi.casework.rules.hotline import ALIASES, NEEDED
from wugeyi.imports.messages import Sentence
from wugeyi.imports.rules import MAX_WEB_BYTES

NAMES = {
    "number": _("工单编号"),
    "text": _("诉求内容"),
    "category": _("类别"),
    "place": _("社区或地址"),
    "spot": _("具体位置"),
    "name": _("联系人"),
    "phone": _("联系电话"),
    "accepted": _("受理时间"),
    "due": _("办理时限"),
    "urgency": _("紧急程度"),
}
SENTENCES: dict[str, Sentence] = {
    "too_many_rows": Sentence(
        _("表里有 %(value)s 行，一次最多导入 %(other)s 行。"),
        _("请分成几个文件。"),
    ),
    "no_number": Sentence(_("没有工单编号，或编号太长。"), _("补上编号再导入这一行。")),
    "no_text": Sentence(
        _("工单 %(value)s 没有诉求内容。"), _("补上内容再导入这一行。")
    ),
    "long_text": Sentence(
        _("工单 %(value)s 的内容有 %(other)s 个字，超过 4000 个。"),
        _("请缩短后再导入这一行。"),
    ),
    "number_twice": Sentence(
        _("工单 %(value)s 在第 %(other_line)s 行已经有了。"), _("只导入前一行。")
    ),
    "future": Sentence(
        _("工单 %(value)s 的受理时间 %(other)s 在将来。"),
        _("将从导入时开始计时；如果写错了，请改好再导入。"),
    ),
    "unread_accepted": Sentence(
        _("受理时间“%(value)s”看不懂。"), _("将从导入时开始计时。")
    ),
    "unread_due": Sentence(
        _("办理时限“%(value)s”不是一个时间。"), _("将按本地的时限规则计算。")
    ),
    "unknown_urgency": Sentence(
        _("紧急程度“%(value)s”没有见过。"), _("将按“一般”办理。")
    ),
    "known_number": Sentence(
        _("工单 %(value)s 已经登记过（%(other)s）。"), _("不会再登记。")
    ),
    "unknown_place": Sentence(
        _("工单 %(other)s 的地点“%(value)s”对不上辖区里的一个社区。"),
        _("请在上面选一个；不选就先不导入。"),
    ),
    "guessed_category": Sentence(
        _("类别“%(value)s”没有对应，按内容选了“%(other)s”。"),
        _("导入后可以更正。"),
    ),
    "same_file": Sentence(_("同一个文件已经导入过。"), _("再导入一次也不会改变什么。")),
}


class FileForm(forms.Form):
    """The file."""

    file = forms.FileField(
        label=_("12345 导出的表格"),
        help_text=_("CSV 或 XLSX，一次最多 500 行。先预览，确认以后才登记。"),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.tsv,.txt"}),
        error_messages={"required": _("请选一个文件。")},
    )

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
        header: Sequence[str],
        guessed: Mapping[str, int],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("没有这一列")), *((str(n), t) for n, t in enumerate(header))]
        for name in ALIASES:
            guess = guessed.get(name)
            self.fields[name] = forms.ChoiceField(
                label=NAMES[name],
                choices=choices,
                required=name in NEEDED,
                initial="" if guess is None else str(guess),
            )

    def columns(self) -> dict[str, int]:
        """Return the chosen columns; call it when the form is valid."""
        return {name: int(value) for name, value in self.cleaned_data.items() if value}
