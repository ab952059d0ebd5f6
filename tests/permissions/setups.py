"""What stands in the city when a row of the matrix is asked."""

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image

from tests.casework.world import World, category, report, working
from tests.permissions import (
    setups_books,
    setups_branchwork,
    setups_bringing,
    setups_circles,
    setups_dashboards,
    setups_disclosures,
    setups_figures,
    setups_holdings,
    setups_interfaces,
    setups_notices,
    setups_places,
    setups_projects,
    setups_reports,
    setups_services,
    setups_sharing,
    setups_stations,
    setups_submissions,
    setups_volunteering,
)
from wugeyi.casework.actions import closing, escalating, handling
from wugeyi.casework.models import (
    CalendarDay,
    Case,
    CasePhoto,
    Escalation,
    Responsibility,
    SavedReply,
)
from wugeyi.imports.models import Batch
from wugeyi.organisations.actions.register import File, preview_register
from wugeyi.uploads.actions import store

Setup = Callable[[World], tuple[dict[str, Any], dict[str, Any]]]


def nothing(world: World) -> tuple[dict[str, Any], dict[str, Any]]:
    return {}, {}


def unit(world: World) -> tuple[dict[str, Any], dict[str, Any]]:
    return {"code": world.community.code}, {}


def case(world: World) -> tuple[dict[str, Any], dict[str, Any]]:
    """A case in the community, worked on there."""
    return {"pk": working(world).pk}, {}


def departments_case(world: World) -> tuple[dict[str, Any], dict[str, Any]]:
    """A case in the community that the department handles."""
    made = handling.assign(
        case=report(world),
        to=world.department,
        reason="城管负责",
        by=world["dispatcher"],
        at=world.now(),
    )
    return {"pk": made.pk}, {}


def token(world: World) -> tuple[dict[str, Any], dict[str, Any]]:
    return {"token": "forged"}, {}


def forged(world: World) -> tuple[dict[str, Any], dict[str, Any]]:
    return {"uid": "MQ", "token": "forged-token"}, {}


def photo(world: World, *, public: bool) -> tuple[dict[str, Any], dict[str, Any]]:
    sheet = BytesIO()
    Image.new("RGB", (40, 30), "#336655").save(sheet, "PNG")
    upload = store(
        file=ContentFile(sheet.getvalue(), name="p.png"), by=None, at=world.now()
    )
    made = working(world)
    row = CasePhoto.objects.create(
        case=made, upload=upload, public=public, at=world.now()
    )
    Case.objects.filter(pk=made.pk).update(
        published_at=world.now(), public_text="路灯坏了"
    )
    return {"pk": row.pk}, {}


def step(slug: str, make: Setup = case) -> Setup:
    def lay(world: World) -> tuple[dict[str, Any], dict[str, Any]]:
        kwargs, data = make(world)
        return kwargs | {"slug": slug}, data

    return lay


def complaint(world: World) -> tuple[dict[str, Any], dict[str, Any]]:
    """A case about the community itself, handled by the town."""
    made = handling.assign(
        case=report(world, reported_party=world.community),
        to=world.town,
        reason="反映社区自己",
        by=world["dispatcher"],
        at=world.now(),
    )
    return {"pk": made.pk}, {}


def post(world: World) -> tuple[dict[str, Any], dict[str, Any]]:
    return {"pk": world["worker"].posts.get().pk}, {}


def edition(world: World) -> tuple[dict[str, Any], dict[str, Any]]:
    """A register file for the city, looked at and not yet accepted."""
    batch = preview_register(
        files=[
            File(
                "new.csv",
                "代码,名称,类型,上级代码\n990101001003,铜桥社区,社区,990101001\n".encode(),
            )
        ],
        source="测试",
        on=None,
        complete=False,
        root=world.city,
        by=world["administrator"],
        at=world.now(),
    )
    return {"pk": batch.pk}, {}


