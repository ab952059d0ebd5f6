"""Something at a station is broken: told by anybody, mended when its case is solved."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from wugeyi.casework.models import Case
from wugeyi.stations.models.kinds import Item
from wugeyi.stations.models.stations import Station


class Breakage(models.Model):
    """One report. What was written, and the photo, are the case's alone."""

    client_id = models.UUIDField(unique=True, editable=False)
    station = models.ForeignKey(
        Station, on_delete=models.PROTECT, related_name="breakages", db_index=False
    )
    # None: something that stands in no list.
    item = models.ForeignKey(
        Item,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("什么坏了"),
    )
    # The report's own, with its own receipt …
    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="+")
    # … and the one in which it is dealt with: its own, or the first one's.
    lead = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    joined = models.BooleanField(default=False)
    reported_on = models.DateField()
    reported_at = models.DateTimeField()
    # The first day it works again; None: still broken.
    mended_on = models.DateField(_("修好日期"), null=True)
    # Said by staff after the case ended otherwise than solved.
    by_hand = models.BooleanField(default=False)

    class Meta:
        indexes = (
            models.Index(fields=["station", "-id"], name="breakage_station"),
            models.Index(
                fields=["lead"],
                name="breakage_open",
                condition=models.Q(mended_on=None),
            ),
        )

    def __str__(self) -> str:
        return str(self.item or _("别的"))
