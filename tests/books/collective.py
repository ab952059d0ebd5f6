"""A village's books, the people who keep them, and entries that may be posted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from tests.casework.world import World, build, hire, plant
from wugeyi.accounts.models import User
from wugeyi.books.actions.books import open_book
from wugeyi.books.models import Book
from wugeyi.books.rules.entries import Entry, Line
from wugeyi.organisations.models import Organisation
from wugeyi.organisations.rules import Role

AT = datetime(2026, 3, 18, 1, 0, tzinfo=UTC)
BEGINS = date(2024, 1, 1)


@dataclass
class Collective:
    world: World
    village: Organisation
    book: Book
    accountant: User
    cashier: User
    reviewer: User

    @property
    def people(self) -> dict:
        """Who wrote, who reviewed and who acts, and when: for an action."""
        return {
            "prepared_by": self.accountant,
            "reviewed_by": self.reviewer,
            "by": self.reviewer,
            "at": AT,
        }


def found(world: World | None = None, regime: str = "2023") -> Collective:
    """Make a village of a town, whose accountant keeps the books of all its villages."""
    world = world or build()
    village = plant("溪口村", "village", "990101001201", world.town)
    accountant = world["accountant"]
    cashier = hire("cashier", Role.CASHIER, village)
    reviewer = hire("reviewer", Role.REVIEWER, world.town)
    book = open_book(
        organisation=village,
        keeper="collective",
        regime=regime,
        code="XK",
        name_zh="溪口村股份经济合作社",
        name_en="Xikou collective",
        begins_on=BEGINS,
        by=accountant,
        at=AT,
    )
    return Collective(world, village, book, accountant, cashier, reviewer)


def line(account: str, yuan: int, summary: str = "测试", **items: str) -> Line:
    """Return a line: more than 0 is debit, less is credit."""
    fen = yuan * 100
    return Line(account, max(fen, 0), max(-fen, 0), summary, **items)


def entry(day: date, *lines: Line, **more: object) -> Entry:
    return Entry(day, tuple(lines), **more)  # type: ignore[arg-type]


def rent(day: date, yuan: int = 1000) -> Entry:
    """Rent came to the bank."""
    return entry(day, line("102", yuan, "收门面租金"), line("501", -yuan, "收门面租金"))


def lamps(day: date, yuan: int = 300) -> Entry:
    """Street lamps were paid."""
    return entry(day, line("514", yuan, "路灯电费"), line("102", -yuan, "路灯电费"))


def year_of_rent(year: int = 2024) -> Iterable[Entry]:
    """Twelve months with rent and lamps."""
    for month in range(1, 13):
        yield rent(date(year, month, 5))
        yield lamps(date(year, month, 20))
