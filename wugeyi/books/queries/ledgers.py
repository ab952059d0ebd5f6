"""The ledger of one account: its lines by day, with the balance after each."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet, Sum

from wugeyi.books.adapter.statements import choices
from wugeyi.books.models import Book, Posting

PAGE = 50


@dataclass(frozen=True, slots=True)
class Key:
    """Where a line stands: by day, within it by the order of posting."""

    day: date
    voucher: int
    place: int

    def __str__(self) -> str:
        return f"{self.day.isoformat()}_{self.voucher}_{self.place}"


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """A line, debit less credit up to and with it in fen."""

    posting: Posting
    balance_fen: int


@dataclass(frozen=True, slots=True)
class LedgerPage:
    """Lines of a period, what stood before the first one, and the keys around."""

    lines: list[LedgerLine]
    before_fen: int
    earlier: str | None
    later: str | None


def read_key(text: str) -> Key | None:
    """Read a key from an address; None if it is none."""
    parts = text.split("_")
    plain = len(parts) == 3 and all(
        each.isascii() and each.isdigit() and len(each) < 19 for each in parts[1:]
    )
    if not plain:
        return None
    try:
        return Key(date.fromisoformat(parts[0]), int(parts[1]), int(parts[2]))
    except ValueError:
        return None


def page(
    book: Book,
    account: str,
    first: date,
    last: date,
    *,
    item: tuple[str, str] | None = None,
    after: Key | None = None,
    before: Key | None = None,
) -> LedgerPage:
    """Return one page of an account and its sub-accounts, oldest first; three queries.

    ``item`` narrows it to lines about one item: its kind and code.
    """
    whole = _of(book, account, item)
    period = whole.filter(voucher__day__gte=first, voucher__day__lte=last)
    ordered = period.select_related("voucher")
    order = ("voucher__day", "voucher_id", "place")
    if before is not None:
        back = [f"-{each}" for each in order]
        rows = list(ordered.filter(_earlier(before)).order_by(*back)[: PAGE + 1])
        more_before, more_after = len(rows) > PAGE, True
        rows = rows[:PAGE][::-1]
    else:
        narrowed = ordered.filter(_later(after)) if after else ordered
        rows = list(narrowed.order_by(*order)[: PAGE + 1])
        more_before, more_after = after is not None, len(rows) > PAGE
        rows = rows[:PAGE]
    if not rows:
        opening = _sum(whole.filter(voucher__day__lt=first))
        return LedgerPage([], opening, None, None)
    start = _key(rows[0])
    balance = opening = _sum(whole.filter(_earlier(start)))
    lines = []
    for row in rows:
        balance += row.debit_fen - row.credit_fen
        lines.append(LedgerLine(row, balance))
    return LedgerPage(
        lines,
        opening,
        str(start) if more_before else None,
        str(_key(rows[-1])) if more_after else None,
    )


def _of(book: Book, account: str, item: tuple[str, str] | None) -> QuerySet[Posting]:
    codes = [each.code for each in choices(book) if each.code.startswith(account)]
    # A line without its voucher cannot be: the join leaves out what is being written.
    rows = Posting.objects.filter(book=book, account__in=codes, voucher__book=book)
    if item is not None:
        kind, code = item
        rows = rows.filter(**{kind: code})
    return rows


def _earlier(key: Key) -> Q:
    return Q(voucher__day__lt=key.day) | Q(voucher__day=key.day) & (
        Q(voucher_id__lt=key.voucher) | Q(voucher_id=key.voucher, place__lt=key.place)
    )


def _later(key: Key) -> Q:
    return Q(voucher__day__gt=key.day) | Q(voucher__day=key.day) & (
        Q(voucher_id__gt=key.voucher) | Q(voucher_id=key.voucher, place__gt=key.place)
    )


def _key(row: Posting) -> Key:
    return Key(row.voucher.day, row.voucher_id, row.place)


def _sum(rows: QuerySet[Posting]) -> int:
    return rows.aggregate(fen=Sum(F("debit_fen") - F("credit_fen")))["fen"] or 0
