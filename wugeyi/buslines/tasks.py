"""Long work of this app, done by the worker process of ``jobs``, and by the clock."""

from datetime import datetime

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wugeyi.buslines.actions import bookings, rostering
from wugeyi.buslines.actions.planning import REASONS, WORK, answer, explain
from wugeyi.buslines.adapter import planning as engine
from wugeyi.buslines.adapter import rostering as crews
from wugeyi.buslines.models import Line, Plan, Roster
from wugeyi.buslines.queries.plans import load_plan
from wugeyi.buslines.queries.rosters import load_roster
from wugeyi.buslines.rules import access
from wugeyi.jobs import registry
from wugeyi.jobs.models import Work
from wugeyi.jobs.tasks import Task, Trouble

NEEDS = _("服务器上没有装规划计算要用的程序包，请管理员安装 wugeyi[planning]")
GONE = _("这个方案已经不在了")
PLAN_TEXTS = {
    "preparing": _("正在列出所有走得通的班次"),
    "planning": _("现有方案的价值和可能的上限（元）：%(value)s"),
    "trips-too-many": _(
        "走得通的班次太多，无法逐一比较。请缩短最长乘车时间，或少停几站。"
    ),
    "needs_planning": NEEDS,
    "gone": GONE,
}
REASON_TEXTS = {
    "explaining": _("正在逐个算没接上的原因，已算好 %(value)s 个"),
    "needs_planning": NEEDS,
    "gone": GONE,
}


ROSTER_TEXTS = {
    "preparing": _("正在看规则排不排得开"),
    "rostering": _("单独一天上班或休息的天数，现在和至少：%(value)s"),
    "needs_planning": NEEDS,
    "gone": _("这份排班已经不在了"),
}


def register() -> None:
    """Let the queue know what it may be asked."""
    registry.work(
        WORK,
        make_plan,
        label=_("排班方案"),
        texts=PLAN_TEXTS,
        address=_address,
        may=_may,
    )
    registry.work(
        REASONS,
        explain_plan,
        label=_("没接上的原因"),
        texts=REASON_TEXTS,
        address=_address,
        may=_may,
    )
    registry.work(
        rostering.WORK,
        make_roster,
        label=_("排班到人"),
        texts=ROSTER_TEXTS,
        address=_roster_address,
        may=_may_roster,
    )
    registry.daily("erase-bus-words", erase_words)


def erase_words(at: datetime) -> int:
    """Take away what people told the driver, once the day is past."""
    return bookings.erase_words(today=timezone.localdate(at), at=at)


def _roster_address(work: Work) -> str:
    return reverse("buslines:roster", args=[int(work.subject)])


def _address(work: Work) -> str:
    return reverse("buslines:plan", args=[int(work.subject)])


def _may(request: HttpRequest, work: Work) -> bool:
    return _writes(request, Line.objects.filter(scenarios__plans=int(work.subject)))


def _may_roster(request: HttpRequest, work: Work) -> bool:
    rows = Roster.objects.filter(pk=work.subject).values("plan__scenario__line")
    return _writes(request, Line.objects.filter(pk__in=rows))


def _writes(request: HttpRequest, lines: QuerySet[Line]) -> bool:
    line = lines.select_related("organisation").first()
    reach = request.reach  # type: ignore[attr-defined]
    return line is not None and access.writes(reach, line.organisation.path)


def _wanted(task: Task) -> Plan:
    plan = load_plan(int(task.subject))
    if plan is None:
        raise Trouble("gone")
    if engine.lacking():
        raise Trouble("needs_planning")
    return plan


def make_plan(task: Task) -> None:
    """Search for the best plan of frozen inputs; stopped, the best so far is kept."""
    plan = _wanted(task)
    task.tell(0, 0, "preparing")

    def progress(value_fen: int, bound_fen: int) -> bool:
        value = f"{value_fen / 100:.2f} ≤ {bound_fen / 100:.2f}"
        return task.tell(0, 0, "planning", value)

    try:
        worked = engine.work_out(plan.inputs, plan.fares, plan.steps, progress)
    except engine.Refused as refused:
        code = refused.findings[0].code if refused.findings else ""
        raise Trouble(code if code in PLAN_TEXTS else "trips-too-many") from None
    answer(plan=plan, worked=worked, at=task.now())


def explain_plan(task: Task) -> None:
    """Find why each request is left out; stopped, what is known so far is kept."""
    plan = _wanted(task)
    if plan.result is None:
        raise Trouble("gone")
    found: list[tuple[str, object]] = []
    for code, reason in engine.reasons(plan.inputs, plan.result):
        found.append((code, reason))
        many = f"{len(found)} / {plan.requests_left}"
        if not task.tell(len(found), plan.requests_left, "explaining", many):
            break
    explain(plan=plan, reasons=found, at=task.now())


def make_roster(task: Task) -> None:
    """Give duties to drivers; where there is no way, say which inputs are at odds."""
    roster = load_roster(int(task.subject))
    if roster is None:
        raise Trouble("gone")
    if engine.lacking():
        raise Trouble("needs_planning")
    task.tell(0, 0, "preparing")

    def progress(single: int, least: int) -> bool:
        told = f"{max(single, 0)} / {least}"
        return task.tell(0, 0, "rostering", told)

    made = crews.make(roster.inputs, roster.first_day, roster.days, progress)
    rostering.answer(roster=roster, made=made, at=task.now())
