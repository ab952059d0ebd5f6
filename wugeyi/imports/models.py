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
    # Empty when the command line read the file from disk: the digest stays.
    content = models.BinaryField(default=bytes, blank=True)
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


class BatchFinding(models.Model):
    """Something noticed in a batch. ``code`` names the sentence, the rest fills it."""

    class Severity(models.TextChoices):
        ERROR = "error", _("错误")
        WARNING = "warning", _("提醒")
        INFO = "info", _("说明")

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="findings")
    severity = models.CharField(max_length=8, choices=Severity)
    # Line of the file, counted from 1; 0: the file as a whole.
    line = models.PositiveIntegerField(default=0)
    code = models.CharField(max_length=40)
    value = models.CharField(max_length=200, blank=True)
    other = models.CharField(max_length=200, blank=True)
    other_line = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = (
            models.Index(fields=["batch", "severity", "id"], name="finding_severity"),
        )

    def __str__(self) -> str:
        return f"{self.line}: {self.code} {self.value}"
