"""Guards of PostgreSQL: triggers for each statement, so that bulk loads stay fast.

Writers of one book take turns (an advisory lock until their end), and only at the
isolation level READ COMMITTED: at a higher one a trigger would look at the past, and a
month could close under a voucher. A line belongs to the voucher *and* its book, so that
nobody adds lines under another book's lock.
"""

from collections.abc import Iterator

from wugeyi.books.migrations.guards.lists import (
    ADDED_ONLY,
    FIXED,
    ITEMS,
    MOST_FEN,
    codes,
    shipped,
)

# Advisory locks have no names; nothing else uses numbers this large.
LOCKS = 7_203_000_000_000

HELPERS = f"""
CREATE FUNCTION books_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'books: %', TG_ARGV[0] USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION books_fail(word text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'books: %', word USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE FUNCTION books_take_turns(books bigint[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE book bigint;
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        PERFORM books_fail('isolation');
    END IF;
    FOR book IN SELECT DISTINCT unnest(books) ORDER BY 1 LOOP
        PERFORM pg_advisory_xact_lock({LOCKS} + book);
    END LOOP;
END $$;

CREATE FUNCTION books_month(day date) RETURNS integer LANGUAGE sql IMMUTABLE
    RETURN extract(year FROM day)::integer * 12 + extract(month FROM day)::integer - 1;

CREATE FUNCTION books_closed(book bigint) RETURNS integer LANGUAGE sql STABLE
    RETURN coalesce(
        (SELECT c.closed_until FROM books_closing c WHERE c.book_id = book
          ORDER BY c.position DESC LIMIT 1),
        (SELECT books_month(b.begins_on) - 1 FROM books_book b WHERE b.id = book));

CREATE FUNCTION books_in_chart(code text, regime text) RETURNS boolean
    LANGUAGE sql IMMUTABLE
    RETURN CASE regime WHEN '2023' THEN left(code, 3) IN ({codes("2023")})
        WHEN '2004' THEN left(code, 3) IN ({codes("2004")}) ELSE false END;
"""

LEAF = """
CREATE FUNCTION books_leaf(fresh books_voucher) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT encode(sha256('\\x00'::bytea || convert_to(
        '["wugeyi-voucher-1",' || to_json(b.code)::text
        || ',' || fresh.year || ',' || fresh.number
        || ',"' || to_char(fresh.day, 'YYYY-MM-DD') || '"'
        || ',' || to_json(fresh.kind)::text
        || ',' || coalesce((SELECT '[' || o.year || ',' || o.number || ']'
              FROM books_voucher o WHERE o.id = fresh.reverses_id), 'null')
        || ',' || fresh.papers
        || ',[' || (SELECT string_agg(
              '[' || to_json(p.account)::text || ',' || p.debit_fen
              || ',' || p.credit_fen || ',' || to_json(p.summary)::text || ',['
              || concat_ws(',', {dimensions}) || ']]', ',' ORDER BY p.place)
            FROM books_posting p WHERE p.voucher_id = fresh.id) || ']]',
        'UTF8')), 'hex')
      FROM books_book b WHERE b.id = fresh.book_id
$$;
""".replace(
    "{dimensions}",
    ", ".join(
        f"CASE WHEN p.{each} <> '' THEN"
        f" '[\"{each}\",' || to_json(p.{each})::text || ']' END"
        for each in ITEMS
    ),
)

POSTING = f"""
CREATE FUNCTION books_posting_check() RETURNS trigger LANGUAGE plpgsql AS $$
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
END $$;
"""

_ITEM = " OR ".join(
    f"p.{kind} <> '' AND NOT EXISTS (SELECT 1 FROM books_item i"
    f" WHERE i.book_id = p.book_id AND i.kind = '{kind}' AND i.code = p.{kind})"
    for kind in ITEMS
)
_SAME = " AND ".join(f"p.{each} = o.{each}" for each in ("account", *ITEMS))

