"""Books to be checked by other programs: drawn, drawn and closed, and by hand."""

from datetime import date

from hypothesis import HealthCheck, Phase, given, settings

from tests.ledger.books import FIRST_DAY, added, book, books, cr, dr, voucher
from tests.ledger.test_statements import VILLAGE as YEAR
from tests.ledger.test_transition import VILLAGE as OLD
from tests.ledger.test_transition import closed as old_closed
from tests.ledger.village import VILLAGE
from wugeyi.engines.ledger.checking import check_book
from wugeyi.engines.ledger.closing import close_month, reopen
from wugeyi.engines.ledger.findings import errors
from wugeyi.engines.ledger.records import Month, Number
from wugeyi.engines.ledger.reversal import reverse

LAST_DAY = date(2026, 1, 31)
DECEMBER = Month(2024, 12)


def drawn(count):
    """Return books that Hypothesis draws; the programs see all of them at once."""
    found = []

    @settings(
        max_examples=count,
        phases=[Phase.generate],
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(books())
    def keep(kept):
        found.append(kept)

    keep()
    return found


def closed(kept):
    """Return a book whose first year is closed, or None if that cannot be."""
    if not kept.vouchers or errors(check_book(kept)):
        return None
    month = Month.of(min(each.day for each in kept.vouchers))
    while month <= DECEMBER:
        kept = close_month(kept, month, monthly=month.month % 2 == 0)
        month = month.following
    return kept


def red():
    """Return a book with a voucher taken back in red: the same sides, less than 0.

    Checks refuse it, and so does the database; what stands in an old book so is summed
    up as it stands all the same.
    """
    return book(
        voucher(1, FIRST_DAY, dr("1020101", 500_00), cr("501", 500_00)),
        voucher(2, date(2024, 2, 9), dr("1020101", -500_00), cr("501", -500_00)),
        voucher(3, date(2024, 2, 9), dr("1020101", 50_00), cr("501", 50_00)),
    )


def mirrored():
    """Return a book with the same error taken back by a reversal of ours."""
    kept = book(voucher(1, FIRST_DAY, dr("1020101", 500_00), cr("501", 500_00)))
    kept = added(kept, reverse(kept, Number(2024, 1), date(2024, 2, 9)))
    return added(
        kept, voucher(3, date(2024, 2, 9), dr("1020101", 50_00), cr("501", 50_00))
    )


def shelf(count):
    """Return all of them."""
    found = drawn(count)
    found += [made for each in found if (made := closed(each)) is not None]
    found += [YEAR, VILLAGE, closed(YEAR), reopen(closed(YEAR), "成员大会决定")]
    found += [OLD, old_closed()]
    return [*found, red(), mirrored()]
