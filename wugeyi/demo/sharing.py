"""What three invented communities share over a year: partners, things, bookings, thanks.

Partners are invented; nobody is named but by a courtesy, and every number belongs to
nobody. Acts run through the same actions as everybody's, in the order of their times.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial
from heapq import heappop, heappush
from itertools import count
from random import Random
from uuid import UUID

from wugeyi.accounts.models import User
from wugeyi.demo import cast
from wugeyi.demo.clock import ZONE
from wugeyi.organisations.models import Organisation
from wugeyi.sharing.actions import bookings, erasing, partners, thanks, things, using
from wugeyi.sharing.actions.words import install_defaults
from wugeyi.sharing.models import Booking, Thing, Word
from wugeyi.sharing.rules.refusals import Refused
from wugeyi.sharing.rules.states import State
from wugeyi.sharing.rules.times import Span, When, local_day, moment

Week = dict[int, tuple[Span, ...]]
OFFICE: Week = dict.fromkeys(range(5), ((18, 24), (28, 35)))
EVENINGS: Week = {day: ((38, 43) if day < 5 else (18, 43),) for day in range(7)}
EVERY_DAY: Week = dict.fromkeys(range(7), ((18, 36),))
# Bookings of a community in a year.
BOOKINGS = {"520115007005": 46}
OTHERS = 18
GROUPS = ("夕阳红合唱队", "青年读书会", "楼栋议事会", "花园管护队")
PURPOSES = {
    "room": ("楼栋议事", "合唱排练", "孩子们写作业", "老年人健康讲座"),
    "tool": ("换灯泡", "搬东西", "修篱笆", "布置会场"),
    "skill": ("家里的洗衣机不转了", "想请人看看电路", "学写春联"),
    "hours": ("陪老人去医院", "周末接一下孩子"),
}
WORDS = {
    "room": ("谢谢，会议室很暖和，下次还来。", "孩子们有地方写作业了，谢谢大家。"),
    "tool": ("梯子很稳，帮了大忙。", "借得方便，谢谢。"),
    "skill": ("师傅很耐心，修好了，谢谢。",),
    "hours": ("陪着跑了一上午，谢谢邻居。",),
}


@dataclass(frozen=True, slots=True)
class Shared:
    """A thing that is shared, and of whom."""

    partner: int
    title: str
    kind: str
    by: str
    pieces: int
    most: int
    who: str = "everybody"
    week: str = "every"
    itself: bool = False
    place: str = ""
    sharing: str = "resource"


PARTNERS = (
    ("社区小学（虚构）", "school", "place"),
    ("街口五金店（虚构）", "company", "organisation"),
    ("社区卫生服务站（虚构）", "unit", "activity"),
    ("邻里互助队（虚构）", "group", "activity"),
    ("物业服务处（虚构）", "company", "organisation"),
)
THINGS = (
    Shared(0, "小学二楼会议室", "room", "hour", 1, 6, week="evenings", place="教学楼"),
    Shared(1, "折叠梯", "tool", "day", 3, 3, itself=True, place="五金店柜台"),
    Shared(3, "修家电", "skill", "hour", 1, 4, who="residents", week="evenings"),
    Shared(4, "折叠桌椅", "tool", "day", 20, 2, who="groups", place="物业库房"),
    Shared(2, "量血压、健康讲座", "skill", "hour", 1, 4, week="office"),
    Shared(3, "陪老人看病", "hours", "hour", 2, 8, who="residents", week="office"),
)
WEEKS: dict[str, Week] = {
    "every": EVERY_DAY,
    "evenings": EVENINGS,
    "office": OFFICE,
}


Step = Callable[[datetime], None]


@dataclass
class Corner:
    """A community that shares, while its year is lived: what happens next comes first."""

    unit: Organisation
    by: User
    random: Random
    things: list[Thing]
    made: int = 0
    queue: list[tuple[datetime, int, Step]] = field(default_factory=list)
    numbers: "count[int]" = field(default_factory=count)

    def plan(
        self, at: datetime, step: Step, *, at_the_earliest: datetime | None = None
    ) -> None:
        """Let something happen at a moment."""
        when = max(at, at_the_earliest) if at_the_earliest else at
        heappush(self.queue, (when, next(self.numbers), step))

    def run(self, until: datetime) -> None:
        """Let everything happen that does until a moment, in its order."""
        while self.queue and self.queue[0][0] <= until:
            at, _number, step = heappop(self.queue)
            step(at)


def live(*, staff: dict[Organisation, User], since: date, until: datetime) -> int:
    """Let communities share for a year; returns how many bookings were made."""
    begin = datetime.combine(since, time(9), ZONE)
    install_defaults(by=None, at=begin)
    # Its own, so that nothing else of the year changes with it.
    chance = Random(f"sharing {since}")  # noqa: S311
    made = 0
    for unit, by in staff.items():
        corner = _open(unit, by, chance, begin)
        wanted = BOOKINGS.get(unit.code, OTHERS)
        for at in _moments(chance, since, until, wanted):
            corner.plan(at, partial(_book, corner))
        corner.run(until)
        made += corner.made
    erasing.erase_past(today=local_day(until), at=until)
    return made


def _word(list_: str, code: str) -> int:
    return Word.objects.values_list("pk", flat=True).get(list=list_, code=code)


def _open(unit: Organisation, by: User, random: Random, begin: datetime) -> Corner:
    main = unit.code in BOOKINGS
    since = local_day(begin)
    made = [
        partners.add_partner(
            community=unit,
            card=partners.Card(
                name=name,
                kind=kind,
                since_on=since,
                building_id=_word("build", building),
                contact_name=cast.courtesy(random),
                contact_phone=cast.phone(random),
                agreement="一年一签的共建协议（虚构）",
            ),
            client_id=_key(random),
            by=by,
            at=begin,
        )
        for name, kind, building in PARTNERS[: len(PARTNERS) if main else 4]
    ]
    offered = [
        things.offer_thing(
            partner=made[each.partner],
            offer=things.Offer(
                title=each.title,
                kind_id=_word("kind", each.kind),
                by=each.by,
                who=each.who,
                most=each.most,
                sharing_id=_word("share", each.sharing),
                place=each.place,
                conditions="用完放回原处，关灯锁门。",
                accepts_itself=each.itself,
            ),
            pieces=each.pieces,
            week=WEEKS[each.week],
            since_on=since,
            client_id=_key(random),
            by=by,
            at=begin,
        )
        for each in (THINGS if main else THINGS[:3])
    ]
    return Corner(unit, by, random, offered)


def _moments(
    random: Random, since: date, until: datetime, many: int
) -> Iterator[datetime]:
    """Yield when people ask, in order, some in the last days."""
    first = datetime.combine(since, time(10), ZONE)
    span = max(1, int((until - first).total_seconds()))
    past = sorted(random.randrange(span) for _ in range(many - 4))
    yield from (first + timedelta(seconds=each) for each in past)
    for hours in (50, 27, 9, 3):
        yield until - timedelta(hours=hours)


def _when(corner: Corner, thing: Thing, today: date) -> When:
    random = corner.random
    on = today + timedelta(days=random.randrange(1, 8))
    if thing.by == "day":
        return When(on, on + timedelta(days=random.randrange(min(thing.most, 2))))
    spans = WEEKS["every"]
    for each in THINGS:
        if each.title == thing.title:
            spans = WEEKS[each.week]
    while on.weekday() not in spans:
        on += timedelta(days=1)
    begin, end = random.choice(spans[on.weekday()])
    long = min(random.randrange(2, 5), end - begin, thing.most)
    start = random.randrange(begin, end - long + 1)
    return When(on, on, start, start + long)


def _book(corner: Corner, at: datetime) -> None:
    random = corner.random
    thing = random.choice(corner.things)
    group = thing.who == "groups" or (
        thing.who == "everybody" and random.random() < 0.3
    )
    wish = bookings.Wish(
        client_id=_key(random),
        thing=thing,
        when=_when(corner, thing, local_day(at)),
        asker="group" if group else "resident",
        name=cast.courtesy(random),
        phone=cast.phone(random),
        group_name=random.choice(GROUPS) if group else "",
        pieces=random.randrange(4, 12) if thing.who == "groups" else 1,
        purpose=random.choice(PURPOSES[thing.kind.code]),
    )
    try:
        booking = bookings.book(wish=wish, at=at)
    except Refused:
        # Somebody was there before them, as happens.
        return
    corner.made += 1
    answered = at + timedelta(minutes=random.randrange(30, 600))
    if booking.state == State.ASKED:
        corner.plan(answered, lambda then: _answer(corner, booking, then))
    else:
        _promised(corner, booking, answered)


def _answer(corner: Corner, booking: Booking, at: datetime) -> None:
    if corner.random.random() < 0.07:
        answer = "那天要用，请换一天。"
        using.refuse(booking=booking, answer=answer, by=corner.by, at=at)
        return
    using.accept(booking=booking, by=corner.by, at=at)
    _promised(corner, booking, at)


def _promised(corner: Corner, booking: Booking, at: datetime) -> None:
    chance = corner.random.random()
    when = booking.when
    begins = moment(when.first_on, when.begin or 20)
    if chance < 0.08:
        corner.plan(at, lambda then: _cancel(booking, then))
    elif chance < 0.12:
        corner.plan(
            begins, lambda then: _miss(corner, booking, then), at_the_earliest=at
        )
    else:
        corner.plan(
            begins, lambda then: _use(corner, booking, then), at_the_earliest=at
        )


def _cancel(booking: Booking, at: datetime) -> None:
    using.cancel(booking=booking, at=at)


def _miss(corner: Corner, booking: Booking, at: datetime) -> None:
    using.miss(booking=booking, by=corner.by, at=at)


def _use(corner: Corner, booking: Booking, at: datetime) -> None:
    using.use(booking=booking, by=corner.by, at=at)
    when = booking.when
    ends = moment(when.last_on, when.end if when.begin else 34)
    corner.plan(ends, lambda then: _give_back(corner, booking, then))


def _give_back(corner: Corner, booking: Booking, at: datetime) -> None:
    row = using.give_back(booking=booking, by=corner.by, at=at)
    random = corner.random
    if random.random() > 0.3:
        return
    said = thanks.thank(
        booking=row, text=random.choice(WORDS[booking.thing.kind.code]), at=at
    )
    if random.random() < 0.8:
        thanks.publish(thanks=said, public_text=said.text, by=corner.by, at=at)


def _key(random: Random) -> UUID:
    return UUID(int=random.getrandbits(128), version=4)
