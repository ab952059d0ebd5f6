"""What a community shares in tests: a room by the hour, six ladders by the day."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from tests.casework.world import NOW, START, World
from wugeyi.accounts.models import User
from wugeyi.sharing.actions import bookings, partners, things, words
from wugeyi.sharing.models import Booking, Partner, Thing, Word
from wugeyi.sharing.rules.times import When, local_day

# NOW is a Wednesday, 9:00.
DAY = local_day(NOW)
TOMORROW = DAY + timedelta(days=1)
WEEK = dict.fromkeys(range(5), ((18, 24), (28, 36)))


@dataclass
class Corner:
    world: World
    partner: Partner
    room: Thing
    ladders: Thing

    @property
    def by(self) -> User:
        return self.world["worker"]

    def usual(self) -> dict[str, Any]:
        return {"by": self.by, "at": self.world.now()}

    def offer(self, **values: Any) -> things.Offer:
        known = {
            "title": "二楼会议室",
            "kind_id": word("kind", "room").pk,
            "by": "hour",
            "who": "everybody",
            "most": 8,
            "ahead_days": 30,
        }
        return things.Offer(**(known | values))

    def wish(self, thing: Thing | None = None, **values: Any) -> bookings.Wish:
        known: dict[str, Any] = {
            "client_id": uuid4(),
            "thing": thing or self.room,
            "when": hours(TOMORROW, 18, 22),
            "asker": "resident",
            "name": "王小明",
            "phone": "13800138000",
            "purpose": "议事",
        }
        return bookings.Wish(**(known | values))

    def book(
        self, thing: Thing | None = None, at: datetime = NOW, **values: Any
    ) -> Booking:
        return bookings.book(wish=self.wish(thing, **values), at=at)


def word(list_: str, code: str) -> Word:
    return Word.objects.get(list=list_, code=code)


def hours(on: date, begin: int, end: int) -> When:
    return When(on, on, begin, end)


def build(world: World) -> Corner:
    usual = {"by": world["worker"], "at": NOW}
    words.install_defaults(by=None, at=NOW)
    partner = partners.add_partner(
        community=world.community,
        card=partners.Card(
            name="金桥小学",
            kind="school",
            since_on=START,
            building_id=word("build", "place").pk,
            contact_name="李老师",
            contact_phone="13900139000",
            agreement="2026 年签的协议",
        ),
        **usual,
    )
    corner = Corner(world, partner, None, None)  # type: ignore[arg-type]
    corner.room = things.offer_thing(
        partner=partner,
        offer=corner.offer(place="教学楼二楼", conditions="用完关灯"),
        pieces=1,
        week=WEEK,
        since_on=START,
        **usual,
    )
    corner.ladders = things.offer_thing(
        partner=partner,
        offer=corner.offer(
            title="折叠梯",
            kind_id=word("kind", "tool").pk,
            sharing_id=word("share", "resource").pk,
            by="day",
            most=3,
            accepts_itself=True,
        ),
        pieces=6,
        week=WEEK,
        since_on=START,
        **usual,
    )
    return corner
