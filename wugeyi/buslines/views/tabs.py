"""The kinds of records as tabs."""

from typing import Any

from django.urls import reverse

from wugeyi.buslines.models import Line
from wugeyi.buslines.views.kinds import ORDER, label_of


def record_tabs(line: Line, current: str) -> list[dict[str, Any]]:
    """Return a tab for each page of records."""
    return [
        {
            "url": reverse("buslines:records", args=[line.pk, name]),
            "label": label_of(name),
            "current": name == current,
            "count": None,
        }
        for name in ORDER
    ]
