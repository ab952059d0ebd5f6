"""The invented line is planned, announced and driven: everything through the actions.

Like the demo's life circle it is made after the first start, by the worker that does
long work, so that preparing the demo need not wait for machine code.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from math import ceil
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from wugeyi.accounts.models import User
from wugeyi.buslines.actions import (
    editions,
    lines,
    planning,
    records,
    scenarios,
    single,
)
from wugeyi.buslines.actions.editions import Draft, Filing, Notice
from wugeyi.buslines.actions.lines import NewLine
from wugeyi.buslines.adapter import planning as engine
from wugeyi.buslines.models import (
    Demand,
    Driver,
    Edition,
    FareTable,
    Line,
    OtherDuty,
    Plan,
    RegularDuty,
    Spot,
    Vehicle,
)
from wugeyi.buslines.rules.given import Fares, Regular
from wugeyi.buslines.rules.scenarios import Said
from wugeyi.demo import clock
from wugeyi.demo.busline import days, facts, road
from wugeyi.demo.busline.keys import key
from wugeyi.demo.busline.units import CODE
from wugeyi.jobs import registry
from wugeyi.jobs.actions import ask
from wugeyi.jobs.models import Work
from wugeyi.jobs.tasks import Task
from wugeyi.organisations.models import Organisation

WORK = "demo.busline"
PLANNER = "gongjiao"
VILLAGE = "520112105201"  # 下坝村(乌当)
BEGUN_DAYS, OPENED_DAYS, LONGER_DAYS = 300, 260, 75
MARKET, DEPOT = "M1", "D1"
# Where the depot lies, as a share of the way: a little above the head of the valley.
DEPOT_AT = -0.03
CARRIES = {"seats": 40, "basket_places": 54, "floor_dm2": 0}
COSTS = {"cost_fen_per_km": 260, "fixed_fen": 6000}
RULES = {
    "ride_limit_minutes": (40, "菜农能接受的乘车时间（坝坝会）"),
    "stops_limit": (6, "再多停，就赶不上 40 分钟"),
    "hard_minutes": (3, "专线与常规车错开（双一车次）"),
}
FIRST_STOPS = 4
PARTS = 5
SAID = "这条线是虚构的：站名、人数、时刻都是编的，做法仿照报道里的惠农专线。"


def register() -> None:
    """Let the queue know how the demo's line is made."""
    registry.work(WORK, make, label=_("准备演示用的惠农专线"))


def plan(*, at: datetime) -> Work | None:
    """Ask for the line, if what it is planned with is installed."""
    if engine.lacking():
        return None
    unit = Organisation.objects.get(code=CODE)
    return ask(kind=WORK, subject=unit.pk, organisation_id=unit.pk, by=None, at=at)


def make(task: Task) -> None:
    """Make the line; begun again after a crash, it goes on where it stood.

    Nothing is written while the engine works: nobody has to wait for that.
    """
    operator = Organisation.objects.get(pk=int(task.subject))
    by = User.objects.get(username=PLANNER)
    made = Made(operator, by, task.work.asked_at)
    with transaction.atomic():
        made.records()
    task.tell(1, PARTS)
    first = made.planned("停四站", stops_limit=FIRST_STOPS)
    best = made.planned("停六站")
    task.tell(2, PARTS)
    with transaction.atomic():
        made.published(first, OPENED_DAYS, "惠农专线开通，早上两班，每班停四站。")
        road.look(made.line, made.spots, by=by, until=made.until)
    task.tell(3, PARTS)
    words = "按菜农的建议，每班从四站加到六站。"
    edition = made.published(best, LONGER_DAYS, words)
    days.drive(edition, by=by, until=made.until)
    days.ask_for_roster(best, by=by, at=made.until)


