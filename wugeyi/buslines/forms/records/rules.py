"""A number that plans or rosters keep to, and by what right."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wugeyi.buslines.forms.fields import Minute, Yuan, whole
from wugeyi.buslines.forms.records.base import RecordForm
from wugeyi.buslines.rules.rulenames import RuleName
from wugeyi.casework.forms.fields import CleanLine

UNITS = {
    "minutes": _("分钟"),
    "stops": _("站"),
    "baskets": _("筐"),
    "dm2": _("平方分米"),
    "fen": _("元"),
    "years": _("年"),
    "stars": _("星"),
    "days": _("天"),
    "duties": _("个班"),
    "": "",
}
LABELS = {
    "ride_limit_minutes": _("一个人最多坐多久"),
    "stops_limit": _("一班车最多停几站"),
    "call_minutes": _("每上一批人要停几分钟"),
    "baskets_per_minute": _("一分钟能装几筐"),
    "turnaround_minutes": _("车在市场至少停几分钟"),
    "person_dm2": _("一个人占多少地板"),
    "basket_dm2": _("一筐占多少地板"),
    "person_fen": _("接上一个人值多少"),
    "basket_fen": _("接上一筐值多少"),
    "hard_minutes": _("和常规车至少错开多久"),
    "soft_minutes": _("和常规车错开不到多久要算代价"),
    "price_fen": _("每少错开一分钟的代价"),
    "roster.years": _("驾驶员领证至少几年"),
    "roster.stars": _("驾驶员至少几星"),
    "roster.day_driving_minutes": _("白天连续开车最多多久"),
    "roster.night_driving_minutes": _("夜里连续开车最多多久"),
    "roster.night_from_minute": _("夜里从几点算起"),
    "roster.night_until_minute": _("夜里到几点为止"),
    "roster.break_minutes": _("停多久才算休息"),
    "roster.driving_24h_minutes": _("24 小时内最多开多久"),
    "roster.driving_7d_minutes": _("7 天内最多开多久"),
    "roster.rest_minutes": _("两个班之间至少歇多久"),
    "roster.rest_days_in_7": _("7 天内至少歇几天"),
    "roster.early_before_minute": _("几点以前出勤算早班"),
    "roster.spread_duties": _("各人的班数最多差多少（-1：不管）"),
    "roster.spread_early": _("各人的早班最多差多少（-1：不管）"),
    "roster.spread_weekends": _("各人的周末班最多差多少（-1：不管）"),
    "notice_days": _("时刻表执行前至少公示几天"),
    "filing_required": _("发布前要不要报备（1 要，0 不要）"),
}


class RuleForm(RecordForm):
    """One rule."""

    source = CleanLine(
        label=_("依据"),
        max_length=200,
        required=False,
        help_text=_("文件名称和条款，或哪次会上定的。"),
    )
    verified = forms.BooleanField(label=_("已对照原文核对"), required=False)
    field_order = ("number", "source", "verified", "on", "version")

    def __init__(self, *args: Any, rule: RuleName, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        label = name_of(rule)
        unit = UNITS.get(rule.unit)
        if unit:
            label = gettext("%(name)s（%(unit)s）") % {"name": label, "unit": unit}
        if rule.unit == "clock":
            self.fields["number"] = Minute(label=label)
        elif rule.unit == "fen":
            self.fields["number"] = Yuan(label=label, least=rule.least, most=rule.most)
        else:
            self.fields["number"] = whole(label, (rule.least, rule.most))
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any] | None:
        """Ask for a source of what is called verified."""
        values = super().clean() or self.cleaned_data
        if values.get("verified") and not values.get("source"):
            self.add_error("source", _("核对过的请写明依据。"))
        return values


def name_of(rule: RuleName) -> str:
    """Return what a rule is called."""
    return str(LABELS[rule.name])
