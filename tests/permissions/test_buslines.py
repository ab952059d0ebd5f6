"""Rows of the matrix about bus lines: one line with one of everything, for all of them."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from tests.casework.world import build
from tests.permissions.setups_buslines import SETUPS, Stage, whole
from tests.permissions.test_matrix import ROWS, Keys, Row, inside, keys_of, of_lines

Built = tuple[Stage, Keys]


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker) -> Iterator[Built]:
    """Built once, everybody signed in once; each row undoes what it writes."""
    with django_db_blocker.unblock(), transaction.atomic():
        made = whole(build())
        yield made, keys_of(made.bus.world)
        transaction.set_rollback(True)


@pytest.mark.parametrize("row", [row for row in ROWS if of_lines(row)], ids=str)
def test_row(row: Row, built: Built, db: None, bare_refusals: None) -> None:
    made, keys = built
    kwargs, data = SETUPS[row.setup](made)
    assert sorted(inside(row, keys, kwargs, data)) == sorted(row.may)