@dataclass
class Made:
    """The line as it grows."""

    operator: Organisation
    by: User
    until: datetime
    line: Line = field(init=False)
    spots: dict[str, Spot] = field(default_factory=dict)
    vehicle: Vehicle = field(init=False)
    fares: FareTable = field(init=False)

    def day(self, ago: int) -> date:
        """Return the local day so many days ago."""
        return self.at(ago).date()

    def at(self, ago: int, hours: float = 1) -> datetime:
        """Return a moment in office hours so many days ago."""
        return clock.office(self.until - timedelta(days=ago), hours, weekends=True)

    @property
    def begun(self) -> date:
        """The day everything on record begins."""
        return self.day(BEGUN_DAYS)

    def records(self) -> None:
        """Write down everything the line is planned from, or find it there."""
        known = Line.objects.filter(client_id=key("line")).first()
        if known is not None:
            self.line = known
            self.spots = {each.code: each for each in Spot.objects.filter(line=known)}
            self.fares = FareTable.objects.get(line=known, trial=False)
            return
        self.line = lines.create(
            new=NewLine(
                client_id=key("line"),
                organisation=self.operator,
                number="252",
                name="虚构惠农专线",
                name_en="Growers' line 252 (invented)",
                pricing=Line.Pricing.SET.value,
                phone="0851-00000000",
                note=SAID,
                invented=True,
            ),
            by=self.by,
            at=self.at(BEGUN_DAYS),
        ).line
        self._places()
        self._growers()
        self._fleet()
        self._rules()

    def add(self, model: Any, **values: Any) -> Any:
        """Write one record down, from the first day on."""
        return records.add(
            model,
            line=self.line,
            values=values,
            valid_from=self.begun,
            by=self.by,
            at=self.at(BEGUN_DAYS, 2),
        ).row

    def _places(self) -> None:
        village = Organisation.objects.get(code=VILLAGE)
        grown = {each.stop for each in facts.GROWERS}
        for number, name in enumerate(facts.NAMES):
            self._spot(
                f"S{number + 1:02d}",
                name,
                Spot.Kind.STOP,
                facts.along(number),
                organisation=village if number in grown else None,
            )
        self._spot(MARKET, "虚构大营市场", Spot.Kind.MARKET, 1.0)
        self._spot(DEPOT, "上青菜坪车场", Spot.Kind.DEPOT, DEPOT_AT)

    def _spot(
        self, code: str, name: str, kind: str, share: float, **values: Any
    ) -> None:
        lat, lon = facts.point(share)
        if kind == Spot.Kind.MARKET:
            # Regular buses have a bay of their own there.
            values |= {"opens_minute": facts.MARKET_OPENS, "hard_minutes": 0}
        self.spots[code] = self.add(
            Spot, code=code, name=name, kind=kind, lat=lat, lon=lon, **values
        )

    def _growers(self) -> None:
        market = self.spots[MARKET]
        for each in facts.GROWERS:
            stop = self.spots[f"S{each.stop + 1:02d}"]
            wanted = (
                ("a", each.early, facts.EARLY, False),
                ("b", each.late, facts.LATE, False),
                ("h", (each.back, 0), facts.HOME, True),
            )
            for mark, (persons, baskets), (earliest, latest), home in wanted:
                if not persons:
                    continue
                self.add(
                    Demand,
                    code=f"{stop.code}{mark}",
                    name=f"{stop.name}的菜农",
                    stop=stop,
                    market=market,
                    home=home,
                    persons=persons,
                    baskets=baskets,
                    earliest_minute=earliest,
                    latest_minute=latest,
                    source=Demand.Source.MEETING.value,
                )

    def _fleet(self) -> None:
        self.vehicle = self.add(
            Vehicle,
            code="大车",
            name="11.4 米天然气客车",
            depot=self.spots[DEPOT],
            count=2,
            length_cm=1140,
            **CARRIES,
            **COSTS,
        )
        # Between the early trips and noon the first of them runs the regular service.
        self.add(
            RegularDuty,
            code="252-1",
            name="252 路上午班",
            vehicle="大车",
            number=1,
            starts_at=self.spots[MARKET],
            ends_at=self.spots[MARKET],
            **facts.MORNING,
        )
        for person in facts.drivers():
            self.add(
                Driver,
                code=person.code,
                name=person.name,
                licensed_on=person.licensed_on,
                stars=person.stars,
            )
        for code, begin, end, driving in facts.DUTIES:
            self.add(
                OtherDuty,
                code=code,
                begin_minute=begin,
                end_minute=end,
                driving=driving,
                weekdays="1234567",
            )

    def _rules(self) -> None:
        usual: dict[str, Any] = {
            "line": self.line,
            "on": self.begun,
            "by": self.by,
            "at": self.at(BEGUN_DAYS, 3),
        }
        self.fares = single.set_fares(
            **usual, fares=Fares(200, ((1, 300), (2, 500)), 700, "坝坝会商议（虚构）")
        )
        for name, (number, source) in RULES.items():
            single.set_rule(**usual, name=name, number=number, source=source)
        single.set_ways(
            **usual,
            ways=_ways(),
            shapes=_shapes(),
            note="虚构：23 公里，不停站 28 分钟",
        )
        single.set_timetable(
            **usual,
            regular=Regular(
                name="虚构的 252 路常规车",
                digest="0" * 64,
                service_on=self.begun,
                departures=_regular(),
            ),
        )

    def planned(self, name: str, **changes: Any) -> Plan:
        """Plan the line for a scenario, and find why somebody is left out."""
        at = self.at(BEGUN_DAYS - 10, 1)
        scenario = scenarios.create(
            line=self.line,
            client_id=key(f"scenario {name}"),
            said=Said(name=name, on=self.begun, **changes),
            by=self.by,
            at=at,
        )
        plan = planning.ask_for_plan(
            scenario=scenario, client_id=key(f"plan {name}"), by=self.by, at=at
        )
        if plan.finished_at is None:
            worked = engine.work_out(plan.inputs, plan.fares, plan.steps, _on)
            plan = planning.answer(plan=plan, worked=worked, at=at)
        if plan.left_out.filter(reason__isnull=True).exists():
            found = list(engine.reasons(plan.inputs, plan.result))
            plan = planning.explain(plan=plan, reasons=found, at=at)
        # Done here and now: nobody has to do it again.
        kinds = (planning.WORK, planning.REASONS)
        Plan.objects.filter(pk=plan.pk).update(work=None)
        Work.objects.filter(kind__in=kinds, subject=str(plan.pk)).delete()
        plan.refresh_from_db()
        return plan

    def published(self, plan: Plan, ago: int, announcement: str) -> Edition:
        """Announce, report and publish a plan; it begins so many days ago."""
        known = Edition.objects.filter(plan=plan, published_at__isnull=False).first()
        if known is not None:
            return known
        draft = Draft(
            valid_from=self.day(ago), fares=self.fares, announcement=announcement
        )
        by, at = self.by, self.at(ago + 12)
        edition = editions.draw_up(plan=plan, draft=draft, by=by, at=at)
        noticed = Notice(noticed_on=self.day(ago + 12), talked_on=self.day(ago + 20))
        edition = editions.announce(edition=edition, notice=noticed, by=by, at=at)
        filing = Filing(self.day(ago + 12), "演示市交通委（虚构）", f"虚构〔{ago}〕号")
        edition = editions.file(edition=edition, filing=filing, by=by, at=at)
        return editions.publish(edition=edition, by=by, at=self.at(ago + 11))


