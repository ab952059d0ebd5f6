"""What every record of branch work has, and how one is put right without being rewritten.

A correction keeps the earlier wording as a row of its own (withdrawn, with the reason),
and the standing row, whose key and address stay, names it as what it ``replaces``. So
links to a record never break and nothing that was once said is lost.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from wugeyi.imports.models import Batch
from wugeyi.organisations.models import Organisation


class Recorded(models.Model):
    """Whose record it is, who wrote it down when, and what became of it."""

    # The column that says on which local day the thing was.
    DAY: ClassVar[str]
    # Columns a correction may change, in the order of the page.
    VALUES: ClassVar[tuple[str, ...]]
    # The source of figures that counts these rows.
    SOURCE: ClassVar[str]

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+"
    )
    # The sending page made it: the same entry sent twice is one record.
    client_id = models.UUIDField(null=True, unique=True, editable=False)
    batch = models.ForeignKey(
        Batch, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField()
    # Counts every write, so that a stale page cannot overwrite a newer one.
    version = models.PositiveIntegerField(default=1)
    replaces = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_why = models.CharField(_("撤回的理由"), max_length=200, blank=True)

    class Meta:
        abstract = True
