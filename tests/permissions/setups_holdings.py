"""What stands in the community when a row of holdings is asked."""

from collections.abc import Callable
from datetime import date
from typing import Any

from tests.casework.world import NOW, World
from wugeyi.books.actions.books import add_item, open_book
from wugeyi.books.models import Book, Draft, Item, Keeper
from wugeyi.holdings.actions import (
    assets,
    companies,
    contracts,
    dividends,
    investments,
    members,
    shares,
)
from wugeyi.holdings.models import Depreciation, Distribution, Household
from wugeyi.holdings.rules.assets import Kind
from wugeyi.holdings.rules.companies import Form, Given, Party
from wugeyi.holdings.rules.contracts import Kind as ContractKind
from wugeyi.holdings.rules.dues import Rhythm
from wugeyi.holdings.rules.members import Joined

Laid = tuple[dict[str, Any], dict[str, Any]]
DAY = date(2026, 1, 10)


def _usual(world: World) -> dict[str, Any]:
    return {"by": world["secretary"], "at": NOW}


def _book(world: World) -> Book:
    known = Book.objects.filter(
        organisation=world.community, keeper=Keeper.COLLECTIVE
    ).first()
    return known or open_book(
        organisation=world.community,
        keeper=Keeper.COLLECTIVE,
        regime="2023",
        code="HOLD",
        name_zh="金桥股份经济合作社",
        begins_on=date(2026, 1, 1),
        **_usual(world),
    )


def book(world: World) -> Laid:
    return {"pk": _book(world).pk}, {}


def asset(world: World) -> Laid:
    row = assets.open_card(
        book=_book(world),
        code="ZC0001",
        card=assets.Card("门面", Kind.FIXED, DAY, "built", cost_fen=1000),
        **_usual(world),
    )
    return {"pk": row.pk}, {}


def depreciation(world: World) -> Laid:
    draft = Draft.objects.create(
        book=_book(world), day=DAY, prepared_by=world["secretary"], prepared_at=NOW
    )
    row = Depreciation.objects.create(
        book=_book(world), month=24312, total_fen=1, draft=draft, recorded_at=NOW
    )
    return {"pk": row.pk}, {}


def contract(world: World) -> Laid:
    other = add_item(
        book=_book(world),
        kind=Item.Kind.COUNTERPARTY,
        code="WL0001",
        name="公司",
        **_usual(world),
    )
    row = contracts.sign(
        book=_book(world),
        paper=contracts.Paper(
            ContractKind.LEASE, "1", "门面出租", other, DAY, written=True
        ),
        payments=contracts.Payments(DAY, date(2026, 12, 31), Rhythm.ONCE, 1000, DAY),
        **_usual(world),
    )
    return {"pk": row.pk}, {}


def _household(world: World) -> Household:
    row = members.add_household(
        book=_book(world), code="H0001", head="张三", **_usual(world)
    )
    members.add_member(
        household=row,
        entry=members.Entry("M0001", "张三", DAY, Joined.CONFIRMED, shares_100=100),
        **_usual(world),
    )
    return row


def household(world: World) -> Laid:
    return {"pk": _household(world).pk}, {}


def certificate(world: World) -> Laid:
    row = shares.certify(
        household=_household(world), number="1", on=DAY, **_usual(world)
    )
    return {"pk": row.pk}, {}


def company(world: World) -> Laid:
    row = companies.found(
        organisation=world.community,
        founding=companies.Founding("公司", Form.LIMITED, DAY),
        **_usual(world),
    )
    return {"pk": row.pk}, {}


def dividend(world: World) -> Laid:
    made = companies.found(
        organisation=world.community,
        founding=companies.Founding("公司", Form.LIMITED, DAY),
        **_usual(world),
    )
    investor = companies.add_investor(
        company=made,
        stake=companies.Stake(Party.COLLECTIVE, 1000, DAY, book=_book(world)),
        **_usual(world),
    )
    companies.pay_in(
        investor=investor,
        paid=companies.Paid(DAY, 1000, Given.CASH),
        book_it=False,
        **_usual(world),
    )
    row = dividends.declare(
        company=made,
        declared=dividends.Declared(DAY, DAY, 2025, 100, "决议"),
        **_usual(world),
    )
    return {"pk": row.pk}, {}


def investment(world: World) -> Laid:
    row = investments.propose(
        book=_book(world),
        prospect=investments.Prospect("加油站", "planned", 1000, 100, 10, DAY),
        **_usual(world),
    )
    return {"pk": row.pk}, {}


def distribution(world: World) -> Laid:
    row = Distribution.objects.create(
        book=_book(world),
        year=2025,
        reserve_percent_100=3000,
        charter="三十二条",
        shares_on=DAY,
        before_fen=0,
        net_fen=100,
        losses_fen=0,
        base_fen=100,
        reserve_fen=30,
        members_fen=0,
        kept_fen=70,
        recorded_at=NOW,
    )
    return {"pk": row.pk}, {}


def acting(make: Callable[[World], Laid], noun: str, slug: str) -> Any:
    """An act on a row: a form that is not filled in."""

    def lay(world: World) -> Laid:
        kwargs, data = make(world)
        return kwargs | {"noun": noun, "slug": slug}, data

    return lay


SETUPS: dict[str, Callable[[World], Laid]] = {
    "h-book": book,
    "h-asset": asset,
    "h-deprec": depreciation,
    "h-contract": contract,
    "h-house": household,
    "h-cert": certificate,
    "h-company": company,
    "h-dividend": dividend,
    "h-invest": investment,
    "h-distrib": distribution,
    "h-newasset": acting(book, "book", "new-asset"),
    "h-newplan": acting(book, "book", "new-distribution"),
    "h-charge": acting(book, "book", "depreciate"),
    "h-terms": acting(contract, "contract", "terms"),
    "h-member": acting(household, "household", "member"),
    "h-investor": acting(company, "company", "investor"),
    "h-bookdiv": acting(dividend, "dividend", "book"),
    "h-unknown": acting(book, "book", "explode"),
}
