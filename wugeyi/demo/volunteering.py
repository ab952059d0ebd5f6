"""A year of flashes: invented riders, neighbours and duty desks in real communities.

Everything goes through the product's own actions, in the order of its times; every
person, address and number is invented.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta

from wugeyi.accounts.actions.users import create_user
from wugeyi.accounts.models import User
from wugeyi.casework.models import Category
from wugeyi.demo import cast, clock, flashes
from wugeyi.demo.city import PASSWORD
from wugeyi.demo.riding import DAYS, NEAR, Life, day_of
from wugeyi.organisations.models import Organisation
from wugeyi.uploads.models import Upload
from wugeyi.volunteering.actions import (
    activities,
    belonging,
    certificates,
    emergencies,
    helps,
    people,
    takes,
    voices,
)
from wugeyi.volunteering.models import Voice
from wugeyi.volunteering.rules.cover import Cover
from wugeyi.volunteering.rules.refusals import Refused

RIDER = "qishou"
"""The demo's rider signs in with this name; no post goes with it."""
RIDERS = 9
HELPS = 44
NEEDS = 26
REPORTS = 22
PUBLICITY = 18
CLEANUPS = 30
EMERGENCIES = 12


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
        life.at(life.moment(), lambda at: flashes.ask(life, at))
    for kind, number, told in (
        (Voice.Kind.NEED, NEEDS, flashes.NEEDED),
        (Voice.Kind.REPORT, REPORTS, flashes.REPORTED),
    ):
        for _each in range(number):
            code, text = life.random.choice(told)
            life.at(life.moment(), flashes.speak(life, kind, text, categories[code]))
    for _each in range(PUBLICITY):
        life.at(life.moment(), lambda at: flashes.publicity(life, at))
    for _each in range(CLEANUPS):
        life.at(life.moment(), lambda at: flashes.cleanup(life, at))
    for _each in range(EMERGENCIES):
        life.at(life.moment(), lambda at: flashes.alarm(life, at))
    life.run()
    voices.follow(at=until)
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


def _certificates(life: Life) -> None:
    """Certify the demo's rider's year."""
    last = day_of(life.until)
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
    until = at + timedelta(days=7)
    for kind, text, notice in (flashes.ASKED[0], flashes.ASKED[4]):
        told = flashes.wish(life, unit, (kind, text), until, NEAR[0])
        row = helps.ask(wish=told, at=at)
        if kind == "carry":
            showing = helps.Showing(notice)
            helps.publish(help=row, showing=showing, by=worker, at=at)
            takes.take(help=row, volunteer=life.riders[2], at=at)
            takes.recall(help=row, reason="约好了没有来（虚构）", by=worker, at=at)
    flashes.claim(life, life.riders[1], unit, "other", at, 40)
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
                until=day_of(starts) + timedelta(days=30),
            ),
        ),
        organisation=unit,
        by=worker,
        at=at,
    )
    emergencies.sound(
        alarm=emergencies.Alarm(
            client_id=life.key(), text=flashes.TOLD[0], called="120"
        ),
        where=life.where(unit),
        volunteer=life.riders[0],
        at=at,
    )
