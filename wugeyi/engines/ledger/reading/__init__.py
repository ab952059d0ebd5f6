"""Books from tables: what cannot be used is told by row, nothing is guessed."""

from wugeyi.engines.ledger.reading.folder import Folder, read, toml, write
from wugeyi.engines.ledger.reading.vouchers import read_vouchers

__all__ = ["Folder", "read", "read_vouchers", "toml", "write"]
