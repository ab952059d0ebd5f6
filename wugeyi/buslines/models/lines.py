"""A line: whose it is, what it is called, how its price is set."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from wugeyi.organisations.models import Organisation


class Line(models.Model):
    """A bus line for growers and their baskets."""

    class Pricing(models.TextChoices):
        """Regulation on urban public transport, articles 14 and 15."""

        SET = "set", _("政府定价")
        GUIDED = "guided", _("政府指导价")
        MARKET = "market", _("定制服务，市场调节价")

    client_id = models.UUIDField(unique=True, editable=False)
    # What public pages are found by.
    code = models.CharField(max_length=12, unique=True, editable=False)
    # Who runs it.
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="buslines"
    )
    number = models.CharField(_("线路号"), max_length=12)
    name = models.CharField(_("名称"), max_length=80)
    name_en = models.CharField(_("英文名称"), max_length=120, blank=True)
    pricing = models.CharField(_("定价方式"), max_length=8, choices=Pricing)
    # Where passengers ask and complain; stands on signs and in feeds.
    phone = models.CharField(_("服务电话"), max_length=30, blank=True)
    note = models.TextField(_("说明"), max_length=2000, blank=True)
    # Made up to try the software: no bus runs.
    invented = models.BooleanField(_("虚构"), default=False)
    opened_on = models.DateField(_("哪天开通"), null=True, blank=True)
    closed_on = models.DateField(_("哪天停运"), null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = (
            models.Index(fields=["organisation", "-id"], name="busline_organisation"),
            models.Index(
                fields=["-id"],
                name="busline_running",
                condition=models.Q(opened_on__isnull=False, closed_on=None),
            ),
        )

    def __str__(self) -> str:
        return self.name
