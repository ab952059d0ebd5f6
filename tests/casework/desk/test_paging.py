"""Paging by key: every row exactly once, whatever is added or changed meanwhile."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.casework.world import NOW, World, report
from wugeyi.casework.models import Case
from wugeyi.casework.queries import desk
from wugeyi.casework.queries.desk import Filters, Tab
from wugeyi.organisations.queries import reach_of

pytestmark = pytest.mark.django_db

TABS = [Tab.WORK, Tab.AREA, Tab.PAUSED, Tab.ALL]


def copies(case: Case, hours: list[int | None]) -> list[int]:
    """Many cases like this one, due at these hours; several may share a moment."""
    made = []
    for number, hour in enumerate(hours):
        copy = Case.objects.get(pk=case.pk)
        copy.pk = None
        copy.client_id = f"00000000-0000-4000-8000-{number:012d}"
        copy.receipt = f"T{number:011d}"
        copy.due_at = None if hour is None else NOW + timedelta(hours=hour)
        copy.save(force_insert=True)
        made.append(copy.pk)
    return made


def walk(world: World, tab: Tab, *, size: int, between=lambda: None) -> list[int]:
    reach = reach_of(world["dispatcher"], on=timezone.localdate())
    seen: list[int] = []
    after = ""
    while True:
        page = desk.page(Filters(tab=tab), reach, now=NOW, after=after, size=size)
        seen += [row.pk for row in page.rows]
        if not page.after:
            return seen
        after = page.after
        between()


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    hours=st.lists(st.one_of(st.none(), st.integers(-3, 3)), min_size=0, max_size=14),
    size=st.integers(1, 6),
    tab=st.sampled_from(TABS),
)
def test_every_row_once_in_its_order(world, hours, size, tab) -> None:
    Case.objects.all().delete()
    first = report(world)
    copies(first, hours)
    reach = reach_of(world["dispatcher"], on=timezone.localdate())
    expected = list(
        desk.cases(Filters(tab=tab), reach, now=NOW)
        .order_by(*desk.order_of(tab))
        .values_list("pk", flat=True)
    )
    assert walk(world, tab, size=size) == expected


def test_rows_added_and_changed_meanwhile_repeat_and_lose_none(world) -> None:
    first = report(world)
    stay = copies(first, list(range(-10, 10)))
    added = iter(range(100, 200))

    def meanwhile() -> None:
        number = next(added)
        copy = Case.objects.get(pk=first.pk)
        copy.pk = None
        copy.client_id = f"00000000-0000-4000-9000-{number:012d}"
        copy.receipt = f"U{number:011d}"
        copy.due_at = NOW + timedelta(hours=number - 150)
        copy.save(force_insert=True)
        Case.objects.filter(pk=first.pk).update(state="working")

    seen = walk(world, Tab.WORK, size=4, between=meanwhile)
    assert len(seen) == len(set(seen))
    assert set(stay) <= set(seen)


def test_back_is_the_way_one_came(world) -> None:
    first = report(world)
    copies(first, [1, 1, 1, 2, 2, 3, 3, 3, 3])
    reach = reach_of(world["dispatcher"], on=timezone.localdate())
    filters = Filters(tab=Tab.WORK)
    one = desk.page(filters, reach, now=NOW, size=4)
    two = desk.page(filters, reach, now=NOW, after=one.after, size=4)
    back = desk.page(filters, reach, now=NOW, before=two.before, size=4)
    assert [row.pk for row in back.rows] == [row.pk for row in one.rows]
    assert back.before == ""
    assert back.after == one.after


def test_neighbours_follow_the_list(world) -> None:
    first = report(world)
    copies(first, [1, 1, 2])
    reach = reach_of(world["dispatcher"], on=timezone.localdate())
    filters = Filters(tab=Tab.WORK)
    rows = desk.page(filters, reach, now=NOW).rows
    earlier, later = desk.neighbours(rows[1], filters, reach, now=NOW)
    assert earlier is not None
    assert later is not None
    assert [earlier.pk, later.pk] == [rows[0].pk, rows[2].pk]
    assert desk.neighbours(rows[0], filters, reach, now=NOW)[0] is None


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("20261122-4711", 4711),
        ("4711", 4711),
        (" 20261122－4711 ", 4711),
        ("井盖-3", None),
        ("3号楼", None),
        ("", None),
        ("20261122-", None),
        ("9" * 40, None),
    ],
)
def test_case_numbers_as_people_type_them(typed, key) -> None:
    assert desk.by_number(typed) == key
