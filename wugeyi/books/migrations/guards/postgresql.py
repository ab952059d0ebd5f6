"""Guards of PostgreSQL: triggers for each statement, so that bulk loads stay fast.

Writers of one book take turns (an advisory lock until their end), and only at the
isolation level READ COMMITTED: at a higher one a trigger would look at the past, and a
month could close under a voucher. A line belongs to the voucher *and* its book, so that
nobody adds lines under another book's lock.

Every function names its search path, temporary tables last: whoever may make a
temporary table called ``books_voucher`` would otherwise have the guards look there.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from wugeyi.books.migrations.guards.lists import (
    ADDED_ONLY,
    FIRST_YEAR,
    FIXED,
    ITEMS,
    LAST_YEAR,
    LINE,
    MOST_FEN,
    OF_A_DRAFT,
    OF_BOTH,
    codes,
    codes_with_shipped,
)

# Advisory locks have no names; nothing else uses numbers this large.
LOCKS = 7_203_000_000_000
CLOSING_LOCKS = 7_204_000_000_000
PATH = "SET search_path = public, pg_temp"


@dataclass(frozen=True, slots=True)
class Function:
    """A function of the guards; a trigger's has neither arguments nor an answer."""

    name: str
    body: str
    arguments: str = ""
    returns: str = "trigger"
    language: str = "plpgsql"
    # The planner must not read a whole table because it was empty when first asked.
    settings: str = f"{PATH} SET enable_seqscan = off"

    def __str__(self) -> str:
        return (
            f"CREATE FUNCTION {self.name}({self.arguments}) RETURNS {self.returns}"
            f" LANGUAGE {self.language} {self.settings} AS $${self.body}$$"
        )


@dataclass(frozen=True, slots=True)
class Trigger:
    """When a function of the guards is called."""

    name: str
    table: str
    when: str
    function: str
    argument: str = ""
    each: str = "STATEMENT"
    fresh: bool = False

    def __str__(self) -> str:
        referencing = "REFERENCING NEW TABLE AS fresh " if self.fresh else ""
        argument = f"'{self.argument}'" if self.argument else ""
        return (
            f"CREATE TRIGGER {self.name} {self.when} ON {self.table} {referencing}"
            f"FOR EACH {self.each} EXECUTE FUNCTION {self.function}({argument})"
        )


CONSTRAINTS = {
    # A line names its voucher's book too: see above.
    "books_voucher_of_book": ("books_voucher", "UNIQUE (id, book_id)"),
    "books_posting_of_book": (
        "books_posting",
        "FOREIGN KEY (voucher_id, book_id) REFERENCES books_voucher (id, book_id)"
        " DEFERRABLE INITIALLY DEFERRED",
    ),
}

REFUSE = """
BEGIN
    RAISE EXCEPTION 'books: %', TG_ARGV[0] USING ERRCODE = 'restrict_violation';
END """

FAIL = """
BEGIN
    RAISE EXCEPTION 'books: %', word USING ERRCODE = 'integrity_constraint_violation';
END """

TAKE_TURNS = f"""
DECLARE book bigint;
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        PERFORM books_fail('isolation');
    END IF;
    FOR book IN SELECT DISTINCT unnest(books) ORDER BY 1 LOOP
        PERFORM pg_advisory_xact_lock({LOCKS} + book);
    END LOOP;
END """

MONTH = """
SELECT extract(year FROM day)::integer * 12 + extract(month FROM day)::integer - 1
"""

# Not in SQL: such a function is planned anew whenever it is called.
CLOSED = """
DECLARE found integer;
BEGIN
    SELECT c.closed_until INTO found FROM books_closing c WHERE c.book_id = book
     ORDER BY c.position DESC LIMIT 1;
    IF found IS NULL THEN
        SELECT books_month(b.begins_on) - 1 INTO found
          FROM books_book b WHERE b.id = book;
    END IF;
    RETURN found;
END """

