"""Something in every open table, and beside each what nobody may read."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import uuid4

from django.utils import timezone

from tests.casework.world import NOW, hire
from tests.circles.town import build as build_town
from tests.interfaces.open import Open
from tests.permissions import setups_sharing
from tests.permissions.setups_projects import published as publish_project
from tests.services.desk import desk_of
from tests.stations.place import ground
from tests.volunteering import people
from wugeyi.books.actions import disclosures
from wugeyi.books.actions.books import add_item, open_book
from wugeyi.books.actions.months import close_month
from wugeyi.books.actions.posting import post
from wugeyi.books.models import Disclosure
from wugeyi.books.rules.disclosure import Period
from wugeyi.books.rules.entries import Entry, Line
from wugeyi.books.rules.months import month_of
from wugeyi.buslines.models import Line as BusLine
from wugeyi.buslines.models import Spot
from wugeyi.circles import actions as circles
from wugeyi.circles.models import Assessment, Circle, Coverage
from wugeyi.organisations.rules import Role
from wugeyi.sharing.actions import thanks
from wugeyi.sharing.models import Thanks
from wugeyi.stations.models import Station

DAY = date(2026, 3, 18)
BEGINS = date(2025, 7, 1)


@dataclass
class Full:
    """Rows a test asks for by name."""

    circle: Circle
    sheets: list[Disclosure]
    station: Station


def fill(city: Open) -> Full:
    """Put something public into every table, with names and numbers beside it."""
    world = city.world
    desk_of(world)
    publish_project(world)
    _line(city)
    _thank(city)
    _volunteer(city)
    return Full(_circle(city), _books(city), ground(world).station())


def _line(city: Open) -> None:
    line = BusLine.objects.create(
        client_id=uuid4(),
        code="LINE2345",
        organisation=city.world.city,
        number="252",
        name="惠农专线",
        pricing=BusLine.Pricing.values[0],
        opened_on=DAY,
        created_at=NOW,
    )
    Spot.objects.create(
        line=line,
        kind=Spot.Kind.STOP,
        code="s1",
        name="村口",
        organisation=city.world.community,
        lon=106.63,
        lat=26.65,
        valid_from=DAY,
        recorded_at=NOW,
    )


def _thank(city: Open) -> None:
    pk = setups_sharing.act_on_thanks(city.world)[0]["pk"]
    thanks.publish(
        thanks=Thanks.objects.get(pk=pk),
        public_text="梯子很好用",
        by=city.world["worker"],
        at=NOW + timedelta(days=2),
    )


def _volunteer(city: Open) -> None:
    world, now = city.world, timezone.now()
    rider = people.rider(world)
    people.said(world, rider)
    people.did(world, rider)
    people.opened(world)
    people.alarm(world)
    people.team(world)
    for title, days in (("清扫楼道", 1), ("已经过了", -1)):
        begins = now + timedelta(days=days)
        with_past = people.activity(world, title=title)
        type(with_past).objects.filter(pk=with_past.pk).update(
            starts_at=begins, ends_at=begins + timedelta(hours=2)
        )


def _circle(city: Open) -> Circle:
    town = build_town(city.world)
    circle = town.circle()
    circles.publish(circle=circle, by=city.world["worker"], at=city.world.now())
    found = Assessment.objects.create(
        circle=circle,
        on=DAY,
        pace="adult",
        speed_mm_s=1333,
        slope=False,
        minutes=15,
        network=circle.network,
        digest="0" * 64,
        at=city.world.now(),
    )
    for kind, inside, outside in ((town.clinic, 120, 80), (town.market, 197, 3)):
        Coverage.objects.create(
            assessment=found,
            kind=kind,
            limit_ms=900_000,
            facilities=1,
            residents_inside=inside,
            residents_outside=outside,
        )
    return circle


def _books(city: Open) -> list[Disclosure]:
    """Two quarters of books, both shown; a household in them."""
    unit = city.world.community
    writer = hire("open-writer", Role.ACCOUNTANT, unit)
    other = hire("open-reviewer", Role.REVIEWER, unit)
    book = open_book(
        organisation=unit,
        keeper="collective",
        regime="2023",
        code="OPEN",
        name_zh="金桥股份经济合作社",
        begins_on=BEGINS,
        by=writer,
        at=NOW,
    )
    add_item(
        book=book,
        kind="household",
        code="H1",
        name="王小明户",
        personal=True,
        by=None,
        at=NOW,
    )
    for on in (BEGINS, date(2025, 10, 5)):
        words = "付王小明误工，电话13812345678"
        for lines in (
            (Line("102", 10050, 0, "租金"), Line("501", 0, 10050, "租金")),
            (
                Line("513", 450, 0, words, household="H1"),
                Line("211", 0, 450, words),
            ),
        ):
            post(
                book=book,
                entry=Entry(on, lines),
                prepared_by=writer,
                reviewed_by=other,
                by=other,
                at=NOW,
            )
    first = month_of(BEGINS)
    for month in range(first, first + 6):
        close_month(book=book, month=month, by=writer, reviewed_by=other, at=NOW)
    made = []
    for begin in (first, first + 3):
        row = disclosures.draw_up(
            book=book, period=Period(begin, begin + 2), by=writer, at=NOW
        )
        row = disclosures.review(
            disclosure=row,
            reviewed_by="张三",
            reviewed_on=DAY,
            opinion="",
            version=row.version,
            by=writer,
            at=NOW,
        )
        made.append(
            disclosures.publish(disclosure=row, version=row.version, by=writer, at=NOW)
        )
    return made
