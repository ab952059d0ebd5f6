"""Guards of SQLite: triggers for each row.

``books_leaf`` is a function of the application (``adapter/leaves``); a program that
opens the file without it cannot insert a voucher at all. SQLite has one writer at a
time, so what a trigger sees is what holds.
"""

from collections.abc import Iterator

from wugeyi.books.migrations.guards.lists import (
    ADDED_ONLY,
    FIXED,
    ITEMS,
    KEYS,
    MOST_FEN,
    codes,
    shipped,
)

MONTH = (
    "(CAST(strftime('%Y', {0}) AS INTEGER) * 12"
    " + CAST(strftime('%m', {0}) AS INTEGER) - 1)"
)
CLOSED = f"""coalesce((SELECT c.closed_until FROM books_closing c
    WHERE c.book_id = NEW.book_id ORDER BY c.position DESC LIMIT 1),
    (SELECT {MONTH.format("b.begins_on")} - 1 FROM books_book b
      WHERE b.id = NEW.book_id))"""


def statements() -> Iterator[str]:
    """Yield the triggers."""
    for table in ADDED_ONLY:
        yield _refuse(table, "update", "UPDATE", "TRUE", "added-only")
    for table, columns in FIXED.items():
        changed = " OR ".join(f"NEW.{each} IS NOT OLD.{each}" for each in columns)
        yield _refuse(table, "update", "UPDATE", changed, "fixed")
    for table, keys in KEYS.items():
        yield _refuse(table, "delete", "DELETE", "TRUE", "added-only")
        yield _refuse(table, "replace", "INSERT", _known(table, keys), "there-already")
    yield _trigger("books_book", "insert", _book())
    yield _trigger("books_subaccount", "insert", _sub_account())
    yield _trigger("books_posting", "insert", _posting())
    yield _trigger("books_voucher", "insert", _voucher())
    yield _trigger("books_monthsum", "insert", _month_sum())
    yield _trigger("books_closing", "insert", _closing())
    yield _trigger("books_head", "insert", _head())


def removal() -> Iterator[str]:
    """Yield what drops the triggers."""
    for table in (*ADDED_ONLY, *FIXED):
        for verb in ("update", "delete", "replace"):
            yield f"DROP TRIGGER {table}_guard_{verb}"
    for table in ("book", "subaccount", "posting", "voucher", "monthsum", "closing"):
        yield f"DROP TRIGGER books_{table}_guard_insert"
    yield "DROP TRIGGER books_head_guard_insert"


def _refuse(table: str, name: str, verb: str, when: str, word: str) -> str:
    return (
        f"CREATE TRIGGER {table}_guard_{name} BEFORE {verb} ON {table} WHEN {when}"
        f" BEGIN SELECT RAISE(ABORT, 'books: {word}'); END"
    )


def _known(table: str, keys: tuple[tuple[str, ...], ...]) -> str:
    return " OR ".join(
        f"EXISTS (SELECT 1 FROM {table} o WHERE "
        + " AND ".join(f"o.{each} = NEW.{each}" for each in key)
        + ")"
        for key in keys
    )


def _trigger(table: str, name: str, body: str) -> str:
    return (
        f"CREATE TRIGGER {table}_guard_{name} BEFORE INSERT ON {table} BEGIN"
        f" {body} END"
    )


def _if(word: str, condition: str) -> str:
    return f"SELECT RAISE(ABORT, 'books: {word}') WHERE {condition};"


def _whole(*columns: str) -> str:
    return " OR ".join(f"typeof(NEW.{each}) <> 'integer'" for each in columns)


def _is_day(column: str) -> str:
    return (
        f"typeof(NEW.{column}) <> 'text' OR date(NEW.{column}) IS NOT NEW.{column}"
    )


def _in_chart(code: str, regime: str) -> str:
    return (
        f"(CASE {regime} WHEN '2023' THEN substr({code}, 1, 3) IN ({codes('2023')})"
        f" WHEN '2004' THEN substr({code}, 1, 3) IN ({codes('2004')}) ELSE FALSE END)"
    )


def _book() -> str:
    return _if("day", f"{_is_day('begins_on')}") + _if(
        "begins-first",
        "strftime('%d', NEW.begins_on) <> '01' OR NEW.regime NOT IN ('2023', '2004')",
    )


def _sub_account() -> str:
    regime = "(SELECT b.regime FROM books_book b WHERE b.id = NEW.book_id)"
    return _if(
        "account",
        "length(NEW.code) NOT IN (5, 7) OR NEW.code GLOB '*[^0-9]*'"
        f" OR NOT {_in_chart('NEW.code', regime)}",
    )


