"""Who may read, register and book what a collective owns.

Roles are held over the organisation whose books they are. Registering a card is no
booking: drafts of vouchers are made by who keeps the books, and by nobody else.
"""

from wugeyi.books.rules import access as books
from wugeyi.organisations.rules import Reach, Role

READS = books.READS
REGISTERS = frozenset({Role.ACCOUNTANT, Role.SECRETARY, Role.WORKER})
KEEPS = books.KEEPS
# Whose work needs the names of members; everybody else reads them masked.
NAMES = REGISTERS | {Role.CASHIER, Role.REVIEWER}


def reads(reach: Reach, path: str) -> bool:
    """Tell whether the register of the organisation at ``path`` may be read."""
    return reach.covers(READS, path)


def registers(reach: Reach, path: str) -> bool:
    """Tell whether cards, contracts, members and companies may be written there."""
    return reach.covers(REGISTERS, path)


def keeps(reach: Reach, path: str) -> bool:
    """Tell whether drafts of vouchers may be made there."""
    return reach.covers(KEEPS, path)


def names(reach: Reach, path: str) -> bool:
    """Tell whether names of persons are shown in full."""
    return reach.covers(NAMES, path)
