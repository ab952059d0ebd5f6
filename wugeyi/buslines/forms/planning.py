"""Scenarios, plans and rosters asked for: parsed and explained, never saved."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from wugeyi.buslines.forms.fields import Day, Yuan
from wugeyi.buslines.models import FareTable, Scenario, Vehicle
from wugeyi.buslines.rules.scenarios import (
    LIMITS,
    MOST_BUSES,
    STEPS,
    USUAL,
    Said,
)
from wugeyi.casework.forms.fields import CleanLine, CleanText, Once, Version

WORK_NAMES = (
    (STEPS[0], _("快：先看个大概")),
    (STEPS[1], _("一般")),
    (STEPS[2], _("细：多算一会儿，把上限压低")),
)
FLEET = "fleet-"


def _limit(name: str, label: Any, help_text: Any = "") -> forms.IntegerField:
    least, most = LIMITS[name]
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=least,
        max_value=most,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        help_text=help_text,
    )


class Tables(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Fare tables, named by what they ask."""

    def label_from_instance(self, obj: FareTable) -> str:
        """Return the table in words."""
        return describe_fares(obj)


def describe_fares(table: FareTable) -> str:
    """Return a fare table in words; its bands should be there already."""
    prices = [f"{table.base_fen / 100:g}"]
    for band in table.bands.all():
        fen = table.base_fen + band.fen
        fen = fen if table.cap_fen is None else min(fen, table.cap_fen)
        prices.append(f"{fen / 100:g}")
    words = _g("%(prices)s 元") % {"prices": "/".join(prices)}
    if table.trial:
        return _g("%(words)s（只用于比较）") % {"words": words}
    return words


class ScenarioForm(Once, Version):
    """What a scenario is called, and what it changes; empty fields change nothing."""

    name = CleanLine(
        label=_("名称"), max_length=80, help_text=_("例如：停 6 站；多一辆大车。")
    )
    on = Day(label=_("按哪天的数据"))
    stops_limit = _limit("stops_limit", _("每班最多停几站"))
    ride_limit_minutes = _limit("ride_limit_minutes", _("最长乘车多少分钟"))
    hard_minutes = _limit("hard_minutes", _("与常规车至少错开多少分钟"))
    soft_minutes = _limit(
        "soft_minutes",
        _("错开不到多少分钟要付代价"),
        _("大于上一项才有用：在两者之间可以，但要算代价。"),
    )
    price_fen = Yuan(
        label=_("每少一分钟的代价（元）"),
        required=False,
        most=LIMITS["price_fen"][1],
    )
    fares = Tables(
        label=_("票价"),
        required=False,
        queryset=FareTable.objects.none(),
        empty_label=_("按现行票价"),
    )
    note = CleanText(
        label=_("说明"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "data-count": ""}),
    )

    def __init__(
        self,
        *args: Any,
        vehicles: Iterable[Vehicle],
        tables: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        fares = self.fields["fares"]
        assert isinstance(fares, forms.ModelChoiceField)  # noqa: S101 (declared above)
        fares.queryset = tables
        self.fleet_names = []
        for vehicle in vehicles:
            name = f"{FLEET}{vehicle.pk}"
            self.fleet_names.append(name)
            self.fields[name] = forms.IntegerField(
                label=_g("%(vehicle)s 几辆") % {"vehicle": vehicle},
                required=False,
                min_value=0,
                max_value=MOST_BUSES,
                help_text=_g("现在 %(n)s 辆") % {"n": vehicle.count},
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )
        last = ["fares", "note", "client_id", "version"]
        first = [name for name in self.fields if name not in {*last, *self.fleet_names}]
        self.order_fields([*first, *self.fleet_names, *last])

    def said(self) -> Said:
        """Return what was typed."""
        values = self.cleaned_data
        return Said(
            name=values["name"],
            on=values["on"],
            note=values["note"],
            fares=values["fares"],
            price_fen=values["price_fen"],
            fleet={
                int(name.removeprefix(FLEET)): values[name]
                for name in self.fleet_names
                if values[name] is not None
            },
            **{
                name: values[name]
                for name in (
                    "stops_limit",
                    "ride_limit_minutes",
                    "hard_minutes",
                    "soft_minutes",
                )
            },
        )


def initial(scenario: Scenario) -> dict[str, Any]:
    """Return what the form of a scenario begins with."""
    names = ("name", "on", "note", "price_fen", "version", "fares")
    values = {name: getattr(scenario, name) for name in (*names, *LIMITS)}
    for row in scenario.fleet.all():
        values[f"{FLEET}{row.vehicle_id}"] = row.count
    return values


class PlanForm(Once):
    """How much work a plan may take."""

    steps = forms.TypedChoiceField(
        label=_("算多细"), choices=WORK_NAMES, coerce=int, initial=USUAL
    )


class SaveForm(Once):
    """Keep a plan changed by hand."""

    note = CleanLine(
        label=_("说明"),
        max_length=200,
        required=False,
        help_text=_("例如：按坝坝会意见，第 3 班提前 5 分钟。"),
    )


class RosterForm(Once):
    """From which day a roster is wanted, for how long."""

    first_day = Day(label=_("从哪天起"))
    days = forms.IntegerField(
        label=_("多少天"),
        min_value=1,
        max_value=56,
        initial=28,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )


def first_monday(today: date) -> date:
    """Return the Monday after a day: where a roster usually begins."""
    return date.fromordinal(today.toordinal() + 7 - today.weekday())