POSTING = f"""
BEGIN
    PERFORM books_take_turns(ARRAY(SELECT DISTINCT f.book_id FROM fresh f));
    IF EXISTS (SELECT 1 FROM fresh f JOIN books_voucher v ON v.id = f.voucher_id) THEN
        PERFORM books_fail('sealed');
    END IF;
    IF EXISTS (SELECT 1 FROM fresh f
                WHERE greatest(abs(f.debit_fen), abs(f.credit_fen)) > {MOST_FEN}) THEN
        PERFORM books_fail('whole-fen');
    END IF;
    RETURN NULL;
END """

_WITH_ITEM = " OR ".join(f"p.{kind} <> ''" for kind in ITEMS)
_NO_ITEM = " OR ".join(
    f"p.{kind} <> '' AND NOT EXISTS (SELECT 1 FROM books_item i"
    f" WHERE i.book_id = p.book_id AND i.kind = '{kind}' AND i.code = p.{kind})"
    for kind in ITEMS
)
_SAME = " AND ".join(f"p.{each} = o.{each}" for each in ("account", *ITEMS))
_DIMENSIONS = ", ".join(
    f"CASE WHEN p.{each} <> '' THEN '[\"{each}\",' || to_json(p.{each})::text || ']' END"
    for each in ITEMS
)

# What is read of a voucher and its lines is read once: its leaf from the same pass
# (engines/ledger/heads/canonical says how a voucher becomes bytes). Items have a
# statement of their own, because most vouchers have none and to set up its four
# searches takes a third of the whole.
VOUCHER = f"""
DECLARE
    found text;
    items boolean;
BEGIN
    PERFORM books_take_turns(ARRAY(SELECT DISTINCT f.book_id FROM fresh f));
    SELECT min(each.word), bool_or(each.items) INTO found, items FROM (SELECT CASE
        WHEN b.id IS NULL THEN 'no-book'
        WHEN f.id < 1 OR f.papers < 0 THEN 'whole-fen'
        WHEN NOT isfinite(f.day) OR extract(year FROM f.day)
            NOT BETWEEN {FIRST_YEAR} AND {LAST_YEAR} THEN 'day'
        WHEN f.year <> extract(year FROM f.day) THEN 'year'
        WHEN books_month(f.day) <= closed.until THEN 'closed'
        WHEN f.number < 1 OR f.number > 1 AND NOT EXISTS (SELECT 1
            FROM books_voucher o WHERE o.book_id = f.book_id AND o.year = f.year
             AND o.number = f.number - 1) THEN 'number'
        WHEN f.position < 1 OR f.position > 1 AND NOT EXISTS (SELECT 1
            FROM books_voucher o WHERE o.book_id = f.book_id
             AND o.position = f.position - 1) THEN 'position'
        WHEN f.prepared_by_id = f.reviewed_by_id THEN 'same-person'
        WHEN f.kind NOT IN ('ordinary', 'opening', 'closing', 'reversal')
          OR (f.kind = 'reversal') <> (f.reverses_id IS NOT NULL)
          OR f.kind <> 'reversal' AND f.nature <> f.kind THEN 'kind'
        WHEN f.kind = 'opening' AND books_month(f.day) <> books_month(b.begins_on)
          THEN 'opening-late'
        WHEN f.reverses_id IS NOT NULL AND (r.id IS NULL
          OR r.book_id <> f.book_id OR r.kind = 'reversal'
          OR r.nature <> f.nature OR r.day > f.day) THEN 'reversal'
        WHEN f.reverses_id IS NOT NULL AND (EXISTS (SELECT 1
            FROM books_posting o WHERE o.voucher_id = f.reverses_id
             AND NOT EXISTS (SELECT 1 FROM books_posting p
                WHERE p.voucher_id = f.id AND p.place = o.place AND {_SAME}
                  AND p.debit_fen = o.credit_fen AND p.credit_fen = o.debit_fen))
          OR t.lines <> (SELECT count(*) FROM books_posting o
                WHERE o.voucher_id = f.reverses_id)) THEN 'mirror'
        WHEN t.lines < 2 THEN 'too-few-lines'
        WHEN t.first <> 1 OR t.last <> t.lines THEN 'places'
        WHEN t.debit <> t.credit THEN 'unbalanced'
        WHEN t.foreign_lines > 0 THEN 'other-book'
        WHEN t.unknown > 0 THEN 'account'
        WHEN f.nature = 'closing' AND t.kept > 0 THEN 'not-carried'
        WHEN f.leaf IS DISTINCT FROM encode(sha256('\\x00'::bytea || convert_to(
            '["wugeyi-voucher-1",' || to_json(b.code)::text
            || ',' || f.year || ',' || f.number
            || ',"' || to_char(f.day, 'YYYY-MM-DD') || '",' || to_json(f.kind)::text
            || ',' || coalesce('[' || r.year || ',' || r.number || ']', 'null')
            || ',' || f.papers || ',[' || t.text || ']]', 'UTF8')), 'hex') THEN 'leaf'
      END AS word, t.items
      FROM fresh f
      LEFT JOIN books_book b ON b.id = f.book_id
      LEFT JOIN (SELECT d.book_id, books_closed(d.book_id) AS until
                   FROM (SELECT DISTINCT e.book_id FROM fresh e) d) closed
        ON closed.book_id = f.book_id
      LEFT JOIN books_voucher r ON r.id = f.reverses_id
      CROSS JOIN LATERAL (
        SELECT count(*) AS lines, min(p.place) AS first, max(p.place) AS last,
               sum(p.debit_fen) AS debit, sum(p.credit_fen) AS credit,
               count(*) FILTER (WHERE p.book_id <> f.book_id) AS foreign_lines,
               count(*) FILTER (WHERE NOT (CASE b.regime
                   WHEN '2023' THEN p.account IN ({codes_with_shipped("2023")})
                   WHEN '2004' THEN p.account IN ({codes_with_shipped("2004")})
                   ELSE false END
                 OR EXISTS (SELECT 1 FROM books_subaccount s
                     WHERE s.book_id = p.book_id AND s.code = p.account)))
                 AS unknown,
               bool_or({_WITH_ITEM}) AS items,
               count(*) FILTER (WHERE p.account !~ '^(5|32)') AS kept,
               string_agg('[' || to_json(p.account)::text || ',' || p.debit_fen || ','
                   || p.credit_fen || ',' || to_json(p.summary)::text || ',['
                   || concat_ws(',', {_DIMENSIONS}) || ']]', ',' ORDER BY p.place)
                 AS text
          FROM books_posting p WHERE p.voucher_id = f.id) t) each;
    IF found IS NOT NULL THEN
        PERFORM books_fail(found);
    END IF;
    IF items AND EXISTS (SELECT 1 FROM fresh f JOIN books_posting p
            ON p.voucher_id = f.id WHERE {_NO_ITEM}) THEN
        PERFORM books_fail('item');
    END IF;
    RETURN NULL;
END """

