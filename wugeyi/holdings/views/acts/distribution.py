"""Acts on a year's distribution."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from wugeyi.books.models import Book
from wugeyi.holdings.actions import distribution, payouts
from wugeyi.holdings.adapter.distribution import Wanted
from wugeyi.holdings.forms import distribution as forms
from wugeyi.holdings.forms.assets import DayForm
from wugeyi.holdings.forms.contracts import WhyForm
from wugeyi.holdings.models import Distribution
from wugeyi.holdings.rules.distribution import Payout as To
from wugeyi.holdings.views.acts.spec import Needs, fen
from wugeyi.organisations.views.acts import Act, Sent


def _plan(sent: Sent) -> Distribution:
    values = sent.values
    other = values["other"]
    return distribution.plan(
        book=sent.row,
        proposal=distribution.Proposal(
            year=values["year"],
            charter=values["charter"],
            shares_on=values["shares_on"],
            wanted=Wanted(
                reserve_percent_100=values["reserve"],
                members_fen=values["wanted"],
                others=((values["other_name"], other),) if other else (),
                from_reserve_fen=fen(sent, "from_reserve"),
            ),
        ),
        **sent.usual,
    )


def _last_year(row: Book, today: date) -> dict[str, Any]:
    year = today.year - 1
    return {"year": year, "shares_on": date(year, 12, 31)}


def _notice(sent: Sent) -> None:
    distribution.give_notice(row=sent.row, on=sent.values["on"], **sent.versioned)


def _decide(sent: Sent) -> None:
    distribution.rest_on(
        row=sent.row, decision=sent.values["decision"], **sent.versioned
    )


def _book(sent: Sent) -> None:
    distribution.book_it(row=sent.row, day=sent.values["day"], **sent.versioned)


def _drop(sent: Sent) -> None:
    distribution.drop(row=sent.row, why=sent.values["reason"], **sent.versioned)


def _pay_all(sent: Sent) -> None:
    payouts.pay(row=sent.row, households=None, day=sent.values["day"], **sent.usual)


def _pay(sent: Sent) -> Distribution:
    plan: Distribution = sent.row.distribution
    payouts.pay(row=plan, households=[sent.row], day=sent.values["day"], **sent.usual)
    return plan


def _aside(sent: Sent) -> Distribution:
    values = sent.values
    payouts.set_aside(
        payout=sent.row,
        to=To(values["to"]),
        on=values["on"],
        text=values["text"],
        **sent.versioned,
    )
    plan: Distribution = sent.row.distribution
    return plan


def _today(row: Any, today: date) -> dict[str, Any]:
    return {"on": today, "day": today}


OF_BOOK = {
    "new-distribution": Act(
        _("测算收益分配"),
        _("算好了。核对以后公示；不对可以作废重算。"),
        forms.PlanForm,
        _plan,
        _last_year,
        needs=Needs.KEEPS,
        lead=_(
            "按账上的数：先弥补亏损，再提公积公益金，然后按份额分给成员，最后其他。"
            "分配以前要清查资产、清理债权债务（财务制度第二十九条）。"
        ),
        button=_("测算"),
    ),
}
OF_DISTRIBUTION = {
    "notice": Act(_("公示"), _("记好了。"), forms.NoticeForm, _notice, _today),
    "decide": Act(
        _("表决通过"),
        _("记好了，可以做凭证了。"),
        forms.DecideForm,
        _decide,
    ),
    "book": Act(
        _("做凭证草稿"),
        _("凭证草稿做好了。复核记账以后再发放。"),
        DayForm,
        _book,
        _today,
        needs=Needs.KEEPS,
        lead=_("提公积公益金一张，向成员分配一张（按户挂 211 应付款），其他一张。"),
        button=_("做凭证草稿"),
    ),
    "pay": Act(
        _("发放给所有待发的户"),
        _("凭证草稿做好了。"),
        forms.PayForm,
        _pay_all,
        _today,
        needs=Needs.KEEPS,
        button=_("做凭证草稿"),
    ),
    "drop": Act(_("作废"), _("作废了，可以重新测算。"), WhyForm, _drop, dangerous=True),
}
OF_PAYOUT = {
    "pay": Act(
        _("发给这一户"),
        _("凭证草稿做好了。"),
        forms.PayForm,
        _pay,
        _today,
        needs=Needs.KEEPS,
        button=_("做凭证草稿"),
    ),
    "aside": Act(
        _("没有发成"),
        _("记好了。"),
        forms.AsideForm,
        _aside,
        _today,
        needs=Needs.KEEPS,
    ),
}
