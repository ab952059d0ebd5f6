import pytest
from django.core.cache import cache
from django.http import HttpResponse


@pytest.fixture(autouse=True)
def fresh_counts() -> None:
    """How often an address asked in other tests counts for nothing."""
    cache.clear()


@pytest.fixture
def bare_refusals(monkeypatch: pytest.MonkeyPatch) -> None:
    """No page around a refusal: each is the same, and one is looked at in test_matrix.py."""
    monkeypatch.setattr(
        "wugeyi.ui.views.error",
        lambda request, status, title, text: HttpResponse(title, status=status),
    )
