"""Events and the seals that chain them. No foreign keys: history outlives what it names."""

from django.db import models


class AuditEvent(models.Model):
    """One act, written in the transaction of the act.

    ``before`` and ``after`` are canonical JSON texts of the changed fields;
    personal values stand in them only as salted hashes (see ``audit.rules``).
    """

    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=60, blank=True)
    action = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField(null=True)
    organisation_id = models.BigIntegerField(null=True)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    # PostgreSQL: the writing transaction's id, filled by a column default, so that
    # sealing knows below which point nothing can still arrive. SQLite: 0.
    writer = models.BigIntegerField(default=0, editable=False)

    class Meta:
        indexes = (
            models.Index(fields=["subject_type", "subject_id", "id"], name="audit_subject"),
            models.Index(fields=["actor_id", "id"], name="audit_actor"),
            models.Index(fields=["organisation_id", "id"], name="audit_organisation"),
        )

    def __str__(self) -> str:
        return f"{self.at:%F %T} {self.actor_name} {self.action} {self.subject_type} {self.subject_id}"


class AuditSeal(models.Model):
    """A link of the chain: position, the event it holds, and the digest up to here."""

    position = models.BigIntegerField(primary_key=True)
    event_id = models.BigIntegerField(unique=True)
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.position}:{self.digest}"


class AuditHead(models.Model):
    """A head that was published: whoever kept it can prove nothing before it was changed."""

    position = models.BigIntegerField(unique=True)
    digest = models.CharField(max_length=64)
    published_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.position}:{self.digest}"