def _on(*_told: object) -> bool:
    return True


def _ways() -> dict[str, Any]:
    """Return driving times along the valley, each rounded to whole minutes."""
    codes = [f"S{number + 1:02d}" for number in range(facts.STOPS)]
    share = {code: facts.along(number) for number, code in enumerate(codes)}
    share |= {MARKET: 1.0, DEPOT: DEPOT_AT}
    names = list(share)

    def minutes(here: str, there: str) -> int:
        far = abs(share[here] - share[there])
        return max(1, round(facts.DRIVE_MINUTES * far)) if here != there else 0

    return {
        "codes": names,
        "minutes": [[minutes(here, there) for there in names] for here in names],
        "metres": [
            [round(facts.ROAD_METRES * abs(share[a] - share[b])) for b in names]
            for a in names
        ],
    }


def _shapes() -> dict[str, list[list[float]]]:
    """Return the road between places that buses of the line drive between."""
    share = {f"S{each.stop + 1:02d}": facts.along(each.stop) for each in facts.GROWERS}
    share |= {MARKET: 1.0, DEPOT: DEPOT_AT}
    return {
        f"{here} {there}": _bends(share[here], share[there])
        for here in share
        for there in share
        if here != there
    }


def _bends(first: float, last: float) -> list[list[float]]:
    """Return points along the road, a hundred to its whole length."""
    many = max(1, round(100 * abs(last - first)))
    points = (facts.point(first + (last - first) * n / many) for n in range(many + 1))
    return [[lon, lat] for lat, lon in points]


def _regular() -> tuple[tuple[str, int, str], ...]:
    """Return the regular service at every stop, both ways."""
    whole = facts.DRIVE_MINUTES + facts.STOPS * facts.REGULAR_CALL_MINUTES
    found = []
    for leaves in range(
        facts.REGULAR_FIRST, facts.REGULAR_LAST + 1, facts.REGULAR_EVERY
    ):
        for number in range(facts.STOPS):
            code, share = f"S{number + 1:02d}", facts.along(number)
            found.append((code, leaves + round(whole * share), "252"))
            back = leaves + facts.REGULAR_EVERY // 2 + ceil(whole * (1 - share))
            found.append((code, back, "252 回"))
    return tuple(sorted(found))
