"""A timetable drawn up, announced, reported, published, withdrawn."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wugeyi.branchwork.models import Decision
from wugeyi.buslines.forms.fields import Day
from wugeyi.buslines.models import FareTable, Line
from wugeyi.buslines.templatetags.bustimes import fare, price_name, weekday_names
from wugeyi.casework.rules.intake import clean, clean_line
from wugeyi.ui import phrases


class OneLine(forms.CharField):
    """One line, without control characters."""

    def to_python(self, value: Any) -> str:
        """Clean before any validator sees the text."""
        return clean_line(str(value or ""))


class Words(forms.CharField):
    """Several lines, without control characters."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        """Clean before any validator sees the text."""
        return clean(str(value or ""))


class Versioned(forms.Form):
    """A form that knows which state of a row it was shown with."""

    version = forms.IntegerField(
        required=False, min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput
    )


class FareChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A fare table by the day it begins and its prices."""

    def label_from_instance(self, obj: Any) -> str:
        """Name the prices, so that nobody has to look them up."""
        from wugeyi.buslines.adapter.tickets import prices

        told = [f"{price_name(each)} {fare(each.fen)}" for each in prices(obj)]
        since = _("%(day)s 起") % {"day": phrases.day(obj.valid_from)}
        return f"{since}：{' · '.join(told)}"


class DraftForm(Versioned):
    """From which day, on which days, at which fares, and what passengers are told."""

    valid_from = Day(label=_("从哪天起执行"))
    weekdays = forms.MultipleChoiceField(
        label=_("星期几开"), widget=forms.CheckboxSelectMultiple
    )
    fares = FareChoice(
        label=_("票价"), queryset=FareTable.objects.none(), empty_label=None
    )
    announcement = Words(
        label=_("公告"),
        help_text=_("改了什么、为什么改，用乘客看得懂的话写。改动的明细由系统列出。"),
        max_length=2000,
    )

    field_order = ("valid_from", "weekdays", "fares", "announcement", "version")

    def __init__(self, *args: Any, line: Line, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["weekdays"].choices = [  # type: ignore[attr-defined]
            (str(number), name) for number, name in enumerate(weekday_names(), start=1)
        ]
        tables = FareTable.objects.filter(line=line, trial=False)
        self.fields["fares"].queryset = tables.prefetch_related(  # type: ignore[attr-defined]
            "bands"
        ).order_by("-valid_from", "-pk")

    def clean_weekdays(self) -> str:
        """Return digits, Monday is 1."""
        return "".join(sorted(self.cleaned_data["weekdays"]))


class NoticeForm(Versioned):
    """When it was announced, talked over, decided."""

    noticed_on = Day(
        label=_("公示日期"), help_text=_("贴出、发群或上网让乘客看到的那天。")
    )
    talked_on = Day(label=_("坝坝会日期"), required=False)
    decision = forms.ModelChoiceField(
        label=_("支部的议事记录"),
        queryset=Decision.objects.none(),
        required=False,
        empty_label=_("没有"),
    )

    def __init__(
        self, *args: Any, decisions: Sequence[Decision], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["decision"]
        field.queryset = Decision.objects.filter(pk__in=[row.pk for row in decisions])
        if not decisions:
            del self.fields["decision"]


class FilingForm(Versioned):
    """When, to whom and under which number it was reported."""

    filed_on = Day(label=_("报备日期"))
    filed_with = OneLine(
        label=_("报给哪里"), max_length=80, help_text=_("比如：区交通运输局")
    )
    filing_number = OneLine(label=_("文号"), max_length=60, required=False)


class PublishForm(Versioned):
    """Publish; or at once, with the reason."""

    urgent = OneLine(
        label=_("临时变更的原因"),
        max_length=200,
        required=False,
        help_text=_(
            "只有等不了公示期的事才写，比如道路中断。写了就立刻发布，"
            "并要尽快报告主管部门。"
        ),
    )


class WithdrawForm(Versioned):
    """Why it is taken back."""

    reason = OneLine(label=_("为什么撤回"), max_length=200)


def initial_draft(today: date, days: int) -> date:
    """Return the first day that leaves the days of notice, counted from today."""
    return date.fromordinal(today.toordinal() + days)
