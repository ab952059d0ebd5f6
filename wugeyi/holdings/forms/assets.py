"""Forms about assets and resources."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wugeyi.holdings.forms.base import (
    HoldingForm,
    book_of,
    decision_field,
    offer_decisions,
    offer_projects,
)
from wugeyi.holdings.forms.fields import (
    CodeField,
    Month,
    RowField,
    local_day,
    money,
    pick,
    plain,
    words,
)
from wugeyi.holdings.models import AssetChange
from wugeyi.holdings.models.assets import (
    KIND_NAMES,
    STATE_NAMES,
    USE_NAMES,
    Acquired,
    ResourceKind,
)
from wugeyi.holdings.models.base import choices
from wugeyi.holdings.rules.assets import Kind, State, wears
from wugeyi.projects.models import Project

MOST_MONTHS = 1200
LIVING = [(s.value, name) for s, name in STATE_NAMES.items() if s is not State.DISPOSED]


def decimal(label: Any, **more: Any) -> forms.DecimalField:
    """Return a field for a quantity with at most two decimals, more than 0."""
    return forms.DecimalField(
        label=label,
        required=False,
        min_value=Decimal("0.01"),
        max_digits=12,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        **more,
    )


class CardForm(HoldingForm):
    """What a card says."""

    name = plain(80, _("名称"), help_text=_("例如：综合楼一层门面、后山果园。"))
    kind = pick(_("种类"), choices(KIND_NAMES))
    resource = forms.ChoiceField(
        label=_("哪种资源"),
        choices=[("", _("不是资源")), *ResourceKind.choices],
        required=False,
    )
    area = decimal(_("面积（亩）"), help_text=_("资源要填面积，不填金额。"))
    cost = money(_("原值"), needed=False)
    brought = money(
        _("以前已提折旧"),
        needed=False,
        help_text=_("在这个账套开始以前已经提过的，没有就空着。"),
    )
    acquired_on = local_day(_("哪天取得"))
    acquired = forms.ChoiceField(label=_("怎么取得"), choices=Acquired.choices)
    acquired_note = plain(
        200,
        _("从谁、凭什么"),
        required=False,
        help_text=_("例如：县农业局“一事一议”项目，验收单号。"),
    )
    place = plain(120, _("在哪里"), required=False)
    quantity = decimal(_("数量"), help_text=_("牲畜、林木等可以写数量。"))
    unit = plain(10, _("单位"), required=False, help_text=_("只、头、株、套。"))
    use = forms.ChoiceField(
        label=_("用途（折旧记到哪里）"),
        choices=[("", _("不提折旧")), *choices(USE_NAMES)],
        required=False,
    )
    special = money(
        _("其中专项资金"),
        needed=False,
        help_text=_("用 241 专项应付款买、建的部分。"),
    )
    special_note = plain(200, _("哪一笔专项资金"), required=False)
    project: RowField[Project] = RowField(label=_("哪个项目"), required=False)
    note = plain(300, _("备注"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_projects(self.fields["project"], book_of(self.subject).organisation)

    def clean(self) -> dict[str, Any] | None:
        """Hold kind, value, area and use against each other."""
        values = super().clean() or self.cleaned_data
        kind = values.get("kind")
        if kind == Kind.RESOURCE:
            if not values.get("area") and "area" not in self.errors:
                self.add_error("area", _("请填资源的面积，单位是亩。"))
            if values.get("cost"):
                self.add_error("cost", _("资源只记面积，不记价值。请把金额空着。"))
            if not values.get("resource"):
                self.add_error("resource", _("请选是哪种资源。"))
        elif kind and values.get("cost") is None and "cost" not in self.errors:
            self.add_error("cost", _("请填原值。"))
        return values


class NewCardForm(CardForm):
    """A new card, with how it is depreciated."""

    code = CodeField(label=_("代码"))
    state = forms.ChoiceField(label=_("现状"), choices=LIVING)
    months = forms.IntegerField(
        label=_("折旧（摊销）多少个月"),
        required=False,
        min_value=1,
        max_value=MOST_MONTHS,
        help_text=_("从取得的下个月起按月平均提；不提就空着。20 年写 240。"),
    )
    salvage = money(_("预计残值"), needed=False)
    field_order = (
        "code",
        "name",
        "kind",
        "resource",
        "area",
        "cost",
        "acquired_on",
        "acquired",
        "acquired_note",
        "place",
        "state",
        "quantity",
        "unit",
        "use",
        "months",
        "salvage",
        "brought",
    )

    def clean(self) -> dict[str, Any] | None:
        """Ask for a use where there is depreciation."""
        values = super().clean() or self.cleaned_data
        kind, months = values.get("kind"), values.get("months")
        if months and kind and not wears(Kind(kind)):
            self.add_error("months", _("这一类资产不提折旧。请把折旧月数空着。"))
        elif months and not values.get("use"):
            self.add_error("use", _("请选用途，折旧要记到对应的科目。"))
        return values


class UseForm(HoldingForm):
    """Used in another way from a day on."""

    state = pick(_("现在"), LIVING)
    on = local_day(_("从哪天起"))
    reason = plain(300, _("说明"), required=False)


class WearForm(HoldingForm):
    """Depreciated otherwise from a month on."""

    month = Month(label=_("从哪个月起"))
    months = forms.IntegerField(
        label=_("还要提多少个月"), min_value=1, max_value=MOST_MONTHS
    )
    salvage = money(_("预计残值"), help_text=_("单位：元。没有就写 0。"))
    reason = plain(200, _("为什么"), required=False)


class DisposeForm(HoldingForm):
    """How an asset goes."""

    on = local_day(_("哪天处置"))
    how = pick(_("怎么处置"), AssetChange.How.choices)
    reason = words(300, _("说明"), rows=2)
    valuation = money(
        _("评估价"),
        needed=False,
        help_text=_("转让大宗资产、以资产对外投资都要先评估（财务制度第二十一条）。"),
    )
    valued_by = plain(80, _("谁评估的"), required=False)
    proceeds = money(_("得到多少"), needed=False)
    decision = decision_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_decisions(self.fields["decision"], self.subject.book.organisation)


class DayForm(HoldingForm):
    """The day of a voucher."""

    day = local_day(_("凭证日期"))


class MonthForm(HoldingForm):
    """A month."""

    month = Month(label=_("哪个月"))
