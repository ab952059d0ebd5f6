"""Closed months and what they came to; rows are only ever added."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from wugeyi.books.models.books import Book
from wugeyi.books.models.vouchers import NATURES
from wugeyi.branchwork.models import Decision


class Closing(models.Model):
    """A month was closed, or the last closed month opened again by a decision.

    Months are numbers: year × 12 + month − 1 (``rules/months``).
    """

    class Kind(models.TextChoices):
        CLOSE = "close", _("结账")
        REOPEN = "reopen", _("反结账")

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="closings")
    # From 1 within the book, without gaps.
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=6, choices=Kind)
    # The month that was closed or opened again.
    month = models.PositiveIntegerField()
    # The last closed month after this; the one before the books begin if none is.
    closed_until = models.PositiveIntegerField()
    # How many vouchers the book had.
    vouchers = models.PositiveIntegerField()
    # Why a month was opened again; the decision where there is a record of it.
    reason = models.CharField(_("理由"), max_length=300, blank=True)
    decision = models.ForeignKey(
        Decision, null=True, on_delete=models.PROTECT, related_name="+"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["book", "position"], name="closing_position_once"
            ),
        )
        indexes = (
            models.Index(fields=["book", "month", "position"], name="closing_month"),
        )

    def __str__(self) -> str:
        return f"{self.book_id}: {self.kind} {self.month}"


class MonthSum(models.Model):
    """What was posted in a closed month to one account about one thing.

    Written before the closing, which is refused unless its sums are those of the
    vouchers. A month closed anew has new sums; those of its last closing hold.
    """

    closing = models.ForeignKey(
        Closing, on_delete=models.PROTECT, related_name="sums", db_index=False
    )
    nature = models.CharField(
        max_length=8, choices=[(each.value, each.label) for each in NATURES]
    )
    account = models.CharField(max_length=7)
    asset = models.CharField(max_length=20, blank=True)
    counterparty = models.CharField(max_length=20, blank=True)
    household = models.CharField(max_length=20, blank=True)
    project = models.CharField(max_length=20, blank=True)
    debit_fen = models.BigIntegerField()
    credit_fen = models.BigIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=[
                    "closing",
                    "nature",
                    "account",
                    "asset",
                    "counterparty",
                    "household",
                    "project",
                ],
                name="month_sum_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.closing_id}: {self.account}"
