"""A book as text for other programs: beancount, ledger and hledger, CSV."""

from wugeyi.engines.ledger.exports.beancount import beancount
from wugeyi.engines.ledger.exports.journal import journal
from wugeyi.engines.ledger.exports.table import table

__all__ = ["beancount", "journal", "table"]
