"""The invented life in the real register: departments, posts, a functional zone.

Names and codes of counties, towns, villages and communities are real (see the register's
provenance); every person, department post and case is invented and marked so.
"""

import csv
from collections.abc import Iterable
from datetime import date, datetime
from functools import partial
from pathlib import Path
from random import Random

from wugeyi.accounts.actions.users import create_user
from wugeyi.accounts.models import User
from wugeyi.casework.models import Category, Responsibility
from wugeyi.demo import cast, invented
from wugeyi.demo.busline.units import CODE as BUSES
from wugeyi.demo.busline.units import build as build_buses
from wugeyi.demo.hospital.units import CODE as HOSPITAL
from wugeyi.demo.hospital.units import HospitalUnits
from wugeyi.demo.hospital.units import build as build_hospital
from wugeyi.demo.villages.stories import VILLAGES as STORIES
from wugeyi.demo.villages.units import TOWN as VILLAGES
from wugeyi.demo.villages.units import build as build_villages
from wugeyi.demo.year import Town
from wugeyi.organisations.actions.posts import appoint
from wugeyi.organisations.actions.views import add_view, build_view
from wugeyi.organisations.models import Area, Organisation
from wugeyi.organisations.queries import subtree
from wugeyi.organisations.rules import Role

DATA = Path(__file__).parent / "data"
CASEWORK = Path(__file__).parent.parent / "casework" / "data"
PASSWORD = "wugeyi-demo"  # noqa: S105 - printed on the demo's start page
CITY = "5201"
# Where most of the invented year happens, with how often; the first one is where the
# demo's community worker sits.
STAGE = {
    "520115007005": 60,  # 金元社区
    "520112105201": 18,  # 下坝村(乌当)
    "520111204218": 10,  # 下坝村(花溪)
    "520181103243": 12,  # 鸭池河村
    "520181201214": 12,  # 观游村
}
OTHERS = 70
# Long before the year that is lived: some of its figures are of 2024.
HOSPITAL_SINCE = date(2018, 1, 1)
# The county the invented town of villages with books lies in.
VILLAGES_COUNTY = "520181"
FIRST_VILLAGE = STORIES[0].code
# Towns of two counties that the invented zone runs.
ZONE_TOWNS = ("520111204", "520102202")


def sign_ins() -> list[tuple[str, Role, str]]:
    """Return the demo's sign-in names with their role and the code they work at."""
    return [
        ("jinyuan", Role.WORKER, "520115007005"),
        ("zhishu", Role.SECRETARY, "520115007005"),
        ("xiaba", Role.WORKER, "520112105201"),
        ("paidan", Role.DISPATCHER, "520115"),
        ("chengguan", Role.DEPARTMENT, "520115-urban"),
        ("yunyan", Role.DEPARTMENT, "520103"),
        ("duban", Role.SUPERVISOR, CITY),
        ("shenji", Role.AUDITOR, CITY),
        ("guanli", Role.ADMINISTRATOR, CITY),
        ("chuangkou", Role.WORKER, HOSPITAL),
        ("yiyuan", Role.SECRETARY, HOSPITAL),
        ("gongjiao", Role.WORKER, BUSES),
        ("kuaiji", Role.ACCOUNTANT, VILLAGES),
        ("jihe", Role.REVIEWER, VILLAGES),
        ("chuna", Role.CASHIER, FIRST_VILLAGE),
    ]


