"""Who helps by choice: private until they say otherwise (regulation art. 20)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from wugeyi.organisations.models import Organisation

PERSON = settings.AUTH_USER_MODEL


class Volunteer(models.Model):
    """Somebody who registered by choice.

    Their words are blank once they left; the row stays, nobody's, so that what was done
    stays counted.
    """

    class End(models.TextChoices):
        PERSON = "person", _("本人删除")
        EXPIRED = "expired", _("到期")

    client_id = models.UUIDField(unique=True)
    user = models.OneToOneField(
        PERSON, null=True, on_delete=models.PROTECT, related_name="+"
    )
    # SHA-256 of the secret in the personal link; the secret itself is never kept.
    key_hash = models.CharField(max_length=64, blank=True)
    name = models.CharField(_("怎么称呼"), max_length=40, blank=True)
    phone = models.CharField(_("联系电话"), max_length=30, blank=True)
    salt = models.CharField(max_length=32, blank=True)
    # Separately agreed: the name on the page of a team.
    public = models.BooleanField(default=False)
    joined_at = models.DateTimeField()
    # The last day they did anything here; decides how long the words are kept.
    used_on = models.DateField()
    ended_at = models.DateTimeField(null=True)
    end = models.CharField(max_length=8, choices=End, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["key_hash"],
                name="volunteer_key_once",
                condition=~models.Q(key_hash=""),
            ),
        )
        indexes = (
            models.Index(
                fields=["used_on"],
                name="volunteer_used",
                condition=models.Q(ended_at=None),
            ),
        )

    def __str__(self) -> str:
        return f"volunteer {self.pk}"


class CheckIn(models.Model):
    """报到: a volunteer tells a community that they are there; by choice, dated."""

    client_id = models.UUIDField(unique=True)
    volunteer = models.ForeignKey(
        Volunteer, on_delete=models.PROTECT, related_name="check_ins"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+"
    )
    since = models.DateField()
    until = models.DateField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["volunteer", "organisation"],
                name="check_in_once",
                condition=models.Q(until=None),
            ),
        )
        indexes = (models.Index(fields=["organisation", "-id"], name="check_in_unit"),)

    def __str__(self) -> str:
        return f"{self.organisation} {self.since}"


class Team(models.Model):
    """A five-flash team of a community or of a partner of it."""

    client_id = models.UUIDField(unique=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(_("队名"), max_length=60)
    name_en = models.CharField(_("英文队名"), max_length=120, blank=True)
    partner = models.CharField(_("共建单位"), max_length=60, blank=True)
    about = models.CharField(_("做什么"), max_length=200, blank=True)
    since = models.DateField()
    closed_on = models.DateField(null=True)
    at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        PERSON, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        indexes = (models.Index(fields=["organisation", "-id"], name="team_unit"),)

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """In a team from a day until another; by choice, left at any time."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="members")
    volunteer = models.ForeignKey(
        Volunteer, on_delete=models.PROTECT, related_name="memberships"
    )
    since = models.DateField()
    until = models.DateField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["team", "volunteer"],
                name="membership_once",
                condition=models.Q(until=None),
            ),
        )

    def __str__(self) -> str:
        return f"{self.team} {self.since}"
