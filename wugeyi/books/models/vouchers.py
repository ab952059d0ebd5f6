"""Posted vouchers and their lines: the database itself refuses any change.

Lines are written first, then their voucher, which seals them: its insertion is refused
unless everything holds (``migrations/guards``).
"""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wugeyi.books.models.books import Book
from wugeyi.branchwork.models import Decision
from wugeyi.imports.models import Batch


class VoucherKind(models.TextChoices):
    """Why a voucher was made."""

    ORDINARY = "ordinary", _("日常")
    OPENING = "opening", _("期初余额")
    CLOSING = "closing", _("结转")
    REVERSAL = "reversal", _("冲销")


NATURES = (VoucherKind.ORDINARY, VoucherKind.OPENING, VoucherKind.CLOSING)


class Voucher(models.Model):
    """What was posted as a whole."""

    # Keys without an index of their own: others begin with them, or nobody asks.
    book = models.ForeignKey(
        Book, on_delete=models.PROTECT, related_name="vouchers", db_index=False
    )
    # Its number: from 1 each year, without gaps.
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    # Its place in the order of posting: from 1, without gaps; its leaf in the tree.
    position = models.PositiveIntegerField()
    day = models.DateField(_("日期"))
    kind = models.CharField(max_length=8, choices=VoucherKind)
    # What it does to the books: a reversal does what it takes back did.
    nature = models.CharField(
        max_length=8, choices=[(each.value, each.label) for each in NATURES]
    )
    reverses = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="reversed_by"
    )
    papers = models.PositiveSmallIntegerField(_("附件张数"), default=0)
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    # Always another person.
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    posted_at = models.DateTimeField()
    # The decision a large matter rests on.
    decision = models.ForeignKey(
        Decision, null=True, on_delete=models.PROTECT, related_name="vouchers"
    )
    batch = models.ForeignKey(
        Batch, null=True, on_delete=models.PROTECT, related_name="+"
    )
    # The sending page made it: the same voucher sent twice is one.
    client_id = models.UUIDField(null=True, unique=True)
    # The hash of its canonical bytes, 64 hexadecimal digits (engines/ledger/heads).
    leaf = models.CharField(max_length=64)

    class Meta:
        indexes = (models.Index(fields=["book", "day", "id"], name="voucher_day"),)
        constraints = (
            models.UniqueConstraint(
                fields=["book", "year", "number"], name="voucher_number_once"
            ),
            models.UniqueConstraint(
                fields=["book", "position"], name="voucher_position_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.year}-{self.number}"

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("books:voucher", args=[self.pk])


class Posting(models.Model):
    """A line of a voucher: an amount in fen on one side of one account."""

    voucher = models.ForeignKey(
        Voucher, on_delete=models.PROTECT, related_name="postings", db_index=False
    )
    book = models.ForeignKey(
        Book, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    # From 1 within the voucher.
    place = models.PositiveSmallIntegerField()
    account = models.CharField(max_length=7)
    debit_fen = models.BigIntegerField(default=0)
    credit_fen = models.BigIntegerField(default=0)
    summary = models.CharField(_("摘要"), max_length=200)
    # Codes of items of the book; blank: none.
    asset = models.CharField(max_length=20, blank=True)
    counterparty = models.CharField(max_length=20, blank=True)
    household = models.CharField(max_length=20, blank=True)
    project = models.CharField(max_length=20, blank=True)

    class Meta:
        indexes = (
            models.Index(fields=["book", "account", "voucher"], name="posting_account"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["voucher", "place"], name="posting_place_once"
            ),
            models.CheckConstraint(
                name="posting_one_side",
                condition=models.Q(debit_fen=0, credit_fen__gt=0)
                | models.Q(credit_fen=0, debit_fen__gt=0),
            ),
        )

    def __str__(self) -> str:
        return f"{self.voucher_id}/{self.place}"
