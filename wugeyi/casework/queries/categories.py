"""What a need may be about; read for every report and every list, so kept for seconds."""

from django.utils.translation import get_language

from wugeyi.casework.models import Category
from wugeyi.organisations.kept import Kept


def _read(_wanted: set[None]) -> dict[None, list[Category]]:
    rows = list(Category.objects.all())
    by_key = {row.pk: row for row in rows}
    for row in rows:
        # A join would make each heading anew for each row.
        if row.parent_id in by_key:
            row.parent = by_key[row.parent_id]
    return {None: rows}


_kept = Kept(_read)


def _all() -> list[Category]:
    return _kept.one(None) or []


def active() -> list[Category]:
    """Return every category in use, headings included, in their order.

    One query, or none while they are kept: the rows are shared, do not change them.
    """
    return [row for row in _all() if row.active]


def by_key() -> dict[int, Category]:
    """Return every category by its key, those no longer in use as well."""
    return {row.pk: row for row in _all()}


def category_names() -> dict[int, str]:
    """Return the name of every category in the reader's language; one query or none."""
    if get_language() == "en":
        return {row.pk: row.name_en for row in _all()}
    return {row.pk: row.name for row in _all()}
