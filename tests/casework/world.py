"""A small city for tests: two communities, a department, one person per role.

省 province
└ 市 city
  ├ 县 county ── 城管局 department (answers for categories of "urban")
  │ └ 街道 town
  │   ├ 金桥社区 community
  │   └ 银桥社区 neighbour
  └ 邻县 other_county
"""

import itertools
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

from django.db import connection

from wugeyi.accounts.models import User
from wugeyi.casework.actions import closing, handling
from wugeyi.casework.actions.intake import Asker, Need, register
from wugeyi.casework.actions.setup import install_defaults
from wugeyi.casework.models import CalendarDay, Case, Category, Responsibility
from wugeyi.organisations.models import Installation, Organisation, Post
from wugeyi.organisations.rules import Role, child_path
from wugeyi.organisations.rules.naming import words

# A Wednesday morning in Guiyang, no holiday near.
NOW = datetime(2026, 3, 18, 1, 0, tzinfo=UTC)
START = date(2026, 1, 1)


@dataclass
class World:
    province: Organisation
    city: Organisation
    county: Organisation
    other_county: Organisation
    town: Organisation
    community: Organisation
    neighbour: Organisation
    department: Organisation
    users: dict[str, User] = field(default_factory=dict)
    clock: itertools.count = field(default_factory=lambda: itertools.count(1))

    def now(self) -> datetime:
        """A moment a minute after the last one."""
        return NOW + timedelta(minutes=next(self.clock))

    def __getitem__(self, name: str) -> User:
        return self.users[name]


def plant(
    name: str, kind: str, code: str, parent: Organisation | None = None
) -> Organisation:
    organisation = Organisation.objects.create(
        name=name,
        kind=kind,
        code=code,
        parent=parent,
        path=f"-{code}",
        search=words(name, code),
    )
    above = parent.path if parent else ""
    organisation.path = child_path(above, organisation.pk)
    organisation.save(update_fields=["path"])
    return organisation


def hire(name: str, role: Role | None, organisation: Organisation | None) -> User:
    user = User(username=name, name=f"{name}的人", created_at=NOW)
    user.set_password("correct horse battery")
    user.save()
    if role is not None:
        Post.objects.create(
            person=user, role=role.value, organisation=organisation, valid_from=START
        )
    return user


def build() -> World:
    """Make the city, its people and its tables; about forty inserts."""
    province = plant("测试省", "province", "99")
    city = plant("测试市", "city", "9901", province)
    Installation.objects.create(pk=1, name="测试市", name_en="Test city", seat=city)
    county = plant("甲县", "county", "990101", city)
    town = plant("东街街道", "town", "990101001", county)
    world = World(
        province=province,
        city=city,
        county=county,
        other_county=plant("乙县", "county", "990102", city),
        town=town,
        community=plant("金桥社区", "community", "990101001001", town),
        neighbour=plant("银桥社区", "community", "990101001002", town),
        department=plant("甲县城管局", "department", "D990101-URBAN", county),
    )
    world.users = {
        "worker": hire("worker", Role.WORKER, world.community),
        "neighbour": hire("neighbour", Role.WORKER, world.neighbour),
        "town_worker": hire("town_worker", Role.WORKER, world.town),
        "dispatcher": hire("dispatcher", Role.DISPATCHER, world.county),
        "department": hire("department", Role.DEPARTMENT, world.department),
        "supervisor": hire("supervisor", Role.SUPERVISOR, world.county),
        "auditor": hire("auditor", Role.AUDITOR, world.city),
        "administrator": hire("administrator", Role.ADMINISTRATOR, world.city),
        "secretary": hire("secretary", Role.SECRETARY, world.community),
        "accountant": hire("accountant", Role.ACCOUNTANT, world.town),
        "outsider": hire("outsider", Role.DISPATCHER, world.other_county),
        "postless": hire("postless", None, None),
    }
    defaults()
    Responsibility.objects.create(
        organisation=world.department,
        category=category("street-light"),
        valid_from=START,
    )
    return world


# What the action writes into the calendar: half of the time that a city takes.
DAYS: list[tuple[object, ...]] = []
COLUMNS = ("day", "working", "name", "source", "verified")


def defaults() -> None:
    """The shipped tables; days off as the action wrote them for the first city."""
    if DAYS:
        sql = (
            f"INSERT INTO {CalendarDay._meta.db_table} ({', '.join(COLUMNS)})"
            f" VALUES ({', '.join(['%s'] * len(COLUMNS))})"
        )
        with connection.cursor() as cursor:
            cursor.executemany(sql, DAYS)
    install_defaults(valid_from=START, by=None, at=NOW)
    DAYS[:] = DAYS or CalendarDay.objects.order_by("pk").values_list(*COLUMNS)


def category(code: str) -> Category:
    return Category.objects.get(code=code)


def need(world: World, **overrides: object) -> Need:
    values: dict = {
        "client_id": uuid4(),
        "text": "小区门口的路灯坏了三天,晚上看不见路。",
        "category": category("rubbish"),
        "place": world.community,
        "channel": "web",
        "asker": Asker(name="张三", phone="13800138000"),
    }
    return Need(**(values | overrides))


def report(world: World, *, by: object = None, **overrides: object) -> Case:
    """Register a case through the real action."""
    return register(need=need(world, **overrides), by=by, at=world.now()).case


def working(world: World, **overrides: object) -> Case:
    """A case taken up by the community's worker."""
    case = report(world, **overrides)
    return handling.accept(case=case, by=world["worker"], at=world.now())


def answered(world: World, **overrides: object) -> Case:
    """A case the community's worker has answered."""
    case = working(world, **overrides)
    return handling.answer(
        case=case, text="已更换灯泡,今晚已亮。", by=world["worker"], at=world.now()
    )


def resolved(world: World, **overrides: object) -> Case:
    """A case whose reporter said by telephone that it is solved."""
    case = answered(world, **overrides)
    return closing.call_back(
        case=case,
        method="phone",
        result="resolved",
        satisfaction="yes",
        by=world["dispatcher"],
        at=world.now(),
    )
