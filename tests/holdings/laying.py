"""Assets, contracts, members, companies of the village in tests/books/collective.py."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Any

from tests.books.collective import AT, BEGINS, Collective, entry, line
from tests.casework.world import plant
from wugeyi.audit.models import AuditEvent
from wugeyi.books.actions.books import add_item, open_book
from wugeyi.books.actions.drafts import approve, submit
from wugeyi.books.actions.posting import post
from wugeyi.books.models import Book, Draft, Item, Voucher
from wugeyi.branchwork.actions.approvals import choose_procedure, record_meetings
from wugeyi.branchwork.actions.records import add
from wugeyi.branchwork.models import Decision, Topic
from wugeyi.branchwork.rules.meetings import Stage, Track
from wugeyi.holdings.actions import assets, companies, contracts, members
from wugeyi.holdings.models import Asset, Company, Contract, Household, Investor, Member
from wugeyi.holdings.rules.assets import Kind
from wugeyi.holdings.rules.companies import Form, Given, Party
from wugeyi.holdings.rules.contracts import Kind as ContractKind
from wugeyi.holdings.rules.dues import Rhythm
from wugeyi.holdings.rules.members import Joined

START = date(2024, 1, 15)


def usual(village: Collective) -> dict[str, Any]:
    return {"by": village.accountant, "at": AT}


@contextmanager
def told_once(action: str) -> Iterator[None]:
    """Fail unless the block leaves one event of holdings, and it is of this act."""
    last = AuditEvent.objects.order_by("-pk").first()
    yield
    rows = AuditEvent.objects.filter(pk__gt=last.pk if last else 0)
    ours = rows.filter(action__startswith="holdings.")
    assert [row.action for row in ours] == [action]


@contextmanager
def silent() -> Iterator[None]:
    """Fail if the block leaves any event."""
    before = AuditEvent.objects.count()
    yield
    assert AuditEvent.objects.count() == before


def other_books(
    village: Collective, code: str = "990101001202", regime: str = "2023"
) -> Book:
    """The books of the next village, kept by the same accountant."""
    unit = plant("溪尾村", "village", code, village.world.town)
    return open_book(
        organisation=unit,
        keeper="collective",
        regime=regime,
        code=f"B{code[-3:]}",
        name_zh="溪尾村股份经济合作社",
        begins_on=BEGINS,
        **usual(village),
    )


def posted(village: Collective, draft: Draft) -> Voucher:
    """Let a draft be reviewed and posted by the other person."""
    draft.refresh_from_db()
    draft = submit(draft=draft, version=draft.version, **usual(village))
    approve(draft=draft, version=draft.version, by=village.reviewer, at=AT)
    return Voucher.objects.get(draft=draft.pk)


def card(**overrides: Any) -> assets.Card:
    values: dict[str, Any] = {
        "name": "综合楼",
        "kind": Kind.FIXED,
        "acquired_on": START,
        "acquired": "built",
        "cost_fen": 100_000_00,
        "use": "operating",
    }
    return assets.Card(**(values | overrides))


def asset(
    village: Collective,
    code: str = "ZC0001",
    wear: assets.Wear | None = None,
    **overrides: Any,
) -> Asset:
    return assets.open_card(
        book=village.book,
        code=code,
        card=card(**overrides),
        wear=wear,
        **usual(village),
    )


def land(village: Collective, code: str = "ZY0001") -> Asset:
    return asset(
        village,
        code,
        name="后山林地",
        kind=Kind.RESOURCE,
        resource="forest",
        cost_fen=None,
        area_mu=Decimal("120.50"),
        use="",
        acquired="owned",
    )


def tenant(village: Collective, code: str = "WL0001") -> Item:
    return add_item(
        book=village.book,
        kind=Item.Kind.COUNTERPARTY,
        code=code,
        name="山水农业公司",
        **usual(village),
    )


def paper(village: Collective, **overrides: Any) -> contracts.Paper:
    values: dict[str, Any] = {
        "kind": ContractKind.LEASE,
        "number": "2024-01",
        "title": "门面出租",
        "signed_on": START,
        "written": True,
    }
    values |= overrides
    if "counterparty" not in values:
        known = Item.objects.filter(book=village.book, kind="counterparty").first()
        values["counterparty"] = known or tenant(village)
    return contracts.Paper(**values)


def payments(**overrides: Any) -> contracts.Payments:
    values: dict[str, Any] = {
        "begins_on": date(2024, 2, 1),
        "ends_on": date(2027, 1, 31),
        "rhythm": Rhythm.YEARLY,
        "amount_fen": 12_000_00,
        "first_due_on": date(2024, 2, 10),
    }
    return contracts.Payments(**(values | overrides))


def contract(
    village: Collective, terms: dict[str, Any] | None = None, **overrides: Any
) -> Contract:
    return contracts.sign(
        book=village.book,
        paper=paper(village, **overrides),
        payments=payments(**(terms or {})),
        **usual(village),
    )


def household(
    village: Collective, code: str = "H0001", head: str = "张三"
) -> Household:
    return members.add_household(
        book=village.book, code=code, head=head, **usual(village)
    )


def member(
    village: Collective,
    of: Household,
    code: str,
    shares_100: int | None = 100,
    name: str = "张三",
) -> Member:
    return members.add_member(
        household=of,
        entry=members.Entry(code, name, START, Joined.CONFIRMED, shares_100=shares_100),
        **usual(village),
    )


def company(village: Collective, **overrides: Any) -> Company:
    values: dict[str, Any] = {
        "name": "田兴农业公司",
        "form": Form.LIMITED,
        "founded_on": date(2024, 3, 1),
    }
    return companies.found(
        organisation=village.village,
        founding=companies.Founding(**(values | overrides)),
        **usual(village),
    )


def investor(
    village: Collective, of: Company, party: Party, yuan: int, **overrides: Any
) -> Investor:
    values: dict[str, Any] = {
        "party": party,
        "subscribed_fen": yuan * 100,
        "joined_on": date(2024, 3, 1),
        "book": village.book if party is Party.COLLECTIVE else None,
        "name": "" if party is Party.COLLECTIVE else party.value,
    }
    return companies.add_investor(
        company=of, stake=companies.Stake(**(values | overrides)), **usual(village)
    )


def pay(village: Collective, who: Investor, yuan: int, **overrides: Any) -> Any:
    values: dict[str, Any] = {
        "on": date(2024, 3, 10),
        "amount_fen": yuan * 100,
        "given": Given.CASH,
    }
    book_it = overrides.pop("book_it", False)
    return companies.pay_in(
        investor=who,
        paid=companies.Paid(**(values | overrides)),
        book_it=book_it,
        **usual(village),
    )


def tianxing(village: Collective) -> Company:
    """The 1+1 company of the domain notes: 115 + 100 + 10 (in 10,000 yuan)."""
    made = company(village)
    for party, yuan in (
        (Party.COLLECTIVE, 1_150_000),
        (Party.STATE, 1_000_000),
        (Party.VILLAGERS, 100_000),
    ):
        pay(village, investor(village, made, party, yuan), yuan)
    return made


def earn(village: Collective, day: date, yuan: int) -> Voucher:
    """Rent for more than 0, an expense for less."""
    lines = (
        (line("102", yuan, "租金"), line("501", -yuan, "租金"))
        if yuan > 0
        else (line("513", -yuan, "管理费"), line("102", yuan, "管理费"))
    )
    return post(book=village.book, entry=entry(day, *lines), **village.people)


def decide(
    village: Collective, held_on: date, matter: str = "plans", **numbers: int
) -> Decision:
    """A decision of the collective's assembly; 612 members, 410 of them agreed."""
    topic, _new = Topic.objects.get_or_create(
        code="public-works", defaults={"name_zh": "公益事业", "name_en": "Public works"}
    )
    made = add(
        model=Decision,
        organisation=village.village,
        values={"topic": topic, "held_on": held_on, "matter": "收益分配方案"},
        by=village.accountant,
        at=AT,
    ).row
    made = choose_procedure(
        decision=made,
        track=Track.COLLECTIVE,
        collective_matter=matter,
        by=None,
        at=AT,
    )
    talked = date.fromordinal(held_on.toordinal() - 15)
    called = date.fromordinal(held_on.toordinal() - 12)
    assembly = {
        "body": "collective",
        "held_on": held_on,
        "notice_on": called,
        "due": 612,
        "attended": 420,
        "in_favour": 410,
    }
    record_meetings(
        decision=made,
        meetings={
            Stage.PARTY: {"held_on": talked},
            Stage.ASSEMBLY: assembly | numbers,
        },
        by=None,
        at=AT,
    )
    made.refresh_from_db()
    return made
