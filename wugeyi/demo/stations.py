"""Twenty-nine invented stations for riders, a year of counts, two things broken, one gap.

The article speaks of 29 places in Yunyan district and names none of them; where these
stand, what they have and who came are invented, and every page says so. Restaurants and
shops are strewn around communities; one street of them lies far from every station.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID, uuid5

import shapely

from wugeyi.accounts.models import User
from wugeyi.demo import cast
from wugeyi.demo.clock import ZONE
from wugeyi.imports.tables import read_table
from wugeyi.organisations import geometry
from wugeyi.organisations.models import Area, Organisation
from wugeyi.organisations.queries import within
from wugeyi.stations.actions import breakages, gaps, stations, tables, visits
from wugeyi.stations.actions.breakages import Broken
from wugeyi.stations.actions.dictionaries import install_defaults
from wugeyi.stations.actions.gaps import Asked
from wugeyi.stations.actions.stations import Entry, More
from wugeyi.stations.actions.tables import Sent
from wugeyi.stations.models import Item, Station, StationFile, StationKind
from wugeyi.stations.queries.tables import plan
from wugeyi.stations.rules.gaps import Place, metres
from wugeyi.stations.rules.hours import IDLE, Span, Week, covers
from wugeyi.stations.rules.tables import POINTS

COUNTY = "520103"  # 云岩区
MANY = 29
SEED = 29
NAMESPACE = UUID("5e0f1f64-9b8a-4c53-9f0b-2f7c1d3a2900")
SOURCE = "演示用的取送点（虚构）"
# Kind, who runs it, how many of the 29, its week.
DAYTIME: Week = dict.fromkeys(range(7), (Span(8 * 60, 22 * 60),))
OFFICE: Week = dict.fromkeys(range(5), (Span(9 * 60, 17 * 60 + 30),))
NIGHTS: Week = dict.fromkeys(range(7), (Span(10 * 60, 26 * 60),))
ALWAYS: Week = dict.fromkeys(range(7), (Span(0, 1440),))


@dataclass(frozen=True, slots=True)
class Sort:
    """A sort of invented stations."""

    kind: str
    run_by: str
    many: int
    week: Week
    name_en: str


SORTS = (
    Sort("red-rider", "community", 11, DAYTIME, "Red Rider station"),
    Sort("warm-bee", "community", 8, NIGHTS, "Warm Bee station"),
    Sort("union", "union", 6, ALWAYS, "Union station"),
    Sort("company", "company", 4, OFFICE, "Company station"),
)
# What riders are told of a sort.
NOTES = {
    "union": "晚上扫门上的码开门。",
    "company": "从大楼侧门进，跟保安说一声。",
}
# How likely a station has each facility.
LIKELY = {
    "sign": 0.97,
    "study": 0.8,
    "rest": 0.97,
    "charging": 0.93,
    "fixed": 1.0,
    "service": 0.9,
    "rules": 0.8,
    "staffing": 0.75,
    "indoor": 0.95,
    "seats": 0.97,
    "microwave": 0.7,
    "water": 0.9,
    "cooling": 0.7,
    "toilet": 0.6,
    "first-aid": 0.8,
}


@dataclass(frozen=True, slots=True)
class Ground:
    """A community and a place inside it."""

    unit: Organisation
    lon: float
    lat: float


def live(*, by: User, since: date, until: datetime) -> list[Station]:
    """Let the stations stand for a year, until a moment; the same every time."""
    random = Random(SEED)  # noqa: S311 - a story, not a secret
    county = Organisation.objects.get(code=COUNTY)
    install_defaults(by=None, at=_at(since, 9))
    grounds = _grounds(county)
    spread = [grounds[place * len(grounds) // MANY] for place in range(MANY)]
    made = _build(spread, random, by, since, until)
    for number, station in enumerate(made):
        _count(station, number, random, by, until)
    _break(made, until)
    _points(county, grounds, made, random, by, until)
    return made


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), ZONE)


def _key(what: str) -> UUID:
    return uuid5(NAMESPACE, what)


def _grounds(county: Organisation) -> list[Ground]:
    """Return communities with a place in each, by their codes."""
    rows = Area.objects.filter(
        within("organisation__path", [county.path]),
        organisation__kind="community",
        organisation__valid_to=None,
    ).select_related("organisation")
    found = []
    for row in rows.order_by("organisation__code"):
        inside = shapely.point_on_surface(geometry.from_text(row.geometry))
        found.append(Ground(row.organisation, round(inside.x, 6), round(inside.y, 6)))
    return found


def _build(
    spread: Sequence[Ground],
    random: Random,
    by: User,
    since: date,
    until: datetime,
) -> list[Station]:
    kinds = {kind.code: kind for kind in StationKind.objects.all()}
    items = {item.code: item for item in Item.objects.filter(derived="")}
    sorts = [sort for sort in SORTS for _each in range(sort.many)]
    random.shuffle(sorts)
    last = until.astimezone(ZONE).date() - timedelta(days=60)
    made = []
    for number, (ground, sort) in enumerate(zip(spread, sorts, strict=True)):
        opens_on = min(since + timedelta(days=random.randrange(1, 200)), last)
        kind = kinds[sort.kind]
        has = {
            item: "yes" if random.random() < LIKELY.get(code, 0.5) else "no"
            for code, item in items.items()
        }
        made.append(
            stations.add(
                client_id=_key(f"station {number}"),
                organisation=ground.unit,
                entry=Entry(
                    kind=kind,
                    run_by=sort.run_by,
                    name_zh=f"{ground.unit.name}{kind.name_zh}",
                    name_en=f"{sort.name_en} {number + 1}",
                    lon=ground.lon,
                    lat=ground.lat,
                    address=f"示例路 {number + 1} 号（虚构）",
                    note=NOTES.get(sort.kind, ""),
                    keeper_name=cast.courtesy(random),
                    keeper_phone=cast.phone(random),
                ),
                more=More(opens_on, week=sort.week, items=has, invented=True),
                by=by,
                at=_at(opens_on, 10),
            )
        )
    return made


def _count(
    station: Station, number: int, random: Random, by: User, until: datetime
) -> None:
    """Let the keeper write the days of each month at its end; not everybody does."""
    today = until.astimezone(ZONE).date()
    opened = station.spans.values_list("opens_on", flat=True)[0]
    usual = random.randrange(6, 45)
    day = opened
    while day < today:
        month_ends = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
        days = {}
        while day < min(month_ends, today):
            if (number + day.day) % 9:
                summer = 1.3 if day.month in (6, 7, 8) else 1.0
                days[day] = round(usual * summer * random.uniform(0.5, 1.5))
            day += timedelta(days=1)
        if days:
            written = _at(day - timedelta(days=1), 21)
            visits.count_days(station=station, days=days, by=by, at=written)


def _break(made: Sequence[Station], until: datetime) -> None:
    """Let riders tell of two broken things; one of them is told twice."""
    items = {item.code: item for item in Item.objects.all()}
    for number, code, ago, told in ((3, "charging", 4, 2), (12, "microwave", 2, 1)):
        station = made[number]
        for again in range(told):
            breakages.report(
                station=station,
                broken=Broken(_key(f"broken {code} {again}"), items[code]),
                at=until - timedelta(days=ago) + timedelta(hours=5 * again),
            )


def _points(
    county: Organisation,
    grounds: Sequence[Ground],
    made: Sequence[Station],
    random: Random,
    by: User,
    until: datetime,
) -> None:
    """Strew restaurants and shops; most near a station that is open at 14:00."""
    week = {sort.kind: sort.week for sort in SORTS}
    monday = 0
    near = [
        (each.lon, each.lat)
        for each in made
        if covers(week[each.kind.code], monday, IDLE)
    ]
    lonely = max(
        grounds, key=lambda each: min(metres((each.lon, each.lat), one) for one in near)
    )
    rows = ["类别,名称,经度,纬度"]
    for number, place in enumerate(near[:10]):
        rows += _street(place, 12, f"{number + 1} 街", random)
    rows += _street((lonely.lon, lonely.lat), 34, "新街", random)
    content = "\n".join(rows).encode()
    on = until.astimezone(ZONE).date() - timedelta(days=30)
    batch = tables.keep(
        sent=Sent(
            POINTS,
            "取送点（虚构）.csv",
            content,
            len(rows) - 1,
            source=SOURCE,
            data_on=on,
        ),
        organisation=county,
        by=by,
        at=until - timedelta(hours=3),
    )
    file = StationFile.objects.select_related("organisation").get(batch=batch)
    tables.accept(
        batch=batch,
        plan=plan(POINTS, read_table(content), file),
        invented=True,
        by=by,
        at=until - timedelta(hours=2),
    )
    asked = Asked(client_id=_key("gaps"), weekday=monday, window=IDLE, sites=1)
    gaps.search(organisation=county, asked=asked, by=by, at=until - timedelta(hours=1))


def _street(at: Place, many: int, name: str, random: Random) -> list[str]:
    """Return places of work within some hundred metres of a place."""
    rows = []
    for number in range(many):
        kind = random.choice(("饭店餐饮", "饭店餐饮", "商店超市", "快递网点"))
        lon = at[0] + random.uniform(-0.0012, 0.0012)
        lat = at[1] + random.uniform(-0.0012, 0.0012)
        rows.append(f"{kind},示例{name} {number + 1} 号,{lon:.6f},{lat:.6f}")
    return rows
