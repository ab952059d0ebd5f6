import io
import random
from datetime import date, timedelta

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from tests.casework.world import World, build, report, resolved
from wugeyi.casework.models import Case
from wugeyi.figures.actions import fold, refresh
from wugeyi.organisations.models import Organisation, Placement, TreeView

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db) -> World:
    found = build()
    view = TreeView.objects.create(
        code="statutory", name="行政区划", name_en="Statutory"
    )
    for unit in Organisation.objects.all():
        Placement.objects.create(organisation=unit, view=view, path=unit.path)
    return found


def get(client, user, unit, code="cases", name="figures:open", **asked: str):
    client.force_login(user)
    return client.get(
        reverse(name, args=[code, unit.code]),
        {"from": "2026-01-01", "to": "2026-06-30", **asked},
    )


def test_the_count_stays_where_the_records_do_not_show(client, world) -> None:
    resolved(world)
    hidden = report(world, place=world.neighbour)
    page = get(client, world["worker"], world.town).content.decode()
    assert 'figure-value">2<' in page
    assert hidden.number not in page
    assert "另有 1 条" in page
    whole = get(client, world["supervisor"], world.town).content.decode()
    assert hidden.number in whole
    assert "另有" not in whole


def test_nothing_on_record_is_no_zero(client, world) -> None:
    page = get(client, world["worker"], world.other_county).content.decode()
    assert "无记录" in page
    assert 'figure-value">0<' not in page


def test_too_few_for_a_percentage_show_both_numbers(client, world) -> None:
    resolved(world)
    page = get(client, world["worker"], world.town, "resolution_rate").content.decode()
    assert "分母不足 10" in page
    assert "<dd>1</dd>" in page


def test_what_cannot_be_read_is_explained(client, world) -> None:
    answer = get(client, world["worker"], world.town, to="1999-01-01", as_of="昨天")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "结束日期早于开始日期" in page
    assert "看不懂这个日期" in page
    odd = get(client, world["worker"], world.town, after="x.y", child="没有", view="z")
    assert odd.status_code == 200


def test_records_come_by_pages(client, world) -> None:
    numbers = {report(world).number for _ in range(53)}
    fold(at=world.now())
    first = get(client, world["supervisor"], world.town)
    after = first.context["behind"].after
    second = get(client, world["supervisor"], world.town, after=after)
    shown = [
        each.title.split()[0]
        for answer in (first, second)
        for each in answer.context["behind"].shown
    ]
    assert len(shown) == 53
    assert set(shown) == numbers


def test_records_of_a_year_come_newest_first(client, world) -> None:
    chance = random.Random(3)
    cases = []
    for _ in range(70):
        case = report(world)
        cases.append(case)
        # Corrected afterwards, some twice: counted on the last of these days alone.
        for _ in range(chance.choice([1, 2])):
            day = date(2026, 6, 30) - timedelta(days=chance.randrange(180))
            Case.objects.filter(pk=case.pk).update(registered_on=day)
            case.registered_on = day
            refresh(source="cases", records=[case.pk], at=world.now())
    shown, after = [], ""
    for _ in range(2):
        answer = get(client, world["supervisor"], world.city, after=after)
        after = answer.context["behind"].after
        shown += [each.title.split()[0] for each in answer.context["behind"].shown]
    assert after == ""
    right = sorted(cases, key=lambda each: (each.registered_on, each.pk), reverse=True)
    assert shown == [each.number for each in right]


def test_tables_leave_as_csv_and_xlsx(client, world) -> None:
    resolved(world)
    text = get(client, world["worker"], world.town, name="figures:csv").content.decode()
    assert text.startswith("\ufeff登记的诉求")
    assert "金桥社区,1" in text
    sheet = get(client, world["worker"], world.town, name="figures:xlsx").content
    rows = CalamineWorkbook.from_filelike(io.BytesIO(sheet)).get_sheet_by_index(0)
    assert ["金桥社区", 1.0] in [row[:2] for row in rows.to_python()]


def test_an_earlier_evening_is_told_as_it_was(client, world) -> None:
    resolved(world)
    page = get(client, world["worker"], world.town, as_of="2026-03-17").content.decode()
    assert "无记录" in page
