"""Who drives, when somebody is away, what else has to be driven."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wugeyi.accounts.models import User
from wugeyi.buslines.forms.fields import Day, Minute, whole
from wugeyi.buslines.forms.records.base import RecordForm, code_field
from wugeyi.buslines.models import Driver, OtherDuty
from wugeyi.buslines.rules.limits import FIRST_LICENCE, LAST_LICENCE, LIMITS
from wugeyi.buslines.rules.minutes import spans, written_spans
from wugeyi.casework.forms.fields import CleanLine

WEEKDAYS = (
    ("1", _("星期一")),
    ("2", _("星期二")),
    ("3", _("星期三")),
    ("4", _("星期四")),
    ("5", _("星期五")),
    ("6", _("星期六")),
    ("7", _("星期日")),
)


class DriverForm(RecordForm):
    """A driver: since when licensed, how many stars."""

    code = code_field(_("工号。排班表里用它认，定下来就不改。"))
    name = CleanLine(label=_("姓名"), max_length=40)
    licensed_on = Day(label=_("哪天领的驾驶证"))
    stars = whole(_("几星"), LIMITS["driver"]["stars"])
    account = CleanLine(
        label=_("账号"),
        max_length=150,
        required=False,
        help_text=_("驾驶员自己登录用的账号，写上才能在手机上看到自己的班。"),
    )

    columns = ("code", "name", "licensed_on", "stars")
    field_order = (*columns, "account", "on", "version")

    def clean_licensed_on(self) -> date:
        """Refuse days nobody got a licence on."""
        day: date = self.cleaned_data["licensed_on"]
        if not FIRST_LICENCE <= day <= LAST_LICENCE:
            raise forms.ValidationError(_("请核对领证日期。"), "far")
        return day

    def clean_account(self) -> User | None:
        """Find the person of an account."""
        name = self.cleaned_data["account"]
        if not name:
            return None
        user = User.objects.filter(username=name, is_active=True).first()
        if user is None:
            raise forms.ValidationError(
                _("没有这个账号。请核对，或先请管理员开一个。"), "unknown"
            )
        return user

    def values(self) -> dict[str, Any]:
        """Return the columns of the row."""
        return {**super().values(), "user": self.cleaned_data["account"]}

    @classmethod
    def initial_of(cls, row: Driver) -> dict[str, Any]:
        """Return what stands in a row, for the form."""
        account = row.user.username if row.user else ""
        return {**super().initial_of(row), "account": account}


class AwayForm(forms.Form):
    """Days off, both included."""

    first_day = Day(label=_("从哪天"))
    last_day = Day(label=_("到哪天（含）"))

    def clean(self) -> dict[str, Any] | None:
        """Hold the days in order."""
        values = super().clean() or self.cleaned_data
        first, last = values.get("first_day"), values.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("结束不能早于开始。"))
        elif first and last and (last - first).days > 366:
            self.add_error("last_day", _("一次最多写一年。"))
        return values


class DutyForm(RecordForm):
    """A regular duty the drivers have besides."""

    code = code_field()
    begin_minute = Minute(label=_("几点出勤"))
    end_minute = Minute(label=_("几点退勤"))
    driving = CleanLine(
        label=_("哪些时候在开车"),
        max_length=400,
        required=False,
        help_text=_("例如 06:00-08:10 08:30-10:00；一直在开就空着。"),
    )
    weekdays = forms.MultipleChoiceField(
        label=_("星期几"),
        choices=WEEKDAYS,
        widget=forms.CheckboxSelectMultiple,
        initial=list(OtherDuty.WEEKDAYS),
    )

    columns = ("code", "begin_minute", "end_minute", "driving", "weekdays")
    ordered = ("begin_minute", "end_minute", _("退勤不能比出勤还早。"))
    field_order = (*columns, "on", "version")

    def clean(self) -> dict[str, Any] | None:
        """Read the spans, and hold them between coming and going."""
        values = super().clean() or self.cleaned_data
        held = spans(values.get("driving") or "")
        begin, end = values.get("begin_minute"), values.get("end_minute")
        if held is None:
            self.add_error(
                "driving",
                _("请写成 06:00-08:10 08:30-10:00 这样，前后不重叠。"),
            )
        elif held and begin is not None and end is not None:
            outside = held[0][0] < begin or held[-1][1] > end
            if outside:
                self.add_error("driving", _("开车的时候要在出勤和退勤之间。"))
        return values

    def values(self) -> dict[str, Any]:
        """Return the columns of the row."""
        found = super().values()
        return {
            **found,
            "driving": written_spans(spans(found["driving"]) or ()),
            "weekdays": "".join(sorted(found["weekdays"])),
        }

    @classmethod
    def initial_of(cls, row: OtherDuty) -> dict[str, Any]:
        """Return what stands in a row, for the form."""
        return {**super().initial_of(row), "weekdays": list(row.weekdays)}
