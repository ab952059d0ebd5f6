"""Events and the seals that chain them. No foreign keys: history outlives what it names.

Events and seals are only ever added: triggers in the database refuse to change or
delete them (migration 0001).
"""

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
    subject_type = models.CharField(max_length=60, blank=True)
    subject_id = models.BigIntegerField(null=True)
    organisation_id = models.BigIntegerField(null=True)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    # PostgreSQL: the writing transaction's number, filled by the column's default
    # (migration 0001), so that sealing knows below which point nothing can still
    # arrive. SQLite has one writer at a time, ids already come in order: 0.
    # The one column that is not sealed: it means something on one server only.
    writer = models.BigIntegerField(db_default=0, editable=False)

    class Meta:
        indexes = (
            models.Index(
                fields=["subject_type", "subject_id", "id"], name="audit_subject"
            ),
            models.Index(fields=["actor_id", "id"], name="audit_actor"),
            models.Index(fields=["organisation_id", "id"], name="audit_organisation"),
            models.Index(fields=["writer", "id"], name="audit_order"),
            models.Index(fields=["action", "id"], name="audit_action"),
            models.Index(fields=["at", "id"], name="audit_at"),
        )

    def __str__(self) -> str:
        return f"{self.at:%F %T} {self.actor_name} {self.action} {self.subject_type}"


class AuditSeal(models.Model):
    """A link of the chain: position, the event it holds, and the digest up to here."""

    # Counts from 1 without gaps.
    position = models.BigIntegerField(primary_key=True)
    event_id = models.BigIntegerField(unique=True)
    # The event's place in the order of sealing; the next batch goes on behind it.
    writer = models.BigIntegerField(default=0, editable=False)
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.position}:{self.digest}"


class AuditHead(models.Model):
    """A head that was published: whoever kept it can prove nothing before it changed."""

    position = models.BigIntegerField(unique=True)
    digest = models.CharField(max_length=64)
    published_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.position}:{self.digest}"
