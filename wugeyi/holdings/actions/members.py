"""Households and members: joined, moved, left for a lawful reason only, erased."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from wugeyi.audit.rows import known
from wugeyi.audit.rules import Private, new_salt
from wugeyi.books.actions.books import add_item, rename_item
from wugeyi.books.models import Book, Item
from wugeyi.branchwork.models import Decision
from wugeyi.holdings.actions.writing import By, hold, own, take, tell
from wugeyi.holdings.models import Household, Member, MemberChange, ShareChange
from wugeyi.holdings.rules.members import Joined, Left, article_against
from wugeyi.holdings.rules.refusals import Refused, Why


@transaction.atomic
def add_household(
    *,
    book: Book,
    code: str,
    head: str,
    group: str = "",
    client_id: UUID | None = None,
    by: By,
    at: datetime,
) -> Household:
    """Register a household by its head's name; it becomes an item of its book.

    Raises
    ------
    Refused
        The code is taken, or no name is told.
    """
    before = known(Household, client_id)
    if before is not None:
        return before
    if not head.strip():
        raise Refused(Why.NEEDS_REASON)
    book = hold(book)
    item = Item.objects.filter(book=book, kind=Item.Kind.HOUSEHOLD, code=code).first()
    if item is not None and Household.objects.filter(item=item).exists():
        raise Refused(Why.TAKEN, code=code)
    if item is None:
        item = add_item(
            book=book,
            kind=Item.Kind.HOUSEHOLD,
            code=code,
            name=head,
            personal=True,
            by=by,
            at=at,
        )
    row = Household.objects.create(
        client_id=client_id,
        book=book,
        item=item,
        group=group,
        salt=new_salt(),
        recorded_by=by,
        recorded_at=at,
    )
    after = {"code": code, "name": Private(head, row.salt), "group": group}
    tell(row, "add_household", by, at, after)
    return row


@transaction.atomic
def edit_household(
    *,
    household: Household,
    head: str,
    group: str,
    version: int | None = None,
    by: By,
    at: datetime,
) -> Household:
    """Put the head's name or the group right; what was posted stays.

    Raises
    ------
    Refused
        It was erased (ERASED), or no name is told.
    """
    household = take(household, version=version)
    if not household.salt:
        raise Refused(Why.ERASED)
    if not head.strip():
        raise Refused(Why.NEEDS_REASON)
    item = household.item
    before = {"name": Private(item.name, household.salt), "group": household.group}
    if item.name != head:
        rename_item(item=item, version=item.version, name=head, by=by, at=at)
    household.group = group
    household.version += 1
    household.save(update_fields=["group", "version"])
    after = {"name": Private(head, household.salt), "group": group}
    tell(household, "edit_household", by, at, after, before=before)
    return household


@dataclass(frozen=True, slots=True)
class Entry:
    """Who joins, when and how; ``shares_100`` from that day if already quantified."""

    code: str
    name: str
    joined_on: date
    joined: Joined
    votes: bool = True
    shares_100: int | None = None
    decision: Decision | None = None


@transaction.atomic
def add_member(
    *,
    household: Household,
    entry: Entry,
    client_id: UUID | None = None,
    by: By,
    at: datetime,
) -> Member:
    """Register a member of the collective from a day on.

    Raises
    ------
    Refused
        The code is taken, shares are less than 0, or no name is told.
    """
    before = known(Member, client_id)
    if before is not None:
        return before
    book = hold(household.book)
    if not entry.name.strip():
        raise Refused(Why.NEEDS_REASON)
    if (entry.shares_100 or 0) < 0:
        raise Refused(Why.NEGATIVE)
    if Member.objects.filter(book=book, code=entry.code).exists():
        raise Refused(Why.TAKEN, code=entry.code)
    member = Member.objects.create(
        client_id=client_id,
        book=book,
        household=household,
        code=entry.code,
        name=entry.name,
        salt=new_salt(),
        joined_on=entry.joined_on,
        joined=entry.joined,
        votes=entry.votes,
        recorded_by=by,
        recorded_at=at,
    )
    _change(
        member,
        MemberChange.What.JOINED,
        entry.joined_on,
        by,
        at,
        why=entry.joined,
        decision=entry.decision,
    )
    if entry.shares_100 is not None:
        ShareChange.objects.create(
            member=member,
            from_on=entry.joined_on,
            shares_100=entry.shares_100,
            decision=entry.decision,
            recorded_by=by,
            recorded_at=at,
        )
    after = {
        "code": entry.code,
        "name": Private(entry.name, member.salt),
        "household": household.item.code,
        "joined_on": entry.joined_on,
        "joined": entry.joined,
        "shares_100": entry.shares_100,
        "votes": entry.votes,
    }
    tell(member, "add_member", by, at, after)
    return member


def _change(
    member: Member, what: str, on: date, by: By, at: datetime, **more: object
) -> MemberChange:
    return MemberChange.objects.create(
        member=member,
        household=member.household,
        what=what,
        on=on,
        recorded_by=by,
        recorded_at=at,
        **more,
    )


@transaction.atomic
def edit_member(
    *,
    member: Member,
    name: str,
    votes: bool,
    version: int | None = None,
    by: By,
    at: datetime,
) -> Member:
    """Put a member's name right, or say whether the member votes.

    Raises
    ------
    Refused
        The name was erased (ERASED), or none is told.
    """
    member = take(member, version=version)
    if member.erased_at is not None:
        raise Refused(Why.ERASED)
    if not name.strip():
        raise Refused(Why.NEEDS_REASON)
    before = {"name": Private(member.name, member.salt), "votes": member.votes}
    member.name, member.votes = name, votes
    member.version += 1
    member.save(update_fields=["name", "votes", "version"])
    after = {"name": Private(name, member.salt), "votes": votes}
    tell(member, "edit_member", by, at, after, before=before)
    return member


@transaction.atomic
def leave(
    *,
    member: Member,
    on: date,
    reason: Left,
    text: str = "",
    decision: Decision | None = None,
    version: int | None = None,
    by: By,
    at: datetime,
) -> Member:
    """Say that somebody is a member no longer. Shares stay until they are changed.

    Raises
    ------
    Refused
        The law forbids that reason (ARTICLE, with its number), somebody is none any
        more (ENDED), or the day is before joining (BAD_DAYS).
    """
    article = article_against(reason)
    if article is not None:
        raise Refused(Why.ARTICLE, article=article)
    member = take(member, version=version)
    if member.left_on is not None:
        raise Refused(Why.ENDED)
    if on < member.joined_on:
        raise Refused(Why.BAD_DAYS)
    member.left_on, member.left = on, reason
    member.version += 1
    member.save(update_fields=["left_on", "left", "version"])
    _change(
        member,
        MemberChange.What.LEFT,
        on,
        by,
        at,
        why=reason,
        note=text,
        decision=decision,
    )
    after = {"left_on": on, "left": reason, "note": text}
    tell(member, "leave", by, at, after)
    return member


@transaction.atomic
def come_back(
    *,
    member: Member,
    on: date,
    text: str,
    version: int | None = None,
    by: By,
    at: datetime,
) -> Member:
    """Say that a leaving was recorded by mistake; both entries stay on file.

    Raises
    ------
    Refused
        The member never left (NOT_NOW) or was erased (ERASED), or no reason is told.
    """
    member = take(member, version=version)
    if member.left_on is None:
        raise Refused(Why.NOT_NOW)
    if member.erased_at is not None:
        raise Refused(Why.ERASED)
    if not text.strip():
        raise Refused(Why.NEEDS_REASON)
    before = {"left_on": member.left_on, "left": member.left}
    member.left_on, member.left = None, ""
    member.version += 1
    member.save(update_fields=["left_on", "left", "version"])
    _change(member, MemberChange.What.RETURNED, on, by, at, note=text)
    tell(member, "come_back", by, at, {"on": on, "note": text}, before=before)
    return member


@transaction.atomic
def move(
    *,
    member: Member,
    to: Household,
    on: date,
    text: str = "",
    version: int | None = None,
    by: By,
    at: datetime,
) -> Member:
    """Move a member to another household: marriage, children who set up their own.

    Raises
    ------
    Refused
        It is of other books, the same one (NOT_NOW), or the member left (ENDED).
    """
    member = take(member, version=version)
    own(member.book, to)
    if member.left_on is not None:
        raise Refused(Why.ENDED)
    if member.household_id == to.pk:
        raise Refused(Why.NOT_NOW)
    if on < member.joined_on:
        raise Refused(Why.BAD_DAYS)
    before = {"household": member.household.item.code}
    member.household = to
    member.version += 1
    member.save(update_fields=["household", "version"])
    _change(member, MemberChange.What.MOVED, on, by, at, note=text)
    after = {"household": to.item.code, "on": on, "note": text}
    tell(member, "move", by, at, after, before=before)
    return member


@transaction.atomic
def erase_member(*, member: Member, reason: str, by: By, at: datetime) -> Member:
    """Erase the name of somebody who is a member no longer, and its salt.

    The head's name of a household without members goes with it. Shares, dates and
    amounts stay under the code.

    Raises
    ------
    Refused
        Somebody is still a member (STILL_MEMBER), was erased (ERASED), or no reason is
        told.
    """
    member = take(member)
    if member.left_on is None:
        raise Refused(Why.STILL_MEMBER)
    if member.erased_at is not None:
        raise Refused(Why.ERASED)
    if not reason.strip():
        raise Refused(Why.NEEDS_REASON)
    member.name = member.salt = ""
    member.erased_at = at
    member.version += 1
    member.save(update_fields=["name", "salt", "erased_at", "version"])
    household = member.household
    others = household.members.filter(erased_at=None).exists()
    if not others and household.salt:
        item = household.item
        rename_item(item=item, version=item.version, name=item.code, by=by, at=at)
        household.salt = ""
        household.version += 1
        household.save(update_fields=["salt", "version"])
    tell(member, "erase_member", by, at, {"reason": reason})
    return member
