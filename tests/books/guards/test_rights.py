"""Everyday work is done as a role that owns nothing; a backup brings books back whole."""

import importlib

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection

from tests.books.collective import AT, rent
from tests.books.guards.forge import Forge, ask
from tests.books.guards.ground import GUARDED, state
from wugeyi.backup.actions import make, restore
from wugeyi.backup.errors import Stopped
from wugeyi.backup.gateway import rights
from wugeyi.books.actions.posting import post
from wugeyi.books.queries.verification import verify


def people(village) -> dict:
    return {
        "prepared_by": village.accountant,
        "reviewed_by": village.reviewer,
        "by": village.reviewer,
        "at": AT,
    }


@pytest.mark.postgresql
def test_the_role_owns_nothing_and_may_only_add(ground):
    assert connection.settings_dict["USER"] == ground.ground.role
    assert ask("SELECT current_user") == ground.ground.role
    assert ask("SELECT count(*) FROM pg_tables WHERE tableowner = current_user") == 0
    given = "SELECT has_table_privilege(%s, %s)"
    for table in GUARDED[:6]:
        assert ask(given, table, "SELECT")
        assert ask(given, table, "INSERT")
        for right in ("UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER"):
            assert not ask(given, table, right), (table, right)
    for table in GUARDED[6:8]:
        assert ask(given, table, "UPDATE")
        assert not ask(given, table, "DELETE")
    for table in ("audit_auditevent", "audit_auditseal"):
        assert not ask(given, table, "DELETE")
    assert not ask("SELECT has_schema_privilege('public', 'CREATE')")


@pytest.mark.postgresql
def test_the_clock_s_work_is_done_by_that_role(ground, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    call_command("audit", "publish")
    call_command("audit", "verify")
    call_command("books", "heads")
    call_command("tick")
    ground.ground.reset()


@pytest.mark.postgresql
def test_a_role_that_may_anything_is_not_granted_anything(ground):
    with ground.ground.as_owner():
        for role in (str(connection.settings_dict["USER"]), "nobody_there"):
            with pytest.raises(Stopped):
                rights.grant(role)
        done = rights.grant(ground.ground.role)
    assert any(
        each.startswith('GRANT SELECT, INSERT ON public."books_voucher"')
        for each in done
    )
    # PostgreSQL itself would only warn.
    with pytest.raises(Stopped):
        rights.grant(ground.ground.role)


def test_sqlite_has_no_roles():
    if connection.vendor == "sqlite":
        with pytest.raises(Stopped):
            rights.grant("x")


@pytest.mark.parametrize(
    ("words", "user"),
    [
        ("serve", "app"),
        ("tick", "app"),
        ("audit seal", "app"),
        ("audit rebase", "owner"),
        ("migrate", "owner"),
        ("migrate books", "owner"),
        ("migratex", "app"),
        ("restore b.tar", "owner"),
    ],
)
def test_only_what_changes_tables_is_done_as_the_owner(monkeypatch, words, user):
    module = importlib.import_module("wugeyi.settings")
    monkeypatch.setenv("WUGEYI_DATABASE_URL", "postgresql://app:a@h:1/d")
    monkeypatch.setenv("WUGEYI_OWNER_URL", "postgresql://owner:b@h:1/d")
    monkeypatch.setattr("sys.argv", ["wugeyi", *words.split()])
    assert module.database()["USER"] == user
    assert module.application_role() == "app"
    monkeypatch.delenv("WUGEYI_OWNER_URL")
    assert module.database()["USER"] == "app"
    assert module.application_role() == ""


def test_a_backup_brings_the_books_back_with_their_guards(ground, settings, tmp_path):
    village = ground.village
    settings.DATA_DIR = tmp_path / "data"
    settings.MEDIA_ROOT = tmp_path / "data" / "uploads"
    settings.APPLICATION_ROLE = ground.ground.role
    before = state(village)
    call_command("books", "heads")
    path = tmp_path / "b.tar"
    make(path=path, at=AT)
    post(
        book=village.book,
        entry=rent(village.book.begins_on.replace(month=3)),
        **people(village),
    )
    assert state(village) != before
    with ground.ground.as_owner():
        done = restore(path=path, at=AT, force=True)
    assert (done.audit.finding_count, done.books.break_count) == (0, 0)
    assert done.books.vouchers == 12
    assert (tmp_path / "data" / "heads" / "books.txt").exists()
    after = state(village)
    changed = {key for key in before if before[key] != after[key]}
    # Only what was published just before the backup is new.
    assert changed <= {"books_head"}
    assert verify(heads=[village.head, village.older]).break_count == 0
    # The guards hold, and work goes on.
    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute(*Forge(village).line(Forge(village).id_of(6), 3, ("101", 5, 0)))
    made = post(
        book=village.book,
        entry=rent(village.book.begins_on.replace(month=3)),
        **people(village),
    )
    assert made.number == 10
    ground.ground.reset()


def test_emptying_everything_passes_the_guards_and_puts_them_back(ground):
    with ground.ground.as_owner():
        call_command("flush", interactive=False, verbosity=0)
        assert ask("SELECT count(*) FROM books_voucher") == 0
        report = verify()
    assert report.break_count == 0
    ground.ground.reset()
