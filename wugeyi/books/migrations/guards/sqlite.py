"""Guards of SQLite: triggers for each row.

``books_leaf`` and ``books_root`` are functions of the application (``adapter/leaves``);
a program that opens the file without them cannot insert a voucher or head at all.
SQLite has one writer at a time, so what a trigger sees is what holds.

Three traps shaped what follows. A condition that is NULL refuses nothing, so whatever
may be NULL is compared by IS. REPLACE removes rows without asking a DELETE trigger, so
every insertion looks for rows it would push out. And before a row is inserted its key
is -1 unless it was given, so what lines refer to must be given.
"""

from collections.abc import Iterator

from wugeyi.books.migrations.guards.lists import (
    ADDED_ONLY,
    FIRST_YEAR,
    FIXED,
    ITEMS,
    KEYS,
    LAST_YEAR,
    LINE,
    MOST_FEN,
    OF_A_DRAFT,
    OF_BOTH,
    codes,
    codes_with_shipped,
)

MONTH = (
    "(CAST(strftime('%Y', {0}) AS INTEGER) * 12"
    " + CAST(strftime('%m', {0}) AS INTEGER) - 1)"
)
CLOSED = f"""coalesce((SELECT c.closed_until FROM books_closing c
    WHERE c.book_id = NEW.book_id ORDER BY c.position DESC LIMIT 1),
    (SELECT {MONTH.format("b.begins_on")} - 1 FROM books_book b
      WHERE b.id = NEW.book_id))"""
# What is trimmed from a reason: blanks, tabs, line ends, the Chinese blank.
BLANK = "char(32, 9, 10, 13, 12288, 160)"


def statements() -> Iterator[str]:
    """Yield the triggers."""
    for table in ADDED_ONLY:
        yield _refuse(table, "update", "UPDATE", "TRUE", "added-only")
    for table, columns in FIXED.items():
        changed = " OR ".join(f"NEW.{each} IS NOT OLD.{each}" for each in columns)
        yield _refuse(table, "update", "UPDATE", changed, "fixed")
    for table in (*ADDED_ONLY, *FIXED):
        yield _refuse(table, "delete", "DELETE", "TRUE", "added-only")
    for table, keys in KEYS.items():
        if table == "books_posting":
            continue  # its one trigger asks: a line costs what its triggers cost
        yield _refuse(table, "replace", "INSERT", _known(table, keys), "there-already")
    yield _refuse("books_book", "keeper", "UPDATE", _keeper(), "there-already")
    for table in OF_A_DRAFT:
        yield from _of_a_draft(table)
    yield from _draft()
    yield _trigger("books_book", "insert", _book())
    yield _trigger("books_subaccount", "insert", _sub_account())
    yield _trigger("books_posting", "insert", _posting())
    yield _trigger("books_voucher", "insert", _voucher())
    yield _trigger("books_monthsum", "insert", _month_sum())
    yield _trigger("books_closing", "insert", _closing())
    yield _trigger("books_head", "insert", _head())


def triggers() -> dict[str, str]:
    """Return each trigger's text by its name."""
    return {each.split()[2]: each for each in statements()}


def removal() -> Iterator[str]:
    """Yield what drops the triggers."""
    for name in triggers():
        yield f"DROP TRIGGER {name}"


def _refuse(table: str, name: str, verb: str, when: str, word: str) -> str:
    return (
        f"CREATE TRIGGER {table}_guard_{name} BEFORE {verb} ON {table} WHEN {when}"
        f" BEGIN SELECT RAISE(ABORT, 'books: {word}'); END"
    )


def _known(table: str, keys: tuple[tuple[str, ...], ...]) -> str:
    """Return whether a row is there that REPLACE would push out.

    A key far above the last one would use up all keys.
    """
    known = " OR ".join(
        f"EXISTS (SELECT 1 FROM {table} o WHERE "
        + " AND ".join(f"o.{each} = NEW.{each}" for each in key)
        + ")"
        for key in keys
    )
    if table == "books_book":
        known += f" OR {_keeper()}"
    return f"{known} OR NEW.id > coalesce((SELECT max(o.id) FROM {table} o), 0) + 1"


def _keeper() -> str:
    return (
        "(NEW.closed_at IS NULL AND EXISTS (SELECT 1 FROM books_book o"
        " WHERE o.organisation_id = NEW.organisation_id AND o.keeper = NEW.keeper"
        " AND o.closed_at IS NULL AND o.id <> NEW.id))"
    )


def _trigger(table: str, name: str, body: str) -> str:
    return (
        f"CREATE TRIGGER {table}_guard_{name} BEFORE INSERT ON {table} BEGIN {body} END"
    )


