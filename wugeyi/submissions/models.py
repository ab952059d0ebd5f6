"""What phones sent: the first answer to each id, photographs on their way, conflicts."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class Submission(models.Model):
    """Something that was taken once, and the answer that was given."""

    client_id = models.UUIDField(unique=True)
    kind = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    organisation = models.ForeignKey(
        "organisations.Organisation",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    url = models.CharField(max_length=500)
    text = models.CharField(max_length=500)
    key = models.CharField(max_length=80, blank=True)
    staff_url = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    # By the phone's own clock, which may be years off.
    written_at = models.DateTimeField(null=True)
    # Between two readings of the phone's clock; nothing if it was set in between.
    waited_seconds = models.PositiveIntegerField(null=True)
    received_at = models.DateTimeField(db_index=True)
    # The local day on which the phone's queue brought it; nothing if its writer was
    # looking on. Such a row stays when its answer is forgotten: figures count it.
    queued_on = models.DateField(null=True)

    def __str__(self) -> str:
        return f"{self.kind} {self.client_id}"


class Photo(models.Model):
    """A photograph on its way: some of it, or all, or the reason it was not taken.

    The phone made its key. The part that arrived lies in a file of its own until the
    whole is written anew as an upload.
    """

    id = models.UUIDField(primary_key=True)
    size_bytes = models.PositiveIntegerField()
    received_bytes = models.PositiveIntegerField(default=0)
    upload = models.ForeignKey(
        "uploads.Upload", null=True, on_delete=models.PROTECT, related_name="+"
    )
    problem = models.CharField(max_length=300, blank=True)
    touched_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(received_bytes__lte=models.F("size_bytes")),
                name="submissions_photo_part",
            ),
        )

    def __str__(self) -> str:
        return str(self.id)


class Conflict(models.Model):
    """Other content under an id that was taken: kept as it was sent, for review."""

    submission = models.ForeignKey(
        Submission, on_delete=models.PROTECT, related_name="conflicts"
    )
    kind = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    # The form as it was sent, urlencoded; read by people only.
    content = models.TextField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    written_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField()
    note = models.CharField(max_length=300, blank=True)
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["submission", "digest"], name="submissions_conflict_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.submission} ≠ {self.digest[:8]}"


class ConflictPhoto(models.Model):
    """A photograph that came with other content."""

    conflict = models.ForeignKey(
        Conflict, on_delete=models.CASCADE, related_name="photos"
    )
    upload = models.ForeignKey(
        "uploads.Upload", on_delete=models.PROTECT, related_name="+"
    )

    def __str__(self) -> str:
        return f"{self.conflict_id}: {self.upload_id}"
