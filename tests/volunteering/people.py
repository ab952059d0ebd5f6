"""Riders, neighbours and what they do, through the real actions."""

from datetime import datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile
from django.test import Client
from PIL import Image

from tests.casework.world import World
from wugeyi.organisations.models import Organisation
from wugeyi.uploads.actions import store
from wugeyi.uploads.models import Upload
from wugeyi.volunteering.actions import (
    activities,
    belonging,
    deeds,
    emergencies,
    helps,
    hours,
    people,
    takes,
    voices,
)
from wugeyi.volunteering.actions.writing import Where
from wugeyi.volunteering.models import (
    Activity,
    Deed,
    Emergency,
    Help,
    Hours,
    Team,
    Voice,
    Volunteer,
)
from wugeyi.volunteering.views import who

NAME = "小马哥"
PHONE = "13800138001"
ADDRESS = "幸福小区 3 栋 502"
ASKER_PHONE = "13800138002"


def rider(
    world: World, *, name: str = NAME, phone: str = PHONE, user: Any = None
) -> Volunteer:
    return people.register(
        client_id=uuid4(), name=name, phone=phone, user=user, at=world.now()
    ).volunteer


def signed(volunteer: Volunteer, client: Client | None = None) -> Client:
    """A browser that holds the volunteer's cookie."""
    from django.http import HttpResponse

    client = client or Client()
    response = HttpResponse()
    volunteer.refresh_from_db()
    who.remember(response, volunteer)
    client.cookies[who.COOKIE] = response.cookies[who.COOKIE].value
    return client


def wish(world: World, at: datetime, **more: Any) -> helps.Wish:
    values: dict[str, Any] = {
        "client_id": uuid4(),
        "organisation": world.community,
        "kind": "carry",
        "text": "一袋米搬上五楼，腿脚不方便",
        "near": "幸福小区北门一带",
        "until": at + timedelta(hours=8),
        "address": ADDRESS,
        "phone": ASKER_PHONE,
        "name": "王奶奶",
    }
    return helps.Wish(**(values | more))


def asked(world: World, *, at: datetime | None = None, **more: Any) -> Help:
    at = at or world.now()
    return helps.ask(wish=wish(world, at, **more), at=at)


def opened(world: World, *, at: datetime | None = None, **more: Any) -> Help:
    at = at or world.now()
    return helps.publish(
        help=asked(world, at=at, **more),
        showing=helps.Showing("一袋米，上五楼"),
        by=world["worker"],
        at=at,
    )


def taken(world: World, by: Volunteer, **more: Any) -> Help:
    row = opened(world, **more)
    takes.take(help=row, volunteer=by, at=world.now())
    row.refresh_from_db()
    return row


def at_community(world: World, unit: Organisation | None = None) -> Where:
    return Where(unit or world.community, "东门")


def did(world: World, by: Volunteer, **more: Any) -> Deed:
    at = world.now()
    values: dict[str, Any] = {
        "client_id": uuid4(),
        "kind": "cleanup",
        "text": "电线杆上三张小广告",
        "on": at.date(),
    }
    return deeds.do(
        done=deeds.Done(**(values | more)),
        where=at_community(world),
        volunteer=by,
        at=at,
    )


def said(world: World, by: Volunteer | None, **more: Any) -> Voice:
    from tests.casework.world import category

    values: dict[str, Any] = {
        "client_id": uuid4(),
        "kind": "need",
        "text": "小区能不能给骑手开个侧门",
        "category": category("station"),
    }
    return voices.speak(
        words=voices.Words(**(values | more)),
        where=at_community(world),
        volunteer=by,
        at=world.now(),
    )


def alarm(
    world: World,
    *,
    at: datetime | None = None,
    by: Volunteer | None = None,
    **more: Any,
) -> Emergency:
    values: dict[str, Any] = {"client_id": uuid4(), "text": "有老人摔倒"}
    return emergencies.sound(
        alarm=emergencies.Alarm(**(values | more)),
        where=at_community(world),
        volunteer=by,
        at=at or world.now(),
    )


def span(
    world: World,
    by: Volunteer,
    *,
    start: datetime,
    minutes: int = 60,
    at: datetime | None = None,
    **more: Any,
) -> Hours:
    values: dict[str, Any] = {
        "client_id": uuid4(),
        "organisation": world.community,
        "kind": "other",
        "starts_at": start,
        "ends_at": start + timedelta(minutes=minutes),
    }
    return hours.claim(
        span=hours.Span(**(values | more)), volunteer=by, at=at or world.now()
    )


def team(world: World) -> Team:
    return belonging.found_team(
        client_id=uuid4(),
        organisation=world.community,
        words=belonging.TeamWords("金桥五闪队", partner="某快递站"),
        by=world["worker"],
        at=world.now(),
    )


def activity(world: World, **more: Any) -> Activity:
    at = world.now()
    values: dict[str, Any] = {
        "client_id": uuid4(),
        "title": "清扫楼道",
        "spot": "3 栋",
        "starts_at": at + timedelta(days=1),
        "ends_at": at + timedelta(days=1, hours=2),
    }
    return activities.offer(
        what=activities.Offer(**(values | more)),
        organisation=world.community,
        by=world["worker"],
        at=at,
    )


def picture(world: World) -> Upload:
    sheet = BytesIO()
    Image.new("RGB", (40, 30), "#336655").save(sheet, "PNG")
    return store(
        file=ContentFile(sheet.getvalue(), name="p.png"), by=None, at=world.now()
    )
