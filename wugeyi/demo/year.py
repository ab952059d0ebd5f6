"""A year in the life of the invented city: every act through the product's own actions.

Acts happen in the order of their times, so that the record reads like a real one.
"""

import csv
import heapq
import itertools
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from uuid import UUID

from django.db import transaction
from shapely.geometry import Point, shape

from wugeyi.accounts.models import User
from wugeyi.casework.actions import closing, escalating, handling, publishing
from wugeyi.casework.actions.intake import Asker, Need, register
from wugeyi.casework.actions.writing import RESIDENT
from wugeyi.casework.models import Case, Category
from wugeyi.casework.rules.refusals import Refused
from wugeyi.demo import cast, clock
from wugeyi.organisations.models import Organisation
from wugeyi.uploads.models import Upload

DATA = Path(__file__).parent / "data"
CHANNELS = ("web", "phone", "door", "chat", "hotline")
CHANNEL_WEIGHTS = (42, 16, 12, 18, 12)
URGENCIES = ("general", "timely", "urgent", "complex")
URGENCY_WEIGHTS = (80, 12, 3, 5)
STORM_SHARE = 12
# What is not told in a town's community, and what not in a village.
FIELDS = frozenset({"irrigation", "village-road", "land"})
ESTATES = frozenset({"property", "old-estate", "leak", "parking", "station", "gas"})
NOTES = (
    "已到现场看过，正在联系施工人员。",
    "材料已到，安排明天上午施工。",
    "和住户约好周末再看一次。",
    "已请物业配合，等待配件。",
)
HAND_BACKS = (
    "不在社区职责清单内，请按清单派办。",
    "产权单位不在本辖区，建议转有关部门。",
    "需要专业检测，社区没有这项职责。",
)


@dataclass(frozen=True, slots=True)
class Story:
    """What is told, and what is answered when it is done."""

    category: Category
    text: str
    answer: str


@dataclass
class Town:
    """Everything the year needs to know of the city."""

    places: list[Organisation]
    weights: list[int]
    areas: dict[int, str]
    staff: dict[int, User]
    city_dispatcher: User
    dispatchers: dict[str, User]
    supervisors: dict[str, User]
    pictures: list[Upload] = field(default_factory=list)

    def dispatcher(self, case: Case) -> User:
        """Return the dispatcher of the county the case lies in."""
        return self._over(self.dispatchers, case)

    def supervisor(self, case: Case) -> User:
        """Return the supervisor of the county the case lies in."""
        return self._over(self.supervisors, case)

    @staticmethod
    def _over(people: dict[str, User], case: Case) -> User:
        return next(
            user for path, user in people.items() if case.place.path.startswith(path)
        )


Act = Callable[["Year", Case, datetime], None]


