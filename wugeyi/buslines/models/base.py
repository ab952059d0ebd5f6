"""What every record of a line has: whose, from when until when, who wrote it down."""

from datetime import date

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from wugeyi.buslines.models.lines import Line


class Dated(models.Model):
    """Something that holds from a day until the day before ``valid_until``.

    What has held is never changed: it ends, and another row begins. Only a row of which
    nothing was ever planned is taken away.
    """

    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField(_("从哪天起"))
    # The first day it does not hold any more; None while it stands.
    valid_until = models.DateField(_("到哪天为止"), null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField()
    # Counts every write, so that a stale page cannot overwrite a newer one.
    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True

    def holds(self, on: date) -> bool:
        """Tell whether it holds on a day."""
        return self.valid_from <= on and (
            self.valid_until is None or on < self.valid_until
        )


def holding(on: date) -> models.Q:
    """Return what picks the rows that hold on a day."""
    return models.Q(valid_from__lte=on) & (
        models.Q(valid_until=None) | models.Q(valid_until__gt=on)
    )


def ordered_days(name: str) -> models.CheckConstraint:
    """Return the constraint that a row ends after it begins."""
    return models.CheckConstraint(
        condition=models.Q(valid_until=None)
        | models.Q(valid_until__gt=models.F("valid_from")),
        name=name,
    )
