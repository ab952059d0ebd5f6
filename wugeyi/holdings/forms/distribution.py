"""Forms about a year's distribution."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wugeyi.branchwork.models import Decision
from wugeyi.buslines.forms.fields import whole
from wugeyi.holdings.forms.base import HoldingForm, offer_decisions
from wugeyi.holdings.forms.fields import (
    Percent,
    RowField,
    local_day,
    money,
    pick,
    plain,
)
from wugeyi.holdings.models.distribution import PAYOUT_NAMES
from wugeyi.holdings.rules.distribution import NEXT, Payout


class PlanForm(HoldingForm):
    """A year, the charter's rule, and what is wanted."""

    year = whole(_("哪一年"), (1990, 2099))
    reserve = Percent(
        label=_("提取公积公益金百分之几"),
        most=10_000,
        help_text=_("按章程，例如 30。先补亏，再按这个比例提。"),
    )
    charter = plain(120, _("章程哪一条"), help_text=_("例如：章程第三十二条。"))
    shares_on = local_day(_("按哪天的份额分"))
    wanted = money(
        _("向成员分配多少"),
        needed=False,
        help_text=_("空着就把剩下的全部分给成员。单位：元。"),
    )
    from_reserve = money(
        _("用公积公益金弥补亏损"), needed=False, help_text=_("没有就空着。")
    )
    other_name = plain(
        60, _("其他分配：做什么"), required=False, help_text=_("排在成员之后。")
    )
    other = money(_("其他分配：多少"), needed=False)

    def clean(self) -> dict[str, Any] | None:
        """Ask for both halves of another part."""
        values = super().clean() or self.cleaned_data
        if values.get("other") and not values.get("other_name"):
            self.add_error("other_name", _("请写分配去做什么。"))
        if values.get("other_name") and not values.get("other"):
            self.add_error("other", _("请写多少。"))
        return values


class NoticeForm(HoldingForm):
    """The day it was hung out."""

    on = local_day(
        _("哪天开始公示"),
        help_text=_("要在成员大会十日以前（《农村集体经济组织法》第四十六条）。"),
    )


class DecideForm(HoldingForm):
    """The decision it rests on."""

    decision: RowField[Decision] = RowField(
        label=_("哪个决策"),
        help_text=_("成员（代表）大会表决收益分配方案的那个，程序要补齐。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_decisions(self.fields["decision"], self.subject.book.organisation)


class PayForm(HoldingForm):
    """The day of the payment."""

    day = local_day(_("哪天发放"))


class AsideForm(HoldingForm):
    """Why a household was not paid."""

    to = pick(_("现在"), [])
    on = local_day(_("哪天"))
    text = plain(200, _("说明"), help_text=_("不要写别人的个人情况。"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
        field.choices = [
            (state.value, PAYOUT_NAMES[state])
            for state in NEXT[Payout(self.subject.state)]
            if state is not Payout.PAID
        ]
