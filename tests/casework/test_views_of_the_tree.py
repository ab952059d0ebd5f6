"""Totals by statutory area and by functional zone: the parts add up to the same whole."""

from collections.abc import Iterator
from copy import deepcopy
from datetime import UTC, date, datetime, timedelta
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from wugeyi.casework.actions.intake import Need, register
from wugeyi.casework.actions.setup import install_defaults
from wugeyi.casework.models import Case, Category
from wugeyi.casework.queries import rates
from wugeyi.casework.queries.rates import Figure, Period
from wugeyi.organisations import actions
from wugeyi.organisations.models import Installation, Organisation, TreeView

# The view begins on BUILT; the zone gives one town back on RETURNED.
AT = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)
BUILT = date(2026, 2, 1)
RETURNED = date(2026, 3, 1)
DAY = timedelta(days=1)
UNITS = (
    ("99", "测试省", "province", None),
    ("9901", "测试市", "city", "99"),
    ("990101", "甲县", "county", "9901"),
    ("990102", "乙县", "county", "9901"),
    ("990101001", "东街", "town", "990101"),
    ("990101002", "西街", "town", "990101"),
    ("990102001", "南镇", "town", "990102"),
    ("990102002", "北镇", "town", "990102"),
    ("990101001001", "东一社区", "community", "990101001"),
    ("990101002001", "西一社区", "community", "990101002"),
    ("990102001001", "南一村", "village", "990102001"),
    ("990102002001", "北一村", "village", "990102002"),
    ("9901-ZONE", "测试功能区", "zone", "9901"),
)
# Cases of each village; the zone runs the first town of both counties.
CASES = {
    "990101001001": 2,
    "990101002001": 3,
    "990102001001": 5,
    "990102002001": 7,
}
WHOLE = 17
ZONE, COUNTIES, CITY = "9901-ZONE", ("990101", "990102"), "9901"


class City:
    def __init__(self) -> None:
        Installation.objects.create(pk=1, name="测试市", name_en="Test city")
        self.units: dict[str, Organisation] = {}
        for code, name, kind, parent in UNITS:
            self.units[code] = actions.add_organisation(
                code=code,
                name=name,
                kind=kind,
                parent=self.units.get(parent),
                by=None,
                at=AT,
                on=date(2020, 1, 1),
            )
        install_defaults(valid_from=date(2020, 1, 1), by=None, at=AT)
        self.functional = actions.add_view(
            code="functional", name="功能区", name_en="Zones", by=None, at=AT
        )
        self.statutory = TreeView.objects.get(code="statutory")
        self.build(BUILT)
        for code, count in CASES.items():
            for number in range(count):
                self.report(code, number)

    def __getitem__(self, code: str) -> Organisation:
        return Organisation.objects.get(code=code)

    def build(self, on: date) -> None:
        actions.build_view(
            view=self.functional,
            root=self[CITY],
            zones={self[ZONE]: [self["990101001"], self["990102001"]]},
            by=None,
            at=datetime(2026, 2, 1, 4, tzinfo=UTC),
            on=on,
        )

    def report(self, code: str, number: int) -> Case:
        need = Need(
            client_id=uuid4(),
            text=f"{self[code].name}第 {number} 件，路灯不亮。",
            category=Category.objects.get(code="rubbish"),
            place=self[code],
            channel="web",
        )
        return register(need=need, by=None, at=AT + number * DAY).case

    def count(self, code: str, view: TreeView | None, on: date) -> int:
        cases = rates.below(self[code], view=view, on=on)
        return rates.rates(cases, period(on), now=AT + 400 * DAY)[Figure.REGISTERED]


