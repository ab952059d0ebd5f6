"""Who may read and keep books: roles held over the organisation whose books they are.

The accounting law keeps hands apart: who writes a voucher does not review it, and who
holds the cash never reviews. One accountant of a town keeps the books of all villages
below.
"""

from wugeyi.organisations.rules import OFFICE, Reach, Role

READS = (OFFICE - {Role.ADMINISTRATOR}) | {
    Role.ACCOUNTANT,
    Role.CASHIER,
    Role.REVIEWER,
}
KEEPS = frozenset({Role.ACCOUNTANT})
# Bank statements and papers; never a voucher.
HANDS_IN = frozenset({Role.ACCOUNTANT, Role.CASHIER})
REVIEWS = frozenset({Role.REVIEWER})
# Who opens a set of books, and reopens a closed month.
OPENS = frozenset({Role.ACCOUNTANT})


def reads(reach: Reach, path: str) -> bool:
    """Tell whether the books of the organisation at ``path`` may be read."""
    return reach.covers(READS, path)


def keeps(reach: Reach, path: str) -> bool:
    """Tell whether vouchers may be written, months closed, sheets published."""
    return reach.covers(KEEPS, path)


def hands_in(reach: Reach, path: str) -> bool:
    """Tell whether bank statements and papers may be handed in."""
    return reach.covers(HANDS_IN, path)


def reviews(reach: Reach, path: str) -> bool:
    """Tell whether vouchers may be reviewed; a cashier of these books never may."""
    return reach.covers(REVIEWS, path) and not reach.covers({Role.CASHIER}, path)
