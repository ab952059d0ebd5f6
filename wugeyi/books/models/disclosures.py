"""Sheets that were shown to villagers, and what they asked."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wugeyi.books.models.books import Book
from wugeyi.books.models.heads import Head
from wugeyi.books.models.vouchers import Voucher
from wugeyi.casework.models import Case


class Disclosure(models.Model):
    """The books of some closed months, as villagers see them."""

    class State(models.TextChoices):
        DRAWN_UP = "drawn_up", _("等民主理财小组审核")
        PUBLISHED = "published", _("已公开")
        WITHDRAWN = "withdrawn", _("已撤下")

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="disclosures")
    # What residents' page is found by.
    code = models.CharField(max_length=12, unique=True)
    first_month = models.PositiveIntegerField()
    last_month = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.DRAWN_UP)
    # What the sheet rests on; printed on it.
    head = models.ForeignKey(Head, on_delete=models.PROTECT, related_name="disclosures")
    # What no account tells, in the accountant's words.
    plans = models.TextField(_("财务计划"), max_length=2000, blank=True)
    resources = models.TextField(_("各类资源"), max_length=2000, blank=True)
    other = models.TextField(_("其他需要公开的事项"), max_length=2000, blank=True)
    drawn_up_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    drawn_up_at = models.DateTimeField()
    # Who of the villagers' group looked it over before.
    reviewed_by = models.CharField(_("民主理财小组审核人"), max_length=120, blank=True)
    reviewed_on = models.DateField(_("审核日期"), null=True, blank=True)
    opinion = models.CharField(_("民主理财小组的意见"), max_length=500, blank=True)
    published_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_why = models.CharField(_("撤下的理由"), max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = (
            models.Index(
                fields=["book", "-last_month", "-id"], name="disclosure_of_book"
            ),
        )

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("books:disclosure", args=[self.pk])


class DisclosureQuestion(models.Model):
    """A villager asked about a sheet or one of its lines; the question is a case."""

    disclosure = models.ForeignKey(
        Disclosure, on_delete=models.PROTECT, related_name="questions"
    )
    voucher = models.ForeignKey(
        Voucher, null=True, on_delete=models.PROTECT, related_name="+"
    )
    case = models.OneToOneField(
        Case, on_delete=models.PROTECT, related_name="disclosure_question"
    )
    asked_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.case_id)
