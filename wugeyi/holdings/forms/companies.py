"""Forms about companies, dividends and investments."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wugeyi.books.models import Book, Keeper
from wugeyi.buslines.forms.fields import whole
from wugeyi.holdings.forms.base import (
    HoldingForm,
    book_of,
    decision_field,
    offer_decisions,
    offer_projects,
)
from wugeyi.holdings.forms.fields import (
    MOST_ROWS,
    RowField,
    local_day,
    money,
    pick,
    plain,
    words,
)
from wugeyi.holdings.models import Company, Contract, Investment
from wugeyi.holdings.models.base import choices
from wugeyi.holdings.models.companies import (
    FORM_NAMES,
    GIVEN_NAMES,
    LIABILITY_NAMES,
    PARTY_NAMES,
)
from wugeyi.holdings.rules.companies import Given, Liability, Party
from wugeyi.organisations.models import Organisation
from wugeyi.organisations.queries import within
from wugeyi.projects.models import Project


def home_of(subject: Any) -> Organisation:
    """Return the organisation a company is, or will be, registered with."""
    found: Organisation = subject.organisation
    return found


class CompanyForm(HoldingForm):
    """What a company is."""

    name = plain(120, _("公司名称"))
    form = forms.ChoiceField(label=_("组织形式"), choices=choices(FORM_NAMES))
    code = forms.RegexField(
        r"^[0-9A-HJ-NP-RTUW-Y]{18}$",
        label=_("统一社会信用代码"),
        required=False,
        error_messages={"invalid": _("统一社会信用代码是 18 位数字和大写字母。")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    founded_on = local_day(_("成立日期"))
    business = plain(200, _("做什么"), required=False)
    decision = decision_field(help_text=_("表决章程、入股的那次。"))
    project: RowField[Project] = RowField(label=_("哪个项目"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_decisions(self.fields["decision"], home_of(self.subject))
        offer_projects(self.fields["project"], home_of(self.subject))


class InvestorForm(HoldingForm):
    """Who takes a share."""

    party = pick(_("哪一方"), choices(PARTY_NAMES))
    book: RowField[Book] = RowField(
        label=_("村集体的账套"), required=False, help_text=_("村集体才选。")
    )
    name = plain(
        80,
        _("名称"),
        required=False,
        help_text=_("公司的名称。村民只写“村民”和人数，不写姓名。"),
    )
    people = whole(_("人数"), (1, 1_000_000), required=False)
    subscribed = money(_("认缴"))
    joined_on = local_day(_("哪天入股"))
    liability = pick(
        _("责任"), choices(LIABILITY_NAMES), initial=Liability.LIMITED.value
    )

    def offer(self, books: list[Book]) -> None:
        """Say whose books may be chosen."""
        field: Any = self.fields["book"]
        field.offer(
            books, empty=_("不是村集体"), name=lambda row: f"{row.organisation} · {row}"
        )

    def clean(self) -> dict[str, Any] | None:
        """Ask for books or for a name."""
        values = super().clean() or self.cleaned_data
        party = values.get("party")
        if party == Party.COLLECTIVE:
            if not values.get("book") and "book" not in self.errors:
                self.add_error("book", _("请选村集体的账套。"))
        elif party:
            values["book"] = None
            if party == Party.VILLAGERS and not values.get("name"):
                values["name"] = str(PARTY_NAMES[Party.VILLAGERS])
            if not values.get("name") and "name" not in self.errors:
                self.add_error("name", _("请写名称。"))
        if values.get("subscribed") == 0:
            self.add_error("subscribed", _("金额不能是 0。"))
        return values


def collectives(roots: Any) -> list[Book]:
    """Return the books of collectives below some roots."""
    rows = Book.objects.filter(
        within("organisation__path", roots),
        keeper=Keeper.COLLECTIVE,
        closed_at=None,
    )
    return list(
        rows.select_related("organisation").order_by("organisation__path")[:MOST_ROWS]
    )


class StakeForm(HoldingForm):
    """What was subscribed, and when an investor left."""

    subscribed = money(_("认缴"))
    left_on = local_day(_("哪天退出"), required=False)


class PayInForm(HoldingForm):
    """What was paid in."""

    on = local_day(_("哪天到位"))
    amount = money(_("金额"))
    given = pick(_("以什么出资"), choices(GIVEN_NAMES), initial=Given.CASH.value)
    valued_by = plain(
        80,
        _("谁评估的"),
        required=False,
        help_text=_("不是用钱出资的，要先评估（财务制度第二十一条）。"),
    )
    note = plain(200, _("说明"), required=False)
    book_it = forms.BooleanField(
        label=_("同时做村账的凭证草稿（借 141 长期投资，贷 102 银行存款）"),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.subject.book_id is None:
            del self.fields["book_it"]

    def clean(self) -> dict[str, Any] | None:
        """Ask for a valuation where no money is given."""
        values = super().clean() or self.cleaned_data
        given = values.get("given")
        if given and given != Given.CASH and not values.get("valued_by"):
            self.add_error(
                "valued_by",
                _(
                    "不是用钱出资的，要先评估（《农村集体经济组织财务制度》第二十一条）。"
                ),
            )
        return values


class DividendForm(HoldingForm):
    """A pool and a day."""

    declared_on = local_day(_("哪天宣告"))
    basis_on = local_day(_("按哪天的实缴出资分"))
    of_year = whole(_("哪一年的利润"), (1990, 2099))
    pool = money(_("一共分多少"))
    resolution = plain(120, _("股东会决议"), help_text=_("决议的日期和文号。"))

    def clean(self) -> dict[str, Any] | None:
        """Refuse a basis after the day, and nothing to share."""
        values = super().clean() or self.cleaned_data
        self.later("basis_on", "declared_on", _("宣告不能早于计算出资的那天。"))
        if values.get("pool") == 0:
            self.add_error("pool", _("金额不能是 0。"))
        return values


class EndCompanyForm(HoldingForm):
    """What came of a company."""

    on = local_day(_("哪天"))
    why = words(300, _("后来怎样"), rows=3)


class InvestmentForm(HoldingForm):
    """What an investment is to cost and bring."""

    title = plain(120, _("名称"), help_text=_("例如：入股加油站。"))
    state = forms.ChoiceField(label=_("现状"), choices=Investment.State.choices)
    amount = money(_("投多少"))
    expected = money(_("预计每年收益"))
    years = whole(_("多少年"), (1, 100))
    residual = money(_("到期还值多少"), needed=False)
    begins_on = local_day(_("从哪天"))
    company: RowField[Company] = RowField(label=_("哪家公司"), required=False)
    contract: RowField[Contract] = RowField(label=_("哪份合同"), required=False)
    decision = decision_field()
    valuation = plain(200, _("评估、论证"), required=False)
    risk = words(500, _("可能出什么问题"), rows=2, required=False)
    outcome = words(500, _("后来怎样"), rows=2, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        book = book_of(self.subject)
        fields: dict[str, Any] = self.fields
        companies = Company.objects.filter(investors__book=book).distinct()
        fields["company"].offer(companies.order_by("-pk")[:MOST_ROWS])
        contracts = Contract.objects.filter(book=book)
        fields["contract"].offer(contracts.order_by("-pk")[:MOST_ROWS])
        offer_decisions(fields["decision"], book.organisation)
