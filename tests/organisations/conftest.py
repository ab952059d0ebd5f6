from datetime import UTC, date, datetime

import pytest

from wugeyi.accounts.models import User
from wugeyi.organisations import actions
from wugeyi.organisations.models import Organisation, Post
from wugeyi.organisations.rules import Role

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)

UNITS = (
    ("52", "贵州省", "province", None),
    ("5201", "贵阳市", "city", "52"),
    ("520103", "云岩区", "county", "5201"),
    ("520111", "花溪区", "county", "5201"),
    ("520103001", "黔灵镇", "town", "520103"),
    ("520111001", "青岩镇", "town", "520111"),
    ("520103001001", "大寨村", "village", "520103001"),
    ("520103001002", "三桥社区", "community", "520103001"),
    ("520111001001", "大寨村", "village", "520111001"),
)


@pytest.fixture
def tree(db) -> dict[str, Organisation]:
    units: dict[str, Organisation] = {}
    for code, name, kind, parent in UNITS:
        units[code] = actions.add_organisation(
            code=code,
            name=name,
            kind=kind,
            parent=units.get(parent),
            by=None,
            at=AT,
        )
    return units


def user(name: str, *posts: tuple[Role, Organisation]) -> User:
    person = User.objects.create(username=name, name=name, created_at=AT)
    for role, organisation in posts:
        Post.objects.create(
            person=person, role=role, organisation=organisation, valid_from="2020-01-01"
        )
    return person


@pytest.fixture
def administrator(tree) -> User:
    return user("administrator", (Role.ADMINISTRATOR, tree["520103"]))
