"""Long work of this app, done by the worker process of ``jobs``."""

from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wugeyi.circles import adapter
from wugeyi.circles.actions.siting import WORK, answer
from wugeyi.circles.models import Siting
from wugeyi.circles.queries.inputs import gather
from wugeyi.circles.rules import access
from wugeyi.circles.rules.paces import Pace
from wugeyi.circles.rules.refusals import Refused
from wugeyi.jobs import registry
from wugeyi.jobs.models import Work
from wugeyi.jobs.tasks import Task, Trouble

SHANGHAI = ZoneInfo("Asia/Shanghai")
TEXTS = {
    "searching": _("正在比较各处，已能多照顾 %(value)s 人"),
    "proving": _("正在证明还有没有更好的，已能多照顾 %(value)s 人"),
    "needs_planning": _("服务器上没有装规划计算要用的程序包，请管理员安装"),
    "network_lost": _("路网文件不见了，请管理员从备份恢复或重新导入"),
    "no_network": _("这里还没有导入路网"),
    "no_kinds": _("设施清单是空的"),
    "no_homes": _("还没有登记住户"),
    "no_heights": _("路网没有高程，不能算坡度"),
    "gone": _("这次提问已经不在了"),
}


def register() -> None:
    """Let the queue know what it may be asked."""
    registry.work(
        WORK,
        find_sites,
        label=_("选址"),
        texts=TEXTS,
        address=_address,
        may=_may,
        sees=_sees,
    )


def _address(work: Work) -> str:
    return reverse("circles:siting", args=[int(work.subject)])


def _may(request: HttpRequest, work: Work) -> bool:
    path = _path(work)
    reach = request.reach  # type: ignore[attr-defined]
    return path is not None and access.writes(reach, path)


def _sees(request: HttpRequest, work: Work) -> bool:
    path = _path(work)
    reach = request.reach  # type: ignore[attr-defined]
    return path is not None and access.reads(reach, path)


def _path(work: Work) -> str | None:
    """Return where the circle of a search lies."""
    found = Siting.objects.filter(pk=work.subject)
    return found.values_list("circle__organisation__path", flat=True).first()


def find_sites(task: Task) -> None:
    """Search for the sites a question asks for, and write them down."""
    siting = (
        Siting.objects.select_related(
            "circle__organisation", "circle__network", "circle__template", "kind"
        )
        .filter(pk=task.subject)
        .first()
    )
    if siting is None:
        raise Trouble("gone")
    circle = siting.circle
    setting = circle.setting(
        Pace(siting.pace), slope=siting.slope, minutes=siting.minutes
    )
    try:
        gathered = gather(circle, setting, today=task.now().astimezone(SHANGHAI).date())
    except Refused as refused:
        raise Trouble(refused.why.value) from None
    if not gathered.homes:
        raise Trouble("no_homes")
    places = {kind.pk: place for place, kind in enumerate(gathered.kinds)}
    if siting.kind_id not in places:
        raise Trouble("gone")

    def progress(share: float, best: int, bound: int) -> bool:
        message = "proving" if siting.prove else "searching"
        return task.tell(round(share * 100), 100, message, str(best))

    found = adapter.site(
        gathered.inputs,
        adapter.Wanted(
            kind=places[siting.kind_id],
            sites=siting.sites,
            elderly=siting.whom == Siting.For.ELDERLY,
            capacity=siting.capacity,
            prove=siting.prove,
        ),
        progress,
    )
    answer(siting=siting, found=found, digest=gathered.inputs.key, at=task.now())
