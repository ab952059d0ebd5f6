"""None of the attacks changes a row, a balance or the proof, on either database.

On PostgreSQL the connection is of a role that owns no table, and that posted,
closed and published everything that is attacked.
"""

import sqlite3

import pytest
from django.db import DatabaseError, connection, transaction

from tests.books.guards.attacks import ATTACKS, BOTH, Attack, on
from tests.books.guards.forge import Forge
from tests.books.guards.ground import GUARDED, state
from wugeyi.books.adapter.leaves import teach_sqlite

HERE = [each for each in ATTACKS if each.on in (BOTH, connection.vendor)]
# What a database may say no with.
NO = (DatabaseError, sqlite3.Error, ValueError, OverflowError)


def run(attack: Attack, forge: Forge) -> str:
    """Commit the attack if the database lets it; return what it said."""
    teach_sqlite()
    made = attack.steps(forge)
    steps = [made] if isinstance(made, tuple) else made
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            for text, values in steps:
                cursor.execute(text, values or None)
    except NO as error:
        return str(error) or type(error).__name__
    return ""


@pytest.mark.parametrize("attack", HERE, ids=lambda each: each.name)
def test_nothing_changes(ground, attack):
    said = run(attack, Forge(ground.village))
    after = state(ground.village)
    if after != ground.state:
        ground.ground.reset()
    assert after == ground.state
    assert said or attack.silent
    if attack.words:
        assert any(word in said for word in attack.words), said


def test_there_are_enough_attacks_on_each():
    for vendor in ("sqlite", "postgresql"):
        assert len(list(on(vendor))) >= 60
    names = [each.name for each in ATTACKS]
    assert len(names) == len(set(names))


def test_what_attacks_deviate_from_is_accepted(ground):
    """Else every attack would be refused for a fault of its own."""
    forge = Forge(ground.village)
    good = (
        ("a voucher", forge.voucher),
        ("a reversal", lambda: forge.mirror(6)),
        (
            "a closing",
            lambda: [forge.sums(forge.next_id("books_closing")), forge.closing()],
        ),
        ("books", lambda: forge.book()),
    )
    for name, steps in good:
        said = run(Attack(name, lambda f, steps=steps: steps()), forge)
        assert said == "", (name, said)
        assert state(ground.village) != ground.state
        ground.ground.reset()


def test_no_guarded_column_is_left_out(ground):
    """Every column of a table whose rows are only added is refused by an UPDATE."""
    refused = 0
    for table in GUARDED[:6]:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {table} LIMIT 1")
            columns = [each[0] for each in cursor.description]
        for column in columns:
            with (
                pytest.raises(DatabaseError),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(f"UPDATE {table} SET {column} = {column}")
            refused += 1
    assert refused > 40
    assert state(ground.village) == ground.state