def _posting() -> str:
    return _if(
        "sealed",
        "EXISTS (SELECT 1 FROM books_voucher v WHERE v.id = NEW.voucher_id)",
    ) + _if(
        "whole-fen",
        _whole("voucher_id", "book_id", "place", "debit_fen", "credit_fen")
        + f" OR max(abs(NEW.debit_fen), abs(NEW.credit_fen)) > {MOST_FEN}",
    )


def _lines() -> str:
    """Return what is asked of a voucher's lines, in one pass."""
    items = " OR ".join(
        f"(p.{kind} <> '' AND NOT EXISTS (SELECT 1 FROM books_item i"
        f" WHERE i.book_id = p.book_id AND i.kind = '{kind}' AND i.code = p.{kind}))"
        for kind in ITEMS
    )
    return f"""SELECT CASE
        WHEN t.lines < 2 THEN RAISE(ABORT, 'books: too-few-lines')
        WHEN t.first <> 1 OR t.last <> t.lines THEN RAISE(ABORT, 'books: places')
        WHEN t.debit <> t.credit THEN RAISE(ABORT, 'books: unbalanced')
        WHEN t.foreign_lines > 0 THEN RAISE(ABORT, 'books: other-book')
        WHEN t.unknown > 0 THEN RAISE(ABORT, 'books: account')
        WHEN t.no_item > 0 THEN RAISE(ABORT, 'books: item') END
      FROM (SELECT count(*) AS lines, min(p.place) AS first, max(p.place) AS last,
              sum(p.debit_fen) AS debit, sum(p.credit_fen) AS credit,
              sum(p.book_id <> NEW.book_id) AS foreign_lines,
              sum(NOT {_in_chart("p.account", "b.regime")}
                OR NOT (length(p.account) = 3 OR p.account IN ({shipped()})
                  OR EXISTS (SELECT 1 FROM books_subaccount s
                      WHERE s.book_id = p.book_id AND s.code = p.account))) AS unknown,
              sum({items}) AS no_item
            FROM books_posting p, books_book b
           WHERE p.voucher_id = NEW.id AND b.id = NEW.book_id) t;"""


def _leaf() -> str:
    return """SELECT RAISE(ABORT, 'books: leaf') WHERE NEW.leaf IS NOT books_leaf(
        (SELECT code FROM books_book WHERE id = NEW.book_id),
        NEW.year, NEW.number, NEW.day, NEW.kind,
        (SELECT year FROM books_voucher WHERE id = NEW.reverses_id),
        (SELECT number FROM books_voucher WHERE id = NEW.reverses_id),
        NEW.papers,
        (SELECT json_group_array(json_array(p.place, p.account, p.debit_fen,
              p.credit_fen, p.summary, p.asset, p.counterparty, p.household,
              p.project))
           FROM books_posting p WHERE p.voucher_id = NEW.id));"""


def _voucher() -> str:
    month = MONTH.format("NEW.day")
    same = " AND ".join(f"p.{each} = o.{each}" for each in ("account", *ITEMS))
    original = "FROM books_voucher o WHERE o.id = NEW.reverses_id"
    return "".join(
        (
            _if(
                "whole-fen",
                _whole("id", "book_id", "year", "number", "position", "papers"),
            ),
            _if(
                "no-book",
                "NOT EXISTS (SELECT 1 FROM books_book b WHERE b.id = NEW.book_id)",
            ),
            _if("day", _is_day("day")),
            _if("year", "NEW.year <> CAST(strftime('%Y', NEW.day) AS INTEGER)"),
            _if("closed", f"{month} <= {CLOSED}"),
            _if(
                "number",
                "NEW.number < 1 OR NEW.number > 1 AND NOT EXISTS (SELECT 1"
                " FROM books_voucher o WHERE o.book_id = NEW.book_id"
                " AND o.year = NEW.year AND o.number = NEW.number - 1)",
            ),
            _if(
                "position",
                "NEW.position < 1 OR NEW.position > 1 AND NOT EXISTS (SELECT 1"
                " FROM books_voucher o WHERE o.book_id = NEW.book_id"
                " AND o.position = NEW.position - 1)",
            ),
            _if("same-person", "NEW.prepared_by_id IS NEW.reviewed_by_id"),
            _if(
                "kind",
                "NEW.kind NOT IN ('ordinary', 'opening', 'closing', 'reversal')"
                " OR (NEW.kind = 'reversal') <> (NEW.reverses_id IS NOT NULL)"
                " OR NEW.kind <> 'reversal' AND NEW.nature IS NOT NEW.kind"
                " OR NEW.papers < 0",
            ),
            _if(
                "reversal",
                "NEW.reverses_id IS NOT NULL AND NOT EXISTS (SELECT 1"
                f" {original} AND o.book_id = NEW.book_id AND o.kind <> 'reversal'"
                " AND o.nature IS NEW.nature AND o.day <= NEW.day)",
            ),
            _if(
                "mirror",
                "NEW.reverses_id IS NOT NULL AND (EXISTS (SELECT 1"
                " FROM books_posting o WHERE o.voucher_id = NEW.reverses_id"
                " AND NOT EXISTS (SELECT 1 FROM books_posting p"
                " WHERE p.voucher_id = NEW.id AND p.place = o.place"
                f" AND {same} AND p.debit_fen = o.credit_fen"
                " AND p.credit_fen = o.debit_fen))"
                " OR (SELECT count(*) FROM books_posting WHERE voucher_id = NEW.id)"
                " <> (SELECT count(*) FROM books_posting"
                " WHERE voucher_id = NEW.reverses_id))",
            ),
            _lines(),
            _leaf(),
        )
    )


