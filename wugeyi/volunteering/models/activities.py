"""Things to do together, offered by a community; insured first where there is risk."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from wugeyi.organisations.models import Organisation
from wugeyi.volunteering.models.people import Team, Volunteer

PERSON = settings.AUTH_USER_MODEL


class Activity(models.Model):
    """An offer nobody is assigned to."""

    client_id = models.UUIDField(unique=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+"
    )
    team = models.ForeignKey(
        Team, null=True, on_delete=models.PROTECT, related_name="+"
    )
    title = models.CharField(_("做什么"), max_length=80)
    spot = models.CharField(_("在哪里"), max_length=120)
    starts_at = models.DateTimeField(_("几点开始"))
    ends_at = models.DateTimeField(_("几点结束"))
    risk = models.BooleanField(_("可能有人身危险"), default=False)
    insurer = models.CharField(_("保险"), max_length=80, blank=True)
    insured_until = models.DateField(_("保到哪天"), null=True)
    at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        PERSON, null=True, on_delete=models.PROTECT, related_name="+"
    )
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=["organisation", "-id"], name="activity_unit"),
            models.Index(fields=["ends_at", "id"], name="activity_ends"),
        )
        constraints = (
            # Art. 17: insured before it is offered.
            models.CheckConstraint(
                condition=models.Q(risk=False)
                | ~models.Q(insurer="") & models.Q(insured_until__isnull=False),
                name="activity_insured",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="activity_span",
            ),
        )

    def __str__(self) -> str:
        return self.title


class SignUp(models.Model):
    """Somebody means to come; taken back at any time."""

    activity = models.ForeignKey(
        Activity, on_delete=models.PROTECT, related_name="sign_ups"
    )
    volunteer = models.ForeignKey(
        Volunteer, on_delete=models.PROTECT, related_name="sign_ups"
    )
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["activity", "volunteer"],
                name="sign_up_once",
                condition=models.Q(withdrawn_at=None),
            ),
        )

    def __str__(self) -> str:
        return f"{self.activity_id} {self.volunteer_id}"
