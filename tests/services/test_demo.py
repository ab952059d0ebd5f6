import heapq
import itertools
from datetime import date, datetime
from random import Random
from zoneinfo import ZoneInfo

from tests.casework.world import START, hire
from wugeyi.audit.models import AuditEvent
from wugeyi.demo.hospital import units
from wugeyi.demo.hospital.services import BEHIND, hospital
from wugeyi.demo.talents import village
from wugeyi.demo.windows import At
from wugeyi.figures.queries.figures import figures
from wugeyi.figures.rules.periods import Period
from wugeyi.organisations.rules import Role
from wugeyi.services.models import Matter, Service, Visit
from wugeyi.talents.models import TalentCard

ZONE = ZoneInfo("Asia/Shanghai")


def timeline(until: datetime) -> tuple[list, At]:
    coming: list = []
    order = itertools.count()

    def at(when, act) -> None:
        if when <= until:
            heapq.heappush(coming, (when, next(order), act))

    return coming, at


def test_a_year_at_the_hospitals_window_in_small(world) -> None:
    begin = datetime(2026, 1, 2, 8, tzinfo=ZONE)
    until = datetime(2026, 2, 20, 18, tzinfo=ZONE)
    found = units.build(parent=world.city, on=START, at=begin)
    clerk = hire("clerk", Role.WORKER, found.hospital)
    coming, at = timeline(until)
    hospital(
        units=found,
        clerk=clerk,
        behind={},
        random=Random(5),
        at=at,
        since=date(2026, 1, 5),
        until=until.date(),
        begin=begin,
        visits=24,
    )
    assert set(BEHIND) <= set(Service.objects.values_list("name_zh", flat=True))
    while coming:
        when, _, act = heapq.heappop(coming)
        act(when)
    assert 18 <= Matter.objects.count() <= 24
    told = set(Visit.objects.exclude(result="").values_list("result", flat=True))
    assert {"done", "accepted", "told"} <= told
    period = Period(date(2026, 1, 1), until.date())
    counted = figures(["service_matters", "service_visits"], found.hospital, period)
    assert counted["service_matters"].value == Matter.objects.count()
    assert counted["service_visits"].value == Visit.objects.exclude(result="").count()
    events = AuditEvent.objects.filter(action__startswith="services.")
    times = list(events.order_by("id").values_list("at", flat=True))
    assert times == sorted(times)


def test_sixty_seven_people_came_back_and_one_took_the_card_back(world) -> None:
    until = datetime(2026, 11, 20, 12, tzinfo=ZONE)
    stays = village(
        unit=world.community,
        by=world["worker"],
        random=Random(5),
        since=START,
        until=until,
    )
    period = Period(START, until.date())
    counted = figures(["talents", "talent_cards"], world.city, period)
    assert stays == counted["talents"].value == 67
    assert counted["talent_cards"].value == 5
    assert TalentCard.objects.filter(name="").count() == 1
