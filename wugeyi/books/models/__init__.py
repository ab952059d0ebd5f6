"""Books, vouchers, months, drafts, heads, what was handed in, what was shown."""

from wugeyi.books.models.banking import BankLine, BankStatement
from wugeyi.books.models.books import Book, Item, Keeper, Regime, Rhythm, SubAccount
from wugeyi.books.models.disclosures import Disclosure, DisclosureQuestion
from wugeyi.books.models.drafts import (
    Draft,
    DraftLine,
    Template,
    TemplateLine,
)
from wugeyi.books.models.heads import Head
from wugeyi.books.models.imports import BookFile, ColumnMapping
from wugeyi.books.models.monthfigures import MonthFigure
from wugeyi.books.models.months import Closing, MonthSum
from wugeyi.books.models.papers import Paper
from wugeyi.books.models.requests import ClosingRequest
from wugeyi.books.models.vouchers import Posting, Voucher, VoucherKind

__all__ = [
    "BankLine",
    "BankStatement",
    "Book",
    "BookFile",
    "Closing",
    "ClosingRequest",
    "ColumnMapping",
    "Disclosure",
    "DisclosureQuestion",
    "Draft",
    "DraftLine",
    "Head",
    "Item",
    "Keeper",
    "MonthFigure",
    "MonthSum",
    "Paper",
    "Posting",
    "Regime",
    "Rhythm",
    "SubAccount",
    "Template",
    "TemplateLine",
    "Voucher",
    "VoucherKind",
]
