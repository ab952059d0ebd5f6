"""Cards of assets and resources: opened, put right, used otherwise, disposed of."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from wugeyi.audit.actions import changes
from wugeyi.audit.rows import known
from wugeyi.books.actions.books import add_item, rename_item
from wugeyi.books.models import Book, Draft, Item
from wugeyi.books.rules.months import month_of
from wugeyi.branchwork.models import Decision
from wugeyi.holdings.actions.writing import (
    By,
    draft,
    hold,
    line,
    note,
    put,
    take,
    tell,
)
from wugeyi.holdings.models import Asset, AssetChange, AssetPlan
from wugeyi.holdings.queries import drafts
from wugeyi.holdings.queries.depreciation import last_charged, plans_of, taken_of
from wugeyi.holdings.rules.assets import (
    ACCOUNTS,
    CLEARING,
    RESERVE,
    SPECIAL_FUND,
    Kind,
    State,
    wears,
)
from wugeyi.holdings.rules.depreciation import planned
from wugeyi.holdings.rules.refusals import Refused, Why
from wugeyi.projects.models import Project

TOLD = (
    "kind",
    "resource",
    "place",
    "acquired_on",
    "acquired",
    "acquired_note",
    "cost_fen",
    "brought_fen",
    "area_mu",
    "quantity",
    "unit",
    "use",
    "state",
    "special_fen",
    "special_note",
    "project",
    "note",
)
# The other side of what is disposed of and is no fixed asset (recalled).
OTHER_EXPENSE = "515"


@dataclass(frozen=True, slots=True)
class Card:
    """What a card says of an asset or a resource; amounts in fen."""

    name: str
    kind: Kind
    acquired_on: date
    acquired: str
    acquired_note: str = ""
    resource: str = ""
    place: str = ""
    cost_fen: int | None = None
    brought_fen: int = 0
    area_mu: Decimal | None = None
    quantity: Decimal | None = None
    unit: str = ""
    use: str = ""
    special_fen: int = 0
    special_note: str = ""
    project: Project | None = None
    note: str = ""

    def check(self) -> None:
        """Refuse what cannot be.

        Raises
        ------
        Refused
            A resource with a value or without an area, or an amount below 0.
        """
        amounts = (self.cost_fen or 0, self.brought_fen, self.special_fen)
        if min(amounts) < 0:
            raise Refused(Why.NEGATIVE)
        if self.kind is Kind.RESOURCE:
            if any(amounts):
                raise Refused(Why.NO_VALUE)
            if self.area_mu is None or self.area_mu <= 0:
                raise Refused(Why.NEEDS_AREA)
        elif self.cost_fen is None:
            raise Refused(Why.NEGATIVE)
        if self.brought_fen > (self.cost_fen or 0) or self.special_fen > (
            self.cost_fen or 0
        ):
            raise Refused(Why.SALVAGE)

    def values(self) -> dict[str, object]:
        """Return the columns."""
        names = (name for name in TOLD if name != "state")
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True, slots=True)
class Wear:
    """How an asset is depreciated: over so many months, down to a salvage in fen.

    ``month`` is the first month charged; None: the one after it was acquired, or the
    first of the books if that is later.
    """

    months: int
    salvage_fen: int = 0
    month: int | None = None


@transaction.atomic
def open_card(
    *,
    book: Book,
    code: str,
    card: Card,
    state: State = State.IN_USE,
    wear: Wear | None = None,
    client_id: UUID | None = None,
    by: By,
    at: datetime,
) -> Asset:
    """Open the card of an asset; it becomes an item of its book.

    Raises
    ------
    Refused
        See :meth:`Card.check`; or it is to be depreciated and assets of its kind are
        not (NO_WEAR), or down to more than its cost (SALVAGE).
    """
    before = known(Asset, client_id)
    if before is not None:
        return before
    card.check()
    book = hold(book)
    if Item.objects.filter(book=book, kind=Item.Kind.ASSET, code=code).exists():
        raise Refused(Why.TAKEN, code=code)
    item = add_item(
        book=book, kind=Item.Kind.ASSET, code=code, name=card.name, by=by, at=at
    )
    asset = Asset.objects.create(
        client_id=client_id,
        book=book,
        item=item,
        state=state,
        state_on=card.acquired_on,
        recorded_by=by,
        recorded_at=at,
        **card.values(),
    )
    after = {"code": code, "name": card.name, **changes(asset, TOLD)}
    if wear is not None:
        plan = _plan(asset, wear, "", by, at)
        after |= {"months": plan.months, "salvage_fen": plan.salvage_fen}
    note(
        asset,
        organisation_id=book.organisation_id,
        action="open_card",
        by=by,
        at=at,
        after=after,
    )
    return asset


def _plan(asset: Asset, wear: Wear, reason: str, by: By, at: datetime) -> AssetPlan:
    """Write the plan from a month on: what is left, over the months that are left."""
    if not wears(Kind(asset.kind)):
        raise Refused(Why.NO_WEAR)
    month = wear.month
    if month is None:
        month = max(month_of(asset.acquired_on) + 1, month_of(asset.book.begins_on))
    earlier = plans_of(asset)
    if earlier and month <= earlier[-1].month:
        raise Refused(Why.BAD_DAYS)
    done = planned(earlier, month - 1)
    charged = last_charged(asset)
    if charged is not None and month <= charged:
        raise Refused(Why.TOO_LATE)
    left = (asset.cost_fen or 0) - asset.brought_fen - wear.salvage_fen - done
    if left < 0 or wear.salvage_fen < 0:
        raise Refused(Why.SALVAGE)
    return AssetPlan.objects.create(
        asset=asset,
        month=month,
        months=wear.months,
        amount_fen=left,
        salvage_fen=wear.salvage_fen,
        reason=reason,
        recorded_by=by,
        recorded_at=at,
    )


@transaction.atomic
def change_wear(
    *,
    asset: Asset,
    wear: Wear,
    reason: str,
    version: int | None = None,
    by: By,
    at: datetime,
) -> AssetPlan:
    """From a month on charge what is left over other months, or to another salvage.

    Raises
    ------
    Refused
        The month is charged already (TOO_LATE) or not after the last change
        (BAD_DAYS), the salvage is more than what is left (SALVAGE), or it is disposed
        of (ENDED).
    """
    hold(asset.book)
    asset = take(asset, version=version)
    if asset.state == State.DISPOSED:
        raise Refused(Why.ENDED)
    if not reason.strip() and asset.plans.exists():
        raise Refused(Why.NEEDS_REASON)
    plan = _plan(asset, wear, reason, by, at)
    put_version(asset)
    after = changes(plan, ["month", "months", "amount_fen", "salvage_fen", "reason"])
    tell(asset, "change_wear", by, at, after)
    return plan


def put_version(asset: Asset) -> None:
    """Count the version up when something beside the card was written."""
    asset.version += 1
    asset.save(update_fields=["version"])


@transaction.atomic
def edit_card(
    *, asset: Asset, card: Card, version: int | None = None, by: By, at: datetime
) -> Asset:
    """Put a card right. Its cost only while nothing of it was charged.

    Raises
    ------
    Refused
        See :meth:`Card.check`; its kind cannot change (NOT_NOW), its cost no longer
        (TOO_LATE).
    """
    card.check()
    hold(asset.book)
    asset = take(asset, version=version)
    if card.kind != asset.kind:
        raise Refused(Why.NOT_NOW)
    moved = (asset.cost_fen, asset.brought_fen) != (card.cost_fen, card.brought_fen)
    plans = list(asset.plans.order_by("month"))
    if moved and plans and (last_charged(asset) is not None or len(plans) > 1):
        raise Refused(Why.TOO_LATE)
    if moved and plans:
        left = (card.cost_fen or 0) - card.brought_fen - plans[0].salvage_fen
        if left < 0:
            raise Refused(Why.SALVAGE)
        plans[0].amount_fen = left
        plans[0].save(update_fields=["amount_fen"])
    if card.name != asset.item.name:
        item = asset.item
        rename_item(item=item, version=item.version, name=card.name, by=by, at=at)
    put(
        asset,
        organisation_id=asset.book.organisation_id,
        action="edit_card",
        by=by,
        at=at,
        values=card.values(),
    )
    return asset


@transaction.atomic
def use_otherwise(
    *,
    asset: Asset,
    state: State,
    on: date,
    reason: str = "",
    version: int | None = None,
    by: By,
    at: datetime,
) -> AssetChange:
    """From a day on it is in use, leased or idle.

    Raises
    ------
    Refused
        It is disposed of (ENDED), is so already (NOT_NOW), or the day is before the
        last change (BAD_DAYS).
    """
    asset = take(asset, version=version)
    _may_change(asset, state, on)
    if state is State.DISPOSED:
        raise Refused(Why.NOT_NOW)
    return _change(asset, state, on, by, at, action="use_otherwise", reason=reason)


def _may_change(asset: Asset, state: State, on: date) -> None:
    if asset.state == State.DISPOSED:
        raise Refused(Why.ENDED)
    if asset.state == state:
        raise Refused(Why.NOT_NOW)
    if on < max(asset.state_on, asset.acquired_on):
        raise Refused(Why.BAD_DAYS)


def _change(
    asset: Asset,
    state: State,
    on: date,
    by: By,
    at: datetime,
    *,
    action: str,
    **more: object,
) -> AssetChange:
    row = AssetChange.objects.create(
        asset=asset,
        on=on,
        was=asset.state,
        becomes=state,
        recorded_by=by,
        recorded_at=at,
        **more,
    )
    asset.state, asset.state_on = state, on
    asset.disposed_on = on if state is State.DISPOSED else None
    asset.version += 1
    asset.save(update_fields=["state", "state_on", "disposed_on", "version"])
    after = changes(
        row, ["becomes", "on", "how", "reason", "valuation_fen", "proceeds_fen"]
    )
    tell(asset, action, by, at, after, before={"becomes": row.was})
    return row


@dataclass(frozen=True, slots=True)
class Disposal:
    """How an asset goes; a valuation where the law wants one (财务制度 21)."""

    on: date
    how: str
    reason: str
    proceeds_fen: int | None = None
    valuation_fen: int | None = None
    valued_by: str = ""
    decision: Decision | None = None


@transaction.atomic
def dispose(
    *,
    asset: Asset,
    what: Disposal,
    book_it: bool,
    version: int | None = None,
    by: By,
    at: datetime,
) -> AssetChange:
    """Dispose of an asset; ``book_it`` writes the draft that takes it off the books.

    A fixed asset goes to 固定资产清理 (154) with what is left of its value; what it
    brought in is booked from there by the accountant.

    Raises
    ------
    Refused
        It is contributed to others without valuation (NOT_VALUED), or see
        :func:`use_otherwise`.
    """
    hold(asset.book)
    asset = take(asset, version=version)
    _may_change(asset, State.DISPOSED, what.on)
    if not what.reason.strip():
        raise Refused(Why.NEEDS_REASON)
    needs_value = what.how == AssetChange.How.CONTRIBUTED
    if needs_value and (what.valuation_fen is None or not what.valued_by.strip()):
        raise Refused(Why.NOT_VALUED)
    made = _off_the_books(asset, what, by, at) if book_it else None
    return _change(
        asset,
        State.DISPOSED,
        what.on,
        by,
        at,
        action="dispose",
        how=what.how,
        reason=what.reason,
        proceeds_fen=what.proceeds_fen,
        valuation_fen=what.valuation_fen,
        valued_by=what.valued_by,
        decision=what.decision,
        draft=made,
    )


def _off_the_books(asset: Asset, what: Disposal, by: By, at: datetime) -> Draft | None:
    accounts = ACCOUNTS[Kind(asset.kind)]
    if not asset.cost_fen:
        return None
    worn = asset.brought_fen + taken_of(asset)
    rest = CLEARING if asset.kind == Kind.FIXED else OTHER_EXPENSE
    summary = f"处置 {asset.item.name}"
    code = asset.item.code
    amounts = (
        (accounts.contra, worn),
        (rest, asset.cost_fen - worn),
        (accounts.cost, -asset.cost_fen),
    )
    return draft(
        asset.book,
        day=what.on,
        lines=[
            line(account, fen, summary, asset=code) for account, fen in amounts if fen
        ],
        source=drafts.ASSET_DISPOSAL,
        source_id=asset.pk,
        by=by,
        at=at,
        decision=what.decision,
    )


@transaction.atomic
def carry_fund(*, asset: Asset, day: date, by: By, at: datetime) -> Draft:
    """Write the draft by which a special fund (241) that became an asset goes to 311.

    Raises
    ------
    Refused
        No special fund is on its card (NO_FUND), or it is booked already
        (FUND_BOOKED).
    """
    hold(asset.book)
    asset = take(asset)
    if not asset.special_fen:
        raise Refused(Why.NO_FUND)
    if drafts.standing(drafts.ASSET_FUND, asset.pk).exists():
        raise Refused(Why.FUND_BOOKED)
    summary = f"专项资金形成资产：{asset.item.name}"
    code = asset.item.code
    made = draft(
        asset.book,
        day=day,
        lines=[
            line(SPECIAL_FUND, asset.special_fen, summary, asset=code),
            line(RESERVE, -asset.special_fen, summary, asset=code),
        ],
        source=drafts.ASSET_FUND,
        source_id=asset.pk,
        by=by,
        at=at,
    )
    tell(
        asset,
        "carry_fund",
        by,
        at,
        {"special_fen": asset.special_fen, "draft": made.pk},
    )
    return made
