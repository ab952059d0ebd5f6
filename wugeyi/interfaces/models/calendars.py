"""Calendars that a person's own program reads."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Calendar(models.Model):
    """The secret address of somebody's calendar; the address itself is kept nowhere."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    # SHA-256 of the secret, which has 160 random bits.
    digest = models.CharField(max_length=64, unique=True)
    duties = models.BooleanField(_("支部的规定动作"), default=True)
    deadlines = models.BooleanField(_("工作台上的办理期限"), default=True)
    made_at = models.DateTimeField()
    used_on = models.DateField(null=True)

    def __str__(self) -> str:
        return str(self.person_id)
