"""Acts on companies, dividends and investments."""

from datetime import date
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from wugeyi.books.models import Book
from wugeyi.holdings.actions import companies, dividends, investments
from wugeyi.holdings.forms import companies as forms
from wugeyi.holdings.forms.assets import DayForm
from wugeyi.holdings.forms.contracts import WhyForm
from wugeyi.holdings.models import Company, Dividend, Investment, Investor
from wugeyi.holdings.rules.companies import Form, Given, Liability, Party
from wugeyi.holdings.views.acts.spec import Needs, fen, keeps
from wugeyi.organisations.views.acts import Act, Sent
from wugeyi.projects.rules.money import write_yuan


def _founding(sent: Sent) -> companies.Founding:
    values = sent.values
    return companies.Founding(
        name=values["name"],
        form=Form(values["form"]),
        founded_on=values["founded_on"],
        code=values["code"],
        business=values["business"],
        project=values["project"],
        decision=values["decision"],
    )


def _found(sent: Sent) -> Company:
    book: Book = sent.row
    return companies.found(
        organisation=book.organisation, founding=_founding(sent), **sent.once
    )


def _edit(sent: Sent) -> None:
    companies.edit_company(company=sent.row, founding=_founding(sent), **sent.versioned)


def _known(row: Company, today: date) -> dict[str, Any]:
    names = ("name", "form", "code", "founded_on", "business", "decision", "project")
    return {name: getattr(row, name) for name in names}


def _investor(sent: Sent) -> None:
    values = sent.values
    companies.add_investor(
        company=sent.row,
        stake=companies.Stake(
            party=Party(values["party"]),
            subscribed_fen=values["subscribed"],
            joined_on=values["joined_on"],
            liability=Liability(values["liability"]),
            book=values["book"],
            name="" if values["book"] else values["name"],
            people=values["people"],
        ),
        **sent.once,
    )


def _end(sent: Sent) -> None:
    values = sent.values
    companies.end_company(
        company=sent.row, on=values["on"], why=values["why"], **sent.versioned
    )


def _declare(sent: Sent) -> Dividend:
    values = sent.values
    return dividends.declare(
        company=sent.row,
        declared=dividends.Declared(
            declared_on=values["declared_on"],
            basis_on=values["basis_on"],
            of_year=values["of_year"],
            pool_fen=values["pool"],
            resolution=values["resolution"],
        ),
        **sent.once,
    )


def _dividend(row: Company, today: date) -> dict[str, Any]:
    return {"declared_on": today, "basis_on": today, "of_year": today.year - 1}


def _stake(sent: Sent) -> Company:
    values = sent.values
    companies.change_stake(
        investor=sent.row,
        subscribed_fen=values["subscribed"],
        left_on=values["left_on"],
        **sent.versioned,
    )
    company: Company = sent.row.company
    return company


def _stake_known(row: Investor, today: date) -> dict[str, Any]:
    return {"subscribed": write_yuan(row.subscribed_fen), "left_on": row.left_on}


def _pay_in(sent: Sent) -> Company:
    values = sent.values
    investor: Investor = sent.row
    wanted = bool(values.get("book_it"))
    companies.pay_in(
        investor=investor,
        paid=companies.Paid(
            on=values["on"],
            amount_fen=values["amount"],
            given=Given(values["given"]),
            valued_by=values["valued_by"],
            note=values["note"],
        ),
        book_it=wanted and investor.book is not None and keeps(sent, investor.book),
        **sent.once,
    )
    return investor.company


def _withdraw_pay_in(sent: Sent) -> Company:
    companies.withdraw_pay_in(row=sent.row, reason=sent.values["reason"], **sent.usual)
    company: Company = sent.row.investor.company
    return company


def _book(sent: Sent) -> None:
    dividends.book_dividend(
        dividend=sent.row,
        day=sent.values["day"],
        keeps=partial(keeps, sent),
        **sent.usual,
    )


def _receive(sent: Sent) -> None:
    dividends.receive_dividend(
        dividend=sent.row,
        day=sent.values["day"],
        keeps=partial(keeps, sent),
        **sent.usual,
    )


def _withdraw(sent: Sent) -> Company:
    dividends.withdraw_dividend(
        dividend=sent.row, reason=sent.values["reason"], **sent.versioned
    )
    company: Company = sent.row.company
    return company


