"""Pictures of receipts and other papers that go with a voucher."""

from django.conf import settings
from django.db import models

from wugeyi.books.models.drafts import Draft
from wugeyi.uploads.models import Upload


class Paper(models.Model):
    """A picture with a draft; it stays with the voucher the draft becomes."""

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="papers")
    upload = models.ForeignKey(Upload, on_delete=models.PROTECT, related_name="+")
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.upload)
