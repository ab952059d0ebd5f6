"""Long work that somebody asked for, and how far it is."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Work(models.Model):
    """A piece of long work: asked for on a page, done by the worker process.

    What is to be done stands in the row that ``subject`` names, in the app that
    registered the kind (``jobs.registry.work``). There is at most one unfinished piece
    of work of a kind for a subject: asking twice gives the same.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("排队中")
        RUNNING = "running", _("正在算")
        DONE = "done", _("算好了")
        FAILED = "failed", _("没有算成")
        CANCELLED = "cancelled", _("已取消")

    # As registered, such as "circles.siting".
    kind = models.CharField(max_length=40)
    # The key of the row it works for, as text.
    subject = models.CharField(max_length=40)
    # No foreign key: the register of organisations lies above this app.
    organisation_id = models.BigIntegerField(null=True)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    # How often it was begun; what was lost with its process is begun once more.
    attempts = models.PositiveSmallIntegerField(default=0)
    started_at = models.DateTimeField(null=True)
    # Written every few seconds while its process lives.
    heartbeat_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    cancel_asked = models.BooleanField(default=False)
    done_parts = models.PositiveIntegerField(default=0)
    # 0: nobody can tell.
    all_parts = models.PositiveIntegerField(default=0)
    # Names a sentence of the kind; ``value`` fills it.
    message = models.CharField(max_length=40, blank=True)
    value = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["kind", "subject"],
                condition=models.Q(state__in=["queued", "running"]),
                name="work_one_unfinished",
            ),
        )
        indexes = (
            models.Index(
                fields=["state", "id"],
                condition=models.Q(state__in=["queued", "running"]),
                name="work_waiting",
            ),
            models.Index(fields=["kind", "subject", "-id"], name="work_subject"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.subject} {self.state}"

    @property
    def unfinished(self) -> bool:
        """Tell whether it is still waiting or under way."""
        return self.state in {self.State.QUEUED, self.State.RUNNING}
