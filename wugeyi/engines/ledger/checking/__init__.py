"""What is wrong with a voucher, and with a book."""

from wugeyi.engines.ledger.checking.books import check_book, require
from wugeyi.engines.ledger.checking.vouchers import check

__all__ = ["check", "check_book", "require"]
