"""What stands on a sheet: drawn from the vouchers under its head, names masked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q
from django.utils.translation import get_language

from wugeyi.books.adapter.charts import accounts
from wugeyi.books.adapter.disclosure import MainLine, Pinned, pinned
from wugeyi.books.models import Book, Disclosure, Item, Posting, Voucher
from wugeyi.books.queries.disclosures import changed_since, vouchers_of
from wugeyi.books.rules.disclosure import (
    Category,
    Period,
    categories,
    shown_accounts,
)
from wugeyi.books.rules.disclosurenames import masked, short
from wugeyi.books.rules.entries import ITEM_KINDS

MAIN_INCOME = ("operating_income", "operating_result", "net", "undistributed_after")
MAIN_SHEET = ("cash", "assets", "liabilities", "equity")
BALANCES = ("assets", "debts")
"""Categories of which balances at the period's end are shown too."""


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A line as villagers read it; ``fen`` is less than 0 where it went back."""

    voucher_id: int
    number: str
    day: date
    summary: str
    about: str
    account: str
    fen: int


@dataclass(frozen=True, slots=True)
class Balance:
    """What an account came to at the period's end, on its usual side."""

    code: str
    name: str
    fen: int


@dataclass(slots=True)
class Section:
    """One of the eight categories with its lines, balances and words."""

    category: Category
    lines: list[SheetLine] = field(default_factory=list)
    balances: list[Balance] = field(default_factory=list)
    words: str = ""

    @property
    def name(self) -> str:
        """Return the category's name in the reader's language."""
        english = get_language() == "en"
        return self.category.name_en if english else self.category.name_zh

    @property
    def total_fen(self) -> int:
        """Return what its lines come to."""
        return sum(each.fen for each in self.lines)

    @property
    def sums(self) -> bool:
        """Tell whether its lines may be added up: income and expenses only."""
        return self.category.code in {"income", "expenses"}

    @property
    def empty(self) -> bool:
        """Tell whether there is nothing to show."""
        return not (self.lines or self.balances or self.words)


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that is shown for a period."""

    disclosure: Disclosure
    book: Book
    period: Period
    sections: list[Section]
    main: list[MainLine]
    # Vouchers of the period that carry over or open balances: not lines of their own.
    left_out: int
    # Whether vouchers of the period were posted after the head was taken.
    changed: bool


def sheet(row: Disclosure) -> Sheet:
    """Draw a sheet from the vouchers under its head; six queries."""
    book = row.book
    period = Period(row.first_month, row.last_month)
    sections = {code: Section(each) for code, each in categories().items()}
    sections["plans"].words = row.plans
    sections["resources"].words = row.resources
    sections["other"].words = row.other
    sums = pinned(book, period.last_day, row.head.size)
    _fill(row, period, sections, _names(book, sums.book.names))
    _balance(book, period, sections, sums)
    # Words may name people too; they are masked like lines.
    personal = list(_personal(book).values())
    for each in sections.values():
        each.words = masked(each.words, personal)
    return Sheet(
        disclosure=row,
        book=book,
        period=period,
        sections=list(sections.values()),
        main=_main(sums, period),
        left_out=vouchers_of(row).exclude(nature="ordinary").count(),
        changed=changed_since(row),
    )


def _fill(
    row: Disclosure,
    period: Period,
    sections: dict[str, Section],
    named: dict[str, str],
    voucher: int | None = None,
) -> None:
    """Put every line of the period, or of one voucher, into its category."""
    where = shown_accounts(row.book.regime)
    items = _items(row.book)
    personal = _personal(row.book)
    vouchers = vouchers_of(row).filter(nature="ordinary")
    if voucher is not None:
        vouchers = vouchers.filter(pk=voucher)
    lines = Posting.objects.filter(voucher__in=vouchers).select_related("voucher")
    for line in lines.order_by("voucher__day", "voucher__position", "place"):
        place = where.get(line.account[:3])
        if place is None:
            continue
        sections[place.category].lines.append(
            SheetLine(
                voucher_id=line.voucher_id,
                number=str(line.voucher),
                day=line.voucher.day,
                summary=masked(line.summary, personal.values()),
                about=_about(line, items),
                account=named.get(line.account) or named.get(line.account[:3], ""),
                fen=place.amount(line.debit_fen, line.credit_fen),
            )
        )


def _about(line: Posting, items: dict[tuple[str, str], str]) -> str:
    named = (
        items.get((kind, getattr(line, kind)), "")
        for kind in ITEM_KINDS
        if getattr(line, kind)
    )
    return " · ".join(each for each in named if each)


def _items(book: Book) -> dict[tuple[str, str], str]:
    """Return what lines may be about, by kind and code, people masked."""
    return {
        (row.kind, row.code): short(row.name) if is_personal(row) else row.name
        for row in Item.objects.filter(book=book)
    }


def _personal(book: Book) -> dict[str, str]:
    rows = Item.objects.filter(
        Q(kind=Item.Kind.HOUSEHOLD) | Q(personal=True), book=book
    )
    return {row.code: row.name for row in rows}


def is_personal(row: Item) -> bool:
    """Tell whether an item's name is a person's."""
    return row.personal or row.kind == Item.Kind.HOUSEHOLD


def _names(book: Book, own: Mapping[str, str]) -> dict[str, str]:
    english = get_language() == "en"
    chart = {
        code: (each.name_en if english else "") or each.name
        for code, each in accounts(book.regime).items()
    }
    return chart | dict(own)


def _balance(
    book: Book, period: Period, sections: dict[str, Section], sums: Pinned
) -> None:
    named = _names(book, {})
    where = shown_accounts(book.regime)
    for code, net in sorted(sums.balances(period.last_day).items()):
        place = where.get(code)
        if place is None or place.category not in BALANCES or not net:
            continue
        fen = place.amount(net, 0)
        sections[place.category].balances.append(
            Balance(code, named.get(code, code), fen)
        )


def _main(sums: Pinned, period: Period) -> list[MainLine]:
    lines = {each.key: each for each in sums.sheet(period.last_day)}
    lines |= {each.key: each for each in sums.income(period.first_day, period.last_day)}
    return [lines[key] for key in (*MAIN_INCOME, *MAIN_SHEET) if key in lines]


def lines_of(row: Disclosure, voucher: Voucher) -> list[SheetLine]:
    """Return the lines of one voucher as the sheet shows them."""
    period = Period(row.first_month, row.last_month)
    sections = {code: Section(each) for code, each in categories().items()}
    own = dict(row.book.sub_accounts.values_list("code", "name"))
    _fill(row, period, sections, _names(row.book, own), voucher=voucher.pk)
    return [line for each in sections.values() for line in each.lines]
