"""Amounts, accounts and months of books in templates."""

from collections.abc import Mapping, Sequence

from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.template import Library
from django.utils import formats
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wugeyi.books.models import ClosingRequest, Draft, Item
from wugeyi.books.rules.entries import ITEM_KINDS
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


@register.simple_tag
def spoken(name_zh: str, name_en: str) -> str:
    """Give a name in the reader's language."""
    return name_en if get_language() == "en" and name_en else name_zh


@register.filter
def named(code: str, names: Mapping[str, str]) -> str:
    """Give the name behind a code."""
    return names.get(code, "")


@register.filter
def named_list(lists: Mapping[str, Sequence[object]], kind: str) -> Sequence[object]:
    """Give the list of a kind."""
    return lists.get(kind, ())


@register.filter
def item_kind(kind: str) -> str:
    """Name a kind of items."""
    return str(Item.Kind(kind).label) if kind in Item.Kind.values else kind


@register.filter
def about(form: BaseForm) -> bool:
    """Tell whether a row of a voucher says anything about items."""
    return any(form[kind].value() or form[kind].errors for kind in ITEM_KINDS)


@register.inclusion_tag("books/_row_field.html")
def row_field(bound: BoundField, finds: str = "") -> dict[str, object]:
    """Render a cell of a voucher; ``finds`` is what is looked for while typing."""
    attrs: dict[str, str | bool] = {"class": "control"}
    if finds:
        attrs |= {
            "list": f"offered-{finds}",
            "data-find": finds,
            "autocomplete": "off",
        }
    if bound.errors:
        attrs |= {"aria-invalid": "true", "aria-describedby": f"{bound.auto_id}_error"}
    return {
        "field": bound,
        "name": bound.name,
        "widget": bound.as_widget(attrs=attrs),
    }
