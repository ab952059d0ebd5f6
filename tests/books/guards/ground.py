"""A database of its own with books that are attacked, and the way back to it."""

import itertools
import os
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import psycopg
from django.db import connection
from psycopg import sql

from tests.books.collective import AT, BEGINS, entry, found, lamps, line, rent
from tests.casework.world import plant
from wugeyi.accounts.models import User
from wugeyi.backup.gateway import rights
from wugeyi.books.actions import drafts
from wugeyi.books.actions.books import add_item, add_sub_account, open_book
from wugeyi.books.actions.heads import publish
from wugeyi.books.actions.months import close_month, reopen
from wugeyi.books.actions.posting import post, post_many, reverse
from wugeyi.books.adapter.amounts import summed
from wugeyi.books.adapter.heads import Head
from wugeyi.books.adapter.leaves import teach_sqlite
from wugeyi.books.models import Book, Paper, Voucher
from wugeyi.books.queries.verification import verify
from wugeyi.books.rules.months import month_of
from wugeyi.engines.ledger import trial_balance
from wugeyi.uploads.models import Upload

GUARDED = (
    "books_voucher",
    "books_posting",
    "books_closing",
    "books_monthsum",
    "books_head",
    "books_subaccount",
    "books_book",
    "books_item",
    "books_draft",
    "books_draftline",
    "books_paper",
    "uploads_upload",
)
PASSWORD = "only-for-tests"
NUMBER = itertools.count(1)


class Ground:
    """A copy of the test database, furnished once; attacks run on copies of it.

    On PostgreSQL everything is done as a role that owns no table.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.name = f"wugeyi_ground_{os.getpid()}_{next(NUMBER)}"
        self.before = {
            key: connection.settings_dict[key] for key in ("NAME", "USER", "PASSWORD")
        }
        self.postgresql = connection.vendor == "postgresql"
        self.role = f"{self.name}_app"
        self.pristine = folder / "pristine.sqlite3"

    # Making it

    def make(self, furnish: Callable[[], None]) -> None:
        connection.close()
        if self.postgresql:
            self.admin(f"CREATE ROLE {self.role} LOGIN PASSWORD '{PASSWORD}'")
            self.copy_database(str(self.before["NAME"]), self.model)
            connection.settings_dict["NAME"] = self.model
            rights.grant(self.role)
            connection.close()
            connection.settings_dict.update(USER=self.role, PASSWORD=PASSWORD)
        else:
            copy_file(Path(str(self.before["NAME"])), self.pristine)
            connection.settings_dict["NAME"] = str(self.pristine)
        furnish()
        connection.close()
        if self.postgresql:
            self.copy_database(self.model, self.name)
            # Rights on a database are not copied with it.
            self.admin(
                f"GRANT CONNECT, TEMPORARY ON DATABASE {self.name} TO {self.role}"
            )
            connection.settings_dict["NAME"] = self.name
        else:
            fold(self.pristine)
            connection.settings_dict["NAME"] = str(folder_file(self.folder))
            self.reset()

    @property
    def model(self) -> str:
        return f"{self.name}_model"

    def reset(self) -> None:
        """Go back to what was furnished."""
        connection.close()
        if self.postgresql:
            self.admin(f"DROP DATABASE {self.name} WITH (FORCE)")
            self.copy_database(self.model, self.name)
            return
        live = folder_file(self.folder)
        for tail in ("", "-wal", "-shm"):
            Path(f"{live}{tail}").unlink(missing_ok=True)
        shutil.copy(self.pristine, live)

    def drop(self) -> None:
        connection.close()
        connection.settings_dict.update(self.before)
        if self.postgresql:
            for name in (self.name, self.model):
                self.admin(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            self.admin(f"DROP OWNED BY {self.role}; DROP ROLE {self.role}")

    def admin(self, text: str, name: str = "postgres") -> None:
        with self.owner(name) as there:
            there.autocommit = True
            there.execute(text)

    def owner(self, name: str = "") -> psycopg.Connection:
        """Connect as the role that owns the tables."""
        options = connection.settings_dict
        return psycopg.connect(
            host=options["HOST"],
            port=options["PORT"],
            user=self.before["USER"],
            password=self.before["PASSWORD"],
            dbname=name or self.name,
        )

    def copy_database(self, old: str, new: str) -> None:
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
            sql.Identifier(new), sql.Identifier(old)
        )
        for _ in range(50):
            try:
                self.admin(statement)
            except psycopg.errors.ObjectInUse:
                # A connection of a test before may still be going away.
                time.sleep(0.2)
            else:
                return
        raise AssertionError(f"{old} is in use")

    @contextmanager
    def as_owner(self) -> Iterator[None]:
        """Let Django's connection be the owner's for a while."""
        connection.close()
        now = {key: connection.settings_dict[key] for key in ("USER", "PASSWORD")}
        connection.settings_dict.update(
            USER=self.before["USER"], PASSWORD=self.before["PASSWORD"]
        )
        yield
        connection.close()
        connection.settings_dict.update(now)


def folder_file(folder: Path) -> Path:
    return folder / "live.sqlite3"


def copy_file(old: Path, new: Path) -> None:
    with closing(sqlite3.connect(old)) as here, closing(sqlite3.connect(new)) as there:
        here.backup(there)


def fold(path: Path) -> None:
    """Make a database one plain file."""
    with closing(sqlite3.connect(path)) as there:
        there.execute("PRAGMA journal_mode=DELETE")


@dataclass
class Village:
    """What was furnished, by keys, so that nothing of it goes stale."""

    book: Book
    other: Book
    old: Book
    closed: Book
    accountant: User
    reviewer: User
    head: Head
    older: Head
    posted_draft: int
    open_draft: int


def furnish() -> Village:
    """Keep two villages' books for three months: everything a guard looks at."""
    collective = found()
    book, people = collective.book, collective.people
    world = collective.world
    other = _other(world, "东坡村", "990101001202", "QT", people)
    old = _other(world, "西坡村", "990101001203", "LS", people, regime="2004")
    shut = Book.objects.create(
        code="ALT",
        organisation=book.organisation,
        keeper="collective",
        regime="2023",
        name_zh="从前的账",
        begins_on=BEGINS,
        created_at=AT,
        closed_at=AT,
    )
    add_sub_account(book=book, code="10201", name="基本户", by=None, at=AT)
    for kind, code in (("project", "P1"), ("household", "H1")):
        add_item(book=book, kind=kind, code=code, name=code, by=None, at=AT)
    entries = [
        entry(BEGINS, line("102", 9_000), line("301", -9_000), kind="opening"),
        rent(date(2024, 1, 5)),
        lamps(date(2024, 1, 20)),
        rent(date(2024, 2, 5), 700),
        entry(
            date(2024, 2, 6),
            line("10201", 50, "灯", project="P1"),
            line("501", -50, "灯"),
        ),
        rent(date(2024, 3, 5), 800),
        lamps(date(2024, 3, 6), 20),
    ]
    post_many(book=book, entries=entries, **people)
    older = publish(book=book, at=AT)
    wrong = Voucher.objects.get(book=book, number=3)
    reverse(voucher=wrong, day=date(2024, 3, 7), **people)
    hands = {"by": collective.accountant, "reviewed_by": collective.reviewer, "at": AT}
    january = month_of(BEGINS)
    close_month(book=book, month=january, **hands)
    close_month(book=book, month=january + 1, **hands)
    reopen(book=book, reason="漏记一笔", decision=None, **hands)
    close_month(book=book, month=january + 1, **hands)
    posted = _draft(collective, date(2024, 3, 9), approved=True)
    waiting = _draft(collective, date(2024, 3, 10), approved=False)
    post(book=old, entry=rent(date(2024, 3, 5)), **people)
    head = publish(book=book, at=AT)
    return Village(
        book=book,
        other=other,
        old=old,
        closed=shut,
        accountant=collective.accountant,
        reviewer=collective.reviewer,
        head=Head(book.code, head.size, head.root),
        older=Head(book.code, older.size, older.root),
        posted_draft=posted,
        open_draft=waiting,
    )


