"""Opening books, and what their lines may name: sub-accounts and items."""

import re
from datetime import date, datetime

from django.db import transaction

from wugeyi.accounts.models import User
from wugeyi.audit.actions import changes, record
from wugeyi.audit.actions.events import alter
from wugeyi.books.actions.counting import book_changed
from wugeyi.books.adapter.charts import accounts, shipped
from wugeyi.books.models import Book, Item, SubAccount
from wugeyi.books.rules.refusals import Refused, Why
from wugeyi.organisations.models import Organisation

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")


@transaction.atomic
def open_book(
    *,
    organisation: Organisation,
    keeper: str,
    regime: str,
    code: str,
    name_zh: str,
    name_en: str = "",
    begins_on: date,
    rhythm: str = "quarterly",
    large_fen: int | None = None,
    by: User | None,
    at: datetime,
) -> Book:
    """Open a set of books; its regime is declared, never guessed.

    Raises
    ------
    Refused
        The code is taken or no code, or ``begins_on`` is not the first of a month.
    """
    if not _CODE.fullmatch(code):
        raise Refused(Why.BAD_CODE, code=code)
    if begins_on.day != 1:
        raise Refused(Why.BAD_DAY)
    taken = Book.objects.filter(code=code).exists()
    held = Book.objects.filter(
        organisation=organisation, keeper=keeper, closed_at=None
    ).exists()
    if taken or held:
        raise Refused(Why.CODE_TAKEN, code=code)
    book = Book.objects.create(
        organisation=organisation,
        keeper=keeper,
        regime=regime,
        code=code,
        name_zh=name_zh,
        name_en=name_en,
        begins_on=begins_on,
        rhythm=rhythm,
        large_fen=large_fen,
        created_by=by,
        created_at=at,
    )
    record(
        action="books.open",
        subject=book,
        by=by,
        at=at,
        organisation_id=organisation.pk,
        after=changes(book, ["code", "keeper", "regime", "begins_on", "name_zh"]),
    )
    book_changed(book, at=at, new=True)
    return book


@transaction.atomic
def end_book(*, book: Book, on: date, by: User, at: datetime) -> Book:
    """Say from which day on a set of books is no longer kept; it stays readable.

    Raises
    ------
    Refused
        It ended before, or the day is before it begins.
    """
    row = Book.objects.select_for_update().get(pk=book.pk)
    if row.closed_at is not None:
        raise Refused(Why.CLOSED)
    if on <= row.begins_on:
        raise Refused(Why.BAD_DAY)
    before, after = alter(row, {"closed_at": at, "closed_on": on})
    record(
        action="books.end",
        subject=row,
        by=by,
        at=at,
        organisation_id=row.organisation_id,
        before=before,
        after=after,
    )
    book_changed(row, at=at)
    return row


@transaction.atomic
def edit_book(
    *,
    book: Book,
    version: int,
    name_zh: str,
    name_en: str,
    rhythm: str,
    large_fen: int | None,
    by: User,
    at: datetime,
) -> Book:
    """Change what may be changed of a set of books.

    Raises
    ------
    Refused
        Somebody changed it since ``version``.
    """
    row = Book.objects.select_for_update().get(pk=book.pk)
    if row.version != version:
        raise Refused(Why.CHANGED)
    before, after = alter(
        row,
        {
            "name_zh": name_zh,
            "name_en": name_en,
            "rhythm": rhythm,
            "large_fen": large_fen,
        },
    )
    record(
        action="books.edit",
        subject=row,
        by=by,
        at=at,
        organisation_id=row.organisation_id,
        before=before,
        after=after,
    )
    return row


@transaction.atomic
def add_sub_account(
    *, book: Book, code: str, name: str, by: User | None, at: datetime
) -> SubAccount:
    """Add an account below one of the chart.

    Raises
    ------
    Refused
        The code has not five or seven digits, is below no account, or is taken.
    """
    below = code[:3] in accounts(book.regime)
    plain = code.isascii() and code.isdigit()
    if len(code) not in (5, 7) or not plain or not below or not name.strip():
        raise Refused(Why.BAD_CODE, code=code)
    if (
        code in shipped(book.regime)
        or SubAccount.objects.filter(book=book, code=code).exists()
    ):
        raise Refused(Why.CODE_TAKEN, code=code)
    row = SubAccount.objects.create(
        book=book, code=code, name=name.strip(), added_at=at
    )
    record(
        action="books.add_sub_account",
        subject=row,
        by=by,
        at=at,
        organisation_id=book.organisation_id,
        after={"code": code, "name": row.name},
    )
    return row


@transaction.atomic
def add_item(
    *,
    book: Book,
    kind: str,
    code: str,
    name: str,
    personal: bool = False,
    by: User | None,
    at: datetime,
) -> Item:
    """Add something lines may be about.

    Raises
    ------
    Refused
        The code is no code or taken.
    """
    if len(code) > 20 or not _CODE.fullmatch(code):
        raise Refused(Why.BAD_CODE, code=code)
    if Item.objects.filter(book=book, kind=kind, code=code).exists():
        raise Refused(Why.CODE_TAKEN, code=code)
    row = Item.objects.create(
        book=book, kind=kind, code=code, name=name, personal=personal
    )
    record(
        action="books.add_item",
        subject=row,
        by=by,
        at=at,
        organisation_id=book.organisation_id,
        # A person's name stays out of the audit.
        after={"kind": kind, "code": code} | ({} if personal else {"name": name}),
    )
    return row


@transaction.atomic
def rename_item(*, item: Item, version: int, name: str, by: User, at: datetime) -> Item:
    """Put an item's name right; its code and what was posted stay.

    Raises
    ------
    Refused
        Somebody changed it since ``version``.
    """
    row = Item.objects.select_for_update().get(pk=item.pk)
    if row.version != version:
        raise Refused(Why.CHANGED)
    before, after = alter(row, {"name": name})
    record(
        action="books.rename_item",
        subject=row,
        by=by,
        at=at,
        organisation_id=row.book.organisation_id,
        before={} if row.personal else before,
        after={"code": row.code} if row.personal else after,
    )
    return row
