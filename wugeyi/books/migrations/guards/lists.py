"""Codes of the charts as lists for SQL, as they were when the guards were made."""

from wugeyi.engines.ledger.chart import chart, subaccounts

REGIMES = ("2023", "2004")
# Rows of these tables are only ever added.
ADDED_ONLY = (
    "books_voucher",
    "books_posting",
    "books_closing",
    "books_monthsum",
    "books_head",
    "books_subaccount",
)
# Columns that never change, by table; rows are never removed.
FIXED = {
    "books_book": (
        "id",
        "code",
        "organisation_id",
        "keeper",
        "regime",
        "begins_on",
        "created_at",
    ),
    "books_item": ("id", "book_id", "kind", "code"),
}
# Columns that name a row: REPLACE would remove the row that has them.
KEYS = {
    "books_voucher": (
        ("id",),
        ("book_id", "year", "number"),
        ("book_id", "position"),
        ("reverses_id",),
        ("client_id",),
    ),
    "books_posting": (("id",), ("voucher_id", "place")),
    "books_closing": (("id",), ("book_id", "position")),
    "books_monthsum": (("id",),),
    "books_head": (("id",), ("book_id", "size")),
    "books_subaccount": (("id",), ("book_id", "code")),
    "books_book": (("id",), ("code",)),
    "books_item": (("id",), ("book_id", "kind", "code")),
}
ITEMS = ("asset", "counterparty", "household", "project")
MOST_FEN = 10**15


def codes(regime: str) -> str:
    """Return the codes of a chart, quoted."""
    return ", ".join(f"'{code}'" for code in chart(regime).accounts)


def shipped() -> str:
    """Return the sub-accounts that closing and distribution use, quoted."""
    both = [code for regime in REGIMES for code in subaccounts(regime)]
    return ", ".join(f"'{code}'" for code in both)
