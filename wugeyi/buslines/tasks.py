"""Long work of this app, done by the worker process of ``jobs``, and by the clock."""

from collections.abc import Callable
from datetime import datetime

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wugeyi.buslines import gateway
from wugeyi.buslines.actions import bookings, files, rostering
from wugeyi.buslines.actions.planning import REASONS, WORK, answer, explain
from wugeyi.buslines.adapter import maps
from wugeyi.buslines.adapter import planning as engine
from wugeyi.buslines.adapter import rostering as crews
from wugeyi.buslines.models import Line, MapFile, Plan, Roster, Spot, Vehicle, holding
from wugeyi.buslines.queries.plans import load_plan
from wugeyi.buslines.queries.rosters import load_roster
from wugeyi.buslines.rules import access
from wugeyi.buslines.rules.files import READ_MAP
from wugeyi.buslines.rules.refusals import Refused
from wugeyi.jobs import keeping, registry
from wugeyi.jobs.models import Work
from wugeyi.jobs.tasks import Task, Trouble
from wugeyi.organisations.rules import Reach

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
MAP_TEXTS = {
    "reading": _("正在读地图上的路"),
    "driving": _("正在算每两个地点之间要开多久：%(value)s"),
    "map-missing": _("文件不在了，请重新上传。"),
    "map-foreign": _("这不是 OSM 地图文件。请上传 .osm.pbf 或 .osm。"),
    "map-damaged": _("地图文件坏了，读不完。请重新下载再上传。"),
    "map-no-roads": _("地图里没有车能走的路。请核对是不是这一带的地图。"),
    "no-spots": _("还没有写了经纬度的地点。请先在站点、市场、车场上写经纬度。"),
    "closed": _("这条线已经停运，没有写入。"),
    "needs_planning": NEEDS,
    "gone": _("文件不在了，请重新上传。"),
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
        sees=_sees,
    )
    registry.work(
        REASONS,
        explain_plan,
        label=_("没接上的原因"),
        texts=REASON_TEXTS,
        address=_address,
        may=_may,
        sees=_sees,
    )
    registry.work(
        rostering.WORK,
        make_roster,
        label=_("排班到人"),
        texts=ROSTER_TEXTS,
        address=_roster_address,
        may=_may_roster,
        sees=_sees_roster,
    )
    registry.work(
        READ_MAP,
        read_map,
        label=_("从地图算行车时间"),
        texts=MAP_TEXTS,
        address=_map_address,
        may=_may_map,
        sees=_sees_map,
    )
    registry.daily("erase-bus-words", erase_words)
    keeping.register(
        keeping.Keeping(
            "buslines-words",
            _("惠农专线"),
            _("约车时捎给司机的话"),
            _("只给那一天的司机看"),
            0,
            _("那一天过后就删"),
        )
    )


def erase_words(at: datetime) -> int:
    """Take away what people told the driver, once the day is past."""
    return bookings.erase_words(today=timezone.localdate(at), at=at)


def _roster_address(work: Work) -> str:
    return reverse("buslines:roster", args=[int(work.subject)])


def _address(work: Work) -> str:
    return reverse("buslines:plan", args=[int(work.subject)])


def _planned(work: Work) -> QuerySet[Line]:
    return Line.objects.filter(scenarios__plans=int(work.subject))


def _rostered(work: Work) -> QuerySet[Line]:
    rows = Roster.objects.filter(pk=work.subject).values("plan__scenario__line")
    return Line.objects.filter(pk__in=rows)


def _may(request: HttpRequest, work: Work) -> bool:
    return _writes(request, _planned(work))


def _sees(request: HttpRequest, work: Work) -> bool:
    return _reads(request, _planned(work))


def _may_roster(request: HttpRequest, work: Work) -> bool:
    return _writes(request, _rostered(work))


def _sees_roster(request: HttpRequest, work: Work) -> bool:
    return _reads(request, _rostered(work))


def _writes(request: HttpRequest, lines: QuerySet[Line]) -> bool:
    return _reached(access.writes, request, lines)


def _reads(request: HttpRequest, lines: QuerySet[Line]) -> bool:
    return _reached(access.reads, request, lines)


def _reached(
    rule: Callable[[Reach, str], bool], request: HttpRequest, lines: QuerySet[Line]
) -> bool:
    line = lines.select_related("organisation").first()
    reach = request.reach  # type: ignore[attr-defined]
    return line is not None and rule(reach, line.organisation.path)


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


def _map_address(work: Work) -> str:
    row = MapFile.objects.filter(pk=work.subject).first()
    if row is None:
        return reverse("buslines:list")
    return reverse("buslines:records", args=[row.line_id, "ways"])


def _mapped(work: Work) -> QuerySet[Line]:
    rows = MapFile.objects.filter(pk=work.subject).values("line")
    return Line.objects.filter(pk__in=rows)


def _may_map(request: HttpRequest, work: Work) -> bool:
    return _writes(request, _mapped(work))


def _sees_map(request: HttpRequest, work: Work) -> bool:
    return _reads(request, _mapped(work))


def read_map(task: Task) -> None:
    """Read driving times from a map for the spots there are today; whole or not."""
    row = MapFile.objects.select_related("line", "sent_by").filter(pk=task.subject)
    sent = row.first()
    if sent is None or not gateway.path_of(sent.file).exists():
        raise Trouble("gone")
    if maps.lacking():
        raise Trouble("needs_planning")
    today = timezone.localdate(task.now())
    spots = list(Spot.objects.filter(holding(today), line=sent.line).order_by("code"))
    if not any(spot.lat is not None for spot in spots):
        raise Trouble("no-spots")
    task.tell(0, 0, "reading")
    buses = Vehicle.objects.filter(holding(today), line=sent.line)
    longest = buses.order_by("-length_cm").values_list("length_cm", flat=True).first()
    try:
        read = maps.read(
            gateway.path_of(sent.file),
            spots,
            longest_cm=longest,
            progress=lambda n, of: task.tell(n, of, "driving", f"{n} / {of}"),
        )
    except maps.Stopped:
        return
    except maps.Refused as refused:
        code = refused.findings[0].code if refused.findings else ""
        raise Trouble(code if code in MAP_TEXTS else "map-damaged") from None
    try:
        files.keep_ways(
            map_file=sent,
            ways=read.ways,
            shapes=read.shapes,
            findings=maps.to_json(read.findings),
            on=today,
            at=task.now(),
        )
    except Refused:
        raise Trouble("closed") from None
