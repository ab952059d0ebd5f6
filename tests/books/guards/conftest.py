from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.books.guards.ground import Ground, Village, furnish, state


@dataclass
class Field:
    """The furnished books and what they are while nobody has attacked."""

    ground: Ground
    village: Village
    state: dict[str, object]


@pytest.fixture(scope="module")
def transactional_db(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Tests of this folder work on databases of their own, copied from the test one."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture(scope="module")
def ground(transactional_db, tmp_path_factory) -> Iterator[Field]:
    made = Ground(tmp_path_factory.mktemp("ground"))
    kept: list[Village] = []
    try:
        made.make(lambda: kept.append(furnish()))
        yield Field(made, kept[0], state(kept[0]))
    finally:
        made.drop()
