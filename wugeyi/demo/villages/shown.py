"""Sheets of the invented villages for their invented villagers."""

from datetime import datetime, timedelta

from wugeyi.accounts.models import User
from wugeyi.books.actions.disclosures import draw_up, publish, review
from wugeyi.books.adapter.amounts import closed_until
from wugeyi.books.models import Book, Disclosure, Rhythm
from wugeyi.books.rules.disclosure import Period
from wugeyi.demo.clock import ZONE

GROUP = "民主理财小组（演示）"
RESOURCES = "后山林地 186.5 亩，没有发包。综合楼一层门面出租，到期日见合同。"
PLANS = "和上期一样。"


def show(book: Book, *, by: User, until: datetime) -> Disclosure | None:
    """Show the last whole period that is closed; again does nothing."""
    closed = closed_until(book)
    if closed is None or book.disclosures.exists():
        return book.disclosures.first()
    months = 1 if book.rhythm == Rhythm.MONTHLY else 3
    last = closed if months == 1 else (closed + 1) // 3 * 3 - 1
    sheet = draw_up(
        book=book,
        period=Period(last - months + 1, last),
        by=by,
        at=until - timedelta(days=2),
        plans=PLANS,
        resources=RESOURCES,
    )
    sheet = review(
        disclosure=sheet,
        reviewed_by=GROUP,
        reviewed_on=(until - timedelta(days=1)).astimezone(ZONE).date(),
        opinion="逐笔看过，没有意见。",
        version=sheet.version,
        by=by,
        at=until - timedelta(days=1),
    )
    return publish(disclosure=sheet, version=sheet.version, by=by, at=until)
