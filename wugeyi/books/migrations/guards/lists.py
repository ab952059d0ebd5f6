"""Tables, columns and codes for SQL, as they were when the guards were made."""

CODES = {
    "2023": """
101 102 111 112 113 121 131 132 133 134 141 151 152 153 154 161 162 171 181 201
211 212 213 214 221 231 241 301 311 321 322 401 501 502 503 504 511 512 513 514
515 521
""".split(),
    "2004": """
101 102 111 112 113 121 131 132 141 151 152 153 154 201 202 211 212 221 231 301
311 321 322 401 501 502 511 521 522 531 541 551 561
""".split(),
}
# Sub-accounts that closing and distribution use.
SHIPPED = {
    "2023": "32201 3220101 3220102 3220199 32202".split(),
    "2004": "32201 3220101 3220102 3220103 3220104 3220199 32202".split(),
}
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
    "books_draft": (("id",), ("voucher_id",), ("client_id",)),
    "books_draftline": (("id",),),
    "books_paper": (("id",),),
}
# What belongs to a draft and is as finished as it is.
OF_A_DRAFT = ("books_draftline", "books_paper")
ITEMS = ("asset", "counterparty", "household", "project")
LINE = ("place", "account", "debit_fen", "credit_fen", "summary", *ITEMS)
# What a draft and the voucher it became have in common.
OF_BOTH = (
    "book_id",
    "day",
    "kind",
    "prepared_by_id",
    "reviewed_by_id",
)
MOST_FEN = 10**15
# Days outside no program can read; nobody keeps books there.
FIRST_YEAR = 1949
LAST_YEAR = 2999


def codes(regime: str) -> str:
    """Return the codes of a chart, quoted."""
    return ", ".join(f"'{code}'" for code in CODES[regime])


def codes_with_shipped(regime: str) -> str:
    """Return every code of a regime that needs no sub-account of the book, quoted."""
    return ", ".join(f"'{code}'" for code in (*CODES[regime], *SHIPPED[regime]))
