"""What pages of holdings draw: states, shares, percent, months."""

from datetime import date

from django.template import Library
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from wugeyi.books.models import Draft
from wugeyi.holdings.models import Asset, Contract, Distribution, Payout
from wugeyi.holdings.rules.assets import State as AssetState
from wugeyi.holdings.rules.distribution import Payout as To
from wugeyi.holdings.rules.distribution import State
from wugeyi.ui import phrases
from wugeyi.ui.templatetags.ui import state as draw_state

register = Library()

ASSETS = {
    AssetState.IN_USE: "resolved",
    AssetState.LEASED: "working",
    AssetState.IDLE: "waiting",
    AssetState.DISPOSED: "closed",
}
DISTRIBUTIONS = {
    State.PLANNED: "new",
    State.NOTICED: "waiting",
    State.DECIDED: "working",
    State.BOOKED: "resolved",
    State.DROPPED: "closed",
}
PAYOUTS = {
    To.TO_PAY: "new",
    To.PAID: "resolved",
    To.UNCLAIMED: "waiting",
    To.DIED: "waiting",
    To.DISPUTED: "working",
}


@register.simple_tag
def asset_state(asset: Asset) -> SafeString:
    """Tell what is done with an asset by shape and word."""
    return draw_state(ASSETS[AssetState(asset.state)], str(asset.get_state_display()))


@register.simple_tag
def plan_state(plan: Distribution) -> SafeString:
    """Tell where a distribution stands by shape and word."""
    return draw_state(DISTRIBUTIONS[State(plan.state)], str(plan.get_state_display()))


@register.simple_tag
def payout_state(payout: Payout) -> SafeString:
    """Tell what became of a household's part by shape and word."""
    return draw_state(PAYOUTS[To(payout.state)], str(payout.get_state_display()))


@register.simple_tag
def contract_state(contract: Contract, today: date) -> SafeString:
    """Tell whether a contract runs, ended, or was terminated."""
    if contract.terminated_on is not None:
        return draw_state("closed", _("提前终止"))
    if contract.ends_on < today:
        return draw_state("closed", _("已到期"))
    if contract.begins_on > today:
        return draw_state("new", _("还没开始"))
    return draw_state("working", _("履行中"))


@register.filter
def shares(hundredths: int | None) -> str:
    """Write shares without idle zeros: 150 is 1.5; 无记录 for None."""
    if hundredths is None:
        return _("无记录")
    whole, rest = divmod(hundredths, 100)
    tail = f".{rest:02d}".rstrip("0") if rest else ""
    return f"{phrases.number(whole)}{tail}"


@register.filter
def hundredths(value: int | None) -> str:
    """Write hundredths of a percent as percent without idle zeros, no sign."""
    return shares(value)


@register.filter
def month(value: date | None) -> str:
    """Write a year and a month."""
    if value is None:
        return _("无记录")
    return date_format(value, "YEAR_MONTH_FORMAT", use_l10n=True)


@register.simple_tag
def act_url(noun: str, pk: int, slug: str) -> str:
    """Return where an act on a row is done."""
    return reverse("holdings:act", args=[noun, pk, slug])


@register.simple_tag
def booking(draft: Draft | None) -> SafeString | str:
    """Link a draft, or the voucher it became."""
    if draft is None:
        return ""
    voucher = draft.voucher
    if voucher is not None:
        words = _("凭证 %(number)s") % {"number": voucher}
        if hasattr(voucher, "reversed_by"):
            words = _("凭证 %(number)s（已冲销）") % {"number": voucher}
        return format_html('<a href="{}">{}</a>', voucher.get_absolute_url(), words)
    if draft.state == Draft.State.DROPPED:
        return _("草稿已作废")
    return format_html(
        '<a href="{}">{}</a>', draft.get_absolute_url(), draft.get_state_display()
    )
