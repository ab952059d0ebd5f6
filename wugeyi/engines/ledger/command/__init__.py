"""The command: a book in a folder, without a database.

Results go to standard output and to files, everything else to standard error.
"""

from wugeyi.engines.ledger.command.running import main

__all__ = ["main"]
