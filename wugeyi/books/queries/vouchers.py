"""Vouchers of a month, one voucher with all that belongs to it, its lines with names."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from wugeyi.books.adapter.statements import choices
from wugeyi.books.models import Book, Draft, DraftLine, Posting, Voucher
from wugeyi.books.queries import items
from wugeyi.books.rules.entries import ITEM_KINDS
from wugeyi.books.rules.months import first_day, last_day
from wugeyi.ui.paging import Page, cut


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line with the names of its account and of what it is about."""

    place: int
    account: str
    account_name: str
    summary: str
    debit_fen: int
    credit_fen: int
    # Kind, code and name.
    items: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """A voucher in a list: its first words and how much it is about."""

    voucher: Voucher
    summary: str
    amount_fen: int
    accounts: str


def load(pk: int) -> Voucher | None:
    """Return a voucher with its people and what it takes back; one query."""
    related = (
        "book__organisation",
        "prepared_by",
        "reviewed_by",
        "reverses",
        "reversed_by",
        "decision",
        "draft",
    )
    return Voucher.objects.select_related(*related).filter(pk=pk).first()


def of_month(
    book: Book, month: int, *, older: int = 0, newer: int = 0
) -> tuple[Page[Voucher], list[Listed]]:
    """Return one page of a month's vouchers, the newest first; three queries."""
    rows = Voucher.objects.filter(
        book=book, day__gte=first_day(month), day__lte=last_day(month)
    ).select_related("reverses", "reversed_by")
    page = cut(rows, older=older, newer=newer)
    return page, listed(book, page.rows)


def listed(book: Book, vouchers: Iterable[Voucher]) -> list[Listed]:
    """Return vouchers as a list shows them; two queries."""
    found = list(vouchers)
    named = {each.code: each.name for each in choices(book)} if found else {}
    lines: dict[int, list[Posting]] = {}
    rows = Posting.objects.filter(voucher__in=found).order_by("voucher", "place")
    for line in rows:
        lines.setdefault(line.voucher_id, []).append(line)
    return [
        Listed(
            voucher=each,
            summary=lines[each.pk][0].summary if each.pk in lines else "",
            amount_fen=sum(line.debit_fen for line in lines.get(each.pk, ())),
            accounts=_sides(lines.get(each.pk, ()), named),
        )
        for each in found
    ]


def shown(book: Book, lines: Iterable[DraftLine | Posting]) -> list[ShownLine]:
    """Return lines with the names of accounts and items; two queries."""
    found = list(lines)
    named = {each.code: each.full for each in choices(book)}
    told = [
        tuple(
            (kind, str(getattr(line, kind)))
            for kind in ITEM_KINDS
            if getattr(line, kind)
        )
        for line in found
    ]
    known = items.names(book, (item for several in told for item in several))
    return [
        ShownLine(
            place=line.place,
            account=line.account,
            account_name=named.get(line.account, ""),
            summary=line.summary,
            debit_fen=line.debit_fen,
            credit_fen=line.credit_fen,
            items=tuple(
                (kind, code, known.get((kind, code), "")) for kind, code in several
            ),
        )
        for line, several in zip(found, told, strict=True)
    ]


def of_voucher(voucher: Voucher) -> list[ShownLine]:
    """Return a voucher's lines as they are shown."""
    return shown(voucher.book, voucher.postings.order_by("place"))


def of_draft(draft: Draft) -> list[ShownLine]:
    """Return a draft's lines as they are shown; those of a reversal are made here."""
    if draft.reverses is not None:
        lines = shown(draft.book, draft.reverses.postings.order_by("place"))
        return [
            replace(each, debit_fen=each.credit_fen, credit_fen=each.debit_fen)
            for each in lines
        ]
    return shown(draft.book, draft.lines.order_by("place"))


def _sides(lines: Iterable[Posting], named: dict[str, str]) -> str:
    """Name the accounts of both sides in short: 银行存款 / 经营收入."""
    sides: list[list[str]] = [[], []]
    for line in lines:
        side = sides[0 if line.debit_fen else 1]
        name = named.get(line.account, line.account)
        if name not in side:
            side.append(name)
    return " / ".join("、".join(side[:2]) + ("…" if side[2:] else "") for side in sides)
