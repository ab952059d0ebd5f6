"""What phones sent when a row of submissions is asked."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

from django.core.files.base import ContentFile
from django.urls import reverse
from PIL import Image

from tests.casework.world import NOW, World
from wugeyi.submissions.models import Conflict, ConflictPhoto, Submission
from wugeyi.uploads.actions import store

Laid = tuple[dict[str, Any], dict[str, Any]]


def conflict_of(world: World, number: int = 0) -> Conflict:
    first = Submission.objects.create(
        client_id=uuid4(),
        kind="report",
        digest="a" * 64,
        organisation=world.community,
        url="/",
        text="已收到",
        staff_url="/desk/",
        received_at=NOW + timedelta(minutes=number),
    )
    return Conflict.objects.create(
        submission=first,
        kind="report",
        digest="b" * 64,
        content="spot=&text=%E8%B7%AF%E7%81%AF%E5%8F%88%E5%9D%8F%E4%BA%86",
        written_at=NOW,
        received_at=NOW + timedelta(minutes=number + 1),
    )


def photo_of(world: World, conflict: Conflict) -> ConflictPhoto:
    sheet = BytesIO()
    Image.new("RGB", (40, 30), "#336655").save(sheet, "PNG")
    file = ContentFile(sheet.getvalue(), name="p.png")
    upload = store(file=file, by=None, at=world.now())
    return ConflictPhoto.objects.create(conflict=conflict, upload=upload)


def conflict(world: World) -> Laid:
    return {"pk": conflict_of(world).pk}, {"note": "同一件事"}


def photo(world: World) -> Laid:
    return {"pk": photo_of(world, conflict_of(world)).pk}, {}


def page(world: World) -> Laid:
    return {}, {"page": reverse("public:report")}


def sent(world: World) -> Laid:
    return {"code": "report"}, {"text": "路灯坏了", "place": str(world.community.pk)}


def part(world: World) -> Laid:
    return {"key": UUID(int=7)}, {}


SETUPS: dict[str, Callable[[World], Laid]] = {
    "q-conflict": conflict,
    "q-photo": photo,
    "q-page": page,
    "q-sent": sent,
    "q-part": part,
}
