"""What every record has: who wrote it down when, and which page it came from."""

from collections.abc import Mapping
from typing import TypeVar

from django.conf import settings
from django.db import models
from django.utils.functional import Promise

Code = TypeVar("Code", bound=str)


class Recorded(models.Model):
    """Who wrote it down, when; the same page sent twice is one record."""

    client_id = models.UUIDField(null=True, unique=True, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        abstract = True

    @property
    def unit_id(self) -> int:
        """The organisation it belongs to: that of its books, unless it says otherwise."""
        return int(self.book.organisation_id)  # type: ignore[attr-defined]


class Versioned(Recorded):
    """A record whose columns may be put right; counts every write."""

    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True


def choices(names: Mapping[Code, Promise]) -> list[tuple[str, Promise]]:
    """Return codes with their names as a field wants them."""
    return [(str(code.value), name) for code, name in names.items()]  # type: ignore[attr-defined]
