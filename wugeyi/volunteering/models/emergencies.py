"""闪报: the duty desk is told at once; how long until a person saw it is measured."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from wugeyi.casework.models import Case
from wugeyi.organisations.models import Organisation
from wugeyi.volunteering.models.people import Volunteer

PERSON = settings.AUTH_USER_MODEL


class Emergency(models.Model):
    """Somebody told of an emergency, after the emergency numbers were shown."""

    class Called(models.TextChoices):
        POLICE = "110", _("打了 110")
        FIRE = "119", _("打了 119")
        DOCTOR = "120", _("打了 120")
        TRAFFIC = "122", _("打了 122")
        NO = "no", _("没有打，不用打")

    class Wait(models.TextChoices):
        ONE = "1", _("1 分钟内")
        FIVE = "5", _("5 分钟内")
        FIFTEEN = "15", _("15 分钟内")
        MORE = "more", _("超过 15 分钟")

    class End(models.TextChoices):
        HELPED = "helped", _("已经处置")
        OTHERS = "others", _("已由 110、119、120 或 122 处置")
        NOTHING = "nothing", _("到场没有情况")
        CASE = "case", _("转成诉求办理")

    client_id = models.UUIDField(unique=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+"
    )
    volunteer = models.ForeignKey(
        Volunteer, null=True, on_delete=models.PROTECT, related_name="+"
    )
    text = models.CharField(_("什么情况"), max_length=300, blank=True)
    spot = models.CharField(_("在哪里"), max_length=120, blank=True)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    called = models.CharField(max_length=3, choices=Called, blank=True)
    # Personal: to call back; blank once erased.
    phone = models.CharField(_("联系电话"), max_length=30, blank=True)
    salt = models.CharField(max_length=32, blank=True)
    # The phone's own clock: kept, never trusted.
    written_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField()
    received_on = models.DateField()
    # When it goes up one level; null once seen, or at the top.
    due_at = models.DateTimeField(null=True)
    noticed_at = models.DateTimeField(null=True)
    noticed_by = models.ForeignKey(
        PERSON, null=True, on_delete=models.PROTECT, related_name="+"
    )
    wait = models.CharField(max_length=4, choices=Wait, blank=True)
    settled_at = models.DateTimeField(null=True)
    end = models.CharField(max_length=7, choices=End, blank=True)
    what = models.CharField(_("怎么处置的"), max_length=300, blank=True)
    case = models.OneToOneField(
        Case, null=True, on_delete=models.PROTECT, related_name="+"
    )
    erased_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=["organisation", "-id"], name="emergency_unit"),
            models.Index(fields=["received_on", "organisation"], name="emergency_day"),
            models.Index(
                fields=["due_at"],
                name="emergency_due",
                condition=models.Q(noticed_at=None, due_at__isnull=False),
            ),
            models.Index(
                fields=["received_at"],
                name="emergency_open",
                condition=models.Q(settled_at=None),
            ),
            models.Index(
                fields=["settled_at"],
                name="emergency_settled",
                condition=models.Q(settled_at__isnull=False, erased_at=None),
            ),
        )

    def __str__(self) -> str:
        return f"emergency {self.pk}"


class Told(models.Model):
    """Whose duty desk was told, and when: the first, then one level up at a time."""

    emergency = models.ForeignKey(
        Emergency, on_delete=models.PROTECT, related_name="told"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["emergency", "organisation"], name="told_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.emergency_id} {self.organisation}"


class DutyTerm(models.Model):
    """Within how many minutes a level's duty desk says "seen" before it goes up."""

    kind = models.CharField(max_length=12, unique=True)
    minutes = models.PositiveSmallIntegerField(_("几分钟"))
    source = models.CharField(_("依据"), max_length=200, blank=True)
    verified = models.BooleanField(_("已对照原文核对"), default=False)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(minutes__gte=1, minutes__lte=120),
                name="duty_term_minutes",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.minutes}"