class Builder:
    """Adds to the register what the year needs, on one day."""

    def __init__(self, *, random: Random, at: datetime, since: date) -> None:
        self.random = random
        self.at = at
        self.since = since
        self.city = Organisation.objects.get(code=CITY)
        self.named = {(role, code): name for name, role, code in sign_ins()}
        self.hospital: HospitalUnits
        # Works at the hospital's window.
        self.clerk: User
        # Who writes down what branches do, by organisation.
        self.secretaries: dict[int, User] = {}

    def build(self) -> Town:
        """Build all of it and return what the year must know."""
        self._departments()
        self._zone()
        self.hospital = build_hospital(parent=self.city, on=HOSPITAL_SINCE, at=self.at)
        buses = build_buses(parent=self.city, on=self.since, at=self.at)
        stage = self._stage()
        staff = self._staff(stage)
        # Drawn apart, so that the year goes on as it did without the company.
        self._hire(Role.WORKER, buses, Random(BUSES))  # noqa: S311 - a story
        self._bookkeepers()
        self._secretaries()
        dispatchers, supervisors = {}, {}
        for county in self._counties():
            dispatchers[county.path] = self._hire(Role.DISPATCHER, county)
            supervisors[county.path] = self._hire(Role.SUPERVISOR, county)
        for role in (Role.SUPERVISOR, Role.AUDITOR, Role.ADMINISTRATOR):
            self._hire(role, self.city)
        places = list(stage)
        return Town(
            places=places,
            weights=[stage[place] for place in places],
            areas=dict(
                Area.objects.filter(organisation__in=places).values_list(
                    "organisation_id", "geometry"
                )
            ),
            staff=staff,
            city_dispatcher=self._hire(Role.DISPATCHER, self.city),
            dispatchers=dispatchers,
            supervisors=supervisors,
        )

    def _counties(self) -> list[Organisation]:
        return list(
            subtree(self.city).filter(kind="county", parent=self.city).order_by("code")
        )

    def _departments(self) -> None:
        with (DATA / "departments.csv").open(encoding="utf-8", newline="") as file:
            kinds = {row["key"]: row["name"] for row in csv.DictReader(file)}
        with (CASEWORK / "categories.csv").open(encoding="utf-8", newline="") as file:
            answers = {
                row["code"]: row["department"]
                for row in csv.DictReader(file)
                if row["department"]
            }
        categories = {c.code: c for c in Category.objects.all()}
        add = partial(invented.add, on=self.since, at=self.at)
        for county in self._counties():
            made = {
                key: add(
                    f"{county.code}-{key}", f"{county.name}{name}", "department", county
                )
                for key, name in kinds.items()
            }
            Responsibility.objects.bulk_create(
                Responsibility(
                    organisation=made[key],
                    category=categories[code],
                    valid_from=self.since,
                )
                for code, key in answers.items()
            )

    def _zone(self) -> None:
        """Put two towns under an invented functional zone, in a view of its own."""
        zone = invented.add(
            "5201-ZONE-DEMO",
            "示例功能区(虚构)",
            "zone",
            self.city,
            on=self.since,
            at=self.at,
        )
        view = add_view(
            code="functional",
            name="功能区视图",
            name_en="By functional zone",
            by=None,
            at=self.at,
        )
        towns = list(Organisation.objects.filter(code__in=ZONE_TOWNS))
        build_view(
            view=view,
            root=self.city,
            zones={zone: towns},
            by=None,
            at=self.at,
            on=self.since,
        )

    def _stage(self) -> dict[Organisation, int]:
        grounds = subtree(self.city).filter(kind__in=("village", "community"))
        rest = list(grounds.exclude(code__in=STAGE).order_by("code"))
        chosen = self.random.sample(rest, OTHERS)
        weights = {place: STAGE[place.code] for place in grounds.filter(code__in=STAGE)}
        weights |= {place: self.random.randrange(2, 9) for place in chosen}
        return dict(sorted(weights.items(), key=lambda item: item[0].code))

    def _staff(self, stage: Iterable[Organisation]) -> dict[int, User]:
        """Give every organisation that may handle a case somebody who works there."""
        places = list(stage)
        towns = Organisation.objects.filter(
            pk__in={place.parent_id for place in places}
        )
        departments = subtree(self.city).filter(kind="department")
        staff = {
            unit.pk: self._hire(Role.WORKER, unit)
            for unit in (*places, *towns.order_by("code"))
        }
        for unit in (*departments, *self._counties()):
            staff[unit.pk] = self._hire(Role.DEPARTMENT, unit)
        return staff

    def _bookkeepers(self) -> None:
        """Add the town whose villages keep books here, and who keeps them."""
        county = Organisation.objects.get(code=VILLAGES_COUNTY)
        town = build_villages(parent=county, on=HOSPITAL_SINCE, at=self.at)
        random = Random(VILLAGES)  # noqa: S311 - a story
        self._hire(Role.ACCOUNTANT, town, random)
        self._hire(Role.REVIEWER, town, random)
        self._hire(Role.SECRETARY, town, random)
        first = Organisation.objects.get(code=FIRST_VILLAGE)
        self._hire(Role.CASHIER, first, random)

    def _secretaries(self) -> None:
        """Give the hospital, its branches and the best known places a secretary."""
        known = Organisation.objects.filter(code__in=STAGE).order_by("code")
        for unit in (self.hospital.hospital, *self.hospital.branches, *known):
            self.secretaries[unit.pk] = self._hire(Role.SECRETARY, unit)
        self.clerk = self._hire(Role.WORKER, self.hospital.hospital)

    def _hire(
        self, role: Role, organisation: Organisation, random: Random | None = None
    ) -> User:
        known = self.named.get((role, organisation.code))
        user = create_user(
            username=known or f"{role.value}-{organisation.code}",
            name=cast.name(random or self.random),
            password=PASSWORD if known else None,
            by=None,
            at=self.at,
        )
        appoint(
            person=user,
            role=role,
            organisation=organisation,
            by=None,
            at=self.at,
            valid_from=self.since,
        )
        return user
