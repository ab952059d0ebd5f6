"""Whoever holds the database itself: what verification finds, and what only a head does.

Guards are switched off, rows changed, leaves, sums and heads made anew; each trial is
rolled back.
"""

import json
import random
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from tests.books.guards.forge import ITEMS, ask
from wugeyi.books.adapter.heads import Head, root_of_leaves
from wugeyi.books.adapter.leaves import teach_sqlite
from wugeyi.books.adapter.reading import sealed
from wugeyi.books.migrations.guards import sqlite
from wugeyi.books.queries.verification import verify
from wugeyi.books.rules.breaks import Flaw

TRIALS = 12
_COLUMNS = ", ".join(("account", *ITEMS))


def sql(text: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(text, list(values) or None)


@contextmanager
def owned(ground) -> Iterator[None]:
    """Hold the database: no guard stands in the way; nothing of it stays."""
    with ground.ground.as_owner(), transaction.atomic():
        teach_sqlite()
        if connection.vendor == "postgresql":
            sql("SET LOCAL session_replication_role = replica")
        else:
            for text in sqlite.removal():
                sql(text)
        yield
        transaction.set_rollback(True)


def make_anew(book) -> None:
    """Compute leaves, months' sums and heads as if nothing had happened."""
    for row in list(sealed(book)):
        leaf = sha256(b"\0" + (row.text or "").encode()).hexdigest()
        sql(
            "UPDATE books_voucher SET leaf = %s WHERE book_id = %s AND position = %s",
            *(leaf, book.pk, row.position),
        )
    last = ask("SELECT max(position) FROM books_voucher WHERE book_id = %s", book.pk)
    sql(
        "UPDATE books_closing SET vouchers = %s WHERE book_id = %s AND vouchers > %s",
        *(last or 0, book.pk, last or 0),
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, month, vouchers, kind FROM books_closing WHERE book_id = %s",
            [book.pk],
        )
        closings = cursor.fetchall()
    for key, month, vouchers, kind in closings:
        sql("DELETE FROM books_monthsum WHERE closing_id = %s", key)
        if kind == "close":
            sql(
                f"INSERT INTO books_monthsum (closing_id, nature, {_COLUMNS}, debit_fen,"
                f" credit_fen) SELECT %s, v.nature, {_COLUMNS}, sum(debit_fen),"
                " sum(credit_fen) FROM books_voucher v JOIN books_posting p"
                " ON p.voucher_id = v.id WHERE v.book_id = %s AND v.position <= %s"
                " AND v.day >= %s AND v.day < %s"
                f" GROUP BY v.nature, {_COLUMNS}",
                *(key, book.pk, vouchers),
                f"{month // 12}-{month % 12 + 1:02d}-01",
                f"{(month + 1) // 12}-{(month + 1) % 12 + 1:02d}-01",
            )
    sql("DELETE FROM books_head WHERE book_id = %s", book.pk)
    size, root = root_of_leaves(book)
    if size:
        sql(
            "INSERT INTO books_head (book_id, size, root, published_at)"
            " VALUES (%s, %s, %s, '2026-01-01 00:00:00+00:00')",
            *(book.pk, size, root),
        )


def _some(dice, book, upto: int) -> int:
    return ask(
        "SELECT id FROM books_voucher WHERE book_id = %s AND position = %s",
        *(book.pk, dice.randrange(1, upto + 1)),
    )


def other_amount(dice, book, upto):
    key, fen = _some(dice, book, upto), dice.randrange(1, 10_000)
    sql(
        "UPDATE books_posting SET debit_fen = debit_fen + CASE WHEN debit_fen > 0"
        " THEN %s ELSE 0 END, credit_fen = credit_fen + CASE WHEN credit_fen > 0"
        " THEN %s ELSE 0 END WHERE voucher_id = %s",
        *(fen, fen, key),
    )


def other_words(dice, book, upto):
    key = _some(dice, book, upto)
    sql(
        "UPDATE books_posting SET summary = %s WHERE voucher_id = %s AND place = 1",
        *(f"修路 {dice.random()}", key),
    )


def other_account(dice, book, upto):
    key = _some(dice, book, upto)
    sql(
        "UPDATE books_posting SET account = %s WHERE voucher_id = %s AND place = 2",
        *(dice.choice(("101", "112", "211")), key),
    )


def more_papers(dice, book, upto):
    sql(
        "UPDATE books_voucher SET papers = papers + %s WHERE id = %s",
        *(dice.randrange(1, 5), _some(dice, book, upto)),
    )


def swapped(dice, book, upto):
    """Two vouchers of before the first closing change places and numbers."""
    one, two = dice.sample(range(1, min(upto, 7) + 1), 2)
    for old, new in ((one, 900), (two, one), (900, two)):
        sql(
            "UPDATE books_voucher SET position = %s, number = %s"
            " WHERE book_id = %s AND position = %s",
            *(new, new, book.pk, old),
        )


def cut_out(dice, book, upto):
    """One voucher is removed and all behind it move up."""
    at = dice.randrange(1, upto + 1)
    key = ask(
        "SELECT id FROM books_voucher WHERE book_id = %s AND position = %s", book.pk, at
    )
    sql(
        "UPDATE books_voucher SET reverses_id = NULL, kind = 'ordinary' WHERE reverses_id = %s",
        key,
    )
    sql("UPDATE books_draft SET voucher_id = NULL WHERE voucher_id = %s", key)
    sql("DELETE FROM books_posting WHERE voucher_id = %s", key)
    sql("DELETE FROM books_voucher WHERE id = %s", key)
    last = ask("SELECT max(position) FROM books_voucher WHERE book_id = %s", book.pk)
    for place in range(at + 1, last + 1):
        sql(
            "UPDATE books_voucher SET position = position - 1, number = number - 1"
            " WHERE book_id = %s AND position = %s",
            *(book.pk, place),
        )
    sql(
        "UPDATE books_closing SET vouchers = vouchers - 1 WHERE book_id = %s"
        " AND vouchers >= %s",
        *(book.pk, at),
    )


def cut_short(dice, book, upto):
    """The last vouchers are removed, from one that the head covers."""
    keep = dice.randrange(0, upto)
    rows = "SELECT id FROM books_voucher WHERE book_id = %s AND position > %s"
    values = (book.pk, keep)
    sql(
        f"UPDATE books_draft SET voucher_id = NULL WHERE voucher_id IN ({rows})",
        *values,
    )
    sql(f"DELETE FROM books_posting WHERE voucher_id IN ({rows})", *values)
    sql("DELETE FROM books_voucher WHERE book_id = %s AND position > %s", *values)


def cut_short_and_filled(dice, book, upto):
    """The last vouchers are replaced by as many others, and some."""
    cut_short(dice, book, upto)
    at = ask(
        "SELECT coalesce(max(position), 0) FROM books_voucher WHERE book_id = %s",
        book.pk,
    )
    for place in range(at + 1, upto + 3):
        key = ask("SELECT max(id) + 1 FROM books_voucher")
        sql(
            "INSERT INTO books_voucher (id, book_id, year, number, position, day, kind,"
            " nature, papers, prepared_by_id, reviewed_by_id, posted_at, leaf)"
            " SELECT %s, %s, 2024, %s, %s, '2024-03-31', 'ordinary', 'ordinary', 0,"
            " prepared_by_id, reviewed_by_id, posted_at, '' FROM books_voucher"
            " WHERE book_id <> %s ORDER BY id LIMIT 1",
            *(key, book.pk, place, place, book.pk),
        )
        for line, account in ((1, "102"), (2, "501")):
            sql(
                "INSERT INTO books_posting (voucher_id, book_id, place, account,"
                " debit_fen, credit_fen, summary, asset, counterparty, household,"
                " project) VALUES (%s, %s, %s, %s, %s, %s, 'x', '', '', '', '')",
                *(key, book.pk, line, account),
                *((700, 0) if line == 1 else (0, 700)),
            )


WAYS = (
    other_amount,
    other_words,
    other_account,
    more_papers,
    swapped,
    cut_out,
    cut_short,
    cut_short_and_filled,
)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_one_older_head_finds_every_change_that_was_hashed_anew(ground, way):
    village = ground.village
    for trial in range(TRIALS):
        dice = random.Random(f"{way.__name__} {trial}")
        kept = dice.choice((village.older, village.head))
        with owned(ground):
            way(dice, village.book, kept.size)
            make_anew(village.book)
            without = {each.flaw for each in verify().breaks}
            told = verify(heads=[kept]).breaks
        # Done well: without a head kept elsewhere nothing of it can be seen.
        assert without <= {Flaw.UNGUARDED}, (trial, without)
        (found,) = [each for each in told if each.flaw is not Flaw.UNGUARDED]
        assert found.flaw in (Flaw.OTHER_HISTORY, Flaw.CUT_SHORT)
        assert (found.what, found.last) == (str(kept), kept.size)
    assert verify(heads=[village.head, village.older]).break_count == 0


def test_a_head_that_still_holds_narrows_the_place_down(ground):
    village = ground.village
    with owned(ground):
        sql(
            "UPDATE books_voucher SET papers = 9 WHERE book_id = %s AND position = %s",
            *(village.book.pk, village.head.size),
        )
        make_anew(village.book)
        report = verify(heads=[village.older, village.head])
    (found,) = [each for each in report.breaks if each.flaw is Flaw.OTHER_HISTORY]
    assert (found.first, found.last) == (village.older.size + 1, village.head.size)


@pytest.mark.parametrize(
    ("text", "flaw"),
    [
        ("UPDATE books_posting SET summary = '修路' WHERE voucher_id = {v}", Flaw.CHANGED),
        ("UPDATE books_voucher SET day = '2024-03-06' WHERE id = {v}", Flaw.CHANGED),
        ("UPDATE books_voucher SET leaf = 'x' WHERE id = {v}", Flaw.CHANGED),
        (
            "UPDATE books_posting SET debit_fen = 1 WHERE voucher_id = {v} AND place = 1",
            Flaw.UNBALANCED,
        ),
        ("DELETE FROM books_posting WHERE voucher_id = {v}", Flaw.NO_LINES),
        ("DELETE FROM books_voucher WHERE id = {v}", Flaw.MISSING),
        ("DELETE FROM books_voucher WHERE id = {v}", Flaw.LOOSE_LINES),
        ("UPDATE books_voucher SET number = 99 WHERE id = {v}", Flaw.NUMBER_GAP),
        ("UPDATE books_monthsum SET debit_fen = debit_fen + 1", Flaw.CLOSING_SUMS),
        ("DELETE FROM books_monthsum", Flaw.CLOSING_SUMS),
        ("UPDATE books_closing SET closed_until = closed_until - 1", Flaw.CLOSING_ORDER),
        (
            "DELETE FROM books_closing WHERE position = 1",
            Flaw.CLOSING_ORDER,
        ),
        ("UPDATE books_closing SET vouchers = 1", Flaw.BACKDATED),
    ],
)  # fmt: skip
def test_a_plain_change_is_found_without_any_head(ground, text, flaw):
    key = ask(
        "SELECT id FROM books_voucher WHERE book_id = %s AND position = 6",
        ground.village.book.pk,
    )
    with owned(ground):
        sql("DELETE FROM books_head")
        sql("UPDATE books_draft SET voucher_id = NULL")
        sql(text.format(v=key))
        found = verify().breaks
    assert flaw in {each.flaw for each in found}
    if flaw is Flaw.CHANGED:
        (told,) = [each for each in found if each.flaw is Flaw.CHANGED]
        assert (told.book, told.first, told.mark) == ("XK", 6, "2024-6")


def test_guards_that_are_missing_or_altered_are_named(ground):
    with owned(ground):
        if connection.vendor == "postgresql":
            sql("ALTER TABLE books_voucher DISABLE TRIGGER books_voucher_guard")
            sql("DROP TRIGGER books_head_guard ON books_head")
            sql(
                "CREATE OR REPLACE FUNCTION books_posting_check() RETURNS trigger"
                " LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$"
            )
            sql("CREATE RULE quiet AS ON INSERT TO books_closing DO INSTEAD NOTHING")
            sql(
                "CREATE TRIGGER mine BEFORE INSERT ON books_posting"
                " FOR EACH ROW EXECUTE FUNCTION books_refuse('x')"
            )
            names = {
                "books_voucher_guard",
                "books_head_guard",
                "books_posting_check",
                "quiet",
                "mine",
            }
        else:
            for name, text in sqlite.triggers().items():
                if name != "books_voucher_guard_update":
                    sql(text.replace("'books: head'", "'books: x'"))
            sql(
                "CREATE TRIGGER mine BEFORE INSERT ON books_posting BEGIN SELECT 1; END"
            )
            names = {"books_voucher_guard_update", "books_head_guard_insert", "mine"}
        found = {each.what for each in verify().breaks if each.flaw is Flaw.UNGUARDED}
    assert found == names
    assert verify().break_count == 0


def test_a_head_of_books_that_are_gone_is_told(ground):
    report = verify(heads=[Head("GONE", 3, "a" * 64)])
    (found,) = report.breaks
    assert (found.flaw, found.book) == (Flaw.NO_BOOK, "GONE")


def test_the_command_says_the_first_break_and_ends_with_1(
    ground, capsys, settings, tmp_path
):
    settings.DATA_DIR = tmp_path
    call_command("books", "verify", "--head", str(ground.village.head))
    assert "没有发现改动" in capsys.readouterr().out
    wrong = f"XK {ground.village.older.size} {'0' * 64}"
    kept = tmp_path / "kept.txt"
    kept.write_text(f"# 2024\n{wrong} 2026-01-01T00:00:00Z\n")
    with pytest.raises(SystemExit) as ended:
        call_command("books", "verify", "--book", "XK", "--heads-file", str(kept))
    assert ended.value.code == 1
    assert "第 1 到 7 张凭证" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        call_command("books", "verify", "--head", wrong, "--json")
    told = json.loads(capsys.readouterr().out)
    assert (told["ok"], told["breaks"][0]["flaw"]) == (False, "other-history")


def test_heads_are_published_once_and_kept_in_a_file(
    ground, capsys, settings, tmp_path
):
    settings.DATA_DIR = tmp_path
    call_command("books", "heads")
    lines = (tmp_path / "heads" / "books.txt").read_text().splitlines()
    books = [line.split()[0] for line in lines]
    assert sorted(books) == ["LS", "QT", "XK", "XK"]
    call_command("books", "heads")
    assert "公布了 0 套" in capsys.readouterr().out.splitlines()[-1]
    assert (tmp_path / "heads" / "books.txt").read_text().splitlines() == lines
    call_command("books", "verify")
    ground.ground.reset()
