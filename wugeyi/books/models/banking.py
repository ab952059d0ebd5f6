"""Bank statements, line by line, and which posting each line is."""

from django.db import models

from wugeyi.books.models.books import Book
from wugeyi.books.models.drafts import Draft
from wugeyi.books.models.vouchers import Posting
from wugeyi.imports.models import Batch


class BankStatement(models.Model):
    """A statement of one bank account that was accepted."""

    book = models.ForeignKey(
        Book, on_delete=models.PROTECT, related_name="bank_statements"
    )
    batch = models.OneToOneField(
        Batch, null=True, on_delete=models.PROTECT, related_name="bank_statement"
    )
    # The account in the books.
    account = models.CharField(max_length=7)
    first_day = models.DateField()
    last_day = models.DateField()
    accepted_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.account}: {self.first_day}"


class BankLine(models.Model):
    """Money that came (more than 0) or went."""

    statement = models.ForeignKey(
        BankStatement, on_delete=models.PROTECT, related_name="lines"
    )
    place = models.PositiveIntegerField()
    on = models.DateField()
    amount_fen = models.BigIntegerField()
    balance_fen = models.BigIntegerField(null=True)
    counterparty = models.CharField(max_length=120, blank=True)
    memo = models.CharField(max_length=200, blank=True)
    reference = models.CharField(max_length=60, blank=True)
    posting = models.OneToOneField(
        Posting, null=True, on_delete=models.PROTECT, related_name="bank_line"
    )
    draft = models.ForeignKey(
        Draft, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        indexes = (
            models.Index(
                fields=["statement", "id"],
                name="bank_line_open",
                condition=models.Q(posting=None),
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["statement", "place"], name="bank_line_place_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.on}: {self.amount_fen}"

    @property
    def size_fen(self) -> int:
        """How much came or went."""
        return abs(self.amount_fen)
