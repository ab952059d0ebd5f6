"""Kinds of records as their pages show them: columns, form, what is said."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wugeyi.buslines.forms import records as forms
from wugeyi.buslines.forms.records.crew import WEEKDAYS
from wugeyi.buslines.models import (
    Demand,
    Driver,
    OtherDuty,
    RegularDuty,
    Spot,
    Vehicle,
)
from wugeyi.buslines.rules.limits import LAST_MINUTE
from wugeyi.buslines.templatetags.busrecords import centimetres, fen, minute
from wugeyi.ui import phrases


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, what stands in it, whether it is a number."""

    title: str | Promise
    cell: Callable[[Any], object]
    number: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """Records with a code of their own.

    Parameters
    ----------
    letters
        Codes that are proposed begin with them.
    """

    name: str
    label: str | Promise
    add: str | Promise
    empty: str | Promise
    form: type[forms.RecordForm]
    letters: str
    columns: tuple[Column, ...]


def _days(row: OtherDuty) -> str:
    if row.weekdays == "1234567":
        return str(_("每天"))
    names = [str(name)[-1] for day, name in WEEKDAYS if day in row.weekdays]
    if phrases.is_english():
        names = [str(name)[:3] for day, name in WEEKDAYS if day in row.weekdays]
        return ", ".join(names)
    return "、".join(names)


def _hours(row: Spot) -> str:
    if row.kind != Spot.Kind.MARKET:
        return ""
    return _between(row.opens_minute, row.closes_minute)


def _away(row: Driver) -> str:
    return "、".join(
        f"{each.first_day:%m-%d}～{each.last_day:%m-%d}" for each in row.absences.all()
    )


def _place(row: Spot) -> str:
    if row.lat is None or row.lon is None:
        return ""
    return f"{row.lat:.5f}, {row.lon:.5f}"


def _free(row: Vehicle) -> str:
    return _between(row.from_minute, row.until_minute)


def _between(first: int, last: int) -> str:
    """Return two minutes as people say them; a whole day is 不限."""
    if first == 0 and last == LAST_MINUTE:
        return str(_("不限"))
    return f"{minute(first)}–{minute(last)}"


def _bus(row: RegularDuty) -> str:
    values = {"vehicle": row.vehicle, "n": row.number}
    return str(_("%(vehicle)s %(n)s 号") % values)


def _crew(row: RegularDuty) -> str:
    return str(_("专线的驾驶员") if row.same_driver else _("别的驾驶员"))


def _way(row: Demand) -> str:
    if row.home:
        return f"{row.market} → {row.stop}"
    return f"{row.stop} → {row.market}"


CODED: dict[str, Kind] = {
    each.name: each
    for each in (
        Kind(
            "demand",
            _("菜农的需求"),
            _("记一条需求"),
            _("还没有人要坐车。去村里问问，或导入表格。"),
            forms.DemandForm,
            "r",
            (
                Column(_("谁"), lambda row: row.name or row.code),
                Column(_("从哪到哪"), _way),
                Column(_("几个人"), lambda row: row.persons, number=True),
                Column(_("几筐"), lambda row: row.baskets, number=True),
                Column(
                    _("什么时候在市场"),
                    lambda row: (
                        f"{minute(row.earliest_minute)}–{minute(row.latest_minute)}"
                    ),
                ),
                Column(_("怎么知道的"), lambda row: row.get_source_display()),
            ),
        ),
        Kind(
            "stops",
            _("站点、市场、车场"),
            _("加一个地点"),
            _("还没有地点。先加站点、市场和车场。"),
            forms.SpotForm,
            "v",
            (
                Column(_("名称"), lambda row: row.name),
                Column(_("种类"), lambda row: row.get_kind_display()),
                Column(_("编号"), lambda row: row.code),
                Column(_("哪个村"), lambda row: row.organisation or ""),
                Column(_("限车长"), lambda row: centimetres(row.longest_cm)),
                Column(_("进车时间"), _hours),
                Column(_("纬度、经度"), _place),
            ),
        ),
        Kind(
            "vehicles",
            _("车辆"),
            _("加一种车"),
            _("还没有车。加上车型、辆数和能放几筐。"),
            forms.VehicleForm,
            "bus",
            (
                Column(_("车型"), str),
                Column(_("车场"), lambda row: row.depot),
                Column(_("辆数"), lambda row: row.count, number=True),
                Column(_("载客"), lambda row: row.seats, number=True),
                Column(_("筐位"), lambda row: row.basket_places, number=True),
                Column(_("车长"), lambda row: centimetres(row.length_cm)),
                Column(_("每公里"), lambda row: fen(row.cost_fen_per_km), number=True),
                Column(_("出车"), lambda row: fen(row.fixed_fen), number=True),
                Column(_("什么时候能用"), _free),
            ),
        ),
        Kind(
            "regular-duties",
            _("共用车的常规班"),
            _("加一个共用车的常规班"),
            _(
                "没有共用的车。车白天还要跑常规线的，在这里写上几点在哪里接班、几点在哪里"
                "下来，专线的班次就排在它前后。"
            ),
            forms.RegularDutyForm,
            "g",
            (
                Column(_("常规班"), str),
                Column(_("编号"), lambda row: row.code),
                Column(_("车"), _bus),
                Column(_("开始"), lambda row: minute(row.starts_minute)),
                Column(_("起点"), lambda row: row.starts_at),
                Column(_("结束"), lambda row: minute(row.ends_minute)),
                Column(_("终点"), lambda row: row.ends_at),
                Column(_("谁来开"), _crew),
            ),
        ),
        Kind(
            "drivers",
            _("驾驶员"),
            _("加一位驾驶员"),
            _("还没有驾驶员。加上领证日期和星级，就能排班。"),
            forms.DriverForm,
            "s",
            (
                Column(_("姓名"), lambda row: row.name),
                Column(_("工号"), lambda row: row.code),
                Column(_("领证日期"), lambda row: row.licensed_on.isoformat()),
                Column(_("星级"), lambda row: row.stars, number=True),
                Column(_("休假"), _away),
            ),
        ),
        Kind(
            "duties",
            _("常规班"),
            _("加一个常规班"),
            _("没有别的班。驾驶员还要跑常规线的，在这里写上。"),
            forms.DutyForm,
            "d",
            (
                Column(_("编号"), lambda row: row.code),
                Column(_("出勤"), lambda row: minute(row.begin_minute)),
                Column(_("退勤"), lambda row: minute(row.end_minute)),
                Column(_("在开车"), lambda row: row.driving),
                Column(_("星期几"), _days),
            ),
        ),
    )
}
SINGLE: dict[str, str | Promise] = {
    "rules": _("规则"),
    "fares": _("票价"),
    "ways": _("行车时间"),
    "timetable": _("常规车时刻"),
}
ORDER = (
    "demand",
    "stops",
    "ways",
    "timetable",
    "vehicles",
    "regular-duties",
    "drivers",
    "duties",
    "rules",
    "fares",
)


def label_of(name: str) -> str:
    """Return what a page of records is called."""
    return str(CODED[name].label if name in CODED else SINGLE[name])