def _other(world, name, number, code, people, regime="2023") -> Book:
    book = open_book(
        organisation=plant(name, "village", number, world.town),
        keeper="collective",
        regime=regime,
        code=code,
        name_zh=name,
        begins_on=BEGINS,
        by=people["by"],
        at=AT,
    )
    if regime == "2023":
        add_sub_account(book=book, code="10202", name="专户", by=None, at=AT)
        add_item(book=book, kind="project", code="Q1", name="Q1", by=None, at=AT)
        post_many(
            book=book,
            entries=[rent(date(2024, 1, 7)), lamps(date(2024, 3, 7))],
            **people,
        )
    return book


def _draft(collective, day: date, *, approved: bool) -> int:
    draft = drafts.write(
        book=collective.book,
        day=day,
        lines=rent(day, 60).lines,
        by=collective.accountant,
        at=AT,
    )
    upload = Upload.objects.create(
        sha256=f"{draft.pk:064x}",
        path=f"{draft.pk}.jpg",
        media_type="image/jpeg",
        width=1,
        height=1,
        size_bytes=1,
        created_at=datetime(2024, 3, 1, tzinfo=UTC),
    )
    Paper.objects.create(draft=draft, upload=upload, added_at=AT)
    if approved:
        draft = drafts.submit(
            draft=draft, version=draft.version, by=collective.accountant, at=AT
        )
        drafts.approve(
            draft=draft, version=draft.version, by=collective.reviewer, at=AT
        )
    return draft.pk


def state(village: Village) -> dict[str, object]:
    """Everything that must stay: rows, balances by the engine, a verification."""
    teach_sqlite()
    found: dict[str, object] = {}
    with connection.cursor() as cursor:
        for table in GUARDED:
            cursor.execute(f"SELECT * FROM {table} ORDER BY id")
            found[table] = cursor.fetchall()
    for book in (village.book, village.other):
        days = (date(2024, 1, 1), date(2024, 3, 31))
        found[f"balances of {book.code}"] = trial_balance(summed(book, days[1]), *days)
    report = verify(heads=[village.head, village.older])
    found["verification"] = (report.break_count, report.breaks, report.vouchers)
    return found