def _month_sum() -> str:
    return _if(
        "sealed",
        "EXISTS (SELECT 1 FROM books_closing c WHERE c.id = NEW.closing_id)",
    ) + _if("whole-fen", _whole("closing_id", "debit_fen", "credit_fen"))


def _closing() -> str:
    columns = ", ".join(f"p.{each}" for each in ("account", *ITEMS))
    first = "v.day >= printf('%04d-%02d-01', NEW.month / 12, NEW.month % 12 + 1)"
    after = (
        "v.day < printf('%04d-%02d-01', (NEW.month + 1) / 12,"
        " (NEW.month + 1) % 12 + 1)"
    )
    found = (
        f"SELECT v.nature, {columns}, sum(p.debit_fen), sum(p.credit_fen)"
        " FROM books_voucher v JOIN books_posting p ON p.voucher_id = v.id"
        f" WHERE v.book_id = NEW.book_id AND {first} AND {after}"
        f" GROUP BY v.nature, {columns}"
    )
    kept = (
        f"SELECT p.nature, {columns}, p.debit_fen, p.credit_fen FROM books_monthsum p"
        " WHERE p.closing_id = NEW.id"
    )
    return "".join(
        (
            _if(
                "whole-fen",
                _whole(
                    "id", "book_id", "position", "month", "closed_until", "vouchers"
                ),
            ),
            _if(
                "no-book",
                "NOT EXISTS (SELECT 1 FROM books_book b WHERE b.id = NEW.book_id)",
            ),
            _if(
                "position",
                "NEW.position <> coalesce((SELECT max(c.position)"
                " FROM books_closing c WHERE c.book_id = NEW.book_id), 0) + 1",
            ),
            _if(
                "closing-order",
                "NOT ((NEW.kind IS 'close' AND NEW.closed_until = NEW.month"
                f" AND NEW.month = {CLOSED} + 1)"
                " OR (NEW.kind IS 'reopen' AND NEW.closed_until = NEW.month - 1"
                f" AND NEW.month = {CLOSED} AND EXISTS (SELECT 1 FROM books_closing c"
                " WHERE c.book_id = NEW.book_id AND c.month = NEW.month)))",
            ),
            _if("no-reason", "NEW.kind = 'reopen' AND trim(NEW.reason) = ''"),
            _if(
                "vouchers",
                "NEW.vouchers <> coalesce((SELECT max(v.position)"
                " FROM books_voucher v WHERE v.book_id = NEW.book_id), 0)",
            ),
            _if("sums", f"NEW.kind = 'close' AND EXISTS ({found} EXCEPT {kept})"),
            _if("sums", f"NEW.kind = 'close' AND EXISTS ({kept} EXCEPT {found})"),
            _if("sums", f"NEW.kind <> 'close' AND EXISTS ({kept})"),
        )
    )


def _head() -> str:
    return _if(
        "head",
        _whole("book_id", "size")
        + " OR NEW.size < 1 OR length(NEW.root) <> 64 OR NEW.size > coalesce((SELECT"
        " max(v.position) FROM books_voucher v WHERE v.book_id = NEW.book_id), 0)",
    )
