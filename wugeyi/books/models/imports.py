"""Files of vouchers, opening balances and bank statements that wait to be accepted."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wugeyi.books.models.books import Book, Regime
from wugeyi.imports.models import Batch


class BookFile(models.Model):
    """A file sent for a set of books, what was read of it, and how far it is.

    Nothing of it counts before it was accepted; vouchers and opening balances not before
    another person has reviewed what was accepted.
    """

    class Kind(models.TextChoices):
        VOUCHERS = "vouchers", _("凭证列表")
        OPENING = "opening", _("期初余额")
        BANK = "bank", _("银行对账单")

    class State(models.TextChoices):
        READING = "reading", _("正在读")
        LOOKED = "looked", _("等会计确认")
        WAITING = "waiting", _("等复核")
        RETURNED = "returned", _("复核退回")
        POSTING = "posting", _("正在记账")
        POSTED = "posted", _("已记账")
        DROPPED = "dropped", _("已放弃")

    batch = models.OneToOneField(
        Batch, on_delete=models.CASCADE, related_name="book_file"
    )
    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="files")
    kind = models.CharField(max_length=8, choices=Kind)
    state = models.CharField(max_length=8, choices=State, default=State.READING)
    # The bank account a statement is of: an account's code.
    account = models.CharField(max_length=7, blank=True)
    # By which system the file was kept, as whoever sent it says.
    regime = models.CharField(max_length=4, choices=Regime, blank=True)
    # The year a file is of; empty: several.
    year = models.PositiveSmallIntegerField(null=True)
    # Whether vouchers that were posted before are left out.
    skip_posted = models.BooleanField(default=True)
    # What was read, to be posted as it stands (adapter/importdocs); never searched.
    reading = models.BinaryField(default=bytes)
    # How many vouchers, or lines of a bank, would be taken over, and what is wrong.
    vouchers = models.PositiveIntegerField(default=0)
    errors = models.PositiveIntegerField(default=0)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    accepted_at = models.DateTimeField(null=True)
    # Always another person.
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True)
    remark = models.CharField(_("复核意见"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = (
            models.Index(fields=["book", "state", "id"], name="book_file_state"),
        )

    def __str__(self) -> str:
        return str(self.batch)

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("books:file", args=[self.book_id, self.pk])


class ColumnMapping(models.Model):
    """Which column of a kind of file is what; remembered by the file's headings."""

    book = models.ForeignKey(
        Book, on_delete=models.CASCADE, related_name="column_mappings"
    )
    kind = models.CharField(max_length=8, choices=BookFile.Kind)
    # SHA-256 of the headings, so that the same program's next file is known.
    headings_sha256 = models.CharField(max_length=64)
    field = models.CharField(max_length=20)
    # Counted from 0.
    column = models.PositiveSmallIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["book", "kind", "headings_sha256", "field"],
                name="column_mapping_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.field}: {self.column}"
