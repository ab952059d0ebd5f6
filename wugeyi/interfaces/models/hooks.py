"""Where other programs are told of what happened, what, and what came of it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from wugeyi.organisations.models import Organisation


class Target(models.Model):
    """An address that is told. Its secret follows from ours and the nonce."""

    class State(models.TextChoices):
        ACTIVE = "active", _("正常")
        PAUSED = "paused", _("已暂停")
        STOPPED = "stopped", _("长时间送不到，已停")

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(_("名称"), max_length=80)
    url = models.CharField(_("网址"), max_length=500)
    # The secret is an HMAC of this under the installation's secret: whoever reads the
    # table alone cannot sign.
    nonce = models.CharField(max_length=32)
    state = models.CharField(max_length=8, choices=State, default=State.ACTIVE)
    # How far of the audit's chain it was told (AuditSeal.position).
    position = models.BigIntegerField(default=0)
    # Since when nothing got through; None: the last one did.
    failing_since = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    next_at = models.DateTimeField()
    # Some process sends to it until then: two at once would break the order.
    held_until = models.DateTimeField(null=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=["organisation", "-id"], name="hook_unit"),
            models.Index(
                fields=["next_at"],
                name="hook_active",
                condition=models.Q(state="active", removed_at=None),
            ),
        )

    def __str__(self) -> str:
        return self.name


class Interest(models.Model):
    """A kind of event a target wants to hear of."""

    target = models.ForeignKey(
        Target, on_delete=models.CASCADE, related_name="interests"
    )
    event = models.CharField(max_length=40)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["target", "event"], name="hook_interest_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.target_id}: {self.event}"


class Delivery(models.Model):
    """One message to one target: written once, sent until it is taken."""

    target = models.ForeignKey(
        Target, on_delete=models.CASCADE, related_name="deliveries"
    )
    # The same in every try: a receiver that hears twice knows it.
    message = models.UUIDField(unique=True)
    event = models.CharField(max_length=40)
    body = models.TextField()
    made_at = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    tried_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    # What it answered last; None: nothing.
    status = models.PositiveSmallIntegerField(null=True)
    # Names a sentence of ours; never the other side's words.
    problem = models.CharField(max_length=20, blank=True)

    class Meta:
        indexes = (
            models.Index(
                fields=["target", "id"],
                name="hook_waiting",
                condition=models.Q(delivered_at=None),
            ),
            models.Index(fields=["target", "-id"], name="hook_log"),
            models.Index(fields=["delivered_at"], name="hook_done"),
        )

    def __str__(self) -> str:
        return f"{self.event} → {self.target_id}"
