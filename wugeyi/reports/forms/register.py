"""The register's entry of a form, and its file."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wugeyi.organisations.forms.fields import UnitField
from wugeyi.reports.adapter import ReadForm, Refused, read
from wugeyi.reports.messages import explain
from wugeyi.reports.models import Form
from wugeyi.reports.rules.entries import Entry
from wugeyi.reports.rules.limits import MAX_BYTES

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class EntryForm(forms.Form):
    """Who asks for a form, and on what basis."""

    name = forms.CharField(label=_("表名"), max_length=120)
    asker = forms.CharField(
        label=_("谁要"),
        max_length=120,
        help_text=_("要这张表的单位，例如“市农业农村局”。"),
    )
    frequency = forms.ChoiceField(label=_("多久报一次"), choices=Form.Frequency.choices)
    basis = forms.CharField(
        label=_("依据文件"),
        max_length=200,
        required=False,
        help_text=_("没有就留空：这张表会到处显示“没有依据”。"),
    )
    article = forms.CharField(label=_("第几条"), max_length=80, required=False)
    approved_by = forms.CharField(label=_("谁批准"), max_length=120, required=False)
    approved_on = forms.DateField(label=_("批准日期"), required=False, widget=DAY)
    valid_until = forms.DateField(label=_("有效期至"), required=False, widget=DAY)
    note = forms.CharField(
        label=_("说明"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def entry(self) -> Entry:
        """Return what was typed; call it when the form is valid."""
        data = self.cleaned_data
        return Entry(**{name: data[name] for name in Entry.__dataclass_fields__})


class FileForm(forms.Form):
    """The form as a file; read on the way, so that ``read`` is there when it is valid."""

    file = forms.FileField(
        label=_("表格文件"),
        help_text=_("上级发来的 .xlsx 原样上传，最多 5 MB。原文件会原封不动地保存。"),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        error_messages={"required": _("请选一个文件。")},
    )
    read: ReadForm | None = None
    content: bytes = b""

    def clean_file(self) -> Any:
        """Read the form; say what is wrong with a file that cannot be read."""
        file = self.cleaned_data["file"]
        if file is None:
            return None
        if file.size > MAX_BYTES:
            raise forms.ValidationError(
                _("文件有 %(size)s MB，最多 %(most)s MB。"),
                "too_large",
                {"size": file.size // 2**20 + 1, "most": MAX_BYTES // 2**20},
            )
        self.content = file.read()
        try:
            self.read = read(self.content)
        except Refused as problem:
            said, advice = explain(problem.finding)
            raise forms.ValidationError(
                _("%(said)s%(advice)s"),
                problem.finding.code,
                {"said": said, "advice": advice},
            ) from None
        return file


class NewForm(EntryForm, FileForm):
    """A form and its file on one page; the file may come later."""

    organisation = UnitField(
        label=_("登记在哪个单位"),
        help_text=_("这个单位和下面的单位都会看到这张表。填名称、拼音首字母或代码。"),
    )

    def __init__(self, *args: Any, roots: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit = self.fields["organisation"]
        if isinstance(unit, UnitField):
            unit.roots = roots
        self.fields["file"].required = False
        self.fields["note"].widget.attrs["data-count"] = True
        names = ["file", "name", "asker", "organisation", "frequency"]
        self.order_fields(names)
