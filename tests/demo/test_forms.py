from datetime import UTC, date, datetime
from io import BytesIO
from random import Random
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from tests.casework.world import World, build, hire
from tests.reports.stage import Stage
from wugeyi.branchwork.actions.records import add
from wugeyi.branchwork.models import Decision, SecretaryTerm, Topic, VanguardPost
from wugeyi.demo.forms import register_forms
from wugeyi.demo.hospital import branchwork
from wugeyi.demo.hospital.units import HospitalUnits
from wugeyi.demo.hospital.units import build as build_hospital
from wugeyi.figures.actions import fold, follow, settle
from wugeyi.figures.queries import Period, figure
from wugeyi.organisations.models import Organisation
from wugeyi.organisations.rules import Role
from wugeyi.reports.models import Filling, Form
from wugeyi.reports.queries.register import stands
from wugeyi.reports.rules.standing import Standing

UNTIL = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
BEGAN = datetime(2025, 11, 20, 4, 0, tzinfo=UTC)
FIRST = date(2026, 1, 1)


def add_all(units: HospitalUnits) -> None:
    """Write down a little of what the demo's hospital does."""
    topic = Topic.objects.order_by("pk").first()

    def put(model: type, unit: Organisation, **values: object) -> None:
        add(
            model=model,
            organisation=unit,
            values=values,
            client_id=uuid4(),
            by=None,
            at=UNTIL,
        )

    for unit in units.clinical[:11]:
        put(
            SecretaryTerm,
            unit,
            person="演示",
            valid_from=FIRST,
            backbone=unit != units.clinical[0],
            leads_unit="clinical",
        )
    for kind in ("vanguard", "vanguard", "demonstration"):
        put(VanguardPost, units.clinical[0], kind=kind, name="窗口", valid_from=FIRST)
    put(
        Decision,
        units.clinical[1],
        topic=topic,
        held_on=date(2026, 5, 6),
        matter="排班",
        opinion="同意",
        adopted="yes",
    )


@pytest.fixture
def told(db: None) -> tuple[World, Filling]:
    world = build()
    units = build_hospital(parent=world.city, on=date(2018, 1, 1), at=BEGAN)
    Stage(world)
    branchwork.words(since=date(2018, 1, 1), at=BEGAN)
    add_all(units)
    settle(at=UNTIL)
    follow(at=UNTIL)
    fold(at=UNTIL)
    filled = register_forms(
        hospital=units.hospital,
        city=world.city,
        town=world.town,
        secretary=hire("yiyuan", Role.SECRETARY, units.hospital),
        clerk=hire("duban", Role.SUPERVISOR, world.city),
        worker=world["town_worker"],
        period=(FIRST, UNTIL.date()),
        random=Random(51),
        until=UNTIL,
    )
    return world, filled


def test_forms_stand_filled_and_say_what_they_rest_on(
    told: tuple[World, Filling],
) -> None:
    world, filled = told
    today = UNTIL.date()
    stood = {each.name: stands(each, today=today) for each in Form.objects.all()}
    assert sorted(stood.values()) == sorted(
        [*[Standing.VALID] * 3, Standing.NO_BASIS, Standing.EXPIRED]
    )
    filled.refresh_from_db()
    assert filled.state == Filling.State.FROZEN
    values = {
        cell.code or cell.label: (cell.value, cell.source)
        for cell in filled.cells.all()
    }
    assert values["secretaries_professional"] == ("90.91", "figure")
    assert values["vanguard_posts"] == ("2", "figure")
    assert values["decisions_joined"] == ("1", "figure")
    # One cell typed; what has no records yet stays empty and is no 0.
    assert filled.cells_hand == 1
    assert values["grants"] == ("", "none")
    own = Period(filled.first, filled.last)
    assert figure("cells_by_hand", filled.organisation, own).value == 1

    client = Client()
    client.force_login(filled.begun_by)
    answer = client.get(reverse("reports:xlsx", args=[filled.pk]))
    body = answer.getvalue()
    page = load_workbook(BytesIO(body)).worksheets[0]
    assert page["D9"].value == 2
    assert "虚构" in str(page.cell(page.max_row, 1).value)

    begun = Filling.objects.get(organisation=world.town)
    assert begun.state == Filling.State.OPEN
    rows = begun.cells.filter(code="@row").values_list("value", flat=True)
    assert list(rows) == ["金桥社区", "银桥社区"]
