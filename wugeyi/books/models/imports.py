"""Files of vouchers, opening balances and bank statements that wait to be accepted."""

from django.db import models

from wugeyi.books.models.books import Book
from wugeyi.imports.models import Batch


class BookFile(models.Model):
    """For which books a file was sent, and how its columns were read."""

    class Kind(models.TextChoices):
        VOUCHERS = "vouchers"
        OPENING = "opening"
        BANK = "bank"

    batch = models.OneToOneField(
        Batch, on_delete=models.CASCADE, related_name="book_file"
    )
    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind)
    # The bank account a statement is of: an account's code.
    account = models.CharField(max_length=7, blank=True)

    def __str__(self) -> str:
        return str(self.batch)


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