def _if(word: str, condition: str) -> str:
    return f" WHEN {condition} THEN RAISE(ABORT, 'books: {word}')"


def _cases(*conditions: str) -> str:
    """Return one statement that asks conditions in turn: half the time of as many."""
    return f"SELECT CASE{''.join(conditions)} END;"


def _whole(*columns: str) -> str:
    return " OR ".join(f"typeof(NEW.{each}) <> 'integer'" for each in columns)


def _is_no_day(column: str) -> str:
    return (
        f"typeof(NEW.{column}) <> 'text' OR date(NEW.{column}, '+0 days') IS NOT NEW.{column}"
        f" OR CAST(strftime('%Y', NEW.{column}) AS INTEGER)"
        f" NOT BETWEEN {FIRST_YEAR} AND {LAST_YEAR}"
    )


def _book() -> str:
    return _cases(
        _if("day", _is_no_day("begins_on")),
        _if(
            "begins-first",
            "strftime('%d', NEW.begins_on) <> '01'"
            " OR (NEW.regime IN ('2023', '2004')) IS NOT TRUE",
        ),
    )


def _sub_account() -> str:
    regime = "(SELECT b.regime FROM books_book b WHERE b.id = NEW.book_id)"
    charts = {each: codes(each) for each in ("2023", "2004")}
    return _cases(
        _if(
            "account",
            "typeof(NEW.code) <> 'text'"
            " OR length(CAST(NEW.code AS BLOB)) NOT IN (5, 7)"
            " OR NEW.code GLOB '*[^0-9]*'"
            " OR length(NEW.code) <> length(CAST(NEW.code AS BLOB))"
            f" OR (CASE {regime}"
            f" WHEN '2023' THEN substr(NEW.code, 1, 3) IN ({charts['2023']})"
            f" WHEN '2004' THEN substr(NEW.code, 1, 3) IN ({charts['2004']})"
            " ELSE FALSE END) IS NOT TRUE",
        )
    )


def _posting() -> str:
    # Where a line is not sealed yet, another one at its place may push it out.
    return _cases(
        _if(
            "sealed",
            "EXISTS (SELECT 1 FROM books_voucher v WHERE v.id = NEW.voucher_id)",
        ),
        _if(
            "whole-fen",
            _whole("voucher_id", "book_id", "place", "debit_fen", "credit_fen")
            + f" OR max(abs(NEW.debit_fen), abs(NEW.credit_fen)) > {MOST_FEN}",
        ),
        _if(
            "there-already",
            "EXISTS (SELECT 1 FROM books_posting o WHERE o.id = NEW.id)"
            " OR NEW.id > 0 AND NEW.id"
            " > coalesce((SELECT max(o.id) FROM books_posting o), 0) + 1",
        ),
    )


def _is_known() -> str:
    """Return whether a line's account is in the chart or shipped with it.

    A list of constants would be sorted anew for each voucher; a text is only searched.
    Bytes are no text, and a text with a comma could match two codes at once.
    """
    lists = {
        each: "," + codes_with_shipped(each).replace("'", "").replace(" ", "") + ","
        for each in ("2023", "2004")
    }
    return (
        "typeof(p.account) = 'text' AND p.account NOT GLOB '*[^0-9]*'"
        f" AND instr(CASE b.regime WHEN '2023' THEN '{lists['2023']}'"
        f" WHEN '2004' THEN '{lists['2004']}' END, ',' || p.account || ',') > 0"
    )


def _line_text() -> str:
    """Return a line's canonical JSON (engines/ledger/heads/canonical)."""
    items = " || ".join(
        f"CASE WHEN p.{each} <> '' THEN ',[\"{each}\",' || json_quote(p.{each}) || ']'"
        " ELSE '' END"
        for each in ITEMS
    )
    return (
        "'[' || json_quote(p.account) || ',' || p.debit_fen || ',' || p.credit_fen"
        f" || ',' || json_quote(p.summary) || ',[' || substr({items}, 2) || ']]'"
    )


