from collections.abc import Iterator

import pytest
from django.db import transaction

from tests.books.collective import Collective, found


@pytest.fixture(scope="module")
def founded(django_db_setup, django_db_blocker) -> Iterator[Collective]:
    """The village and its books, built once for a module."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield found()
        transaction.set_rollback(True)


@pytest.fixture
def village(founded: Collective, db: None) -> Collective:
    return founded
