"""Somebody comes: matters, trips, and what was told on each."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from wugeyi.casework.models import Case
from wugeyi.organisations.models import Organisation
from wugeyi.services.models.catalogue import Material, Service
from wugeyi.services.rules.trips import Result, Stage

RESULT_NAMES = {
    Result.DONE: _("当场办好"),
    Result.ACCEPTED: _("收下，后面接着办"),
    Result.TOLD: _("材料不齐，一次告知"),
    Result.ASKED: _("问进度或取结果"),
}


class Matter(models.Model):
    """What somebody came for: a case like any other, and how many trips it took.

    Nothing here is typed but the service: the rest is computed from the trips and the
    case (``services.actions.following``).
    """

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="matter")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+"
    )
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    opened_on = models.DateField()
    trips = models.PositiveSmallIntegerField(default=1)
    # Something was missing on a trip; and how often a later trip heard of a new one.
    told = models.BooleanField(default=False)
    told_again = models.PositiveSmallIntegerField(default=0)
    on_the_spot = models.BooleanField(default=False)
    # When it was taken in, and until when it was promised.
    accepted_at = models.DateTimeField(null=True)
    promised_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    done_on = models.DateField(null=True)
    done_first_time = models.BooleanField(default=False)
    # Ended otherwise: withdrawn, or told of another way.
    ended = models.BooleanField(default=False)
    # The day on which the promise was broken, and who had held it longest by then.
    late_on = models.DateField(null=True)
    stuck_at = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="+"
    )
    stuck_seconds = models.PositiveBigIntegerField(null=True)
    # The version of the case this row was computed from.
    case_version = models.PositiveIntegerField()

    class Meta:
        indexes = (
            models.Index(fields=["organisation", "-id"], name="matter_of"),
            models.Index(fields=["opened_at"], name="matter_opened"),
            models.Index(
                fields=["promised_at"],
                name="matter_open",
                condition=models.Q(done_at=None, ended=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.service} {self.case}"


class Visit(models.Model):
    """One trip of one person to one window. Holds nobody's name."""

    client_id = models.UUIDField(unique=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+"
    )
    day = models.DateField()
    # The number of the day; None for who came straight to the window.
    number = models.PositiveIntegerField(null=True)
    service = models.ForeignKey(
        Service, null=True, on_delete=models.PROTECT, related_name="+"
    )
    matter = models.ForeignKey(
        Matter, null=True, on_delete=models.PROTECT, related_name="visits"
    )
    # Which trip of its matter this was, from 1.
    trip = models.PositiveSmallIntegerField(null=True)
    arrived_at = models.DateTimeField()
    called_at = models.DateTimeField(null=True)
    served_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    # From taking a number until being served; None where no number was taken.
    waited_seconds = models.PositiveIntegerField(null=True)
    result = models.CharField(
        max_length=8, blank=True, choices=[(r.value, RESULT_NAMES[r]) for r in Result]
    )
    finished_at = models.DateTimeField(null=True)
    # Materials asked for on this trip that an earlier one should have heard of.
    new_missing = models.PositiveSmallIntegerField(default=0)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "day", "number"], name="visit_number_once"
            ),
            models.UniqueConstraint(fields=["matter", "trip"], name="visit_trip_once"),
        )
        indexes = (
            models.Index(
                fields=["organisation", "day", "number"],
                name="visit_queue",
                condition=models.Q(result="", left_at=None),
            ),
        )

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.day} {self.number or ''}"

    @property
    def stage(self) -> Stage:
        """Return where the visit stands."""
        if self.result:
            return Stage.SERVED
        if self.left_at is not None:
            return Stage.LEFT
        if self.served_at is not None:
            return Stage.SERVING
        return Stage.WAITING if self.called_at is None else Stage.CALLED


class VisitMaterial(models.Model):
    """What was brought, what was missing, what was not needed on a trip."""

    class State(models.TextChoices):
        BROUGHT = "brought", _("带来了")
        MISSING = "missing", _("还缺")
        NOT_NEEDED = "not", _("用不上")

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="papers")
    # None: asked for beyond the list, in words.
    material = models.ForeignKey(
        Material, null=True, on_delete=models.PROTECT, related_name="+"
    )
    words = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=8, choices=State)
    # Should have been told on an earlier trip.
    late = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["visit", "material"], name="visit_material_once"
            ),
        )

    def __str__(self) -> str:
        return self.words or str(self.material)
