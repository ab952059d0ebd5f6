from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection

from wugeyi.figures import catalogue
from wugeyi.organisations import actions
from wugeyi.organisations.models import Organisation

AT = datetime(2026, 1, 2, 1, 0, tzinfo=UTC)
UNITS = (
    ("52", "province", None),
    ("5201", "city", "52"),
    ("A", "county", "5201"),
    ("B", "county", "5201"),
    ("A1", "town", "A"),
    ("A2", "town", "A"),
    ("B1", "town", "B"),
    ("A11", "village", "A1"),
    ("A12", "community", "A1"),
    ("A21", "village", "A2"),
    ("B11", "village", "B1"),
)


@pytest.fixture
def things(db) -> Iterator[None]:
    """A source of its own, in a table of its own, instead of those of the apps."""
    before = catalogue.files()
    catalogue._files.clear()
    catalogue.register("tests", Path(__file__).with_name("measures.toml"))
    with connection.cursor() as cursor:
        moment = "timestamp with time zone" if connection.vendor != "sqlite" else "text"
        cursor.execute(
            "CREATE TABLE tests_thing (id integer PRIMARY KEY, organisation_id bigint,"
            f" held_on date, ended_on date, made_at {moment}, amount bigint,"
            " person varchar(20), topic varchar(20), good varchar(3),"
            " withdrawn integer)"
        )
    yield
    catalogue._files.clear()
    catalogue._files.update(before)
    catalogue.forget()


@pytest.fixture
def tree(db) -> dict[str, Organisation]:
    units: dict[str, Organisation] = {}
    for code, kind, parent in UNITS:
        units[code] = actions.add_organisation(
            code=code,
            name=f"{code}单位",
            kind=kind,
            parent=units.get(parent or ""),
            by=None,
            at=AT,
        )
    return units