class Year:
    """The events still to come, in time order, and who does them."""

    def __init__(self, *, town: Town, random: Random, until: datetime) -> None:
        self.town = town
        self.random = random
        self.until = until
        self.order = itertools.count()
        self.coming: list[tuple[datetime, int, Callable[[datetime], None]]] = []
        self.stories = list(_stories())
        self.spots = _spots()
        self.told: dict[tuple[int, int], int] = {}

    def at(self, when: datetime, act: Callable[[datetime], None]) -> None:
        """Let something happen, unless it lies beyond today."""
        if when <= self.until:
            heapq.heappush(self.coming, (when, next(self.order), act))

    def soon(self, case: Case, now: datetime, hours: float, act: Act) -> None:
        """Let somebody in an office do something to a case."""
        key = case.pk

        def happen(at: datetime) -> None:
            found = Case.objects.select_related("place", "handler", "category").get(
                pk=key
            )
            # The course of a case may have changed since this was planned.
            try:
                act(self, found, at)
            except Refused:
                return

        self.at(clock.office(now, hours, weekends=self.random.random() < 0.2), happen)

    def run(self, progress: Callable[[float], None]) -> None:
        """Let everything happen, a transaction a simulated day."""
        first = self.coming[0][0]
        span = (self.until - first).total_seconds()
        while self.coming:
            day = self.coming[0][0].date()
            with transaction.atomic():
                while self.coming and self.coming[0][0].date() == day:
                    when, _, act = heapq.heappop(self.coming)
                    act(when)
            progress(min(1.0, (when - first).total_seconds() / span))

    def plan(self, *, cases: int, first: date) -> None:
        """Plan the needs of the year, and the morning round of the deadlines."""
        days = (self.until.date() - first).days
        for number in range(cases):
            # More every month: people tell more when they see that it helps. And a
            # storm in the last days, so that the desks of the demo are not empty.
            day = first + timedelta(days=int(self.random.random() ** 0.75 * days))
            if number % STORM_SHARE == 0:
                day = self.until.date() - timedelta(days=self.random.randrange(5))
            when = clock.moment(self.random, day)
            self.at(when, self._need)
        for number in range(days + 1):
            morning = datetime.combine(
                first + timedelta(days=number), time(8), clock.ZONE
            )
            self.at(morning, _morning_round)

    def _need(self, at: datetime) -> None:
        (place,) = self.random.choices(self.town.places, self.town.weights)
        story = self._story(place)
        (channel,) = self.random.choices(CHANNELS, CHANNEL_WEIGHTS)
        (urgency,) = self.random.choices(URGENCIES, URGENCY_WEIGHTS)
        spot = self.random.choice(self.spots[place.kind])
        lon, lat = self._point(place)
        taken_down = channel in {"phone", "door", "chat"}
        need = Need(
            client_id=UUID(int=self.random.getrandbits(128), version=4),
            text=story.text.format(spot=spot),
            category=story.category,
            place=place,
            channel=channel,
            urgency=urgency,
            spot=spot,
            lon=lon,
            lat=lat,
            asker=self._asker(channel),
            source_number=(
                f"DEMO{at:%y%m%d}{next(self.order):06d}" if channel == "hotline" else ""
            ),
        )
        photos = []
        if channel == "web" and self.town.pictures and self.random.random() < 0.4:
            photos = [self.random.choice(self.town.pictures)]
        case = register(
            need=need,
            photos=photos,
            join=self._join(place, story.category),
            by=self.town.staff[place.pk] if taken_down else RESIDENT,
            at=at,
        ).case
        if case.merged_into_id is None:
            self.told[place.pk, story.category.pk] = case.pk
            begin(self, case, at)

    def _story(self, place: Organisation) -> Story:
        while True:
            story = self.random.choice(self.stories)
            odd = FIELDS if place.kind == "community" else ESTATES
            if story.category.code not in odd:
                return story

    def _asker(self, channel: str) -> Asker:
        if channel == "web" and self.random.random() < 0.45:
            return Asker()
        return Asker(name=cast.courtesy(self.random), phone=cast.phone(self.random))

    def _join(self, place: Organisation, category: Category) -> Case | None:
        key = self.told.get((place.pk, category.pk))
        if key is None or self.random.random() > 0.25:
            return None
        return Case.objects.filter(
            pk=key, state__in=("new", "assigned", "working")
        ).first()

    def _point(self, place: Organisation) -> tuple[float | None, float | None]:
        geometry = self.town.areas.get(place.pk)
        if geometry is None or self.random.random() < 0.35:
            return None, None
        ground = shape(json.loads(geometry))
        west, south, east, north = ground.bounds
        for _ in range(40):
            lon = self.random.uniform(west, east)
            lat = self.random.uniform(south, north)
            if ground.contains(Point(lon, lat)):
                return round(lon, 6), round(lat, 6)
        return None, None

    def handler(self, case: Case) -> User:
        """Return who works where the case lies now."""
        return self.town.staff[case.handler_id]


def _morning_round(at: datetime) -> None:
    escalating.escalate(at=at)