VOUCHER = f"""
CREATE FUNCTION books_voucher_check() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE word text;
BEGIN
    PERFORM books_take_turns(ARRAY(SELECT DISTINCT f.book_id FROM fresh f));
    SELECT found.word INTO word FROM (SELECT CASE
        WHEN f.year <> extract(year FROM f.day) THEN 'year'
        WHEN books_month(f.day) <= books_closed(f.book_id) THEN 'closed'
        WHEN f.number < 1 OR f.number > 1 AND NOT EXISTS (SELECT 1
            FROM books_voucher o WHERE o.book_id = f.book_id AND o.year = f.year
             AND o.number = f.number - 1) THEN 'number'
        WHEN f.position < 1 OR f.position > 1 AND NOT EXISTS (SELECT 1
            FROM books_voucher o WHERE o.book_id = f.book_id
             AND o.position = f.position - 1) THEN 'position'
        WHEN f.prepared_by_id = f.reviewed_by_id THEN 'same-person'
        WHEN f.kind NOT IN ('ordinary', 'opening', 'closing', 'reversal')
          OR (f.kind = 'reversal') <> (f.reverses_id IS NOT NULL)
          OR f.kind <> 'reversal' AND f.nature <> f.kind
          OR f.papers < 0 THEN 'kind'
        WHEN f.reverses_id IS NOT NULL AND NOT EXISTS (SELECT 1
            FROM books_voucher o WHERE o.id = f.reverses_id
             AND o.book_id = f.book_id AND o.kind <> 'reversal'
             AND o.nature = f.nature AND o.day <= f.day) THEN 'reversal'
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
        WHEN t.no_item > 0 THEN 'item'
        WHEN f.leaf IS DISTINCT FROM books_leaf(ROW(f.*)::books_voucher) THEN 'leaf'
      END AS word
      FROM fresh f CROSS JOIN LATERAL (
        SELECT count(*) AS lines, min(p.place) AS first, max(p.place) AS last,
               sum(p.debit_fen) AS debit, sum(p.credit_fen) AS credit,
               count(*) FILTER (WHERE p.book_id <> f.book_id) AS foreign_lines,
               count(*) FILTER (WHERE NOT books_in_chart(p.account, b.regime)
                 OR NOT (length(p.account) = 3 OR p.account IN ({shipped()})
                   OR EXISTS (SELECT 1 FROM books_subaccount s
                       WHERE s.book_id = p.book_id AND s.code = p.account)))
                 AS unknown,
               count(*) FILTER (WHERE {_ITEM}) AS no_item
          FROM books_posting p JOIN books_book b ON b.id = f.book_id
         WHERE p.voucher_id = f.id) t) found
     WHERE found.word IS NOT NULL LIMIT 1;
    IF word IS NOT NULL THEN
        PERFORM books_fail(word);
    END IF;
    RETURN NULL;
END $$;
"""


def statements() -> Iterator[str]:
    """Yield the functions and triggers."""
    yield HELPERS
    yield LEAF
    yield POSTING
    yield VOUCHER
    yield MONTH_SUM
    yield CLOSING
    yield REST
    # A line names its voucher's book too: see above.
    yield (
        "ALTER TABLE books_voucher ADD CONSTRAINT books_voucher_of_book"
        " UNIQUE (id, book_id)"
    )
    yield (
        "ALTER TABLE books_posting ADD CONSTRAINT books_posting_of_book"
        " FOREIGN KEY (voucher_id, book_id) REFERENCES books_voucher (id, book_id)"
        " DEFERRABLE INITIALLY DEFERRED"
    )
    for table in ADDED_ONLY:
        yield (
            f"CREATE TRIGGER {table}_guard BEFORE UPDATE OR DELETE OR TRUNCATE"
            f" ON {table} FOR EACH STATEMENT EXECUTE FUNCTION books_refuse('added-only')"
        )
    for table, columns in FIXED.items():
        changed = " OR ".join(
            f"NEW.{each} IS DISTINCT FROM OLD.{each}" for each in columns
        )
        yield (
            f"CREATE TRIGGER {table}_guard BEFORE DELETE OR TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION books_refuse('added-only')"
        )
        yield (
            f"CREATE TRIGGER {table}_guard_update BEFORE UPDATE ON {table}"
            f" FOR EACH ROW WHEN ({changed}) EXECUTE FUNCTION books_refuse('fixed')"
        )
    for table in ("posting", "voucher", "monthsum", "closing"):
        yield (
            f"CREATE TRIGGER books_{table}_guard_insert AFTER INSERT ON books_{table}"
            " REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT"
            f" EXECUTE FUNCTION books_{table}_check()"
        )
    for table in ("book", "subaccount", "head"):
        yield (
            f"CREATE TRIGGER books_{table}_guard_insert BEFORE INSERT ON books_{table}"
            f" FOR EACH ROW EXECUTE FUNCTION books_{table}_check()"
        )


