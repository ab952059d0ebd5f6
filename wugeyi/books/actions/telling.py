"""What books tell by message: a voucher waits for whoever reviews."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wugeyi.books.models import Draft
from wugeyi.notices import registry
from wugeyi.notices.actions import Reader, tell
from wugeyi.notices.registry import Event
from wugeyi.organisations.rules import Role

WAITS = Event(
    "books.waits",
    _("有凭证等我稽核"),
    _("%(book)s有凭证等您稽核"),
    _("%(book)s有一张凭证等您稽核。"),
)


def register() -> None:
    """Register what is told here."""
    registry.register(WAITS)


def waits(draft: Draft, *, at: datetime) -> None:
    """Tell whoever may review a village's books that a draft waits."""
    tell(
        event=WAITS.code,
        to=Reader.at_desk(draft.book.organisation_id, Role.REVIEWER.value),
        values={"book": draft.book.name_zh},
        url=reverse("books:review-one", args=[draft.pk]),
        key=f"books.waits:{draft.pk}:{draft.version}",
        at=at,
    )