# Sums have no book; whoever writes those of one closing takes turns by its key.
MONTH_SUM = f"""
DECLARE closing bigint;
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        PERFORM books_fail('isolation');
    END IF;
    FOR closing IN SELECT DISTINCT f.closing_id FROM fresh f ORDER BY 1 LOOP
        PERFORM pg_advisory_xact_lock({CLOSING_LOCKS} + closing);
    END LOOP;
    IF EXISTS (SELECT 1 FROM fresh f JOIN books_closing c ON c.id = f.closing_id) THEN
        PERFORM books_fail('sealed');
    END IF;
    RETURN NULL;
END """

_COLUMNS = ", ".join(f"p.{each}" for each in ("account", *ITEMS))

CLOSING = f"""
DECLARE
    f books_closing;
    first date;
    before integer;
BEGIN
    PERFORM books_take_turns(ARRAY(SELECT DISTINCT each.book_id FROM fresh each));
    IF (SELECT count(*) > count(DISTINCT book_id) FROM fresh) THEN
        PERFORM books_fail('one-month-at-a-time');
    END IF;
    FOR f IN SELECT * FROM fresh LOOP
        PERFORM pg_advisory_xact_lock({CLOSING_LOCKS} + f.id);
        IF f.id < 1 OR f.month > {LAST_YEAR} * 12 + 11 THEN
            PERFORM books_fail('whole-fen');
        END IF;
        first := make_date(f.month / 12, f.month % 12 + 1, 1);
        before := coalesce(
            (SELECT c.closed_until FROM books_closing c WHERE c.book_id = f.book_id
                AND c.id <> f.id ORDER BY c.position DESC LIMIT 1),
            (SELECT books_month(b.begins_on) - 1 FROM books_book b
              WHERE b.id = f.book_id));
        IF before IS NULL THEN
            PERFORM books_fail('no-book');
        END IF;
        IF f.position <> coalesce((SELECT max(c.position) FROM books_closing c
              WHERE c.book_id = f.book_id AND c.id <> f.id), 0) + 1 THEN
            PERFORM books_fail('position');
        END IF;
        IF (f.kind = 'close' AND f.closed_until = f.month AND f.month = before + 1
            OR f.kind = 'reopen' AND f.closed_until = f.month - 1 AND f.month = before
              AND EXISTS (SELECT 1 FROM books_closing c WHERE c.book_id = f.book_id
                  AND c.id <> f.id AND c.month = f.month)) IS NOT TRUE THEN
            PERFORM books_fail('closing-order');
        END IF;
        IF f.kind = 'reopen'
           AND btrim(f.reason, E' \\t\\n\\r\\u3000\\u00a0') = '' THEN
            PERFORM books_fail('no-reason');
        END IF;
        IF f.vouchers <> coalesce((SELECT max(v.position) FROM books_voucher v
              WHERE v.book_id = f.book_id), 0) THEN
            PERFORM books_fail('vouchers');
        END IF;
        IF f.kind <> 'close'
           AND EXISTS (SELECT 1 FROM books_monthsum s WHERE s.closing_id = f.id) THEN
            PERFORM books_fail('sums');
        END IF;
        IF f.kind = 'close' AND EXISTS (
            WITH found AS (
                SELECT v.nature, {_COLUMNS}, sum(p.debit_fen) AS debit,
                       sum(p.credit_fen) AS credit
                  FROM books_voucher v JOIN books_posting p ON p.voucher_id = v.id
                 WHERE v.book_id = f.book_id AND v.day >= first
                   AND v.day < first + interval '1 month'
                 GROUP BY v.nature, {_COLUMNS}),
            kept AS (
                SELECT p.nature, {_COLUMNS}, p.debit_fen::numeric,
                       p.credit_fen::numeric
                  FROM books_monthsum p WHERE p.closing_id = f.id)
            (TABLE found EXCEPT TABLE kept) UNION ALL (TABLE kept EXCEPT TABLE found)
        ) THEN
            PERFORM books_fail('sums');
        END IF;
    END LOOP;
    RETURN NULL;
END """