def _lines() -> str:
    """Return what is asked of a voucher's lines, in one pass."""
    items = " + ".join(
        f"CASE WHEN p.{kind} = '' THEN 0 WHEN EXISTS (SELECT 1 FROM books_item i"
        f" WHERE i.book_id = p.book_id AND i.kind = '{kind}' AND i.code = p.{kind})"
        " THEN 0 ELSE 1 END"
        for kind in ITEMS
    )
    return f"""SELECT CASE
        WHEN t.lines < 2 THEN RAISE(ABORT, 'books: too-few-lines')
        WHEN t.first <> 1 OR t.last <> t.lines THEN RAISE(ABORT, 'books: places')
        WHEN t.debit <> t.credit THEN RAISE(ABORT, 'books: unbalanced')
        WHEN t.foreign_lines > 0 THEN RAISE(ABORT, 'books: other-book')
        WHEN t.unknown > 0 THEN RAISE(ABORT, 'books: account')
        WHEN t.no_item > 0 THEN RAISE(ABORT, 'books: item')
        WHEN NEW.nature = 'closing' AND t.kept > 0
          THEN RAISE(ABORT, 'books: not-carried')
        WHEN NEW.leaf IS NOT books_leaf('["wugeyi-voucher-1",' || json_quote(t.code)
          || ',' || NEW.year || ',' || NEW.number || ',"' || NEW.day || '",'
          || json_quote(NEW.kind) || ',' || coalesce((SELECT '[' || o.year || ','
            || o.number || ']' FROM books_voucher o WHERE o.id = NEW.reverses_id),
            'null')
          || ',' || NEW.papers || ',[' || t.text || ']]')
          THEN RAISE(ABORT, 'books: leaf') END
      FROM (SELECT count(*) AS lines, min(p.place) AS first, max(p.place) AS last,
              sum(p.debit_fen) AS debit, sum(p.credit_fen) AS credit,
              sum(p.book_id <> NEW.book_id) AS foreign_lines,
              sum(CASE WHEN {_is_known()} THEN 0
                WHEN EXISTS (SELECT 1 FROM books_subaccount s
                  WHERE s.book_id = p.book_id AND s.code = p.account) THEN 0
                ELSE 1 END) AS unknown,
              sum({items}) AS no_item,
              sum(p.account NOT GLOB '5*' AND p.account NOT GLOB '32*') AS kept,
              b.code AS code, group_concat(p.text, ',') AS text
            FROM (SELECT p.*, {_line_text()} AS text FROM books_posting p
                   WHERE p.voucher_id = NEW.id ORDER BY p.place) p, books_book b
           WHERE b.id = NEW.book_id) t;"""


