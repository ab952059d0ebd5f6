import pytest

from tests.books.collective import Collective, found


@pytest.fixture
def collective(db: None) -> Collective:
    return found()
