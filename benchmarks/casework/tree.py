"""The register of Guiyang, its departments, posts and people, loaded by the product."""

from datetime import date, datetime

from django.db import transaction

from wugeyi.accounts.models import User
from wugeyi.casework.actions.setup import DATA, install_defaults
from wugeyi.casework.models import Category, Responsibility
from wugeyi.organisations.actions import add_organisation
from wugeyi.organisations.actions.guiyang import draw_schematic_areas, load_guiyang
from wugeyi.organisations.models import Installation, Organisation, Post

CITY = "5201"
SINCE = date(2020, 1, 1)
ROLES = {
    "community": "worker",
    "village": "worker",
    "town": "dispatcher",
    "county": "dispatcher",
    "department": "department",
    "city": "supervisor",
}


def shipped_categories() -> list[dict[str, str]]:
    """Return the rows of the shipped categories that have a heading above them."""
    lines = (DATA / "categories.csv").read_text().splitlines()
    names = lines[0].split(",")
    found = [dict(zip(names, line.split(","), strict=True)) for line in lines[1:]]
    return [row for row in found if row["parent"]]


@transaction.atomic
def build(*, at: datetime) -> None:
    """Make the register, the shipped tables, and a member of staff for every unit."""
    Installation.objects.create(pk=1, name="测速", demo=True)
    install_defaults(valid_from=SINCE, by=None, at=at)
    load_guiyang(by=None, at=at)
    draw_schematic_areas(by=None, at=at)
    _departments(at)
    _staff(at)


def _departments(at: datetime) -> None:
    categories = {each.code: each for each in Category.objects.all()}
    wanted: dict[str, list[Category]] = {}
    for row in shipped_categories():
        if row["department"]:
            wanted.setdefault(row["department"], []).append(categories[row["code"]])
    for county in Organisation.objects.filter(kind="county", code__startswith=CITY):
        for name, answers_for in wanted.items():
            unit = add_organisation(
                code=f"{county.code}-{name}",
                name=f"{county.name}{name}",
                kind="department",
                parent=county,
                by=None,
                at=at,
                invented=True,
            )
            Responsibility.objects.bulk_create(
                Responsibility(organisation=unit, category=each, valid_from=SINCE)
                for each in answers_for
            )


def _staff(at: datetime) -> None:
    units = list(Organisation.objects.filter(kind__in=ROLES).order_by("path"))
    people = User.objects.bulk_create(
        User(username=f"u{unit.code}", name=f"人{unit.pk}", password="!", created_at=at)
        for unit in units
    )
    Post.objects.bulk_create(
        Post(person=person, role=ROLES[unit.kind], organisation=unit, valid_from=SINCE)
        for person, unit in zip(people, units, strict=True)
    )
