"""What an accountant writes before another person has reviewed it, and templates."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from wugeyi.books.models.books import Book
from wugeyi.books.models.vouchers import Voucher, VoucherKind
from wugeyi.branchwork.models import Decision
from wugeyi.imports.models import Batch


class Draft(models.Model):
    """A voucher that is not posted yet; it may still be changed or dropped."""

    class State(models.TextChoices):
        WRITING = "writing", _("正在填")
        WAITING = "waiting", _("等复核")
        RETURNED = "returned", _("复核退回")
        POSTED = "posted", _("已记账")
        DROPPED = "dropped", _("已作废")

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="drafts")
    state = models.CharField(max_length=8, choices=State, default=State.WRITING)
    day = models.DateField(_("日期"))
    kind = models.CharField(
        max_length=8, choices=VoucherKind, default=VoucherKind.ORDINARY
    )
    reverses = models.ForeignKey(
        Voucher, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decision = models.ForeignKey(
        Decision, null=True, on_delete=models.PROTECT, related_name="+"
    )
    batch = models.ForeignKey(
        Batch, null=True, on_delete=models.PROTECT, related_name="+"
    )
    # What it came from, such as the due date of a contract: a word and a key.
    source = models.CharField(max_length=40, blank=True)
    source_id = models.BigIntegerField(null=True)
    # Why a voucher is taken back.
    reason = models.CharField(_("理由"), max_length=300, blank=True)
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    prepared_at = models.DateTimeField()
    # What the reviewer wants changed.
    remark = models.CharField(_("复核意见"), max_length=300, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True)
    voucher = models.OneToOneField(
        Voucher, null=True, on_delete=models.PROTECT, related_name="draft"
    )
    client_id = models.UUIDField(null=True, unique=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = (
            models.Index(fields=["book", "state", "id"], name="draft_state"),
            models.Index(
                fields=["source", "source_id"],
                name="draft_source",
                condition=~models.Q(source=""),
            ),
        )

    def __str__(self) -> str:
        return f"{self.book_id}: {self.day}"

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("books:draft", args=[self.pk])


class LineBase(models.Model):
    """A line as it is written; an amount may still be missing."""

    place = models.PositiveSmallIntegerField()
    account = models.CharField(max_length=7)
    debit_fen = models.BigIntegerField(default=0)
    credit_fen = models.BigIntegerField(default=0)
    summary = models.CharField(_("摘要"), max_length=200, blank=True)
    asset = models.CharField(max_length=20, blank=True)
    counterparty = models.CharField(max_length=20, blank=True)
    household = models.CharField(max_length=20, blank=True)
    project = models.CharField(max_length=20, blank=True)

    class Meta:
        abstract = True


class DraftLine(LineBase):
    """A line of a draft."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="lines")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["draft", "place"], name="draft_line_place_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.draft_id}/{self.place}"


class Template(models.Model):
    """An entry that comes again: its accounts and words, without amounts."""

    # Empty: offered to every book of the regime.
    book = models.ForeignKey(
        Book, null=True, on_delete=models.PROTECT, related_name="templates"
    )
    regime = models.CharField(max_length=4)
    code = models.SlugField(max_length=40, blank=True)
    name_zh = models.CharField(_("名称"), max_length=60)
    name_en = models.CharField(_("英文名称"), max_length=120, blank=True)
    source = models.CharField(_("依据"), max_length=200, blank=True)
    verified = models.BooleanField(_("已对照原文核对"), default=False)
    active = models.BooleanField(_("正在使用"), default=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        english = get_language() == "en" and self.name_en
        return self.name_en if english else self.name_zh


class TemplateLine(LineBase):
    """A line of a template; ``debit_fen`` 1 or ``credit_fen`` 1 tells the side."""

    template = models.ForeignKey(
        Template, on_delete=models.CASCADE, related_name="lines"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["template", "place"], name="template_line_place_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.template_id}/{self.place}"