BOOK = f"""
BEGIN
    IF (isfinite(NEW.begins_on) AND extract(day FROM NEW.begins_on) = 1
        AND extract(year FROM NEW.begins_on) BETWEEN {FIRST_YEAR} AND {LAST_YEAR}
        AND NEW.regime IN ('2023', '2004')) IS NOT TRUE THEN
        PERFORM books_fail('begins-first');
    END IF;
    RETURN NEW;
END """

SUB_ACCOUNT = f"""
BEGIN
    IF (NEW.code ~ '^([0-9]{{5}}|[0-9]{{7}})$' AND CASE
        (SELECT b.regime FROM books_book b WHERE b.id = NEW.book_id)
        WHEN '2023' THEN left(NEW.code, 3) IN ({codes("2023")})
        WHEN '2004' THEN left(NEW.code, 3) IN ({codes("2004")})
        ELSE false END) IS NOT TRUE THEN
        PERFORM books_fail('account');
    END IF;
    RETURN NEW;
END """

# The tree of RFC 6962, a level at a time; what has no neighbour goes up as it is.
# (By subscripts an array is walked through each time: minutes for 200,000 leaves.)
ROOT = """
DECLARE
    level bytea[];
    many integer;
BEGIN
    SELECT array_agg(decode(v.leaf, 'hex') ORDER BY v.position), count(*)
      INTO level, many
      FROM books_voucher v WHERE v.book_id = book AND v.position <= size;
    IF many <> size THEN
        RETURN NULL;
    END IF;
    WHILE many > 1 LOOP
        SELECT array_agg(pair.node ORDER BY pair.at) INTO level
          FROM (SELECT (u.at - 1) / 2 AS at, CASE WHEN count(*) = 1
                    THEN string_agg(u.node, ''::bytea)
                    ELSE sha256('\\x01'::bytea
                        || string_agg(u.node, ''::bytea ORDER BY u.at)) END AS node
                  FROM unnest(level) WITH ORDINALITY AS u(node, at)
                 GROUP BY (u.at - 1) / 2) pair;
        many := (many + 1) / 2;
    END LOOP;
    RETURN encode(level[1], 'hex');
END """

