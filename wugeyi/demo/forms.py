"""Forms the invented offices ask for: on what basis, until when, two of them filled."""

from datetime import date, datetime, timedelta
from random import Random

from wugeyi.accounts.models import User
from wugeyi.demo import clock, sheets
from wugeyi.organisations.models import Organisation
from wugeyi.organisations.queries import children
from wugeyi.reports import adapter
from wugeyi.reports.actions import cells, filling, register
from wugeyi.reports.models import Cell, Filling, Form, Layout
from wugeyi.reports.rules.entries import Entry

MARK = "（虚构）"
LINES = 24
# Which questions of the hospital's form its secretary answers with what we offer.
CONFIRMED = frozenset({"secretaries_professional", "members_promoted"})


def register_forms(
    *,
    hospital: Organisation,
    city: Organisation,
    town: Organisation,
    secretary: User,
    clerk: User,
    worker: User,
    period: tuple[date, date],
    random: Random,
    until: datetime,
) -> Filling:
    """Register five forms, and fill two: the hospital's to the end, a town's begun.

    ``secretary`` is the hospital's, ``clerk`` keeps the city's register, ``worker`` fills
    for the town. Two forms stand on something; one has no basis, one is past its date.
    The hospital's is filled over ``period`` and frozen. Figures must be settled before.

    Returns
    -------
    Filling
        The frozen one.
    """
    ask = _Asking(until)
    branch_work = ask.for_(
        hospital, _branch_work(until), sheets.branch_work(), by=secretary, days=200
    )
    lines = min(len(children(town, limit=LINES)), LINES)
    monthly = ask.for_(
        city,
        _monthly(until),
        sheets.hotline("12345热线诉求办理情况月报表", lines),
        by=clerk,
        days=180,
    )
    ask.for_(city, _village(until), sheets.village(), by=clerk, days=160)
    ask.for_(city, _no_basis(), sheets.members(), by=clerk, days=20)
    weekly = sheets.hotline("诉求办理情况周报表", lines)
    ask.for_(city, _expired(until), weekly, by=clerk, days=150)
    _begin(monthly, town, _month_before(until), by=worker, at=until)
    filled = _begin(branch_work, hospital, period, by=secretary, at=until)
    _finish(filled, random, by=secretary, at=until)
    return filling.freeze(filling=filled, by=secretary, at=until)


class _Asking:
    """Enters forms in registers, some days before the demo's today."""

    def __init__(self, until: datetime) -> None:
        self.until = until

    def for_(
        self,
        organisation: Organisation,
        entry: Entry,
        content: bytes,
        *,
        by: User,
        days: int,
    ) -> Layout:
        at = clock.office(self.until - timedelta(days=days), 1)
        form = register.register_form(
            entry=entry, organisation=organisation, by=by, at=at
        )
        return register.add_layout(
            form=form,
            filename=f"{entry.name}.xlsx",
            content=content,
            read=adapter.read(content),
            by=by,
            at=at,
        )


def _day(until: datetime, days: int) -> date:
    return (until.astimezone(clock.ZONE) + timedelta(days=days)).date()


def _branch_work(until: datetime) -> Entry:
    return Entry(
        name="公立医院党支部作用发挥情况表",
        asker=f"市卫生健康部门{MARK}",
        frequency=Form.Frequency.YEAR.value,
        basis=f"《演示市公立医院党建工作统计办法》{MARK}",
        article="第六条",
        approved_by=f"市减负办{MARK}",
        approved_on=_day(until, -210),
        valid_until=_day(until, 400),
    )


def _monthly(until: datetime) -> Entry:
    return Entry(
        name="12345热线诉求办理情况月报表",
        asker=f"市政务服务中心{MARK}",
        frequency=Form.Frequency.MONTH.value,
        basis=f"《演示市12345热线管理办法》{MARK}",
        article="第九条",
        approved_by=f"市减负办{MARK}",
        approved_on=_day(until, -190),
        valid_until=_day(until, 300),
    )


def _village(until: datetime) -> Entry:
    return Entry(
        name="村集体经济和人才情况年报表",
        asker=f"市农业农村部门{MARK}",
        frequency=Form.Frequency.YEAR.value,
        basis=f"《演示市村集体经济统计制度》{MARK}",
        article="附件2",
        approved_by=f"市减负办{MARK}",
        approved_on=_day(until, -170),
        valid_until=_day(until, 500),
    )


def _no_basis() -> Entry:
    return Entry(
        name="党员作用发挥情况摸底表",
        asker=f"市里某科室{MARK}",
        frequency=Form.Frequency.NEEDED.value,
    )


def _expired(until: datetime) -> Entry:
    return Entry(
        name="诉求办理情况周报表",
        asker=f"市政务服务中心{MARK}",
        frequency=Form.Frequency.NEEDED.value,
        basis=f"《演示市诉求办理专项行动方案》{MARK}",
        approved_by=f"市减负办{MARK}",
        approved_on=_day(until, -155),
        valid_until=_day(until, -45),
    )


def _month_before(until: datetime) -> tuple[date, date]:
    last = _day(until, 0).replace(day=1) - timedelta(days=1)
    return last.replace(day=1), last


def _begin(
    layout: Layout,
    organisation: Organisation,
    period: tuple[date, date],
    *,
    by: User,
    at: datetime,
) -> Filling:
    return filling.begin(
        layout=layout,
        read=adapter.read(bytes(layout.content)),
        organisation=organisation,
        first=period[0],
        last=period[1],
        by=by,
        at=at,
    )


def _finish(filled: Filling, random: Random, *, by: User, at: datetime) -> None:
    """Confirm what is offered rightly, and answer what nothing is on record about."""
    open_cells = filled.cells.filter(source=Cell.Source.NONE).order_by("number")
    for cell in open_cells:
        if cell.code in CONFIRMED:
            cells.confirm_match(cell=cell, code=cell.code, by=by, at=at)
        elif cell.certainty == adapter.Certainty.NONE and not cell.code:
            number = str(random.randrange(18, 40))
            cells.answer(cell=cell, value=number, seen=None, by=by, at=at)
