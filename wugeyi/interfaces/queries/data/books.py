"""Sheets villagers may read, and their lines as they stand there: people masked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet, Value
from django.db.models.functions import Left
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wugeyi.books.adapter.charts import accounts
from wugeyi.books.models import Book, Disclosure, Item, Posting, SubAccount
from wugeyi.books.queries.disclosures import vouchers_of
from wugeyi.books.queries.disclosuresheet import is_personal
from wugeyi.books.rules.disclosure import shown_accounts
from wugeyi.books.rules.disclosurenames import masked, short
from wugeyi.books.rules.entries import ITEM_KINDS
from wugeyi.books.rules.months import first_day, last_day
from wugeyi.interfaces.queries.data.headings import Heading
from wugeyi.interfaces.queries.data.rows import (
    PUBLISHED,
    UNIT,
    day,
    found,
    moment,
    of_unit,
    whole,
    yuan,
)
from wugeyi.interfaces.registry import Asked, Column, Found, Kind, Source
from wugeyi.interfaces.registry import Value as Cell

SHEETS_AT_ONCE = 60
"""So many sheets are looked through in one query; a sheet has some dozen lines."""
CHART_DIGITS = 3
"""Of an account's number those that the chart names; further ones are the book's own."""


def _shown() -> QuerySet[Disclosure]:
    rows = Disclosure.objects.filter(state=Disclosure.State.PUBLISHED)
    return rows.select_related("book__organisation", "head")


def _sheets(asked: Asked) -> list[Found]:
    return found(_shown(), asked, sheet)


def sheet(row: Disclosure, asked: Asked) -> list[Cell]:
    """Return what everybody may read of a sheet, in the order of the columns."""
    return [
        row.code,
        *of_unit(row.book.organisation),
        day(first_day(row.first_month)),
        day(last_day(row.last_month)),
        moment(row.published_at),
        row.head.root,
        asked.base + reverse("books:public-sheet", args=[row.code]),
    ]


@dataclass(slots=True)
class Words:
    """What the lines of one book are called, and whose names are hidden in them."""

    names: dict[str, str]
    items: dict[tuple[str, str], str] = field(default_factory=dict)
    personal: list[str] = field(default_factory=list)


def _lines(asked: Asked) -> list[Found]:
    """Return lines by sheet and posting; six queries for up to sixty sheets."""
    sheet_key, _mark, posting = asked.after.partition("~")
    after, at = whole(sheet_key), whole(posting)
    lines: list[tuple[Disclosure, Posting]] = []
    while len(lines) < asked.size:
        sheets = list(_shown().filter(pk__gte=after).order_by("pk")[:SHEETS_AT_ONCE])
        if not sheets:
            break
        lines += _read(sheets, after, at, asked.size - len(lines))
        after, at = sheets[-1].pk + 1, 0
    words = _words({row.book_id: row.book for row, _line in lines}.values())
    return [_line(row, line, words[row.book_id], asked) for row, line in lines]


def _read(
    sheets: Sequence[Disclosure], after: int, at: int, most: int
) -> list[tuple[Disclosure, Posting]]:
    """Return the lines of sheets in their order; two queries."""
    parts = [
        Posting.objects.annotate(
            sheet=Value(row.pk), chart=Left("account", CHART_DIGITS)
        )
        .filter(
            voucher__in=vouchers_of(row).filter(nature="ordinary"),
            chart__in=shown_accounts(row.book.regime),
            pk__gt=at if row.pk == after else 0,
        )
        .order_by()
        .values_list("sheet", "pk")
        for row in sheets
    ]
    keys = list(parts[0].union(*parts[1:], all=True).order_by("sheet", "pk")[:most])
    lines = Posting.objects.select_related("voucher").in_bulk(
        {line for _sheet, line in keys}
    )
    by_key = {row.pk: row for row in sheets}
    return [(by_key[sheet], lines[line]) for sheet, line in keys]


def _words(books: Iterable[Book]) -> dict[int, Words]:
    """Return the words of these books; two queries."""
    found_words = {
        book.pk: Words(
            {code: each.name for code, each in accounts(book.regime).items()}
        )
        for book in books
    }
    for sub in SubAccount.objects.filter(book__in=found_words):
        found_words[sub.book_id].names[sub.code] = sub.name
    for item in Item.objects.filter(book__in=found_words):
        words, hidden = found_words[item.book_id], is_personal(item)
        words.items[item.kind, item.code] = short(item.name) if hidden else item.name
        if hidden:
            words.personal.append(item.name)
    return found_words


def _line(row: Disclosure, line: Posting, words: Words, asked: Asked) -> Found:
    chart = line.account[:CHART_DIGITS]
    place = shown_accounts(row.book.regime)[chart]
    about = (
        words.items.get((kind, getattr(line, kind)), "")
        for kind in ITEM_KINDS
        if getattr(line, kind)
    )
    return Found(
        key=f"{row.pk}~{line.pk}",
        values=[
            row.code,
            *of_unit(row.book.organisation),
            day(line.voucher.day),
            str(line.voucher),
            place.category,
            line.account,
            words.names.get(line.account) or words.names.get(chart, ""),
            masked(line.summary, words.personal),
            " · ".join(filter(None, about)),
            yuan(place.amount(line.debit_fen, line.credit_fen)),
            asked.base + reverse("books:public-sheet", args=[row.code]),
        ],
    )


SHEETS = Source(
    code="sheets",
    title=_("公开的财务公开栏"),
    about=_("各村和集体经济组织公开了哪几个月的财务，和各自的公开栏。"),
    columns=(
        Column("code", _("代码")),
        *UNIT,
        Column("first_day", _("从哪天起"), Kind.DAY),
        Column("last_day", _("到哪天止"), Kind.DAY),
        PUBLISHED,
        Column("head", _("公开时账的凭证树根")),
        Column("page", _("公开栏"), Kind.LINK),
    ),
    rows=_sheets,
    group=Heading.BOOKS,
)
LINES = Source(
    code="sheet-lines",
    title=_("财务公开栏里的每一笔"),
    about=_("公开栏上的每一笔，和栏里写的一样：个人只留姓，结转和期初不在里面。"),
    columns=(
        Column("sheet_code", _("公开栏的代码")),
        *UNIT,
        Column("day", _("日期"), Kind.DAY),
        Column("voucher", _("凭证号")),
        Column(
            "category",
            _(
                "公开栏的哪一类：income 收入，expenses 支出，assets 资产，debts 债权债务"
            ),
        ),
        Column("account", _("科目代码")),
        Column("account_name", _("科目")),
        Column("summary", _("摘要，个人已隐去")),
        Column("about", _("和谁、和什么有关，个人已隐去")),
        Column("yuan", _("金额，元；退回、冲销的小于 0"), Kind.NUMBER),
        Column("page", _("公开栏"), Kind.LINK),
    ),
    rows=_lines,
    group=Heading.BOOKS,
)
