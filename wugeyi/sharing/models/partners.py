"""Who builds and shares with a community."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wugeyi.organisations.models import Organisation
from wugeyi.sharing.models.base import Recorded
from wugeyi.sharing.models.words import Word


class Partner(Recorded):
    """A unit, company or group beside a community, from a day until another."""

    class Kind(models.TextChoices):
        UNIT = "unit", _("机关、事业单位")
        COMPANY = "company", _("企业、商户")
        GROUP = "group", _("社会组织、居民团队")
        SCHOOL = "school", _("学校、医院")
        OTHER = "other", _("其他")

    community = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="sharing_partners",
        db_index=False,
    )
    # Where it stands in the register itself.
    organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(_("名称"), max_length=80)
    kind = models.CharField(_("哪一类"), max_length=8, choices=Kind)
    building = models.ForeignKey(
        Word, null=True, on_delete=models.PROTECT, related_name="+"
    )
    since_on = models.DateField(_("从哪天起"))
    until_on = models.DateField(_("到哪天"), null=True)
    # Staff only; the audit knows hashes.
    contact_name = models.CharField(_("联系人"), max_length=40, blank=True)
    contact_phone = models.CharField(_("联系电话"), max_length=30, blank=True)
    salt = models.CharField(max_length=32)
    agreement = models.CharField(_("协议说明"), max_length=300, blank=True)

    class Meta:
        indexes = (
            models.Index(fields=["community", "-id"], name="sharing_partner_list"),
        )
        constraints = (
            models.CheckConstraint(
                name="sharing_partner_days",
                condition=models.Q(until_on=None)
                | models.Q(until_on__gte=models.F("since_on")),
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of its card."""
        return reverse("sharing:partner", args=[self.pk])
