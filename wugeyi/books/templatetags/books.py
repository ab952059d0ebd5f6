"""Amounts, accounts and months of books in templates."""

from django.template import Library
from django.utils import formats
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from wugeyi.books.models import ClosingRequest, Draft
from wugeyi.books.rules.months import first_day
from wugeyi.ui.templatetags.ui import state as draw_state

register = Library()

TONES = {
    Draft.State.WRITING: "new",
    Draft.State.WAITING: "waiting",
    Draft.State.RETURNED: "urgent",
    Draft.State.POSTED: "resolved",
    Draft.State.DROPPED: "closed",
}


@register.filter
def fen(amount: int | None) -> str:
    """Write fen as yuan with two decimals: 1,234.50, −3.00; nothing for None."""
    if amount is None:
        return ""
    whole, rest = divmod(abs(amount), 100)
    sign = "−" if amount < 0 else ""
    return f"{sign}{whole:,}.{rest:02d}"


@register.filter
def amount(value: int | None) -> str:
    """Write an amount of a column that is empty where nothing stands."""
    return fen(value) if value else ""


@register.filter
def balance(value: int) -> str:
    """Write a balance with its side: 借 1,234.50, 贷 3.00, 平."""
    if not value:
        return _("平")
    text = fen(abs(value))
    side = _("借 %(amount)s") if value > 0 else _("贷 %(amount)s")
    return side % {"amount": text}


@register.filter
def month(value: int | None) -> str:
    """Write a month: 2024年3月."""
    if value is None:
        return ""
    return formats.date_format(first_day(value), "YEAR_MONTH_FORMAT")


@register.simple_tag
def draft_state(draft: Draft) -> SafeString:
    """Tell a draft's state by shape and word."""
    return draw_state(TONES[Draft.State(draft.state)], str(draft.get_state_display()))


@register.simple_tag
def request_state(request: ClosingRequest) -> SafeString:
    """Tell by shape and word what became of a request to close a month."""
    tones = {"waiting": "waiting", "done": "resolved", "declined": "urgent"}
    tone = tones.get(request.state, "closed")
    return draw_state(tone, str(request.get_state_display()))
