import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def fresh_counts() -> None:
    """How often an address asked in other tests counts for nothing."""
    cache.clear()