HEAD = """
BEGIN
    PERFORM books_take_turns(ARRAY[NEW.book_id]);
    IF (NEW.size >= 1 AND NEW.root = books_root(NEW.book_id, NEW.size)) IS NOT TRUE THEN
        PERFORM books_fail('head');
    END IF;
    RETURN NEW;
END """


def _fixed(table: str) -> str:
    changed = " OR ".join(
        f"NEW.{each} IS DISTINCT FROM OLD.{each}" for each in FIXED[table]
    )
    return f"""
BEGIN
    IF {changed} THEN
        PERFORM books_fail('fixed');
    END IF;
    RETURN NEW;
END """


_BOTH = " AND ".join(f"v.{each} = NEW.{each}" for each in OF_BOTH)
_LINE = ", ".join(LINE)

DRAFT = f"""
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.voucher_id IS NOT NULL THEN
            PERFORM books_fail('posted');
        END IF;
        RETURN OLD;
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.voucher_id IS NOT NULL OR NEW.state = 'posted' THEN
            PERFORM books_fail('posted');
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.voucher_id IS NOT NULL OR NEW.id <> OLD.id
       OR (NEW.state = 'posted') <> (NEW.voucher_id IS NOT NULL) THEN
        PERFORM books_fail('posted');
    END IF;
    IF NEW.voucher_id IS NOT NULL AND (NOT EXISTS (SELECT 1 FROM books_voucher v
            WHERE v.id = NEW.voucher_id AND {_BOTH}
              AND v.reverses_id IS NOT DISTINCT FROM NEW.reverses_id
              AND v.papers = (SELECT count(*) FROM books_paper p
                  WHERE p.draft_id = NEW.id AND p.withdrawn_at IS NULL))
        OR NEW.kind <> 'reversal' AND EXISTS (
            WITH written AS (
                SELECT {_LINE} FROM books_draftline WHERE draft_id = NEW.id),
            posted AS (
                SELECT {_LINE} FROM books_posting WHERE voucher_id = NEW.voucher_id)
            (TABLE written EXCEPT TABLE posted)
            UNION ALL (TABLE posted EXCEPT TABLE written))) THEN
        PERFORM books_fail('not-this-draft');
    END IF;
    RETURN NEW;
END """

# The draft's row is locked, so that nothing is added while it becomes a voucher.
OF_DRAFT = """
DECLARE
    draft bigint;
    posted boolean;
BEGIN
    FOREACH draft IN ARRAY CASE TG_OP WHEN 'INSERT' THEN ARRAY[NEW.draft_id]
        WHEN 'DELETE' THEN ARRAY[OLD.draft_id]
        ELSE ARRAY[OLD.draft_id, NEW.draft_id] END
    LOOP
        SELECT d.voucher_id IS NOT NULL INTO posted FROM books_draft d
         WHERE d.id = draft FOR SHARE;
        IF posted THEN
            PERFORM books_fail('posted');
        END IF;
    END LOOP;
    RETURN coalesce(NEW, OLD);
END """

