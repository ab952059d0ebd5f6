"""闪宣, 闪除: what was done; 闪拍 and riders' needs: what became a case."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from wugeyi.casework.models import Case
from wugeyi.organisations.models import Organisation
from wugeyi.uploads.models import Upload
from wugeyi.volunteering.models.people import Volunteer

PERSON = settings.AUTH_USER_MODEL


class Deed(models.Model):
    """A bit of publicity, or illegal postings taken off."""

    class Kind(models.TextChoices):
        PUBLICITY = "publicity", _("闪宣")
        CLEANUP = "cleanup", _("闪除")

    client_id = models.UUIDField(unique=True)
    kind = models.CharField(max_length=9, choices=Kind)
    volunteer = models.ForeignKey(
        Volunteer, on_delete=models.PROTECT, related_name="deeds"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+"
    )
    text = models.CharField(_("做了什么"), max_length=200)
    spot = models.CharField(_("在哪里"), max_length=120, blank=True)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    sessions = models.PositiveIntegerField(_("场次"), default=0)
    pieces = models.PositiveIntegerField(_("份数"), default=0)
    before = models.ForeignKey(
        Upload, null=True, on_delete=models.PROTECT, related_name="+"
    )
    after = models.ForeignKey(
        Upload, null=True, on_delete=models.PROTECT, related_name="+"
    )
    on = models.DateField(_("哪一天"))
    at = models.DateTimeField()
    written_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    seen_by = models.ForeignKey(
        PERSON, null=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=["organisation", "-id"], name="deed_unit"),
            models.Index(fields=["volunteer", "-id"], name="deed_volunteer"),
            models.Index(fields=["on", "organisation"], name="deed_day"),
            # What the clock forgets one day.
            models.Index(
                fields=["at", "id"],
                name="deed_pictured",
                condition=models.Q(before__isnull=False)
                | models.Q(after__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Voice(models.Model):
    """A case that came by a flash or from a rider; what became of it is told back."""

    class Kind(models.TextChoices):
        REPORT = "report", _("闪拍")
        CLEANUP = "cleanup", _("不能自己清的")
        NEED = "need", _("骑手的建议和需求")

    client_id = models.UUIDField(unique=True)
    kind = models.CharField(max_length=7, choices=Kind)
    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="+")
    # None: sent without registering, or who sent it left.
    volunteer = models.ForeignKey(
        Volunteer, null=True, on_delete=models.PROTECT, related_name="voices"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+"
    )
    on = models.DateField()
    at = models.DateTimeField()
    written_at = models.DateTimeField(null=True)
    # What the case (or the one it was merged into) came to, once the clock has seen it.
    outcome = models.CharField(max_length=10, blank=True)
    ended_on = models.DateField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=["organisation", "-id"], name="voice_unit"),
            models.Index(fields=["volunteer", "-id"], name="voice_volunteer"),
            models.Index(fields=["on", "organisation"], name="voice_day"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.case_id}"
