"""A year of flashes: invented riders, neighbours and duty desks in real communities.

Everything goes through the product's own actions, in the order of its times; every
person, address and number is invented.
"""

import heapq
import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID

from wugeyi.accounts.actions.users import create_user
from wugeyi.accounts.models import User
from wugeyi.casework.actions import closing, handling, publishing
from wugeyi.casework.models import Case, Category
from wugeyi.casework.rules.masking import mask
from wugeyi.casework.rules.refusals import Refused as CaseRefused
from wugeyi.demo import cast, clock
from wugeyi.demo.city import PASSWORD
from wugeyi.organisations.models import Organisation
from wugeyi.uploads.models import Upload
from wugeyi.volunteering.actions import (
    activities,
    belonging,
    certificates,
    deeds,
    emergencies,
    helps,
    hours,
    people,
)
from wugeyi.volunteering.actions.writing import NEIGHBOUR
from wugeyi.volunteering.models import Deed, Emergency, Help, Hours, Voice, Volunteer
from wugeyi.volunteering.rules.cover import Cover
from wugeyi.volunteering.rules.refusals import Refused

SEED = 55
RIDER = "qishou"
"""The demo's rider signs in with this name; no post goes with it."""
RIDERS = 9
HELPS = 44
NEEDS = 26
REPORTS = 22
PUBLICITY = 18
CLEANUPS = 30
EMERGENCIES = 12
DAYS = 350
ASKED = (
    ("carry", "一袋米搬上五楼（虚构）", "一袋米，上五楼"),
    ("carry", "旧柜子抬到楼下（虚构）", "旧柜子，两个人抬"),
    ("buy", "代买一盒常用药（虚构）", "代买一盒药，有处方"),
    ("buy", "取一个大件快递（虚构）", "大件快递，送上门"),
    ("visit", "老人一个人在家，帮忙看一眼（虚构）", "看看独居老人"),
    ("other", "换一个灯泡（虚构）", "换灯泡，要上凳子"),
)
NEAR = ("小区北门一带", "农贸市场旁", "学校对面", "公交站附近", "广场西侧")
NEEDED = (
    ("station", "中午没有地方歇脚，驿站能不能开到下午五点。（虚构）"),
    ("station", "驿站的充电口不够，换电要排队。（虚构）"),
    ("parking", "电动车进不了小区，希望开一个骑手侧门。（虚构）"),
    ("suggestion", "楼栋号看不清，能不能在路口立一块牌子。（虚构）"),
    ("station", "驿站晚上九点就关门，夜里没有热水。（虚构）"),
    ("question", "换了平台，工伤保险去哪里问。（虚构）"),
)
REPORTED = (
    ("road-damage", "路口井盖松动，压上去会响。（虚构）"),
    ("rubbish", "垃圾桶满了，堆到路上。（虚构）"),
    ("street-light", "巷口路灯不亮。（虚构）"),
    ("parking", "消防通道被占。（虚构）"),
)
TOLD = ("有老人摔倒（虚构）", "楼道冒烟（虚构）", "", "电动车撞了人（虚构）")
TOPICS = ("反诈宣传", "防火安全", "骑行安全", "垃圾分类")
WALLS = ("电线杆上的小广告", "楼道口的小广告", "公交站牌上的贴纸")
ANSWERS = (
    "已和物业商定，本周落实。",
    "已经办好，请去看看。",
    "已列入下月安排，先临时解决。",
)
Act = Callable[[datetime], object]


