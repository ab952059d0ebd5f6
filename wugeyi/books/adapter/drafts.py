"""Drafts as entries, and what would be wrong with posting them."""

from typing import cast

from wugeyi.books.adapter.charts import shipped
from wugeyi.books.adapter.findings import BadVoucher
from wugeyi.books.adapter.vouchers import voucher_of, wrong_with
from wugeyi.books.adapter.writing import stand
from wugeyi.books.models import Book, Draft, Item
from wugeyi.books.rules.entries import Entry, Kind, Line
from wugeyi.books.rules.refusals import Refused, Why


def entry_of(draft: Draft, papers: int = 0) -> Entry:
    """Return a draft's lines as the entry to be posted."""
    lines = tuple(
        Line(
            account=each.account,
            debit_fen=each.debit_fen,
            credit_fen=each.credit_fen,
            summary=each.summary,
            asset=each.asset,
            counterparty=each.counterparty,
            household=each.household,
            project=each.project,
        )
        for each in draft.lines.order_by("place")
    )
    return Entry(
        day=draft.day,
        lines=lines,
        kind=cast("Kind", draft.kind),
        papers=papers,
        decision_id=draft.decision_id,
    )


def need_sound(draft: Draft, entry: Entry) -> None:
    """Refuse what could not be posted, before a reviewer is asked.

    Raises
    ------
    BadVoucher
        The engine found errors.
    Refused
        An account or item is not in the books.
    """
    book = draft.book
    original = draft.reverses
    voucher = voucher_of(
        entry,
        book=book.code,
        number=1,
        reverses=None if original is None else (original.year, original.number),
    )
    found = wrong_with(voucher, book.regime, stand(book).closed_until)
    if found:
        raise BadVoucher(found)
    _need_accounts(book, entry)
    _need_items(book, entry)


def _need_accounts(book: Book, entry: Entry) -> None:
    known = set(book.sub_accounts.values_list("code", flat=True))
    known |= set(shipped(book.regime))
    for line in entry.lines:
        if len(line.account) > 3 and line.account not in known:
            raise Refused(Why.GUARD, word="account", code=line.account)


def _need_items(book: Book, entry: Entry) -> None:
    named = {item for line in entry.lines for item in line.items}
    if not named:
        return
    rows = Item.objects.filter(book=book, code__in={code for _, code in named})
    missing = named - set(rows.values_list("kind", "code"))
    if missing:
        raise Refused(Why.GUARD, word="item", code=min(missing)[1])
