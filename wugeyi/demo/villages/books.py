"""Three years of the villages' books, made through the actions by the worker."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from wugeyi.accounts.models import User
from wugeyi.books.actions.books import add_item, open_book
from wugeyi.books.actions.drafts import submit
from wugeyi.books.actions.drafts import write as draft
from wugeyi.books.actions.heads import publish
from wugeyi.books.actions.months import close_month
from wugeyi.books.actions.posting import post_many
from wugeyi.books.adapter.amounts import closed_until, summed
from wugeyi.books.models import Book, Voucher
from wugeyi.books.rules.months import first_day, last_day, month_of
from wugeyi.demo import clock
from wugeyi.demo.villages import vouchers
from wugeyi.demo.villages.decisions import decide
from wugeyi.demo.villages.property import own
from wugeyi.demo.villages.shown import show
from wugeyi.demo.villages.stories import VILLAGES, Village
from wugeyi.demo.villages.units import TOWN
from wugeyi.jobs import registry
from wugeyi.jobs.actions import ask
from wugeyi.jobs.models import Work
from wugeyi.jobs.tasks import Task
from wugeyi.organisations.models import Organisation
from wugeyi.organisations.rules import Role

WORK = "demo.villages"
# Those whose property and members are told too.
TOLD = VILLAGES[:4]
ACCOUNTANT, REVIEWER = "kuaiji", "jihe"
SECRETARY = f"{Role.SECRETARY.value}-{TOWN}"
YEARS = 3
# From here on an expense or investment needs a decision, in fen.
LARGE_FEN = 20_000_000
SHANGHAI = ZoneInfo("Asia/Shanghai")
# Vouchers of the last weeks that wait for the reviewer.
WAITING = 3


def register() -> None:
    """Let the queue know how the villages' books are made."""
    registry.work(WORK, make, label=_("准备演示用的村账"))


def plan(*, at: datetime) -> Work | None:
    """Ask for the books."""
    town = Organisation.objects.get(code=TOWN)
    return ask(kind=WORK, subject=town.pk, organisation_id=town.pk, by=None, at=at)


def make(task: Task) -> None:
    """Make the books of every village; begun again, it goes on where it stood."""
    keepers = Keepers(
        User.objects.get(username=ACCOUNTANT),
        User.objects.get(username=REVIEWER),
        User.objects.get(username=SECRETARY),
    )
    until = task.work.asked_at
    for done, village in enumerate(VILLAGES):
        if not task.tell(done, len(VILLAGES)):
            return
        keep(village, keepers, until)


@dataclass(frozen=True, slots=True)
class Keepers:
    """Who writes, who reviews, and who keeps the branch's records."""

    accountant: User
    reviewer: User
    secretary: User | None = None

    def people(self, at: datetime) -> dict[str, object]:
        """Return them as actions want them."""
        return {
            "prepared_by": self.accountant,
            "reviewed_by": self.reviewer,
            "by": self.reviewer,
            "at": at,
        }


def begins_on(until: datetime) -> date:
    """Return the first day of the books: three whole years before this one."""
    return date(until.astimezone(SHANGHAI).year - YEARS, 1, 1)


def keep(village: Village, keepers: Keepers, until: datetime) -> Book:
    """Keep a village's books from their first day up to now.

    The month before last is the last closed one; of last month everything is posted,
    and a few vouchers of these weeks wait for the reviewer.
    """
    book = _opened(village, keepers, until)
    today = until.astimezone(SHANGHAI).date()
    now = month_of(today)
    closed = closed_until(book)
    first = month_of(book.begins_on) if closed is None else closed + 1
    for month in range(first, now):
        with transaction.atomic():
            _month(book, village, month, keepers, until)
            if month < now - 1:
                close_month(
                    book=book,
                    month=month,
                    by=keepers.accountant,
                    reviewed_by=keepers.reviewer,
                    at=_evening(month, until),
                )
    _waiting(book, village, now, keepers, today, until)
    publish(book=book, at=until)
    with transaction.atomic():
        show(book, by=keepers.accountant, until=until)
        if village in TOLD:
            own(book, by=keepers.accountant, at=until)
    return book


