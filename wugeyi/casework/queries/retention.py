"""What is kept, why and how long, in the reader's language."""

from dataclasses import dataclass

from django.utils.translation import get_language

from wugeyi.casework.models import Retention


@dataclass(frozen=True, slots=True)
class Kept:
    """One row of the retention table as people read it; ``days`` after the end."""

    name: str
    purpose: str
    days: int
    basis: str
    verified: bool


def kept() -> list[Kept]:
    """Return every row in order; one query."""
    return [_shown(row) for row in Retention.objects.order_by("pk")]


def kept_of(field: str) -> Kept | None:
    """Return the row of one field; None where the installation has none."""
    row = Retention.objects.filter(field=field).first()
    return _shown(row) if row is not None else None


def _shown(row: Retention) -> Kept:
    english = (get_language() or "").startswith("en")
    purpose = row.purpose_en if english else row.purpose
    return Kept(str(row), purpose, row.days, row.basis, row.verified)