UPLOAD = """
BEGIN
    IF EXISTS (SELECT 1 FROM books_paper p JOIN books_draft d ON d.id = p.draft_id
                WHERE p.upload_id = OLD.id AND d.voucher_id IS NOT NULL) THEN
        PERFORM books_fail('posted');
    END IF;
    RETURN NEW;
END """

_SQL = {"language": "sql", "settings": PATH}

FUNCTIONS = (
    Function("books_refuse", REFUSE),
    Function("books_fail", FAIL, "word text", "void", settings=PATH),
    Function("books_take_turns", TAKE_TURNS, "books bigint[]", "void", settings=PATH),
    # So small that the planner writes it in place; it names no table.
    Function("books_month", MONTH, "day date", "integer", "sql", "IMMUTABLE"),
    Function("books_closed", CLOSED, "book bigint", "integer", "plpgsql", f"STABLE {PATH}"),
    Function(
        "books_root", ROOT, "book bigint, size integer", "text",
        settings=f"STABLE {PATH}",
    ),
    Function("books_posting_check", POSTING),
    Function("books_voucher_check", VOUCHER),
    Function("books_monthsum_check", MONTH_SUM),
    Function("books_closing_check", CLOSING),
    Function("books_book_check", BOOK),
    Function("books_subaccount_check", SUB_ACCOUNT),
    Function("books_head_check", HEAD),
    *(Function(f"{table}_fixed", _fixed(table)) for table in FIXED),
    Function("books_draft_check", DRAFT),
    Function("books_of_draft_check", OF_DRAFT),
    Function("books_upload_check", UPLOAD),
)  # fmt: skip


def triggers() -> Iterator[Trigger]:
    """Yield when each function is called."""
    for table in ADDED_ONLY:
        yield Trigger(
            f"{table}_guard",
            table,
            "BEFORE UPDATE OR DELETE OR TRUNCATE",
            "books_refuse",
            "added-only",
        )
    for table in FIXED:
        yield Trigger(
            f"{table}_guard",
            table,
            "BEFORE DELETE OR TRUNCATE",
            "books_refuse",
            "added-only",
        )
        yield Trigger(
            f"{table}_guard_update",
            table,
            "BEFORE UPDATE",
            f"{table}_fixed",
            each="ROW",
        )
    for name in ("posting", "voucher", "monthsum", "closing"):
        yield Trigger(
            f"books_{name}_guard_insert",
            f"books_{name}",
            "AFTER INSERT",
            f"books_{name}_check",
            fresh=True,
        )
    for name in ("book", "subaccount", "head"):
        yield Trigger(
            f"books_{name}_guard_insert",
            f"books_{name}",
            "BEFORE INSERT",
            f"books_{name}_check",
            each="ROW",
        )
    row = "BEFORE INSERT OR UPDATE OR DELETE"
    yield Trigger(
        "books_draft_guard_row", "books_draft", row, "books_draft_check", each="ROW"
    )
    for table in OF_A_DRAFT:
        yield Trigger(
            f"{table}_guard_row", table, row, "books_of_draft_check", each="ROW"
        )
    yield Trigger(
        "uploads_upload_guard_books",
        "uploads_upload",
        "BEFORE UPDATE",
        "books_upload_check",
        each="ROW",
    )
    for table in ("books_draft", *OF_A_DRAFT):
        yield Trigger(
            f"{table}_guard_truncate",
            table,
            "BEFORE TRUNCATE",
            "books_refuse",
            "added-only",
        )


def statements() -> Iterator[str]:
    """Yield the functions, constraints and triggers."""
    yield from map(str, FUNCTIONS)
    for name, (table, rule) in CONSTRAINTS.items():
        yield f"ALTER TABLE {table} ADD CONSTRAINT {name} {rule}"
    yield from map(str, triggers())


def removal() -> Iterator[str]:
    """Yield what drops them."""
    for each in triggers():
        yield f"DROP TRIGGER {each.name} ON {each.table}"
    for name, (table, _) in reversed(CONSTRAINTS.items()):
        yield f"ALTER TABLE {table} DROP CONSTRAINT {name}"
    for function in reversed(FUNCTIONS):
        yield f"DROP FUNCTION {function.name}({function.arguments})"
