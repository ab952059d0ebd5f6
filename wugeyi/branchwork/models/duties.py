"""What was done of what is done every period."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wugeyi.branchwork.models.base import Recorded
from wugeyi.branchwork.models.dictionaries import DutyItem


class DutyRecord(Recorded):
    """A regular duty was done on a day; how many came, never who."""

    DAY = "held_on"
    VALUES = ("item", "attendance", "note", "held_on")
    SOURCE = "duty_records"

    item = models.ForeignKey(DutyItem, on_delete=models.PROTECT, related_name="+")
    held_on = models.DateField(_("哪天办的"))
    attendance = models.PositiveIntegerField(_("到了几个人"), null=True, blank=True)
    note = models.TextField(_("做了什么"), max_length=1000, blank=True)

    class Meta:
        indexes = (
            models.Index(
                fields=["organisation", "held_on", "id"], name="duty_record_of_unit"
            ),
            models.Index(fields=["held_on", "id"], name="duty_record_day"),
        )

    def __str__(self) -> str:
        return str(self.item)

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("branchwork:record", args=["duty-records", self.pk])
