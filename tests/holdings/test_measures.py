"""What companies and dividends add to figures, and what taking them back takes."""

from datetime import date

from tests.books.collective import AT, Collective
from tests.holdings.laying import tianxing, usual
from tests.holdings.test_companies import declare
from wugeyi.figures.actions import fold, recount
from wugeyi.figures.queries import Period, figures
from wugeyi.holdings.actions import companies, dividends
from wugeyi.holdings.models import PayIn

CODES = ("mixed_companies", "mixed_paid_in", "collective_dividends")
# From before anything was paid in until after the dividend.
PERIOD = Period(date(2020, 1, 1), date(2024, 12, 31))


def values(village: Collective) -> list[int | None]:
    found = figures(CODES, village.world.city, PERIOD)
    return [found[code].value for code in CODES]


def test_what_was_paid_in_and_shared_is_counted_and_taken_back(
    village: Collective,
) -> None:
    made = tianxing(village)
    paid = list(PayIn.objects.filter(investor__company=made))
    shared = declare(village, made, 225_00)
    ours = sum(
        part.amount_fen
        for part in shared.parts.all()
        if part.investor.book_id is not None
    )
    assert values(village) == [1, sum(each.amount_fen for each in paid), ours]
    dividends.withdraw_dividend(dividend=shared, reason="记错了", **usual(village))
    companies.withdraw_pay_in(row=paid[0], reason="记错了", **usual(village))
    left = sum(each.amount_fen for each in paid[1:])
    assert values(village) == [1, left, None]
    fold(at=AT)
    assert not recount(at=AT)[1]
