"""Projects somebody published: in the words approved for everybody."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wugeyi.interfaces.queries.data.headings import Heading
from wugeyi.interfaces.queries.data.rows import (
    PUBLISHED,
    UNIT,
    day,
    found,
    moment,
    of_unit,
)
from wugeyi.interfaces.registry import Asked, Column, Found, Kind, Source, Value
from wugeyi.projects.models import Project


def _rows(asked: Asked) -> list[Found]:
    shown = Project.objects.filter(published_at__isnull=False, withdrawn_at=None)
    rows = shown.select_related("organisation", "other_kind")
    return found(rows, asked, _values, unit="organisation_id")


def _values(row: Project, asked: Asked) -> list[Value]:
    return [
        row.title,
        row.public_goal,
        row.public_result,
        row.kind,
        row.kind_name,
        row.state,
        day(row.started_on),
        day(row.ended_on),
        *of_unit(row.organisation),
        moment(row.published_at),
        asked.base + reverse("projects:public", args=[row.pk]),
    ]


SOURCE = Source(
    code="projects",
    title=_("公开的项目"),
    about=_("向大家公开的项目：目标、结果和状态，没有成功的也在里面。"),
    columns=(
        Column("title", _("名称")),
        Column("goal", _("目标")),
        Column("result", _("结果；空着是还没有结果")),
        Column("kind_code", _("类别代码")),
        Column("kind", _("类别")),
        Column(
            "state",
            _(
                "planned 计划中，running 进行中，done 已完成，stopped 已停止，failed 未成功"
            ),
        ),
        Column("started_on", _("开始日期"), Kind.DAY),
        Column("ended_on", _("结束日期；空着是还没有结束"), Kind.DAY),
        *UNIT,
        PUBLISHED,
        Column("page", _("它的页面"), Kind.LINK),
    ),
    rows=_rows,
    group=Heading.WINDOWS,
)