def _voucher() -> str:
    month = MONTH.format("NEW.day")
    same = " AND ".join(f"p.{each} = o.{each}" for each in ("account", *ITEMS))
    return (
        _cases(
            _if(
                "whole-fen",
                _whole("id", "book_id", "year", "number", "position", "papers")
                + " OR NEW.id < 1 OR NEW.papers < 0",
            ),
            _if(
                "no-book",
                "NOT EXISTS (SELECT 1 FROM books_book b WHERE b.id = NEW.book_id)",
            ),
            _if("day", _is_no_day("day")),
            _if("year", "NEW.year <> CAST(strftime('%Y', NEW.day) AS INTEGER)"),
            _if("closed", f"{month} <= {CLOSED}"),
            _if(
                "number",
                "NEW.number <> coalesce((SELECT max(o.number) FROM books_voucher o"
                " WHERE o.book_id = NEW.book_id AND o.year = NEW.year), 0) + 1",
            ),
            _if(
                "position",
                "NEW.position <> coalesce((SELECT max(o.position)"
                " FROM books_voucher o WHERE o.book_id = NEW.book_id), 0) + 1",
            ),
            _if("same-person", "NEW.prepared_by_id IS NEW.reviewed_by_id"),
            _if(
                "kind",
                "(NEW.kind IN ('ordinary', 'opening', 'closing', 'reversal')) IS NOT"
                " TRUE OR (NEW.kind IS 'reversal') <> (NEW.reverses_id IS NOT NULL)"
                " OR NEW.kind IS NOT 'reversal' AND NEW.nature IS NOT NEW.kind",
            ),
            _if(
                "opening-late",
                f"NEW.kind = 'opening' AND {month} <> (SELECT"
                f" {MONTH.format('b.begins_on')} FROM books_book b"
                " WHERE b.id = NEW.book_id)",
            ),
            _if(
                "reversal",
                "NEW.reverses_id IS NOT NULL AND NOT EXISTS (SELECT 1"
                " FROM books_voucher o WHERE o.id = NEW.reverses_id"
                " AND o.book_id = NEW.book_id AND o.kind <> 'reversal'"
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
        )
        + _lines()
    )


def _month_sum() -> str:
    return _cases(
        _if(
            "sealed",
            "EXISTS (SELECT 1 FROM books_closing c WHERE c.id = NEW.closing_id)",
        ),
        _if("whole-fen", _whole("closing_id", "debit_fen", "credit_fen")),
    )


def _closing() -> str:
    columns = ", ".join(f"p.{each}" for each in ("account", *ITEMS))
    first = "v.day >= printf('%04d-%02d-01', NEW.month / 12, NEW.month % 12 + 1)"
    after = (
        "v.day < printf('%04d-%02d-01', (NEW.month + 1) / 12, (NEW.month + 1) % 12 + 1)"
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
    return _cases(
        _if(
            "whole-fen",
            _whole("id", "book_id", "position", "month", "closed_until", "vouchers")
            + " OR NEW.id < 1",
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
            " WHERE c.book_id = NEW.book_id AND c.month = NEW.month)))"
            f" OR NEW.month > {LAST_YEAR} * 12 + 11",
        ),
        _if(
            "no-reason",
            f"NEW.kind = 'reopen' AND coalesce(trim(NEW.reason, {BLANK}), '') = ''",
        ),
        _if(
            "vouchers",
            "NEW.vouchers <> coalesce((SELECT max(v.position)"
            " FROM books_voucher v WHERE v.book_id = NEW.book_id), 0)",
        ),
        _if("sums", f"NEW.kind = 'close' AND EXISTS ({found} EXCEPT {kept})"),
        _if("sums", f"NEW.kind = 'close' AND EXISTS ({kept} EXCEPT {found})"),
        _if("sums", f"NEW.kind IS NOT 'close' AND EXISTS ({kept})"),
    )


def _head() -> str:
    return _cases(
        _if(
            "head",
            _whole("book_id", "size")
            + " OR NEW.size < 1 OR NEW.size > coalesce((SELECT max(v.position)"
            " FROM books_voucher v WHERE v.book_id = NEW.book_id), 0)"
            " OR NEW.root IS NOT (SELECT books_root(v.position, v.leaf)"
            " FROM (SELECT position, leaf FROM books_voucher WHERE book_id = NEW.book_id"
            " AND position <= NEW.size ORDER BY position) v)",
        )
    )


def _is_posted(row: str) -> str:
    return (
        "EXISTS (SELECT 1 FROM books_draft d"
        f" WHERE d.id = {row}.draft_id AND d.voucher_id IS NOT NULL)"
    )


def _of_a_draft(table: str) -> Iterator[str]:
    old, new = _is_posted("OLD"), _is_posted("NEW")
    yield _refuse(table, "insert", "INSERT", new, "posted")
    yield _refuse(
        table, "update", "UPDATE", f"NEW.id IS NOT OLD.id OR {old} OR {new}", "posted"
    )
    yield _refuse(table, "delete", "DELETE", old, "posted")


def _draft() -> Iterator[str]:
    yield _refuse(
        "books_draft",
        "insert",
        "INSERT",
        "NEW.voucher_id IS NOT NULL OR NEW.state IS 'posted'",
        "posted",
    )
    yield _refuse("books_draft", "delete", "DELETE", "OLD.voucher_id NOTNULL", "posted")
    taken = " OR ".join(
        f"o.{each} = NEW.{each}" for each in ("voucher_id", "client_id")
    )
    yield _refuse(
        "books_draft",
        "update",
        "UPDATE",
        "OLD.voucher_id IS NOT NULL OR NEW.id IS NOT OLD.id"
        " OR (NEW.state IS 'posted') <> (NEW.voucher_id IS NOT NULL)"
        f" OR EXISTS (SELECT 1 FROM books_draft o WHERE o.id <> OLD.id AND ({taken}))",
        "posted",
    )
    same = " AND ".join(f"v.{each} = NEW.{each}" for each in OF_BOTH)
    columns = ", ".join(LINE)
    written = f"SELECT {columns} FROM books_draftline WHERE draft_id = NEW.id"
    posted = f"SELECT {columns} FROM books_posting WHERE voucher_id = NEW.voucher_id"
    yield _refuse(
        "books_draft",
        "becomes",
        "UPDATE",
        "NEW.voucher_id IS NOT NULL AND (NOT EXISTS (SELECT 1 FROM books_voucher v"
        f" WHERE v.id = NEW.voucher_id AND {same} AND v.reverses_id IS NEW.reverses_id"
        " AND v.papers = (SELECT count(*) FROM books_paper p WHERE p.draft_id = NEW.id"
        " AND p.withdrawn_at IS NULL)) OR NEW.kind IS NOT 'reversal' AND ("
        f"EXISTS ({written} EXCEPT {posted}) OR EXISTS ({posted} EXCEPT {written})))",
        "not-this-draft",
    )
    # A picture with a posted voucher stays what it was.
    held = (
        "EXISTS (SELECT 1 FROM books_paper p JOIN books_draft d ON d.id = p.draft_id"
        " WHERE p.upload_id = {0}.id AND d.voucher_id IS NOT NULL)"
    )
    yield _refuse(
        "uploads_upload",
        "books_replace",
        "INSERT",
        held.format("NEW"),
        "posted",
    )
    yield _refuse(
        "uploads_upload",
        "books_update",
        "UPDATE",
        f"NEW.id IS NOT OLD.id OR {held.format('OLD')}",
        "posted",
    )
