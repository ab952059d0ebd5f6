"""Lists of members and of cards, taken as a whole or not at all."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from wugeyi.books.models import Book, Item
from wugeyi.holdings.actions.assets import Card, Wear, open_card
from wugeyi.holdings.actions.members import Entry, add_household, add_member
from wugeyi.holdings.actions.writing import By, hold
from wugeyi.holdings.models import Household
from wugeyi.holdings.rules.assets import Kind
from wugeyi.holdings.rules.members import Joined
from wugeyi.holdings.rules.pasting import CardRow, MemberRow


@transaction.atomic
def register_members(
    *, book: Book, rows: Sequence[MemberRow], by: By, at: datetime
) -> int:
    """Register every row, each member with an event of its own; returns how many.

    Raises
    ------
    Refused
        See ``members``; nothing was written.
    """
    hold(book)
    known = {
        each.item.code: each
        for each in Household.objects.filter(
            book=book,
            item__kind=Item.Kind.HOUSEHOLD,
            item__code__in={row.household for row in rows},
        ).select_related("item", "book")
    }
    for row in rows:
        if row.household not in known:
            known[row.household] = add_household(
                book=book,
                code=row.household,
                head=row.head,
                group=row.group,
                by=by,
                at=at,
            )
        add_member(
            household=known[row.household],
            entry=Entry(
                code=row.code,
                name=row.name,
                joined_on=row.joined_on,
                joined=Joined.CONFIRMED,
                shares_100=row.shares_100,
            ),
            by=by,
            at=at,
        )
    return len(rows)


@transaction.atomic
def register_cards(*, book: Book, rows: Sequence[CardRow], by: By, at: datetime) -> int:
    """Open a card for every row, each with an event of its own; returns how many.

    Raises
    ------
    Refused
        See ``assets.open_card``; nothing was written.
    """
    hold(book)
    for row in rows:
        open_card(
            book=book,
            code=row.code,
            card=_card(row),
            wear=Wear(row.months, row.salvage_fen) if row.months else None,
            by=by,
            at=at,
        )
    return len(rows)


def _card(row: CardRow) -> Card:
    resource = row.kind is Kind.RESOURCE
    return Card(
        name=row.name,
        kind=row.kind,
        resource="other" if resource else "",
        acquired_on=row.acquired_on,
        acquired="owned" if resource else "other",
        place=row.place,
        cost_fen=row.cost_fen,
        brought_fen=row.brought_fen,
        area_mu=row.area_mu,
        use=row.use,
    )