def period(on: date) -> Period:
    return Period(date(2026, 1, 1), on)


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker) -> Iterator[City]:
    """Built once; each test undoes what it adds."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield City()
        transaction.set_rollback(True)


@pytest.fixture
def city(built: City, db) -> City:
    cache.clear()
    return deepcopy(built)  # no test sees what another held on to


class TestTotals:
    def test_zone_and_counties_by_zone_make_the_statutory_total(self, city):
        zone = city.count(ZONE, city.functional, BUILT)
        counties = [city.count(code, city.functional, BUILT) for code in COUNTIES]
        assert (zone, counties) == (7, [3, 7])
        assert zone + sum(counties) == city.count(CITY, city.functional, BUILT) == WHOLE
        by_statute = [city.count(code, city.statutory, BUILT) for code in COUNTIES]
        assert by_statute == [5, 12]
        assert city.count(ZONE, city.statutory, BUILT) == 0
        assert city.count(CITY, city.statutory, BUILT) == WHOLE
        assert city.count(CITY, None, BUILT) == WHOLE

    def test_every_figure_adds_up_not_only_the_total(self, city):
        Case.objects.filter(place__code="990101001001").update(excluded=True)
        now = AT + 400 * DAY

        def counts(code):
            cases = rates.below(city[code], view=city.functional, on=BUILT)
            return rates.rates(cases, period(BUILT), now=now).counts

        parts = [counts(code) for code in (ZONE, *COUNTIES)]
        whole = counts(CITY)
        assert whole[Figure.EXCLUDED] == 2
        for figure in Figure:
            assert sum(part[figure] for part in parts) == whole[figure], figure

    def test_a_case_of_a_moved_town_counts_in_the_zone_and_not_in_the_county(
        self, city
    ):
        moved = set(Case.objects.filter(place__code="990102001001"))
        assert moved <= set(rates.below(city[ZONE], view=city.functional, on=BUILT))
        by_zone = set(rates.below(city["990102"], view=city.functional, on=BUILT))
        assert not moved & by_zone
        assert moved <= set(rates.below(city["990102"], view=city.statutory, on=BUILT))


class TestDates:
    def test_the_placements_of_the_last_day_count(self, city):
        actions.place_in_view(
            organisation=city["990102001"],
            view=city.functional,
            under=city["990102"],
            by=None,
            at=datetime(2026, 3, 1, 4, tzinfo=UTC),
            on=RETURNED,
        )
        before, after = RETURNED - DAY, RETURNED
        assert city.count(ZONE, city.functional, before) == 7
        assert city.count(ZONE, city.functional, after) == 2
        assert city.count("990102", city.functional, before) == 7
        assert city.count("990102", city.functional, after) == 12

    def test_before_the_view_began_it_says_nothing(self, city):
        assert city.count(CITY, city.functional, BUILT - DAY) == 0
        assert city.count(CITY, city.statutory, BUILT - DAY) == WHOLE

    def test_a_statutory_move_counts_from_its_day(self, city):
        actions.move(
            organisation=city["990101002"],
            to=city["990102"],
            by=None,
            at=datetime(2026, 3, 1, 4, tzinfo=UTC),
            on=RETURNED,
        )
        assert city.count("990101", city.statutory, RETURNED - DAY) == 5
        assert city.count("990101", city.statutory, RETURNED) == 2
        assert city.count("990102", city.statutory, RETURNED) == 15

    def test_an_abolished_village_still_counts_where_it_stood_last(self, city):
        actions.abolish(
            organisation=city["990101001001"],
            by=None,
            at=datetime(2026, 3, 1, 4, tzinfo=UTC),
            on=RETURNED,
        )
        later = RETURNED + 30 * DAY
        assert city.count(ZONE, city.functional, later) == 7
        assert city.count("990101", city.statutory, later) == 5
        parts = (ZONE, *COUNTIES)
        total = sum(city.count(code, city.functional, later) for code in parts)
        assert total == WHOLE


class TestPages:
    @pytest.fixture
    def recent(self, city) -> City:
        """The same city, with everything registered and published a few days ago."""
        now = timezone.now()
        Case.objects.update(
            registered_on=timezone.localdate(now) - DAY,
            published_at=now,
            public_text="路灯不亮。",
        )
        return city

    def figures(self, client, address: str) -> dict:
        answer = client.get(address)
        assert answer.status_code == 200
        return answer.context

    def test_the_choice_is_offered_where_another_view_holds_the_unit(
        self, client, recent
    ):
        assert [each["label"] for each in self.figures(client, "/public/9901")["views"]]
        assert self.figures(client, "/public/99")["views"] == []
        assert self.figures(client, "/public")["views"] == []

    @pytest.mark.parametrize(
        ("address", "count"),
        [
            ("/public/9901-ZONE", 0),
            ("/public/9901-ZONE?view=functional", 7),
            ("/public/990102", 12),
            ("/public/990102?view=statutory", 12),
            ("/public/990102?view=functional", 7),
            ("/public/990102?view=nonsense", 12),
            ("/public/9901?view=functional", 17),
            ("/public/99?view=functional", 17),
        ],
    )
    def test_figures_open_onto_their_own_cases(self, client, recent, address, count):
        context = self.figures(client, address)
        assert context["rates"][Figure.REGISTERED] == count
        link = context["links"][Figure.REGISTERED.value]
        opened = self.figures(client, urlsplit(address).path + link)
        shown = {told.case.pk for told in opened["told"]}
        assert len(shown) == count
        assert opened["rates"][Figure.REGISTERED] == count

    def test_every_link_keeps_the_view(self, client, recent):
        text = client.get("/public/9901?view=functional").content.decode()
        assert 'href="/public/9901-ZONE?view=functional"' in text
        assert 'name="view" value="functional"' in text
        links = self.figures(client, "/public/9901?view=functional")["links"]
        for link in links.values():
            assert parse_qs(urlsplit(link).query)["view"] == ["functional"]

    def test_the_units_below_are_those_of_the_view(self, client, recent):
        below = self.figures(client, "/public/9901-ZONE?view=functional")["below"]
        assert [unit.code for unit in below] == ["990101001", "990102001"]
        assert self.figures(client, "/public/9901-ZONE")["below"] == []

    def test_queries_do_not_grow_with_units_or_cases(self, client, recent):
        def count() -> int:
            cache.clear()
            with CaptureQueriesContext(connection) as seen:
                client.get("/public/9901-ZONE?view=functional")
            return len(seen)

        count()
        before = count()
        for number in range(6):
            actions.add_organisation(
                code=f"99010100110{number}",
                name=f"新{number}社区",
                kind="community",
                parent=recent["990101001"],
                by=None,
                at=timezone.now(),
            )
        for number in range(6):
            recent.report("990101001001", number)
        assert count() == before
