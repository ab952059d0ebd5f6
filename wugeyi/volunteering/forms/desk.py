"""What a community's staff type."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wugeyi.casework.forms.fields import CleanLine, CleanText, Once
from wugeyi.casework.forms.steps import CategoryField
from wugeyi.casework.forms.tables import Sourced, day_field
from wugeyi.volunteering.models import Emergency, Team
from wugeyi.volunteering.rules.cover import Cover


class CoverForm(forms.Form):
    """Risk, and the insurance that goes before it (art. 17)."""

    risk = forms.BooleanField(
        label=_("可能有人身危险（要先买好人身意外保险）"), required=False
    )
    insurer = CleanLine(
        label=_("保险"),
        max_length=80,
        required=False,
        help_text=_("保险公司和保单，例如：某某保险，志愿者意外险。"),
    )
    insured_until = day_field(_("保到哪天"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["insured_until"].required = False

    @property
    def cover(self) -> Cover:
        """Return what was said of risk and insurance."""
        values = self.cleaned_data
        if not values["risk"]:
            return Cover()
        return Cover(
            risk=True, insurer=values["insurer"], until=values["insured_until"]
        )


class PublishForm(CoverForm):
    """How a request is shown to volunteers."""

    notice = CleanLine(
        label=_("给志愿者看的话"),
        max_length=120,
        required=False,
        help_text=_("不写姓名、门牌、电话、身体情况。例如：一袋米，上五楼，没有电梯。"),
    )
    field_order = ("notice", "risk", "insurer", "insured_until")


class ReasonForm(forms.Form):
    """Why not."""

    reason = CleanLine(
        label=_("为什么"), max_length=200, help_text=_("对方看得到，请写怎么办更好。")
    )


class MinutesForm(forms.Form):
    """How many minutes of a span are confirmed."""

    minutes = forms.IntegerField(label=_("确认几分钟"), min_value=1, max_value=1440)


class TeamForm(Once):
    """A team."""

    name = CleanLine(label=_("队名"), max_length=60)
    name_en = CleanLine(label=_("英文队名"), max_length=120, required=False)
    partner = CleanLine(
        label=_("共建单位"),
        max_length=60,
        required=False,
        help_text=_("队伍是哪个单位的，社区自己的不用写。"),
    )
    about = CleanLine(label=_("做什么"), max_length=200, required=False)


MOMENT = {"type": "datetime-local"}


def moment_field(label: Any) -> forms.DateTimeField:
    """Return a field for a day and a time."""
    return forms.DateTimeField(
        label=label,
        widget=forms.DateTimeInput(attrs=MOMENT, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
    )


class ActivityForm(Once, CoverForm):
    """An activity."""

    title = CleanLine(label=_("做什么"), max_length=80)
    spot = CleanLine(label=_("在哪里"), max_length=120)
    starts_at = moment_field(_("几点开始"))
    ends_at = moment_field(_("几点结束"))
    team = forms.ModelChoiceField(
        label=_("哪个队"),
        queryset=Team.objects.none(),
        required=False,
        empty_label=_("不限"),
    )
    field_order = (
        "title",
        "spot",
        "starts_at",
        "ends_at",
        "team",
        "risk",
        "insurer",
        "insured_until",
        "client_id",
    )

    def __init__(self, *args: Any, organisation: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        team = self.fields["team"]
        assert isinstance(team, forms.ModelChoiceField)  # noqa: S101 (declared above)
        team.queryset = Team.objects.filter(organisation=organisation, closed_on=None)


class SettleForm(forms.Form):
    """What was done about an emergency."""

    end = forms.ChoiceField(
        label=_("怎么样了"),
        choices=[each for each in Emergency.End.choices if each[0] != "case"],
        widget=forms.RadioSelect,
    )
    what = CleanText(
        label=_("怎么处置的"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class CaseForm(forms.Form):
    """An emergency written down afterwards as a case."""

    text = CleanText(
        label=_("出了什么事"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    category = CategoryField(label=_("类别"))


class TermForm(Sourced):
    """Minutes of a level."""

    minutes = forms.IntegerField(label=_("几分钟"), min_value=1, max_value=120)
