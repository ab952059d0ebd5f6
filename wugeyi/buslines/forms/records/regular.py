"""What a bus drives for a regular line in any case."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wugeyi.buslines.forms.fields import Minute, whole
from wugeyi.buslines.forms.records.base import (
    RecordForm,
    code_field,
    offer,
    spot_field,
)
from wugeyi.buslines.models import Vehicle
from wugeyi.buslines.rules.limits import LIMITS
from wugeyi.casework.forms.fields import CleanLine


class RegularDutyForm(RecordForm):
    """One bus, from where and when to where and when."""

    code = code_field()
    name = CleanLine(
        label=_("常规班"),
        max_length=60,
        required=False,
        help_text=_("例如：12 路早高峰。"),
    )
    vehicle = forms.ChoiceField(label=_("哪种车"))
    number = whole(
        _("第几辆"),
        LIMITS["regularduty"]["number"],
        initial=1,
        help_text=_("这种车只有一辆就写 1。"),
    )
    starts_minute = Minute(
        label=_("几点开始"), help_text=_("那时车要在起点，专线的班次排在它前后。")
    )
    starts_at = spot_field(
        _("起点"), help_text=_("没有的地方，先在“站点、市场、车场”里加为车场。")
    )
    ends_minute = Minute(
        label=_("几点结束"), help_text=_("从那时起车可以再用；到站停的时间算在里面。")
    )
    ends_at = spot_field(_("终点"))
    same_driver = forms.BooleanField(
        label=_("专线的驾驶员留在车上跑"),
        required=False,
        help_text=_("不勾就是别的驾驶员来跑，这段时间不算进专线的班。"),
    )

    columns = (
        "code",
        "name",
        "vehicle",
        "number",
        "starts_minute",
        "starts_at",
        "ends_minute",
        "ends_at",
        "same_driver",
    )
    ordered = (
        "starts_minute",
        "ends_minute",
        _("结束不能比开始还早。过了零点写 25:10 或次日 1:10。"),
    )
    field_order = (*columns[1:], "code", "on", "version")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        offer(self, {"starts_at": None, "ends_at": None}, self.line, today)
        rows = Vehicle.objects.filter(
            Q(valid_until=None) | Q(valid_until__gt=today), line=self.line
        )
        buses = {each.code: f"{each} ({each.code})" for each in rows.order_by("-code")}
        field = self.fields["vehicle"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
        field.choices = sorted(buses.items())
