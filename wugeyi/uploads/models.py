"""Pictures people sent, after re-encoding."""

from django.conf import settings
from django.db import models


class Upload(models.Model):
    """A re-encoded picture; the file is named by the SHA-256 of its own bytes."""

    sha256 = models.CharField(max_length=64, db_index=True)
    path = models.CharField(max_length=120)
    media_type = models.CharField(max_length=40)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    size_bytes = models.PositiveIntegerField()
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    def __str__(self) -> str:
        return self.path
