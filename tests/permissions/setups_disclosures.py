"""What stands in the community when a row of disclosures is asked."""

from collections.abc import Callable
from datetime import date
from typing import Any

from tests.casework.world import NOW, World, hire
from wugeyi.books.actions import disclosures as actions
from wugeyi.books.actions.books import open_book
from wugeyi.books.actions.months import close_month
from wugeyi.books.actions.posting import post
from wugeyi.books.models import Disclosure
from wugeyi.books.rules.disclosure import Period
from wugeyi.books.rules.entries import Entry, Line
from wugeyi.books.rules.months import month_of
from wugeyi.organisations.rules import Role

Laid = tuple[dict[str, Any], dict[str, Any]]
BEGINS = date(2025, 10, 1)
FIRST = month_of(BEGINS)


def closed(world: World) -> tuple[dict[str, Any], dict[str, Any]]:
    """Books whose first quarter is closed."""
    writer = hire("disclosure-writer", Role.ACCOUNTANT, world.community)
    other = hire("disclosure-reviewer", Role.REVIEWER, world.community)
    book = open_book(
        organisation=world.community,
        keeper="collective",
        regime="2023",
        code="SHOW",
        name_zh="金桥股份经济合作社",
        begins_on=BEGINS,
        by=writer,
        at=NOW,
    )
    lines = (Line("102", 100, 0, "租金"), Line("501", 0, 100, "租金"))
    post(
        book=book,
        entry=Entry(BEGINS, lines),
        prepared_by=writer,
        reviewed_by=other,
        by=other,
        at=NOW,
    )
    for month in range(FIRST, FIRST + 3):
        close_month(book=book, month=month, by=writer, reviewed_by=other, at=NOW)
    return {"book": book, "by": writer}, {}


def drawn(world: World) -> Disclosure:
    """A sheet the villagers' group has looked over."""
    made, _nothing = closed(world)
    row = actions.draw_up(
        book=made["book"], period=Period(FIRST, FIRST + 2), by=made["by"], at=NOW
    )
    return actions.review(
        disclosure=row,
        reviewed_by="张三",
        reviewed_on=NOW.date(),
        opinion="",
        version=row.version,
        by=made["by"],
        at=NOW,
    )


def shown(world: World) -> Disclosure:
    """The same, published."""
    row = drawn(world)
    made = row.drawn_up_by
    assert made is not None
    return actions.publish(disclosure=row, version=row.version, by=made, at=NOW)


SETUPS: dict[str, Callable[[World], Laid]] = {
    "d-book": lambda world: ({"pk": closed(world)[0]["book"].pk}, {}),
    "d-quarter": lambda world: (
        {"pk": closed(world)[0]["book"].pk, "first": FIRST},
        {},
    ),
    "d-drawn": lambda world: ({"pk": drawn(world).pk}, {}),
    "d-hidden": lambda world: ({"code": drawn(world).code}, {}),
    "d-shown": lambda world: ({"code": shown(world).code}, {}),
    "d-village": lambda world: ({"code": shown(world).book.code}, {}),
}