def removal() -> Iterator[str]:
    """Yield what drops them."""
    for table in (*ADDED_ONLY, *FIXED):
        yield f"DROP TRIGGER {table}_guard ON {table}"
    for table in FIXED:
        yield f"DROP TRIGGER {table}_guard_update ON {table}"
    for table in (
        "posting",
        "voucher",
        "monthsum",
        "closing",
        "book",
        "subaccount",
        "head",
    ):
        yield f"DROP TRIGGER books_{table}_guard_insert ON books_{table}"
        yield f"DROP FUNCTION books_{table}_check()"
    yield "ALTER TABLE books_posting DROP CONSTRAINT books_posting_of_book"
    yield "ALTER TABLE books_voucher DROP CONSTRAINT books_voucher_of_book"
    for function in (
        "books_leaf(books_voucher)",
        "books_in_chart(text, text)",
        "books_closed(bigint)",
        "books_month(date)",
        "books_take_turns(bigint[])",
        "books_fail(text)",
        "books_refuse()",
    ):
        yield f"DROP FUNCTION {function}"


_COLUMNS = ", ".join(f"p.{each}" for each in ("account", *ITEMS))

MONTH_SUM = """
CREATE FUNCTION books_monthsum_check() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM fresh f JOIN books_closing c ON c.id = f.closing_id) THEN
        PERFORM books_fail('sealed');
    END IF;
    RETURN NULL;
END $$;
"""

CLOSING = f"""
CREATE FUNCTION books_closing_check() RETURNS trigger LANGUAGE plpgsql AS $$
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
        first := make_date(f.month / 12, f.month % 12 + 1, 1);
        before := coalesce(
            (SELECT c.closed_until FROM books_closing c WHERE c.book_id = f.book_id
                AND c.id <> f.id ORDER BY c.position DESC LIMIT 1),
            (SELECT books_month(b.begins_on) - 1 FROM books_book b
              WHERE b.id = f.book_id));
        IF f.position <> coalesce((SELECT max(c.position) FROM books_closing c
              WHERE c.book_id = f.book_id AND c.id <> f.id), 0) + 1 THEN
            PERFORM books_fail('position');
        END IF;
        IF NOT (f.kind = 'close' AND f.closed_until = f.month AND f.month = before + 1
            OR f.kind = 'reopen' AND f.closed_until = f.month - 1 AND f.month = before
              AND EXISTS (SELECT 1 FROM books_closing c WHERE c.book_id = f.book_id
                  AND c.id <> f.id AND c.month = f.month)) THEN
            PERFORM books_fail('closing-order');
        END IF;
        IF f.kind = 'reopen' AND btrim(f.reason) = '' THEN
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
END $$;
"""

REST = """
CREATE FUNCTION books_book_check() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF extract(day FROM NEW.begins_on) <> 1 OR NEW.regime NOT IN ('2023', '2004') THEN
        PERFORM books_fail('begins-first');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION books_subaccount_check() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.code !~ '^([0-9]{5}|[0-9]{7})$' OR NOT books_in_chart(NEW.code,
        (SELECT b.regime FROM books_book b WHERE b.id = NEW.book_id)) THEN
        PERFORM books_fail('account');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION books_head_check() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.size < 1 OR length(NEW.root) <> 64 OR NEW.size > coalesce((SELECT
        max(v.position) FROM books_voucher v WHERE v.book_id = NEW.book_id), 0) THEN
        PERFORM books_fail('head');
    END IF;
    RETURN NEW;
END $$;
"""
