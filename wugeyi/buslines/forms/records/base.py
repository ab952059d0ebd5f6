"""What the form of every dated record has: since when, which version it was shown with."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wugeyi.buslines.forms.fields import Day
from wugeyi.buslines.models import Dated, Line, Spot
from wugeyi.casework.forms.fields import CleanLine, Version

CODE_HELP = _("表格和方案里用它认，定下来就不改。")
EARLIEST, LATEST = date(2000, 1, 1), date(2099, 12, 31)


class RecordForm(Version):
    """A record: ``columns`` of it, from a day on."""

    columns: ClassVar[tuple[str, ...]] = ()
    ordered: ClassVar[tuple[str, str, Any] | None] = None
    """Two minutes, and what is said when the second comes before the first."""

    on = Day(
        label=_("从哪天起"),
        help_text=_("以前的照旧留着，从这天起按新的算。"),
    )

    def __init__(
        self, *args: Any, line: Line, row: Dated | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.line, self.row = line, row
        if row is not None and "code" in self.fields:
            self.fields["code"].disabled = True

    def clean_on(self) -> date:
        """Refuse days nobody means."""
        on: date = self.cleaned_data["on"]
        if not EARLIEST <= on <= LATEST:
            raise forms.ValidationError(_("这个日期太远了，请核对年份。"), "far")
        if self.row is not None and on < self.row.valid_from:
            raise forms.ValidationError(
                _("不能早于这条记录开始的日子。请写那天或以后。"), "early"
            )
        return on

    def clean_code(self) -> str:
        """Refuse spaces in a code."""
        code = str(self.cleaned_data["code"])
        if any(letter.isspace() for letter in code):
            raise forms.ValidationError(_("编号中间不要有空格。"), "space")
        return code

    def clean(self) -> dict[str, Any] | None:
        """Hold two minutes in order."""
        values = super().clean() or self.cleaned_data
        if self.ordered:
            first, last, said = self.ordered
            begin, end = values.get(first), values.get(last)
            if begin is not None and end is not None and begin > end:
                self.add_error(last, said)
        return values

    def values(self) -> dict[str, Any]:
        """Return the columns of the row."""
        return {name: self.cleaned_data[name] for name in self.columns}

    @classmethod
    def initial_of(cls, row: Any) -> dict[str, Any]:
        """Return what stands in a row, for the form."""
        return {name: getattr(row, name) for name in cls.columns}


class EndForm(Version):
    """The day from which a record holds no longer."""

    on = Day(label=_("从哪天起停用"), help_text=_("那天起不再算，前一天还算。"))


def code_field(help_text: Any = CODE_HELP) -> CleanLine:
    """Return a field for a code."""
    return CleanLine(label=_("编号"), max_length=20, help_text=help_text)


def spot_field(label: Any, **more: Any) -> "forms.ModelChoiceField[Spot]":
    """Return a field that takes a spot; its rows come with ``offer``."""
    return forms.ModelChoiceField(label=label, queryset=Spot.objects.none(), **more)


def offer(
    form: forms.Form, fields: Mapping[str, Spot.Kind | None], line: Line, on: date
) -> None:
    """Let fields take the spots of a line that do not end by a day; None: of any kind."""
    for name, kind in fields.items():
        field = form.fields[name]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (spot_field)
        rows = Spot.objects.filter(
            Q(valid_until=None) | Q(valid_until__gt=on), line=line
        )
        rows = rows if kind is None else rows.filter(kind=kind)
        field.queryset = rows.order_by("code")
