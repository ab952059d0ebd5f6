"""A table someone sent, with what was found in it, until it is accepted or thrown away."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Batch(models.Model):
    """One file, one reading of it. Nothing is written elsewhere until ``accepted_at``."""

    class Status(models.TextChoices):
        PREVIEWED = "previewed", _("待确认")
        ACCEPTED = "accepted", _("已导入")
        DISCARDED = "discarded", _("已放弃")

    kind = models.CharField(max_length=40)
    filename = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64, db_index=True)
    content = models.BinaryField()
    status = models.CharField(max_length=12, choices=Status, default=Status.PREVIEWED)
    rows = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    accepted_at = models.DateTimeField(null=True)
    summary = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return f"{self.filename} ({self.get_status_display()})"
