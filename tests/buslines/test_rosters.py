"""Rosters: duties of a plan and regular ones, given to drivers; or why there is no way."""

import io
import zipfile
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.test import Client

from tests.buslines.line import DAY, BusLine
from tests.buslines.planned import ask, plan, scenario, work
from wugeyi.audit.models import AuditEvent
from wugeyi.buslines.actions import rostering
from wugeyi.buslines.models import Absence, Plan, Roster
from wugeyi.buslines.queries.rosters import load_roster, see, unfit_of
from wugeyi.buslines.rules.refusals import Refused, Why

MONDAY = date(2026, 3, 23)


@pytest.fixture
def made(busline: BusLine) -> Plan:
    return plan(busline)


def roster(busline: BusLine, made: Plan, **values: object) -> Roster:
    known: dict[str, object] = {"client_id": uuid4(), "first_day": MONDAY, "days": 28}
    asked = rostering.ask_for_roster(
        plan=made,
        by=busline.by,
        at=busline.world.now(),
        **(known | values),  # type: ignore[arg-type]
    )
    work()
    return load_roster(asked.pk) or asked


def client(busline: BusLine, who: str = "town_worker") -> Client:
    asked = Client()
    asked.force_login(busline.world[who])
    return asked


def test_everybody_drives_alike_and_nobody_on_days_off(
    busline: BusLine, made: Plan
) -> None:
    off = [MONDAY + timedelta(days=n) for n in (2, 3)]
    Absence.objects.create(
        driver=busline.drivers["a"], first_day=off[0], last_day=off[1]
    )
    found = roster(busline, made)
    assert found.finished_at
    table = see(found)
    assert table is not None, found.findings
    assert [row.code for row in table.rows] == ["a", "b", "c"]
    own = [duty for duty in table.duties if duty.own]
    for place, day in enumerate(table.days):
        given = [row.cells[place].duty for row in table.rows]
        marks = sorted(each.mark for each in given if each)
        due = sorted(duty.mark for duty in table.duties if duty.weekdays[day.weekday()])
        assert marks == due
    a = table.rows[0]
    assert [cell.day for cell in a.cells if cell.absent] == off
    assert all(cell.duty is None for cell in a.cells if cell.absent)
    # Named as people call the bus, not by its code.
    assert all("客车 1" in duty.name for duty in own)
    assert own
    counts = [row.duties for row in table.rows]
    assert max(counts) - min(counts) <= 2
    assert sum(counts) == sum(
        duty.weekdays[day.weekday()] for day in table.days for duty in table.duties
    )
    actions = AuditEvent.objects.filter(subject_type="buslines.roster")
    assert list(actions.order_by("id").values_list("action", flat=True)) == [
        "buslines.ask_for_roster",
        "buslines.answer_roster",
    ]


def test_the_same_again_is_the_same_roster(busline: BusLine, made: Plan) -> None:
    one, other = roster(busline, made), roster(busline, made)
    assert one.pk != other.pk
    assert one.result == other.result
    key = uuid4()
    assert roster(busline, made, client_id=key) == roster(busline, made, client_id=key)


def test_too_few_drivers_are_told_with_what_is_at_odds(
    busline: BusLine, made: Plan
) -> None:
    for code in ("b", "c"):
        driver = busline.drivers[code]
        driver.stars = 2
        driver.save(update_fields=["stars"])
    found = roster(busline, made)
    assert found.result is None
    assert found.findings
    page = client(busline).get(f"/bus/rosters/{found.pk}")
    assert page.status_code == 200
    assert "排不出来" in page.text
    assert "2 星，要 3 星" in page.text


def test_who_has_not_driven_long_enough_is_named(busline: BusLine, made: Plan) -> None:
    busline.driver("d", licensed_on=date(2019, 1, 1))
    found = roster(busline, made)
    unfit, rules = unfit_of(found)
    assert [(each.code, each.why) for each in unfit] == [("d", "years")]
    assert rules.years == 10
    page = client(busline).get(f"/bus/rosters/{found.pk}").text
    assert "还不满 10 年" in page


def test_a_roster_is_a_page_and_a_file(busline: BusLine, made: Plan) -> None:
    asked = client(busline)
    form = {"client_id": uuid4(), "first_day": MONDAY.isoformat(), "days": "14"}
    answer = asked.post(f"/bus/plans/{made.pk}/roster", form)
    found = Roster.objects.get()
    assert answer.url == f"/bus/rosters/{found.pk}"
    assert "排队中" in asked.get(answer.url).text
    assert asked.get(f"{answer.url}/roster.xlsx").url == answer.url
    work()
    page = asked.get(answer.url).text
    assert page.count('<th scope="row">') >= 3
    assert "a师傅" in page
    book = asked.get(f"{answer.url}/roster.xlsx")
    with zipfile.ZipFile(io.BytesIO(book.content)) as content:
        assert "a师傅" in content.read("xl/sharedStrings.xml").decode()
    assert "3月23日" in asked.get(f"/bus/plans/{made.pk}?part=rosters").text
    asked.cookies["django_language"] = "en"
    assert asked.get(answer.url).status_code == 200
    assert client(busline, "outsider").get(answer.url).status_code == 404


def test_what_makes_no_sense_is_refused(busline: BusLine, made: Plan) -> None:
    with pytest.raises(Refused) as refused:
        roster(busline, made, days=400)
    assert refused.value.why is Why.BAD_VALUE
    waiting = ask(busline, scenario(busline, stops_limit=2))
    with pytest.raises(Refused) as refused:
        roster(busline, waiting, first_day=DAY)
    assert refused.value.why is Why.NOT_READY
    answer = client(busline).post(f"/bus/plans/{made.pk}/roster", {"days": "x"})
    assert answer.url.endswith("part=rosters")
    assert not Roster.objects.exists()
