from pathlib import Path

import pytest

TEMPLATES = str(Path(__file__).parent / "templates")


@pytest.fixture
def with_sheet(settings) -> None:
    """The test's own pages, found by Django's template engine."""
    settings.ROOT_URLCONF = "tests.ui.urls"
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [TEMPLATES]}]
