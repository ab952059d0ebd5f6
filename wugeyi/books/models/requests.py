"""Requests of an accountant to close or reopen a month; another person confirms."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wugeyi.books.models.books import Book
from wugeyi.books.models.months import Closing
from wugeyi.branchwork.models import Decision


class ClosingRequest(models.Model):
    """An accountant asks; whoever reviews does it, or says why not.

    So nobody becomes the second person of a closing without an act of their own.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("等复核人确认")
        DONE = "done", _("已办")
        DECLINED = "declined", _("复核人不同意")
        WITHDRAWN = "withdrawn", _("会计撤回")

    book = models.ForeignKey(
        Book, on_delete=models.PROTECT, related_name="closing_requests"
    )
    kind = models.CharField(max_length=6, choices=Closing.Kind)
    # The month as ``rules.months`` counts.
    month = models.PositiveIntegerField()
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    reason = models.CharField(_("理由"), max_length=300, blank=True)
    decision = models.ForeignKey(
        Decision, null=True, on_delete=models.PROTECT, related_name="+"
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField()
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)
    remark = models.CharField(_("复核意见"), max_length=300, blank=True)
    closing = models.OneToOneField(
        Closing, null=True, on_delete=models.PROTECT, related_name="request"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["book"],
                condition=models.Q(state="waiting"),
                name="closing_request_one_waits",
            ),
        )

    def __str__(self) -> str:
        return f"{self.book_id}: {self.kind} {self.month}"

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("books:months", args=[self.book_id])