def _prospect(sent: Sent) -> investments.Prospect:
    values = sent.values
    return investments.Prospect(
        title=values["title"],
        state=values["state"],
        amount_fen=values["amount"],
        expected_fen=values["expected"],
        years=values["years"],
        begins_on=values["begins_on"],
        residual_fen=fen(sent, "residual"),
        company=values["company"],
        contract=values["contract"],
        decision=values["decision"],
        valuation=values["valuation"],
        risk=values["risk"],
        outcome=values["outcome"],
    )


def _propose(sent: Sent) -> Investment:
    return investments.propose(book=sent.row, prospect=_prospect(sent), **sent.once)


def _edit_investment(sent: Sent) -> None:
    investments.edit_investment(
        investment=sent.row, prospect=_prospect(sent), **sent.versioned
    )


def _investment(row: Investment, today: date) -> dict[str, Any]:
    names = (
        "title",
        "state",
        "years",
        "begins_on",
        "company",
        "contract",
        "decision",
        "valuation",
        "risk",
        "outcome",
    )
    return {name: getattr(row, name) for name in names} | {
        "amount": write_yuan(row.amount_fen),
        "expected": write_yuan(row.expected_fen),
        "residual": write_yuan(row.residual_fen) if row.residual_fen else "",
    }


def _today(row: Any, today: date) -> dict[str, Any]:
    return {
        "on": today,
        "day": max(today, getattr(row, "declared_on", today)),
        "joined_on": getattr(row, "founded_on", today),
        "party": Party.COLLECTIVE.value,
        "given": Given.CASH.value,
        "begins_on": today,
    }


OF_BOOK = {
    "new-company": Act(
        _("登记公司"),
        _("登记好了，接着加出资方。"),
        forms.CompanyForm,
        _found,
        lead=_("“1+1”等由村集体和别人一起办的公司。村集体以出资额为限担责（第六条）。"),
    ),
    "new-investment": Act(
        _("登记投资"),
        _("登记好了。"),
        forms.InvestmentForm,
        _propose,
        _today,
        lead=_("一笔投资一张卡：决议、评估、合同、出资、收益、风险。没做成的也留着。"),
    ),
}
OF_COMPANY = {
    "edit": Act(_("更正公司"), _("改好了。"), forms.CompanyForm, _edit, _known),
    "investor": Act(
        _("加出资方"),
        _("加好了。"),
        forms.InvestorForm,
        _investor,
        _today,
        lead=_("农村集体经济组织不得成为普通合伙人（第三十五条第七项）。"),
    ),
    "dividend": Act(
        _("登记分红"),
        _("按实缴出资分好了，一分不差。"),
        forms.DividendForm,
        _declare,
        _dividend,
    ),
    "end": Act(
        _("注销或退出"),
        _("记好了。"),
        forms.EndCompanyForm,
        _end,
        _today,
        lead=_("办不下去也如实写，给别的村参考。"),
        dangerous=True,
    ),
}
OF_INVESTOR = {
    "edit": Act(
        _("更正认缴、记退出"), _("改好了。"), forms.StakeForm, _stake, _stake_known
    ),
    "payin": Act(_("记实缴出资"), _("记好了。"), forms.PayInForm, _pay_in, _today),
}
OF_PAYIN = {
    "withdraw": Act(
        _("撤回实缴"), _("撤回了，原来的记录留着。"), WhyForm, _withdraw_pay_in
    ),
}
OF_DIVIDEND = {
    "book": Act(
        _("分红转入村账"),
        _("各村集体的凭证草稿做好了。"),
        DayForm,
        _book,
        _today,
        needs=Needs.KEEPS_ANY,
        lead=_("每个村集体一张：借 112 应收款，贷 502 投资收益。别的出资方只列出。"),
        button=_("做凭证草稿"),
    ),
    "receive": Act(
        _("分红到账"),
        _("各村集体的凭证草稿做好了。"),
        DayForm,
        _receive,
        _today,
        needs=Needs.KEEPS_ANY,
        lead=_("每个村集体一张：借 102 银行存款，贷 112 应收款。"),
        button=_("做凭证草稿"),
    ),
    "withdraw": Act(_("撤回分红"), _("撤回了，原来的记录留着。"), WhyForm, _withdraw),
}
OF_INVESTMENT = {
    "edit": Act(
        _("更正投资、记后来怎样"),
        _("改好了。"),
        forms.InvestmentForm,
        _edit_investment,
        _investment,
    ),
}
