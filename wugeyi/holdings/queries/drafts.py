"""Which drafts stand, and what posted vouchers moved."""

from django.db.models import QuerySet

from wugeyi.books.models import Draft

ASSET_FUND = "asset_fund"
ASSET_DISPOSAL = "asset_disposal"
CONTRACT_DUE = "contract_due"
DEPRECIATION = "depreciation"
DISTRIBUTION = "distribution"
DIVIDEND = "dividend"
DIVIDEND_RECEIVED = "dividend_received"
PAY_IN = "pay_in"
PAYOUT = "payout"


def standing(source: str, source_id: int) -> QuerySet[Draft]:
    """Return drafts of a source that were neither dropped nor taken back once posted."""
    return (
        Draft.objects.filter(source=source, source_id=source_id)
        .exclude(state=Draft.State.DROPPED)
        .filter(voucher__reversed_by=None)
    )


def stands(draft: Draft | None) -> bool:
    """Tell whether a draft was neither dropped nor taken back; one query."""
    if draft is None:
        return False
    return (
        Draft.objects.filter(pk=draft.pk, voucher__reversed_by=None)
        .exclude(state=Draft.State.DROPPED)
        .exists()
    )