def _opened(village: Village, keepers: Keepers, until: datetime) -> Book:
    known = Book.objects.filter(code=village.code).first()
    if known is not None:
        return known
    begins = begins_on(until)
    at = clock.office(datetime(begins.year, 1, 2, tzinfo=SHANGHAI), 2, weekends=True)
    with transaction.atomic():
        book = open_book(
            organisation=Organisation.objects.get(code=village.code),
            keeper="collective",
            regime="2023",
            code=village.code,
            name_zh=village.name.replace("（演示）", "股份经济合作社（演示）"),
            name_en=village.english.replace("village", "collective"),
            begins_on=begins,
            rhythm="monthly" if len(village.flows) > 12 else "quarterly",
            large_fen=LARGE_FEN,
            by=keepers.accountant,
            at=at,
        )
        for code, name in village.projects:
            add_item(
                book=book, kind="project", code=code, name=name,
                by=keepers.accountant, at=at,
            )  # fmt: skip
        post_many(
            book=book,
            entries=[vouchers.opening(village, begins)],
            **keepers.people(at),  # type: ignore[arg-type]
        )
    return book


def _month(
    book: Book, village: Village, month: int, keepers: Keepers, until: datetime
) -> None:
    if Voucher.objects.filter(
        book=book,
        kind="ordinary",
        day__gte=first_day(month),
        day__lte=last_day(month),
    ).exists():
        return
    at = _evening(month, until)
    entries = [
        replace(each, decision_id=_invested(book, each.day, keepers, at))
        if any(line.account == "141" for line in each.lines)
        else each
        for each in vouchers.of_month(village, month, book.begins_on)
    ]
    shared = vouchers.shared_out(village, month, _undistributed(book, month))
    if shared:
        decided = _shared_out(book, shared[0].day, keepers, at)
        entries += [replace(each, decision_id=decided) for each in shared]
        entries.sort(key=lambda each: each.day)
    post_many(
        book=book,
        entries=entries,
        **keepers.people(at),  # type: ignore[arg-type]
    )


def _invested(book: Book, day: date, keepers: Keepers, at: datetime) -> int:
    return decide(
        village=book.organisation,
        kind="investment",
        matter="以集体资金对外出资：签书面合同，以出资额为限承担责任",
        opinion="同意出资，合同和收益情况按季公开",
        on=day - timedelta(days=3),
        by=keepers.secretary,
        at=at,
    ).pk


def _shared_out(book: Book, day: date, keepers: Keepers, at: datetime) -> int:
    return decide(
        village=book.organisation,
        kind="plans",
        matter=f"{day.year - 1} 年度收益分配方案：先提公积公益金，再按份额分给成员",
        opinion="同意方案，分配前张榜公布",
        on=day - timedelta(days=6),
        by=keepers.secretary,
        at=at,
    ).pk


def _undistributed(book: Book, month: int) -> int:
    """Return what may be shared out: undistributed income of the years before."""
    sums = summed(book, last_day(month - 1))
    return -sum(
        line.net_fen
        for each in sums.vouchers
        for line in each.postings
        if line.account.startswith("322")
    )


def _waiting(
    book: Book,
    village: Village,
    month: int,
    keepers: Keepers,
    today: date,
    until: datetime,
) -> None:
    if book.drafts.exists():
        return
    entries = [
        each
        for each in vouchers.of_month(village, month, book.begins_on)
        if each.day <= today
    ]
    for entry in entries[:WAITING]:
        made = draft(
            book=book,
            day=entry.day,
            lines=entry.lines,
            by=keepers.accountant,
            at=until,
        )
        submit(draft=made, version=made.version, by=keepers.accountant, at=until)


def _evening(month: int, until: datetime) -> datetime:
    """Return a moment a few days after a month, never after now."""
    day = last_day(month) + timedelta(days=4)
    at = clock.office(
        datetime(day.year, day.month, day.day, tzinfo=SHANGHAI), 3, weekends=True
    )
    return min(at, until)
