"""One text, one digest: the engines against each other and against the slow answer."""

import sqlite3
from datetime import UTC, datetime

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tally import scale
from wugeyi.engines.tally.extract import KeyKind, open_extract
from wugeyi.engines.tally.kernel import Engine, answer, by_sql, rows_of
from wugeyi.engines.tally.rollup import Asked, digest, sql

MIDDLE = datetime(2025, 12, 15, 7, tzinfo=UTC)
TABLES = """
CREATE {kind} TABLE facts (measure integer, path {text}, day date,
  record bigint, records integer,
  value bigint, key {key}, dimension text, recorded_at {moment});
CREATE {kind} TABLE units (unit text, path {text}, valid_from date, valid_until date)
"""
QUESTIONS = {
    "all": scale.question(),
    "as of": scale.question(MIDDLE),
    "one level": scale.question(depths=(2,)),
    "gaps": scale.question(MIDDLE, depths=(1, 3)),
    "distinct": scale.question(
        indicators=[Asked("people", scale.PARTS["distinct"], scale.OTHER)]
    ),
    "latest": scale.question(indicators=[Asked("beds", scale.PARTS["latest"])]),
}


@pytest.fixture(scope="module")
def world():
    return scale.world(7)


@pytest.fixture(scope="module")
def expected(world):
    return {
        name: digest(scale.answered(world.units, world.facts, asked))
        for name, asked in QUESTIONS.items()
    }


@pytest.fixture(scope="module")
def folder(world, tmp_path_factory):
    return world.write(tmp_path_factory.mktemp("extract"))


@pytest.fixture(scope="module")
def sqlite(world):
    base = sqlite3.connect(":memory:")
    base.executescript(TABLES.format(kind="", text="text", key="text", moment="text"))
    base.executemany(
        "INSERT INTO facts VALUES (?,?,?,?,?,?,?,?,?)",
        # As Django stores them.
        [
            (*f[:2], str(f.day), *f[3:8], str(f.recorded_at.replace(tzinfo=None)))
            for f in world.facts
        ],
    )
    stays = [(u, p, str(a), b and str(b)) for u, p, a, b in world.units]
    base.executemany("INSERT INTO units VALUES (?,?,?,?)", stays)
    yield base
    base.close()


@pytest.mark.parametrize("name", QUESTIONS)
def test_sqlite(sqlite, expected, name):
    assert digest(sqlite.execute(sql(QUESTIONS[name]))) == expected[name]


@pytest.mark.postgresql
@pytest.mark.django_db
def test_postgresql(world, expected):
    text = 'text COLLATE "C"'
    made = TABLES.format(kind="TEMPORARY", text=text, key="text", moment="timestamptz")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL TIME ZONE 'Asia/Shanghai'")
        cursor.execute(made)
        for table, rows in (("facts", world.facts), ("units", world.units)):
            marks = ", ".join(["%s"] * len(rows[0]))
            cursor.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
        for name, asked in QUESTIONS.items():
            cursor.execute(sql(asked))
            assert digest(cursor.fetchall()) == expected[name], name
        cursor.execute("DROP TABLE facts, units")


@pytest.mark.parametrize("name", QUESTIONS)
@pytest.mark.parametrize("engine", [Engine.KERNEL, Engine.SQL])
def test_extract(folder, expected, name, engine):
    asked = QUESTIONS[name]
    found = answer(open_extract(folder, asked.months), asked, engine=engine)
    assert digest(rows_of(found)) == expected[name]


def test_duckdb_over_all_months_at_once(folder, expected):
    import duckdb

    relations = {
        name: f"read_parquet('{folder}/*/{name}.parquet')"
        for name in ("facts", "units")
    }
    with duckdb.connect() as base:
        for name, asked in QUESTIONS.items():
            rows = base.execute(sql(asked, **relations)).fetchall()
            assert digest(rows) == expected[name], name


@given(seed=st.integers(0, 10**6), numbers=st.booleans())
@settings(max_examples=12, deadline=None)
def test_the_kernel_in_any_world(tmp_path_factory, seed, numbers):
    world = scale.world(seed, 400, numbers=numbers)
    kind = KeyKind.NUMBER if numbers else KeyKind.TEXT
    folder = world.write(tmp_path_factory.mktemp("any"), kind=kind)
    for asked in (scale.question(), scale.question(MIDDLE, depths=(0, 2, 3))):
        found = answer(open_extract(folder, asked.months), asked, engine=Engine.KERNEL)
        right = digest(scale.answered(world.units, world.facts, asked))
        assert digest(rows_of(found)) == right


def test_rows_come_in_order(folder):
    asked = QUESTIONS["all"]
    extract = open_extract(folder, asked.months)
    rows = [*rows_of(answer(extract, asked, engine=Engine.KERNEL))]
    assert rows == sorted(rows)
    assert rows == [*rows_of(by_sql(extract, asked, threads=1))]
