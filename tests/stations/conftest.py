from collections.abc import Iterator
from copy import deepcopy

import pytest
from django.db import transaction

from tests.casework.world import build
from tests.stations.place import Ground, ground


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker) -> Iterator[Ground]:
    """Built once for each file; every test undoes what it adds."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield ground(build())
        transaction.set_rollback(True)


@pytest.fixture
def here(built: Ground, db: None) -> Ground:
    return deepcopy(built)
