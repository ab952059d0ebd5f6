"""Long work of this app: reading a file of OpenStreetMap."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wugeyi.jobs import registry
from wugeyi.jobs.models import Work
from wugeyi.jobs.tasks import Task, Trouble
from wugeyi.organisations.rules import Reach
from wugeyi.places import adapter, gateway
from wugeyi.places.actions import osm
from wugeyi.places.queries.files import osm_file
from wugeyi.places.rules import access
from wugeyi.places.rules.files import READ_OSM

TEXTS = {
    "reading": _("正在读道路、房屋和设施，一个城市大约要一分钟。"),
    "lacking": _("服务器上还没有装读地图用的部分，请管理员安装 wugeyi[planning]。"),
    "refused": _("这个文件读不了，原因写在下面。"),
    "decided": _("这个文件已经处理过了。"),
    "gone": _("文件不在了，请重新上传。"),
}


def register() -> None:
    """Let the worker read files of OpenStreetMap."""
    registry.work(
        READ_OSM,
        read_osm,
        label=_("读地图文件"),
        texts=TEXTS,
        address=lambda work: reverse("places:osm", args=[int(work.subject)]),
        may=may,
    )


def may(request: HttpRequest, work: Work) -> bool:
    """Tell whether somebody may see and stop the reading of a file."""
    reach: Reach | None = getattr(request, "reach", None)
    found = osm_file(int(work.subject))
    return bool(
        reach and found and reach.covers(access.WRITES, found.organisation.path)
    )


def read_osm(task: Task) -> None:
    """Read a file that was sent, and keep what it holds for somebody to look at."""
    found = osm_file(int(task.subject))
    if found is None or not found.file:
        raise Trouble("decided")
    if adapter.lacking():
        raise Trouble("lacking")
    task.tell(0, 0, "reading")
    path = gateway.path_of(found.file)
    if not path.exists():
        raise Trouble("gone")
    try:
        reading = adapter.read_osm(
            path,
            found.template.code,
            gateway.data_folder(),
            found.batch.filename,
        )
    except adapter.Unusable as problem:
        osm.keep_refusal(osm_file=found, finding=problem.finding)
        raise Trouble("refused") from problem
    if not osm.keep_reading(osm_file=found, reading=reading, at=task.now()):
        raise Trouble("decided")
