"""What every record has: who wrote it down when, and which page it came from."""

from django.conf import settings
from django.db import models


class Recorded(models.Model):
    """Who wrote it down, when; the same page sent twice is one record."""

    client_id = models.UUIDField(null=True, unique=True, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField()
    # Counts every write, so that nobody overwrites what they have not seen.
    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True
