"""What the clock and the worker do for stations."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wugeyi.jobs import registry
from wugeyi.jobs.models import Work
from wugeyi.jobs.tasks import Task, Trouble
from wugeyi.places import gateway
from wugeyi.stations import adapter
from wugeyi.stations.actions import gaps, mending
from wugeyi.stations.models import GapSearch
from wugeyi.stations.rules import access

TEXTS = {
    "searching": _("正在沿路网比较各处"),
    "lost": _("路网文件不见了，请管理员从备份恢复或重新导入"),
    "gone": _("这次提问已经不在了"),
}


def register() -> None:
    """Tell the clock and the queue what stations need."""
    registry.always("stations.mended", mending.settle)
    registry.daily("stations.reopened", mending.unsettle)
    registry.work(
        gaps.WORK,
        find_gaps,
        label=_("驿站空白"),
        texts=TEXTS,
        address=_address,
        may=_may,
        sees=_sees,
    )


def _address(work: Work) -> str:
    return reverse("stations:gap", args=[int(work.subject)])


def _path(work: Work) -> str | None:
    rows = GapSearch.objects.filter(pk=work.subject)
    return rows.values_list("organisation__path", flat=True).first()


def _may(request: HttpRequest, work: Work) -> bool:
    path = _path(work)
    reach = request.reach  # type: ignore[attr-defined]
    return path is not None and access.writes(reach, path)


def _sees(request: HttpRequest, work: Work) -> bool:
    path = _path(work)
    reach = request.reach  # type: ignore[attr-defined]
    return path is not None and access.reads(reach, path)


def find_gaps(task: Task) -> None:
    """Look along the network from where work gathers, and write down what is missing."""
    row = (
        GapSearch.objects.select_related("organisation", "network", "by")
        .filter(pk=task.subject)
        .first()
    )
    if row is None or row.network is None:
        raise Trouble("gone")
    path = gateway.network_path(row.network)
    if not path.exists():
        raise Trouble("lost")
    known = gaps.inputs_of(row)
    question = adapter.Question(
        path=path,
        network=row.network.digest,
        speed_mm_s=row.speed_mm_s,
        minutes=row.minutes,
        sites=row.sites_wanted,
    )
    if known.clusters:
        found = adapter.look(
            question,
            known.clusters,
            known.places,
            lambda share, _best, _bound: task.tell(
                round(100 * share), 100, "searching"
            ),
        )
    else:
        found = adapter.Found([], [], [])
    answered = gaps.along_streets(row, known, found)
    gaps.answer(row=row, found=answered, at=task.now())