@dataclass
class Life:
    """The year still to come, and who is in it."""

    staff: Mapping[int, User]
    places: Sequence[Organisation]
    calls_back: User
    pictures: Sequence[Upload]
    until: datetime
    random: Random = field(default_factory=lambda: Random(SEED))  # noqa: S311 - a story
    riders: list[Volunteer] = field(default_factory=list)
    coming: list[tuple[datetime, int, Act]] = field(default_factory=list)
    order: "itertools.count[int]" = field(default_factory=itertools.count)

    def at(self, when: datetime, act: Act) -> None:
        """Let something happen, unless it lies beyond today."""
        if when <= self.until:
            heapq.heappush(self.coming, (when, next(self.order), act))

    def run(self) -> None:
        """Live it, in the order of times."""
        while self.coming:
            when, _number, act = heapq.heappop(self.coming)
            act(when)

    def key(self) -> UUID:
        """Return an id as a phone makes it."""
        return UUID(int=self.random.getrandbits(128), version=4)

    def moment(self) -> datetime:
        """Return when somebody does something, some day of the year."""
        back = self.random.randrange(3, DAYS)
        return clock.moment(self.random, _day(self.until) - timedelta(days=back))

    def place(self) -> Organisation:
        """Return where: the best known community more often than the others."""
        first = self.random.random() < 0.5
        return self.places[0] if first else self.random.choice(self.places)

    def where(self, unit: Organisation) -> deeds.Where:
        """Return a place in words."""
        return deeds.Where(unit, self.random.choice(NEAR))

    def rider(self) -> Volunteer:
        """Return one of the riders."""
        return self.random.choice(self.riders)


def _day(at: datetime) -> date:
    return at.astimezone(clock.ZONE).date()


def live(
    *,
    staff: Mapping[int, User],
    places: Sequence[Organisation],
    calls_back: User,
    pictures: Sequence[Upload],
    since: date,
    until: datetime,
) -> None:
    """Let riders, neighbours and duty desks live a year.

    Parameters
    ----------
    staff
        Who works at each of ``places``, by key.
    places
        Communities, the best known one first.
    calls_back
        Who asks people whether their case is solved.
    """
    life = Life(staff, places, calls_back, pictures, until)
    begin = clock.office(datetime.combine(since, time(9), clock.ZONE), 1)
    _people(life, begin)
    categories = {row.code: row for row in Category.objects.all()}
    for _each in range(HELPS):
        life.at(life.moment(), lambda at: _help(life, at))
    for kind, number, told in (
        (Voice.Kind.NEED, NEEDS, NEEDED),
        (Voice.Kind.REPORT, REPORTS, REPORTED),
    ):
        for _each in range(number):
            code, text = life.random.choice(told)
            life.at(life.moment(), _voice(life, kind, text, categories[code]))
    for _each in range(PUBLICITY):
        life.at(life.moment(), lambda at: _publicity(life, at))
    for _each in range(CLEANUPS):
        life.at(life.moment(), lambda at: _cleanup(life, at))
    for _each in range(EMERGENCIES):
        life.at(life.moment(), lambda at: _alarm(life, at))
    life.run()
    deeds.follow(at=until)
    _certificates(life)
    _now(life)


def _people(life: Life, begin: datetime) -> None:
    """Register riders, teams and check-ins on the first days."""
    user = create_user(
        username=RIDER,
        name="小马（虚构）",
        password=PASSWORD,
        by=None,
        at=begin,
    )
    at = begin
    teams = []
    for unit in life.places[:3]:
        at += timedelta(minutes=15)
        words = belonging.TeamWords(
            f"{unit.name}五闪志愿服务队（虚构）", about="自愿、顺手、量力而行"
        )
        teams.append(
            belonging.found_team(
                client_id=life.key(),
                organisation=unit,
                words=words,
                by=life.staff[unit.pk],
                at=at,
            )
        )
    for number in range(RIDERS):
        at += timedelta(hours=7)
        rider = people.register(
            client_id=life.key(),
            name="小马" if number == 0 else cast.courtesy(life.random),
            phone=cast.phone(life.random),
            user=user if number == 0 else None,
            at=at,
        ).volunteer
        life.riders.append(rider)
        for place in {0, number % len(life.places)}:
            belonging.check_in(
                client_id=life.key(),
                volunteer=rider,
                organisation=life.places[place],
                at=at,
            )
        if number % 3 == 0:
            people.correct(
                volunteer=rider, name=rider.name, phone=rider.phone, public=True, at=at
            )
        belonging.join(team=teams[number % len(teams)], volunteer=rider, at=at)


