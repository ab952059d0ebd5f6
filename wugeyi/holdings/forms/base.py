"""What every form of holdings begins with: what it is done to, and as which state."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wugeyi.books.models import Book
from wugeyi.branchwork.models import Decision
from wugeyi.casework.forms.fields import Once, Version
from wugeyi.holdings.forms.fields import MOST_ROWS, RowField
from wugeyi.organisations.models import Organisation
from wugeyi.projects.models import Project


class HoldingForm(Version, Once):
    """A form about a row (``subject``) that knows which state it was shown with."""

    def __init__(self, *args: Any, subject: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.subject = subject

    def later(self, first: str, last: str, message: Any) -> None:
        """Complain where ``last`` is before ``first``."""
        begin, end = self.cleaned_data.get(first), self.cleaned_data.get(last)
        if begin and end and end < begin:
            self.add_error(last, forms.ValidationError(message, "order"))


def book_of(subject: Any) -> Book:
    """Return the books a row is of."""
    return subject if isinstance(subject, Book) else subject.book


def offer_decisions(field: Any, organisation: Organisation) -> None:
    """Offer an organisation's decisions, newest first."""
    rows = Decision.objects.filter(organisation=organisation, withdrawn_at=None)
    field.offer(
        rows.order_by("-held_on", "-pk")[:MOST_ROWS],
        name=lambda row: f"{row.held_on:%Y-%m-%d} {row.matter[:40]}",
    )


def offer_projects(field: Any, organisation: Organisation) -> None:
    """Offer an organisation's projects, newest first."""
    rows = Project.objects.filter(organisation=organisation, withdrawn_at=None)
    field.offer(rows.order_by("-pk")[:MOST_ROWS], name=lambda row: row.title)


def decision_field(**more: Any) -> RowField[Decision]:
    """Return a field for a decision."""
    return RowField(label=_("依据哪个决策"), required=False, **more)
