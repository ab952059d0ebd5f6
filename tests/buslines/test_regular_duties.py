"""Buses the line shares: what they drive in any case, and trips around it."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.buslines.line import DAY, BusLine
from tests.buslines.planned import plan
from tests.buslines.test_importing import download, look, tables
from wugeyi.audit.models import AuditEvent
from wugeyi.buslines.actions import records
from wugeyi.buslines.adapter import editions
from wugeyi.buslines.models import RegularDuty
from wugeyi.buslines.queries.inputs import Overrides, case_of
from wugeyi.buslines.queries.plans import see
from wugeyi.buslines.rules.refusals import Refused


def client(busline: BusLine) -> Client:
    made = Client()
    made.force_login(busline.world["town_worker"])
    return made


def both(busline: BusLine, **values: Any) -> None:
    """Give both buses a regular duty, so that any plan goes around one."""
    busline.regular("g1", **values)
    busline.regular("g2", vehicle="small", **values)


def test_a_plan_goes_around_what_its_buses_drive_anyway(busline: BusLine) -> None:
    both(busline)

    made = plan(busline)

    seen = see(made)
    assert seen is not None
    assert made.breaches == []
    assert made.proven
    for bus in seen.buses:
        assert [duty.name for duty in bus.regular] in (["g1路早高峰"], ["g2路早高峰"])
        for trip in bus.trips:
            minutes = [m for call in trip.calls for m in (call.arrive, call.depart)]
            assert max(minutes) <= 420 or min(minutes) >= 600
    assert {bus.ends for bus in seen.buses} <= {"南门市场", "车场"}
    assert seen.money.buses_fen == 0
    first, last = {}, {}
    for key, row in editions.blocks(made.inputs, made.result).items():
        first[key], last[key] = row.depot, row.back_at
        assert row.shared
    assert set(first.values()) <= {"车场"}


def test_the_page_of_a_plan_shows_them(busline: BusLine) -> None:
    both(busline, same_driver=True)
    made = plan(busline)
    page = client(busline).get(f"/bus/plans/{made.pk}").content.decode()
    assert "照常要跑的常规班" in page
    assert "07:00 南门市场 → 10:00 车场" in page
    assert "专线的驾驶员留在车上" in page
    assert "不算在专线头上" in page


def test_a_plan_without_shared_buses_says_nothing_of_them(busline: BusLine) -> None:
    made = plan(busline)
    page = client(busline).get(f"/bus/plans/{made.pk}").content.decode()
    assert "常规班：" not in page
    assert "不算在专线头上" not in page


def test_duties_at_odds_are_named_with_their_records(busline: BusLine) -> None:
    busline.regular("g1")
    busline.regular("g9", starts_minute=590, ends_minute=700)

    found = case_of(busline.line, DAY)
    page = client(busline).get(reverse("buslines:line", args=[busline.line.pk]))

    assert not found.sound
    (error,) = [each for each in found.findings if each.severity == "error"]
    assert set(error.inputs) == {"regular g1", "regular g9"}
    text = page.content.decode()
    assert "重叠了" in text
    assert (
        reverse("buslines:record-of", args=[busline.line.pk, "regular-duties", "g9"])
        in text
    )


def test_a_scenario_with_fewer_buses_drops_their_duties(busline: BusLine) -> None:
    busline.vehicle("more", count=2)
    busline.regular("g1", vehicle="more", number=2)
    key = busline.vehicles["more"].pk

    whole = case_of(busline.line, DAY)
    fewer = case_of(busline.line, DAY, overrides=Overrides(fleet={key: 1}))

    assert [each.code for each in whole.case.regular_duties] == ["g1"]
    assert fewer.case.regular_duties == ()
    assert fewer.sound


def test_a_form_adds_changes_and_ends_one(busline: BusLine) -> None:
    pk, browser = busline.line.pk, client(busline)
    today = timezone.localdate()
    values = {
        "code": "g1",
        "name": "12 路早高峰",
        "vehicle": "large",
        "number": "1",
        "starts_minute": "07:00",
        "starts_at": busline.spots["m2"].pk,
        "ends_minute": "10:00",
        "ends_at": busline.spots["d0"].pk,
        "on": today.isoformat(),
    }
    new = reverse("buslines:record-new", args=[pk, "regular-duties"])
    assert browser.get(new).status_code == 200
    for wrong in (
        {"vehicle": "tram"},
        {"number": "0"},
        {"ends_minute": "06:00"},
        {"starts_at": "99999"},
        {"starts_minute": "早上"},
    ):
        answer = browser.post(new, values | wrong)
        assert answer.status_code == 422
        assert answer.context["form"].errors
    assert browser.post(new, values).status_code == 302
    row = RegularDuty.objects.get()
    assert (row.starts_minute, row.ends_minute, row.same_driver) == (420, 600, False)
    edit = reverse("buslines:record-edit", args=[pk, "regular-duties", row.pk])
    assert "07:00" in browser.get(edit).content.decode()
    later = (today + timedelta(7)).isoformat()
    more = values | {"same_driver": "on", "on": later, "version": row.version}
    assert browser.post(edit, more).status_code == 302
    old, new_row = RegularDuty.objects.order_by("valid_from")
    assert (old.same_driver, new_row.same_driver) == (False, True)
    assert old.valid_until == new_row.valid_from
    listed = browser.get(reverse("buslines:records", args=[pk, "regular-duties"]))
    assert "12 路早高峰" in listed.content.decode()
    end = reverse("buslines:record-end", args=[pk, "regular-duties", new_row.pk])
    browser.post(end, {"on": (today + timedelta(30)).isoformat()})
    new_row.refresh_from_db()
    assert new_row.valid_until == today + timedelta(30)
    acts = set(AuditEvent.objects.values_list("action", flat=True))
    assert {"buslines.add_regularduty", "buslines.change_regularduty"} <= acts


def test_places_and_buses_of_others_are_refused(busline: BusLine) -> None:
    with pytest.raises(Refused):
        busline.regular("g1", vehicle="nothing")
    with pytest.raises(Refused):
        busline.regular("g1", starts_minute=700)
    busline.regular("g1")
    with pytest.raises(Refused):
        records.end_spot(
            spot=busline.spots["m2"],
            on=DAY + timedelta(400),
            by=busline.by,
            at=busline.world.now(),
        )
    row = RegularDuty.objects.get()
    row.ends_minute = row.starts_minute - 1
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_a_workbook_gives_them_back_and_takes_them_again(busline: BusLine) -> None:
    busline.regular("g1", same_driver=True)

    page = look(busline, download(busline), "line.xlsx")

    made = page.context["made"]
    assert made.faults == []
    steps = [step for step in made.steps if step.record == "regularduty"]
    assert [step.what.value for step in steps] == ["same"]


def test_a_table_adds_changes_and_ends_them(busline: BusLine) -> None:
    busline.regular("g1")
    busline.regular("g2", vehicle="small")
    content = tables(
        regular_duties=[
            "g1,,large,1,07:10,m2,10:00,d0,是",
            "g3,晚高峰,large,1,17:00,d0,19:00,m1,",
        ]
    )

    look(busline, content, act="accept", end_missing="on")

    rows = {each.code: each for each in RegularDuty.objects.filter(valid_until=None)}
    assert set(rows) == {"g1", "g3"}
    assert (rows["g1"].starts_minute, rows["g1"].same_driver) == (430, True)
    assert (rows["g3"].name, rows["g3"].ends_at.code) == ("晚高峰", "m1")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("g1,,tram,1,07:10,m2,10:00,d0,", "tram"),
        ("g1,,large,1,07:10,nowhere,10:00,d0,", "nowhere"),
        ("g1,,large,1,10:10,m2,10:00,d0,", "颠倒"),
        ("g1,,large,0,07:10,m2,10:00,d0,", "0"),
    ],
)
def test_a_row_that_cannot_be_is_told_and_nothing_written(
    busline: BusLine, row: str, said: str
) -> None:
    page = look(busline, tables(regular_duties=[row]))
    assert said in page.content.decode()
    assert page.context["made"].faults
    assert not RegularDuty.objects.exists()
