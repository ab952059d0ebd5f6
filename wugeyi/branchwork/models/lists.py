"""For which organisation a list was sent."""

from django.db import models

from wugeyi.imports.models import Batch
from wugeyi.organisations.models import Organisation


class ListFile(models.Model):
    """A file of records, and whose they are where a row does not say."""

    batch = models.OneToOneField(
        Batch, on_delete=models.CASCADE, related_name="branch_list"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+"
    )

    def __str__(self) -> str:
        return str(self.batch)
