import pytest

from tests.services.desk import Desk, open_desk


@pytest.fixture
def desk(db) -> Desk:
    return open_desk()
