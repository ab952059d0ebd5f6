"""Pages behind a key."""

from typing import TypeVar

from django.db.models import Model, QuerySet

from wugeyi.interfaces.registry import Asked

Row = TypeVar("Row", bound=Model)


def whole(text: str) -> int:
    """Read the key of a row; 0 for anything else, so that a broken link begins anew."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def behind(rows: QuerySet[Row], asked: Asked) -> list[Row]:
    """Return the rows behind a key, by key; one query."""
    return list(rows.filter(pk__gt=whole(asked.after)).order_by("pk")[: asked.size])
