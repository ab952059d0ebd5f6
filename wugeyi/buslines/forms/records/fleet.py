"""Buses of one type at one depot."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wugeyi.buslines.forms.fields import Metres, Minute, Yuan, whole
from wugeyi.buslines.forms.records.base import (
    RecordForm,
    code_field,
    offer,
    spot_field,
)
from wugeyi.buslines.models import Spot
from wugeyi.buslines.rules.limits import LIMITS
from wugeyi.casework.forms.fields import CleanLine

LIMIT = LIMITS["vehicle"]


class VehicleForm(RecordForm):
    """What a type of bus carries, costs, and when it is free for the line."""

    code = code_field()
    name = CleanLine(label=_("车型"), max_length=60, required=False)
    depot = spot_field(_("车场"))
    count = whole(_("这条线能用几辆"), LIMIT["count"])
    seats = whole(
        _("载客几人"),
        LIMIT["seats"],
        help_text=_("按行驶证上的核定载客；准许站人的算上站位。"),
    )
    basket_places = whole(_("能放几筐"), LIMIT["basket_places"])
    floor_dm2 = whole(
        _("人和筐共用的地板（平方分米）"),
        LIMIT["floor_dm2"],
        required=False,
        help_text=_("筐放了人就站不下的车要写；各有各的地方就空着。"),
    )
    length_cm = Metres(
        label=_("车长（米）"), least=LIMIT["length_cm"][0], most=LIMIT["length_cm"][1]
    )
    cost_fen_per_km = Yuan(
        label=_("每公里成本（元）"), most=LIMIT["cost_fen_per_km"][1]
    )
    fixed_fen = Yuan(
        label=_("出一次车的成本（元）"),
        most=LIMIT["fixed_fen"][1],
        help_text=_("只要出场就算一次。"),
    )
    from_minute = Minute(
        label=_("最早几点能出场"), required=False, help_text=_("不限就空着。")
    )
    until_minute = Minute(
        label=_("最晚几点要回场"),
        required=False,
        help_text=_("后面还要跑常规班的写上。"),
    )

    columns = (
        "code",
        "name",
        "depot",
        "count",
        "seats",
        "basket_places",
        "floor_dm2",
        "length_cm",
        "cost_fen_per_km",
        "fixed_fen",
        "from_minute",
        "until_minute",
    )
    ordered = (
        "from_minute",
        "until_minute",
        _("最晚回场不能比最早出场还早。"),
    )
    field_order = (*columns, "on", "version")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, {"depot": Spot.Kind.DEPOT}, self.line, timezone.localdate())

    def values(self) -> dict[str, Any]:
        """Return the columns of the row; what was left empty binds nothing."""
        found = super().values()
        usual = {
            "floor_dm2": 0,
            "from_minute": 0,
            "until_minute": LIMIT["until_minute"][1],
        }
        for name, number in usual.items():
            found[name] = number if found[name] is None else found[name]
        return found

    @classmethod
    def initial_of(cls, row: Any) -> dict[str, Any]:
        """Return what stands in a row; what binds nothing stays empty."""
        found = super().initial_of(row)
        if row.from_minute == 0:
            found["from_minute"] = None
        if row.until_minute == LIMIT["until_minute"][1]:
            found["until_minute"] = None
        return found