def _help(life: Life, at: datetime) -> None:
    kind, text, notice = life.random.choice(ASKED)
    unit = life.place()
    row = helps.ask(
        wish=helps.Wish(
            client_id=life.key(),
            organisation=unit,
            kind=kind,
            text=text,
            near=life.random.choice(NEAR),
            until=at + timedelta(days=2),
            address="虚构小区 3 栋 502",
            phone=cast.phone(life.random),
            name=cast.courtesy(life.random),
        ),
        at=at,
    )
    high = "凳子" in notice
    cover = (
        Cover(
            risk=True,
            insurer="某保险公司志愿者意外险（虚构）",
            until=_day(at) + timedelta(days=60),
        )
        if high
        else Cover()
    )

    def publish(when: datetime) -> None:
        showing = helps.Showing(notice, cover)
        helps.publish(help=row, showing=showing, by=life.staff[unit.pk], at=when)

    life.at(at + timedelta(minutes=life.random.randrange(5, 90)), publish)
    if life.random.random() < 0.8:
        taken = at + timedelta(hours=life.random.uniform(2, 9))
        life.at(taken, lambda when: _take(life, row, when))
    life.at(at + timedelta(days=2, minutes=1), lambda when: helps.expire(at=when))


def _take(life: Life, row: Help, at: datetime) -> None:
    rider = life.rider()
    try:
        helps.take(help=row, volunteer=rider, at=at)
    except Refused:
        return
    minutes = life.random.randrange(12, 70)
    done = at + timedelta(minutes=minutes + 5)

    def finish(when: datetime) -> None:
        helps.say_done(help=row, volunteer=rider, at=when)
        _claim(life, rider, row.organisation, "help", when, minutes, help_=row)

    life.at(done, finish)
    life.at(
        done + timedelta(hours=3),
        lambda when: helps.confirm(help=row, by=NEIGHBOUR, at=when),
    )


def _claim(
    life: Life,
    rider: Volunteer,
    unit: Organisation,
    kind: str,
    at: datetime,
    minutes: int,
    *,
    help_: Help | None = None,
    deed: Deed | None = None,
) -> Hours | None:
    try:
        return hours.claim(
            span=hours.Span(
                client_id=life.key(),
                organisation=unit,
                kind=kind,
                starts_at=at - timedelta(minutes=minutes),
                ends_at=at,
                help=help_,
                deed=deed,
            ),
            volunteer=rider,
            at=at,
        )
    except Refused:
        return None  # busy elsewhere at that time


def _voice(life: Life, kind: Voice.Kind, text: str, category: Category) -> Act:
    def speak(at: datetime) -> None:
        made = deeds.speak(
            words=deeds.Words(
                client_id=life.key(), kind=kind.value, text=text, category=category
            ),
            where=life.where(life.place()),
            volunteer=life.rider(),
            photos=(
                [life.random.choice(life.pictures)]
                if kind is Voice.Kind.REPORT and life.pictures
                else []
            ),
            at=at,
        )
        life.at(clock.office(at, 4), lambda when: _work(life, made.case, when))

    return speak


def _work(life: Life, case: Case, at: datetime) -> None:
    """Let a community work on it; what others handle waits, as it does."""
    worker = life.staff.get(case.handler_id)
    if worker is None or life.random.random() < 0.1:
        return
    try:
        case = handling.accept(case=case, by=worker, at=at)
    except CaseRefused:
        return

    def answer(when: datetime) -> None:
        said = life.random.choice(ANSWERS)
        done = handling.answer(case=case, text=said, by=worker, at=when)
        life.at(clock.office(when, 6), lambda later: _call_back(life, done, later))

    life.at(clock.office(at, life.random.uniform(6, 40)), answer)


def _call_back(life: Life, case: Case, at: datetime) -> None:
    solved = life.random.random() < 0.85
    done = closing.call_back(
        case=case,
        method="phone",
        result="resolved" if solved else "unresolved",
        satisfaction="yes" if solved else "",
        by=life.calls_back,
        at=at,
    )
    if solved and life.random.random() < 0.5:
        text = mask(done.text).text
        publishing.publish(case=done, public_text=text, by=life.calls_back, at=at)


def _publicity(life: Life, at: datetime) -> None:
    _deed(
        life,
        at,
        Deed.Kind.PUBLICITY,
        life.random.choice(TOPICS),
        sessions=1,
        pieces=life.random.randrange(0, 60),
    )


def _cleanup(life: Life, at: datetime) -> None:
    _deed(life, at, Deed.Kind.CLEANUP, life.random.choice(WALLS))


