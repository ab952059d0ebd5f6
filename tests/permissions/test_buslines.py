"""Rows of the matrix about bus lines: one line with one of everything, for all of them."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from tests.casework.world import build
from tests.permissions.setups_buslines import SETUPS, Stage, whole
from tests.permissions.test_matrix import ROWS, Row, inside, of_lines


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker) -> Iterator[Stage]:
    """Built once; each row undoes what it writes."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield whole(build())
        transaction.set_rollback(True)


@pytest.mark.parametrize("row", [row for row in ROWS if of_lines(row)], ids=str)
def test_row(row: Row, built: Stage, db: None) -> None:
    kwargs, data = SETUPS[row.setup](built)
    found = inside(row, built.bus.world, kwargs, data)
    assert sorted(found) == sorted(row.may)