def _stories() -> Iterator[Story]:
    categories = {category.code: category for category in Category.objects.all()}
    with (DATA / "stories.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield Story(categories[row["category"]], row["text"], row["answer"])


def _spots() -> dict[str, list[str]]:
    spots: dict[str, list[str]] = {}
    with (DATA / "spots.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            spots.setdefault(row["kind"], []).append(row["spot"])
    return spots


def begin(year: Year, case: Case, now: datetime) -> None:
    """Start a case on its way."""
    if case.state == "new":
        year.soon(case, now, year.random.uniform(0.3, 5), dispatch)
    else:
        year.soon(case, now, year.random.expovariate(1 / 4), take_up)


def dispatch(year: Year, case: Case, now: datetime) -> None:
    """Send what no list names to the town, as a dispatcher does."""
    to = case.place.parent or case.place
    handling.assign(
        case=case,
        to=to,
        reason="清单未写明，由街道（乡镇）先办",
        by=year.town.dispatcher(case),
        at=now,
    )
    year.soon(case, now, year.random.expovariate(1 / 4), take_up)


def take_up(year: Year, case: Case, now: datetime) -> None:
    """Take it up, or hand it back."""
    random = year.random
    who = year.handler(case)
    # A hand-back that was turned down may not be repeated.
    turned_down = case.assignments.filter(basis="rejected", ended_at=None).exists()
    if random.random() < 0.05 and not turned_down:
        reason = random.choice(HAND_BACKS)
        handling.object_to(case=case, reason=reason, by=who, at=now)
        year.soon(case, now, random.uniform(2, 14), decide)
        return
    handling.accept(case=case, by=who, at=now)
    if random.random() < 0.85:
        year.soon(case, now, random.expovariate(1 / 2), contact)
    if random.random() < 0.35:
        year.soon(case, now, random.uniform(4, 20), progress)
    if random.random() < 0.04:
        year.soon(case, now, random.uniform(5, 12), stop_clock)
    if random.random() < 0.015:
        year.soon(case, now, random.uniform(3, 9), leave_out)
    year.soon(case, now, _hours_of_work(year, case), finish)


def _hours_of_work(year: Year, case: Case) -> float:
    random = year.random
    # One in thirty is forgotten until somebody above asks.
    if random.random() < 0.033:
        return 60 + random.expovariate(1 / 60)
    shortest, usual, longest = {
        "urgent": (0.2, 0.8, 3.0),
        "timely": (0.5, 3.0, 14.0),
        "general": (3.0, 16.0, 52.0),
        "complex": (16.0, 40.0, 110.0),
    }[case.urgency]
    return min(shortest + random.expovariate(1 / usual), longest)


def decide(year: Year, case: Case, now: datetime) -> None:
    """Decide a hand-back one level up."""
    above = case.handler.parent
    if above is None:
        return
    # A county's hand-back is decided by the city, which keeps nothing for itself.
    by_city = above.pk not in year.town.staff
    upheld = not by_city and year.random.random() < 0.6
    handling.decide_objection(
        case=case,
        upheld=upheld,
        to=above if upheld else None,
        reason="由上一级牵头办理" if upheld else "清单内事项，请继续办理",
        by=year.town.city_dispatcher if by_city else year.town.dispatcher(case),
        at=now,
    )
    year.soon(case, now, year.random.expovariate(1 / 4), take_up)


def contact(year: Year, case: Case, now: datetime) -> None:
    """Call whoever asked."""
    by = year.handler(case)
    text = "已电话联系，约定上门查看。"
    handling.write_update(case=case, kind="contact", text=text, by=by, at=now)


def progress(year: Year, case: Case, now: datetime) -> None:
    """Note how far it is."""
    text = year.random.choice(NOTES)
    by = year.handler(case)
    handling.write_update(case=case, kind="progress", text=text, by=by, at=now)


def stop_clock(year: Year, case: Case, now: datetime) -> None:
    """Wait for the weather or for a part."""
    reason = year.random.choice(("weather", "construction", "materials"))
    by = year.handler(case)
    text = "等待条件具备后继续办理"
    handling.pause(case=case, reason=reason, text=text, by=by, at=now)
    year.soon(case, now, year.random.uniform(9, 40), go_on)


def go_on(year: Year, case: Case, now: datetime) -> None:
    """Let the clock run again."""
    handling.resume(case=case, by=year.handler(case), at=now)


def leave_out(year: Year, case: Case, now: datetime) -> None:
    """Ask that a case be left out of the rates; most are refused."""
    exclusion = closing.request_exclusion(
        case=case,
        reason="beyond",
        text="涉及政策调整，超出本级职责",
        by=year.handler(case),
        at=now,
    )

    def settle(year: Year, case: Case, now: datetime) -> None:
        closing.decide_exclusion(
            exclusion=exclusion,
            approved=year.random.random() < 0.4,
            text="已核",
            by=year.town.supervisor(case),
            at=now,
        )

    year.soon(case, now, year.random.uniform(4, 30), settle)


def finish(year: Year, case: Case, now: datetime) -> None:
    """Answer, publish where it may be, and let somebody call back."""
    story = next(
        (s for s in year.stories if s.category.pk == case.category_id), year.stories[0]
    )
    by = year.handler(case)
    handling.answer(case=case, text=story.answer, by=by, at=now)
    if case.category.public and year.random.random() < 0.6:
        year.soon(case, now, year.random.uniform(1, 12), show)
    year.soon(case, now, year.random.uniform(2, 20), call)


def show(year: Year, case: Case, now: datetime) -> None:
    """Put it on the public page."""
    by = year.town.dispatcher(case)
    publishing.publish(case=case, public_text=case.text, by=by, at=now)


def call(year: Year, case: Case, now: datetime) -> None:
    """Ask whether it is solved."""
    random = year.random
    by_receipt = case.channel == "web" and random.random() < 0.5
    chance = random.random()
    by = RESIDENT if by_receipt else year.town.dispatcher(case)
    method = "receipt" if by_receipt else "phone"
    if chance < 0.8:
        closing.call_back(
            case=case,
            method=method,
            result="resolved",
            satisfaction=random.choices(("yes", "mostly", "no"), (70, 25, 5))[0],
            by=by,
            at=now,
        )
    elif chance < 0.88 and case.reopened < 2:
        closing.call_back(
            case=case,
            method=method,
            result="unresolved",
            satisfaction="no",
            text="还没有彻底解决",
            by=by,
            at=now,
        )
        year.soon(case, now, 6 + random.expovariate(1 / 12), finish)
    else:
        closing.call_back(
            case=case,
            method="phone",
            result="unreached",
            by=year.town.dispatcher(case),
            at=now,
        )
        year.soon(case, now, random.uniform(5, 9), give_up)
        year.soon(case, now, random.uniform(3, 5), call)


def give_up(year: Year, case: Case, now: datetime) -> None:
    """Close as unreached once enough tries were made."""
    closing.give_up(case=case, by=year.town.dispatcher(case), at=now)
