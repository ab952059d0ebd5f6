import threading
from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from tests.places.conftest import facility, home
from wugeyi.audit.models import AuditEvent
from wugeyi.places import queries
from wugeyi.places.actions.facilities import (
    FacilityEntry,
    close_facility,
    correct_facility,
    reopen_facility,
)
from wugeyi.places.actions.homes import HomeEntry, correct_home
from wugeyi.places.models import Facility, FacilityKind, Home, Template

DAY = date(2026, 3, 18)


def acts() -> list[str]:
    return list(
        AuditEvent.objects.filter(action__startswith="places.")
        .order_by("pk")
        .values_list("action", flat=True)
    )


def entry(row: Facility, **more) -> FacilityEntry:
    names = ("kind", "name", "lon", "lat", "capacity", "opening_hours", "valid_from")
    return FacilityEntry(**({name: getattr(row, name) for name in names} | more))


def test_the_same_page_sent_twice_is_one_facility(world):
    key = uuid4()
    first = facility(world, client_id=key)
    second = facility(world, client_id=key)
    assert first.pk == second.pk
    assert acts() == ["places.add_facility"]


@pytest.mark.django_db(transaction=True)
def test_the_same_page_sent_at_once_is_one_facility(world):
    key, gate, made = uuid4(), threading.Barrier(2), []

    def one():
        try:
            gate.wait(10)
            made.append(facility(world, client_id=key).pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(made) == 2
    assert set(made) == {Facility.objects.get().pk}


def test_correcting_writes_what_differs_and_says_what_stood_there(world):
    row = facility(world, capacity=20)
    changed = correct_facility(
        facility=row,
        entry=entry(row, capacity=30),
        edition=1,
        by=world["worker"],
        at=world.now(),
    )
    assert (changed.capacity, changed.edition) == (30, 2)
    event = AuditEvent.objects.get(action="places.correct_facility")
    assert (event.before, event.after) == ('{"capacity":20}', '{"capacity":30}')
    same = correct_facility(
        facility=row, entry=entry(changed), by=world["worker"], at=world.now()
    )
    assert same.edition == 2
    assert len(acts()) == 2


def test_two_who_correct_at_once_do_not_undo_each_other(world):
    row = facility(world)
    correct_facility(
        facility=row,
        entry=entry(row, name="新名"),
        edition=1,
        by=world["worker"],
        at=world.now(),
    )
    with pytest.raises(ValidationError) as refused:
        correct_facility(
            facility=row,
            entry=entry(row, capacity=5),
            edition=1,
            by=world["worker"],
            at=world.now(),
        )
    assert refused.value.code == "changed_meanwhile"
    row.refresh_from_db()
    assert (row.name, row.capacity) == ("新名", None)


def test_closing_keeps_the_record_and_the_past(world):
    row = facility(world, valid_from=date(2026, 1, 1))

    def close(on):
        return close_facility(
            facility=row, on=on, reason="搬走", by=world["worker"], at=world.now()
        )

    with pytest.raises(ValidationError) as early:
        close(date(2025, 12, 31))
    assert early.value.code == "dates_not_in_order"
    close(date(2026, 3, 1))
    with pytest.raises(ValidationError) as twice:
        close(date(2026, 3, 2))
    assert twice.value.code == "closed_already"

    def there(day):
        return len(queries.facilities_of(world.community, day=day))

    days = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 2, 28), date(2026, 3, 1)]
    assert [there(day) for day in days] == [0, 1, 1, 0]
    reopen_facility(facility=row, by=world["worker"], at=world.now())
    assert there(DAY) == 1
    assert acts()[-2:] == ["places.close_facility", "places.reopen_facility"]


@pytest.mark.parametrize(
    "wrong", [{"lon": 200.0}, {"lat": -91.0}, {"residents": 3, "elderly": 4}]
)
def test_the_database_refuses_what_cannot_be(world, wrong):
    row = home(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        Home.objects.filter(pk=row.pk).update(**wrong)


def test_a_home_is_corrected_with_its_figures(world):
    row = home(world)
    correct_home(
        home=row,
        entry=HomeEntry(row.name, row.lon, row.lat, 40, 130, None),
        by=world["worker"],
        at=world.now(),
    )
    row.refresh_from_db()
    assert (row.households, row.residents, row.elderly) == (40, 130, None)


def test_everybody_walks_to_a_facility_whoever_keeps_it(world):
    near = facility(world, unit=world.neighbour)
    facility(world, name="远处", lon=107.5)
    inside = queries.facilities_in((106.6, 26.6, 106.8, 26.7), day=DAY)
    assert [each.key for each in inside] == [near.pk]
    assert inside[0].kind == "clinic"
    assert queries.facilities_of(world.community, day=DAY)[0].name == "远处"
    assert len(queries.facilities_of(world.town, day=DAY)) == 2


def test_the_same_kind_of_another_template_counts(world):
    facility(world)
    facility(world, name="小学", code="school")
    other = Template.objects.create(code="gb", name_zh="国标", position=1)
    FacilityKind.objects.create(template=other, code="clinic", name_zh="卫生站")
    box = (106.6, 26.6, 106.8, 26.7)
    found = queries.facilities_in(box, day=DAY, template=other)
    assert [each.name for each in found] == ["金桥卫生站"]
    own = queries.own_template()
    assert own.code == "guiyang"
    assert len(queries.facilities_in(box, day=DAY, template=own)) == 2


def test_reads_take_one_query_whatever_the_rows(world, django_assert_num_queries):
    for n in range(20):
        facility(world, name=f"站 {n}", lon=106.7 + n / 1000)
        home(world, name=f"{n} 栋")
    box, template = (106.6, 26.6, 106.8, 26.7), queries.own_template()
    with django_assert_num_queries(1):
        assert len(queries.facilities_in(box, day=DAY, template=template)) == 20
    with django_assert_num_queries(1):
        assert len(queries.homes_of(world.town, day=DAY)) == 20
    with django_assert_num_queries(1):
        assert len(queries.homes_in(box, day=DAY)) == 20