def _deed(
    life: Life,
    at: datetime,
    kind: Deed.Kind,
    text: str,
    *,
    sessions: int = 0,
    pieces: int = 0,
) -> None:
    rider, unit = life.rider(), life.place()
    row = deeds.do(
        done=deeds.Done(
            client_id=life.key(),
            kind=kind.value,
            text=f"{text}（虚构）",
            on=_day(at),
            sessions=sessions,
            pieces=pieces,
        ),
        where=life.where(unit),
        volunteer=rider,
        at=at,
    )
    worker = life.staff[unit.pk]
    seen = clock.office(at, 3)
    life.at(seen, lambda when: deeds.see(deed=row, by=worker, at=when))
    if life.random.random() < 0.4:
        minutes = life.random.randrange(15, 90)
        written = _claim(life, rider, unit, kind.value, at, minutes, deed=row)
        if written is not None:
            life.at(seen, lambda when: _confirm(written, worker, when))


def _confirm(row: Hours, worker: User, at: datetime) -> None:
    hours.confirm(hours=row, minutes=row.minutes, by=worker, at=at)


def _alarm(life: Life, at: datetime) -> None:
    unit = life.place()
    row = emergencies.sound(
        alarm=emergencies.Alarm(
            client_id=life.key(),
            text=life.random.choice(TOLD),
            called=life.random.choice(("120", "110", "no", "")),
            phone=cast.phone(life.random),
        ),
        where=life.where(unit),
        volunteer=life.rider(),
        at=at,
    )
    worker = life.staff[unit.pk]
    seconds = life.random.choice((25, 50, 90, 140, 200, 280, 420))
    for minute in (5, 10, 20):
        life.at(at + timedelta(minutes=minute), lambda when: emergencies.go_up(at=when))
    seen = at + timedelta(seconds=seconds)
    life.at(seen, lambda when: emergencies.notice(emergency=row, by=worker, at=when))
    life.at(
        seen + timedelta(minutes=25),
        lambda when: emergencies.settle(
            emergency=row,
            end=life.random.choice(
                (Emergency.End.HELPED, Emergency.End.OTHERS, Emergency.End.NOTHING)
            ),
            what="已到现场处置（虚构）",
            by=worker,
            at=when,
        ),
    )


def _certificates(life: Life) -> None:
    """Certify the demo's rider's year."""
    last = _day(life.until)
    try:
        certificates.issue(
            client_id=life.key(),
            volunteer=life.riders[0],
            first=last - timedelta(days=DAYS),
            last=last,
            at=life.until,
        )
    except Refused:
        return


def _now(life: Life) -> None:
    """Leave something to do: an open request, one to look at, an activity, an alarm."""
    unit, at = life.places[0], life.until
    worker = life.staff[unit.pk]
    for kind, text, notice in (ASKED[0], ASKED[4]):
        row = helps.ask(
            wish=helps.Wish(
                client_id=life.key(),
                organisation=unit,
                kind=kind,
                text=text,
                near=NEAR[0],
                until=at + timedelta(days=7),
                address="虚构小区 3 栋 502",
                phone=cast.phone(life.random),
                name=cast.courtesy(life.random),
            ),
            at=at,
        )
        if kind == "carry":
            showing = helps.Showing(notice)
            helps.publish(help=row, showing=showing, by=worker, at=at)
    _claim(life, life.riders[1], unit, "other", at, 40)
    starts = clock.office(at + timedelta(days=6), 2)
    activities.offer(
        what=activities.Offer(
            client_id=life.key(),
            title="周末一起清楼道（虚构）",
            spot="3 栋门口",
            starts_at=starts,
            ends_at=starts + timedelta(hours=2),
            cover=Cover(
                risk=True,
                insurer="某保险公司志愿者意外险（虚构）",
                until=_day(starts) + timedelta(days=30),
            ),
        ),
        organisation=unit,
        by=worker,
        at=at,
    )
    emergencies.sound(
        alarm=emergencies.Alarm(client_id=life.key(), text=TOLD[0], called="120"),
        where=life.where(unit),
        volunteer=life.riders[0],
        at=at,
    )
