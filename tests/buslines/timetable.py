"""A plan of the small line, worked out by hand, and timetables made of it.

    large 1   上坝 06:02 · 中坝 06:10 · 下坝 06:18 → 北门市场 06:30; home 12:00 → 上坝
    small 1   石头寨 06:15 · 大田 06:28 → 北门市场 06:40

r5 (水井湾) is left out.
"""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from tests.buslines.line import DAY, BusLine
from wugeyi.buslines.actions import editions
from wugeyi.buslines.models import Call, Edition, FareTable, Plan, Scenario
from wugeyi.buslines.queries.inputs import case_of
from wugeyi.engines.lineplanning import by_hand
from wugeyi.engines.lineplanning.archive import digest, to_json
from wugeyi.engines.lineplanning.model import Case
from wugeyi.engines.lineplanning.plan import Block, Money, Trip
from wugeyi.engines.lineplanning.plan import Call as PlanCall
from wugeyi.engines.lineplanning.plan import Plan as EnginePlan

FIRST = DAY + timedelta(days=10)
"""A first day of operation that leaves more than the seven days of notice."""


def trip(market: str, minute: int, *calls: tuple[str, str], home: bool = False) -> Trip:
    made = tuple(PlanCall(stop, 0, 0, (code,), 0, 0) for stop, code in calls)
    return Trip(market, made, minute, 0, home=home)


def drawn(case: Case, *, later: int = 0) -> EnginePlan:
    """The plan above; ``later`` moves every trip there by so many minutes."""
    there = [("v1", "r1"), ("v2", "r2"), ("v3", "r3")]
    blocks = (
        Block(
            "large",
            1,
            (
                trip("m1", 390, *there),
                trip("m1", 720, ("v1", "r7"), home=True),
            ),
            0,
            0,
            0,
        ),
        Block("small", 1, (trip("m1", 400, ("v4", "r4"), ("v6", "r6")),), 0, 0, 0),
    )
    plan = EnginePlan(blocks, ("r5",), Money(), 0)
    for vehicle, number, minute in (("large", 0, 390), ("small", 0, 400)):
        plan = by_hand.moved(
            case,
            plan,
            vehicle=vehicle,
            number=1,
            trip=number,
            market_minute=minute + later,
        )
    return by_hand.moved(
        case, plan, vehicle="large", number=1, trip=1, market_minute=720
    )


def planned(busline: BusLine, *, later: int = 0, **values: Any) -> Plan:
    """The plan as a row, worked out and without breaches."""
    world = busline.world
    gathered = case_of(busline.line, DAY)
    made = drawn(gathered.case, later=later)
    scenario = Scenario.objects.create(
        client_id=uuid4(),
        line=busline.line,
        name="照现在的数据",
        on=DAY,
        by=busline.by,
        at=world.now(),
    )
    known: dict[str, Any] = {
        "client_id": uuid4(),
        "scenario": scenario,
        "inputs": to_json(gathered.case),
        "fares": to_json(gathered.fares),
        "digest": digest(gathered.case),
        "by": busline.by,
        "at": world.now(),
        "finished_at": world.now(),
        "result": to_json(made),
    }
    return Plan.objects.create(**(known | values))


def draft(busline: BusLine, **values: Any) -> editions.Draft:
    known: dict[str, Any] = {
        "valid_from": FIRST,
        "fares": FareTable.objects.filter(line=busline.line, trial=False).earliest(
            "valid_from"
        ),
        "announcement": "新开惠农专线，每天早上两班去北门市场。",
    }
    return editions.Draft(**(known | values))


def drawn_up(busline: BusLine, *, later: int = 0, **values: Any) -> Edition:
    return editions.draw_up(
        plan=planned(busline, later=later),
        draft=draft(busline, **values),
        by=busline.by,
        at=busline.world.now(),
    )


def published(
    busline: BusLine, *, later: int = 0, urgent: str = "虚构：试运行", **values: Any
) -> Edition:
    """A timetable everybody sees; from its clock's day on unless told otherwise."""
    values.setdefault("valid_from", DAY)
    edition = drawn_up(busline, later=later, **values)
    return editions.publish(
        edition=edition, urgent=urgent, by=busline.by, at=busline.world.now()
    )


def call(edition: Edition, stop: str, *, home: bool = False) -> Call:
    return Call.objects.select_related("trip__edition__line", "stop").get(
        trip__edition=edition, stop__code=stop, trip__home=home
    )


def day(days: int) -> date:
    return DAY + timedelta(days=days)
