"""What companies and dividends add to figures, told in the transaction of each act."""

from datetime import datetime

from wugeyi.figures.actions import refresh
from wugeyi.holdings.models import Company, Dividend, DividendPart, PayIn

COMPANIES = "holdings_companies"
PAY_INS = "holdings_pay_ins"
DIVIDENDS = "holdings_dividends"


def company_changed(company: Company, *, at: datetime, new: bool = False) -> None:
    """Count a company that was entered, changed or ended."""
    refresh(source=COMPANIES, records=[company.pk], at=at, new=new)


def pay_in_changed(row: PayIn, *, at: datetime, new: bool = False) -> None:
    """Count what was paid in or withdrawn."""
    refresh(source=PAY_INS, records=[row.pk], at=at, new=new)


def dividend_changed(dividend: Dividend, *, at: datetime, new: bool = False) -> None:
    """Count the parts of a dividend that was declared or withdrawn."""
    parts = DividendPart.objects.filter(dividend=dividend)
    keys = list(parts.values_list("pk", flat=True))
    refresh(source=DIVIDENDS, records=keys, at=at, new=new)
