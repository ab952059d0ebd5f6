"""Hours of service, and certificates of them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from wugeyi.organisations.models import Organisation
from wugeyi.volunteering.models.activities import Activity
from wugeyi.volunteering.models.deeds import Deed
from wugeyi.volunteering.models.helps import Help
from wugeyi.volunteering.models.people import Volunteer

PERSON = settings.AUTH_USER_MODEL


class Hours(models.Model):
    """From when to when somebody did what; counts once confirmed by somebody else."""

    class Kind(models.TextChoices):
        HELP = "help", _("闪帮")
        PUBLICITY = "publicity", _("闪宣")
        CLEANUP = "cleanup", _("闪除")
        ACTIVITY = "activity", _("社区活动")
        OTHER = "other", _("别的志愿服务")

    class State(models.TextChoices):
        CLAIMED = "claimed", _("等确认")
        CONFIRMED = "confirmed", _("已确认")
        REFUSED = "refused", _("没有确认")
        WITHDRAWN = "withdrawn", _("本人撤回")

    class How(models.TextChoices):
        HELPED = "helped", _("被帮的人确认")
        STAFF = "staff", _("社区确认")

    client_id = models.UUIDField(unique=True)
    volunteer = models.ForeignKey(
        Volunteer, on_delete=models.PROTECT, related_name="hours"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(max_length=9, choices=Kind)
    help = models.ForeignKey(
        Help, null=True, on_delete=models.PROTECT, related_name="hours"
    )
    deed = models.ForeignKey(
        Deed, null=True, on_delete=models.PROTECT, related_name="hours"
    )
    activity = models.ForeignKey(
        Activity, null=True, on_delete=models.PROTECT, related_name="hours"
    )
    text = models.CharField(_("做了什么"), max_length=200, blank=True)
    starts_at = models.DateTimeField(_("从"))
    ends_at = models.DateTimeField(_("到"))
    on = models.DateField()
    # What was confirmed: never more than the span.
    minutes = models.PositiveIntegerField()
    state = models.CharField(max_length=9, choices=State, default=State.CLAIMED)
    how = models.CharField(max_length=6, choices=How, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        PERSON, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name_plural = "hours"
        indexes = (
            models.Index(fields=["volunteer", "starts_at"], name="hours_volunteer"),
            models.Index(fields=["on", "organisation"], name="hours_day"),
            models.Index(
                fields=["organisation", "-id"],
                name="hours_waiting",
                condition=models.Q(state="claimed"),
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at"))
                & models.Q(minutes__gte=1, minutes__lte=1440),
                name="hours_span",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.minutes}"


class Certificate(models.Model):
    """What a certificate says, with the hash of it; whoever has the code checks it."""

    client_id = models.UUIDField(unique=True)
    volunteer = models.ForeignKey(
        Volunteer, on_delete=models.PROTECT, related_name="certificates"
    )
    code = models.CharField(max_length=12, unique=True)
    # As printed; blank once the person left.
    name = models.CharField(max_length=40, blank=True)
    first = models.DateField()
    last = models.DateField()
    issued_at = models.DateTimeField()
    digest = models.CharField(max_length=64)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(
        PERSON, null=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = (
            models.Index(fields=["volunteer", "-id"], name="certificate_volunteer"),
        )

    def __str__(self) -> str:
        return self.code


class CertificatePart(models.Model):
    """Minutes and times at one organisation, by its name of that day."""

    certificate = models.ForeignKey(
        Certificate, on_delete=models.CASCADE, related_name="parts"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(max_length=80)
    minutes = models.PositiveIntegerField()
    times = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.name} {self.minutes}"
