"""A file to import, and what is said about it."""

from collections.abc import Iterable
from typing import Any, TypeAlias

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wugeyi.imports.rules import MAX_WEB_BYTES
from wugeyi.organisations.models import Organisation

MEGABYTE = 1024 * 1024
File: TypeAlias = "UploadedFile[bytes]"


class FileForm(forms.Form):
    """A file, where it comes from, and below which unit it reaches."""

    file = forms.FileField(label=gettext_lazy("文件"))
    root = forms.ModelChoiceField(
        label=gettext_lazy("导入到哪个单位"),
        queryset=Organisation.objects.none(),
        empty_label=None,
        help_text=gettext_lazy("文件里的单位都要在它下面。"),
    )
    source = forms.CharField(
        label=gettext_lazy("来源"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("例如“市民政局 2026 年 3 月名册”，会记在每个单位上。"),
    )

    def __init__(self, *args: Any, roots: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["root"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = Organisation.objects.filter(path__in=list(roots)).order_by(
                "path"
            )
            first = field.queryset.first()
            field.initial = first.pk if first is not None else None

    def clean_file(self) -> File:
        """Refuse what is too large for a page."""
        file: File = self.cleaned_data["file"]
        if (file.size or 0) > MAX_WEB_BYTES:
            raise ValidationError(
                _("文件有 %(size).1f MB，网页最多收 %(most)d MB。请用命令行导入。"),
                "too_large",
                {
                    "size": (file.size or 0) / MEGABYTE,
                    "most": MAX_WEB_BYTES // MEGABYTE,
                },
            )
        return file


class RegisterFileForm(FileForm):
    """A register: CSV or XLSX."""

    on = forms.DateField(
        label=gettext_lazy("生效日期"),
        required=False,
        help_text=gettext_lazy(
            "新单位和变更从这天算起；不填：新单位不记起始日，变更算今天。"
        ),
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    complete = forms.BooleanField(
        label=gettext_lazy("这是完整名册"),
        required=False,
        help_text=gettext_lazy("名册里没有的单位会停用。不确定就不要勾。"),
    )
    field_order = ("file", "root", "source", "on", "complete")


class AreaFileForm(FileForm):
    """Outlines: GeoJSON."""

    datum = forms.ChoiceField(
        label=gettext_lazy("坐标系"),
        required=False,
        choices=(
            ("", gettext_lazy("以文件说明为准（没说明就是 WGS-84）")),
            ("wgs84", gettext_lazy("WGS-84 / CGCS2000（国家标准测绘数据）")),
            ("gcj02", gettext_lazy("GCJ-02（国内网络地图）")),
        ),
    )
