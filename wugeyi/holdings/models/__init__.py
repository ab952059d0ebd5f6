"""Assets, contracts, members, companies, distributions: one register per set of books."""

from wugeyi.holdings.models.assets import (
    Asset,
    AssetChange,
    AssetPlan,
    Charge,
    Depreciation,
)
from wugeyi.holdings.models.companies import (
    Company,
    Dividend,
    DividendPart,
    Investment,
    Investor,
    PayIn,
)
from wugeyi.holdings.models.contracts import Contract, Due, Promise, Settlement, Terms
from wugeyi.holdings.models.distribution import (
    Distribution,
    MemberPart,
    OtherPart,
    Payout,
    PayoutChange,
)
from wugeyi.holdings.models.members import (
    Certificate,
    Household,
    Member,
    MemberChange,
    ShareChange,
)

__all__ = [
    "Asset",
    "AssetChange",
    "AssetPlan",
    "Certificate",
    "Charge",
    "Company",
    "Contract",
    "Depreciation",
    "Distribution",
    "Dividend",
    "DividendPart",
    "Due",
    "Household",
    "Investment",
    "Investor",
    "Member",
    "MemberChange",
    "MemberPart",
    "OtherPart",
    "PayIn",
    "Payout",
    "PayoutChange",
    "Promise",
    "Settlement",
    "ShareChange",
    "Terms",
]