def batch(world: World) -> tuple[dict[str, Any], dict[str, Any]]:
    """A file of 12345 orders the dispatcher sent."""
    content = "工单编号,诉求内容,社区\nH1,路灯坏了,金桥社区\n".encode()
    made = Batch.objects.create(
        kind="hotline",
        filename="a.csv",
        sha256="0" * 64,
        content=content,
        rows=1,
        created_at=world.now(),
        created_by=world["dispatcher"],
    )
    return {"pk": made.pk}, {}


def escalation(world: World) -> tuple[dict[str, Any], dict[str, Any]]:
    """The community was told that its case is soon due."""
    made = report(world)
    assert made.due_at is not None
    escalating.escalate(at=made.due_at - timedelta(hours=1))
    return {"pk": Escalation.objects.get(case=made).pk}, {}


def saved(world: World) -> tuple[dict[str, Any], dict[str, Any]]:
    reply = SavedReply.objects.create(
        organisation=world.community,
        title="灯",
        text="已换",
        created_by=world["worker"],
        created_at=world.now(),
    )
    return {"pk": reply.pk}, {}


def asked(world: World) -> tuple[dict[str, Any], dict[str, Any]]:
    """The community asked the department for help."""
    made = working(world)
    request = handling.ask(
        case=made,
        organisation=world.department,
        text="请看一下电箱",
        by=world["worker"],
        at=world.now(),
    )
    return {"pk": made.pk, "asked": request.pk}, {}


def exclusion(world: World) -> tuple[dict[str, Any], dict[str, Any]]:
    made = working(world)
    request = closing.request_exclusion(
        case=made, reason="beyond", text="超", by=world["worker"], at=world.now()
    )
    return {"pk": made.pk, "asked": request.pk}, {}


def answers(world: World) -> tuple[dict[str, Any], dict[str, Any]]:
    return {"pk": Responsibility.objects.get().pk}, {}


def day(world: World) -> tuple[dict[str, Any], dict[str, Any]]:
    """A day off of the county only."""
    made = CalendarDay.objects.create(
        day=date(2026, 4, 9), working=False, name="三月三", organisation=world.county
    )
    return {"pk": made.pk}, {}


SETUPS: dict[str, Setup] = {
    **setups_books.SETUPS,
    **setups_bringing.SETUPS,
    **setups_branchwork.SETUPS,
    **setups_circles.SETUPS,
    **setups_dashboards.SETUPS,
    **setups_disclosures.SETUPS,
    **setups_holdings.SETUPS,
    **setups_interfaces.SETUPS,
    **setups_notices.SETUPS,
    **setups_places.SETUPS,
    **setups_projects.SETUPS,
    **setups_reports.SETUPS,
    **setups_services.SETUPS,
    **setups_stations.SETUPS,
    **setups_sharing.SETUPS,
    **setups_submissions.SETUPS,
    **setups_volunteering.SETUPS,
    "-": nothing,
    "figure": setups_figures.figure,
    "unit": unit,
    "case": case,
    "departments": departments_case,
    "complaint": complaint,
    "token": token,
    "forged": forged,
    "published": lambda world: photo(world, public=True),
    "unpublished": lambda world: photo(world, public=False),
    "post": post,
    "edition": edition,
    "batch": batch,
    "escalation": escalation,
    "saved": saved,
    "asked": asked,
    "exclusion": exclusion,
    "answers": answers,
    "day": day,
    "category": lambda world: ({"pk": category("noise").pk}, {}),
    "retention": lambda world: ({"field": "reporter"}, {}),
    "person": lambda world: ({"pk": world["worker"].pk}, {}),
    "deactivate": lambda world: ({"pk": world["worker"].pk, "slug": "deactivate"}, {}),
    # Nobody deactivates themselves.
    "own": lambda world: (
        {"pk": world["administrator"].pk, "slug": "deactivate"},
        {},
    ),
    "kind": lambda world: ({"kind": "community"}, {}),
}


def setup(name: str) -> Setup:
    """A setup by name; any other name is a step, on the community's case or another."""
    if name in SETUPS:
        return SETUPS[name]
    where, _, slug = name.rpartition(":")
    make = {"": case, "dept": departments_case, "complaint": complaint}[where]
    return step(slug, make)
