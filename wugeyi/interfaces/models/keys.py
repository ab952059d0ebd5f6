"""Keys for other programs, and the cases they made."""

from datetime import date

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from wugeyi.casework.models import Case
from wugeyi.organisations.models import Organisation

PERSON = settings.AUTH_USER_MODEL


class ApiKey(models.Model):
    """What another program shows to be let in. The key itself is kept nowhere."""

    # It may report needs of this organisation's area, and of all below it.
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(_("给谁用"), max_length=80)
    # The first letters, by which people tell keys apart.
    start = models.CharField(max_length=12, unique=True)
    # SHA-256 of the whole key, which has 160 random bits: no salt is needed.
    digest = models.CharField(max_length=64, unique=True)
    writes = models.BooleanField(_("可以提交诉求"), default=True)
    per_minute = models.PositiveIntegerField(_("每分钟最多几次"), default=60)
    per_day = models.PositiveIntegerField(_("每天最多几次"), default=5000)
    valid_from = models.DateField(_("从哪天起"))
    # The first day on which it no longer opens anything.
    valid_to = models.DateField(_("到哪天止"), null=True, blank=True)
    # The day only: when exactly somebody asked is nobody's business.
    used_on = models.DateField(null=True)
    made_by = models.ForeignKey(
        PERSON, null=True, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(
        PERSON, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        indexes = (models.Index(fields=["organisation", "-id"], name="api_key_unit"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(valid_to=None)
                | models.Q(valid_to__gt=models.F("valid_from")),
                name="api_key_dates_in_order",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def opens(self, on: date) -> bool:
        """Tell whether it is in force on a day."""
        return (
            self.revoked_at is None
            and self.valid_from <= on
            and (self.valid_to is None or on < self.valid_to)
        )


class Posted(models.Model):
    """A case another program made: the same posted again is answered with it."""

    key = models.ForeignKey(ApiKey, on_delete=models.PROTECT, related_name="posted")
    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="posted")
    # What the program called it (Idempotency-Key), or what we made.
    token = models.CharField(max_length=80, db_index=True)
    # SHA-256 of everything that was sent.
    content = models.CharField(max_length=64)
    # As it was given: for staff to look at, fetched never.
    media_url = models.CharField(max_length=1000, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["key", "token"], name="posted_token_once"),
        )
        indexes = (
            models.Index(fields=["key", "content", "-at"], name="posted_content"),
        )

    def __str__(self) -> str:
        return f"{self.key_id}: {self.case_id}"
