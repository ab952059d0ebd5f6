"""What the invented villages own, let and share: a handful of each, every one invented."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

from wugeyi.accounts.models import User
from wugeyi.books.actions.books import add_item
from wugeyi.books.models import Book, Item
from wugeyi.branchwork.models import Decision
from wugeyi.demo import cast
from wugeyi.demo.clock import ZONE
from wugeyi.holdings.actions.assets import Card, Wear, open_card
from wugeyi.holdings.actions.companies import (
    Founding,
    Paid,
    Stake,
    add_investor,
    found,
    pay_in,
)
from wugeyi.holdings.actions.contracts import Paper, Payments, promise, sign
from wugeyi.holdings.actions.members import Entry, add_household, add_member
from wugeyi.holdings.actions.shares import certify
from wugeyi.holdings.models import Asset, Company
from wugeyi.holdings.rules.assets import Kind as AssetKind
from wugeyi.holdings.rules.assets import State, Use
from wugeyi.holdings.rules.companies import Form, Given, Party
from wugeyi.holdings.rules.contracts import Kind as ContractKind
from wugeyi.holdings.rules.contracts import Word
from wugeyi.holdings.rules.dues import Rhythm
from wugeyi.holdings.rules.members import Joined

WITH_COMPANY = "5201-village-demo-4"
WITH_PROMISE = "5201-village-demo-1"
COMPANY = "筑田乡双合生态农业有限公司（演示）"
# Who gave how much to the 1+1 company, in yuan: the article's way, invented sums.
STAKES = (
    (Party.COLLECTIVE, "", 1_150_000),
    (Party.STATE, "筑田乡村振兴公司（演示）", 1_000_000),
    (Party.VILLAGERS, "村民", 100_000),
)
HOUSEHOLDS = 8
PEOPLE_OF_SHARES = 42
FEN = 100


def own(book: Book, *, by: User, at: datetime) -> None:
    """Write down a village's members, property and contracts; again does nothing."""
    if Asset.objects.filter(book=book).exists():
        return
    random = Random(f"property {book.code}")  # noqa: S311 - a story
    _members(book, random, by, at)
    shop = _assets(book, by, at)
    _lease(book, shop, by, at)
    if book.code == WITH_PROMISE:
        _promise(book, by, at)
    if book.code == WITH_COMPANY:
        _company(book, by, at)


def _members(book: Book, random: Random, by: User, at: datetime) -> None:
    for number in range(1, HOUSEHOLDS + 1):
        head = cast.name(random)
        household = add_household(
            book=book,
            code=f"H{number:03}",
            head=head,
            group=f"{(number - 1) // 4 + 1} 组",
            by=by,
            at=at,
        )
        for place, name in enumerate(_family(head, random), 1):
            add_member(
                household=household,
                entry=Entry(
                    code=f"M{number:03}-{place}",
                    name=name,
                    joined_on=book.begins_on,
                    joined=Joined.CONFIRMED,
                    votes=place < 3,
                    shares_100=100,
                ),
                by=by,
                at=at,
            )
        certify(
            household=household,
            number=f"{book.pk:04}-{number:03}",
            on=book.begins_on + timedelta(days=40),
            by=by,
            at=at,
        )


def _family(head: str, random: Random) -> Iterator[str]:
    yield head
    for _each in range(random.randrange(1, 4)):
        yield cast.name(random)


def _assets(book: Book, by: User, at: datetime) -> Asset:
    built = date(book.begins_on.year - 4, 9, 1)
    shop = open_card(
        book=book,
        code="ZC0001",
        card=Card(
            name="综合楼一层门面",
            kind=AssetKind.FIXED,
            acquired_on=built,
            acquired="built",
            place="村委会旁",
            cost_fen=680_000 * FEN,
            brought_fen=90_000 * FEN,
            use=Use.OPERATING,
        ),
        state=State.LEASED,
        wear=Wear(months=208, salvage_fen=34_000 * FEN),
        by=by,
        at=at,
    )
    open_card(
        book=book,
        code="ZY0001",
        card=Card(
            name="后山林地",
            kind=AssetKind.RESOURCE,
            acquired_on=built,
            acquired="owned",
            resource="forest",
            area_mu=Decimal("186.5"),
        ),
        by=by,
        at=at,
    )
    return shop


def _lease(book: Book, shop: Asset, by: User, at: datetime) -> None:
    # Since last month, so that one payment is due and the others are to come.
    begins = (at.astimezone(ZONE).date().replace(day=1) - timedelta(days=1)).replace(
        day=1
    )
    tenant = add_item(
        book=book,
        kind=Item.Kind.COUNTERPARTY,
        code="W0001",
        name="便民超市（演示）",
        by=by,
        at=at,
    )
    sign(
        book=book,
        paper=Paper(
            kind=ContractKind.LEASE,
            number=f"{begins.year}-01",
            title="综合楼一层门面出租",
            counterparty=tenant,
            signed_on=begins,
            written=True,
            asset=shop,
        ),
        payments=Payments(
            begins_on=begins,
            ends_on=date(begins.year + 5, 12, 31),
            rhythm=Rhythm.QUARTERLY,
            amount_fen=9_000 * FEN,
            first_due_on=begins.replace(day=15),
            step_years=2,
            step_percent_100=500,
        ),
        by=by,
        at=at,
    )


def _promise(book: Book, by: User, at: datetime) -> None:
    promise(
        book=book,
        kind=Word.PROMISE,
        giver="村党支部",
        text="党支部“兜底”：项目没有收益时帮助另找出路。只是承诺，不是担保，不入账。",
        on=book.begins_on,
        by=by,
        at=at,
    )


def _company(book: Book, by: User, at: datetime) -> None:
    if Company.objects.filter(name=COMPANY).exists():
        return
    began = book.begins_on.replace(day=9)
    company = found(
        organisation=book.organisation,
        founding=Founding(
            name=COMPANY,
            form=Form.LIMITED,
            founded_on=began,
            business="稻渔和蔬菜",
            decision=Decision.objects.filter(
                organisation=book.organisation, collective_matter="investment"
            ).first(),
        ),
        by=by,
        at=at,
    )
    for party, name, yuan in STAKES:
        investor = add_investor(
            company=company,
            stake=Stake(
                party=party,
                subscribed_fen=yuan * FEN,
                joined_on=began,
                book=book if party is Party.COLLECTIVE else None,
                name=name,
                people=PEOPLE_OF_SHARES if party is Party.VILLAGERS else None,
            ),
            by=by,
            at=at,
        )
        # The collective's own payment stands in its books already.
        pay_in(
            investor=investor,
            paid=Paid(on=began, amount_fen=yuan * FEN, given=Given.CASH),
            book_it=False,
            by=by,
            at=at,
        )
