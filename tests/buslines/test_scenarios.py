"""Scenarios: made once, changed while nothing was planned, withdrawn."""

from uuid import uuid4

import pytest

from tests.buslines.line import DAY, BusLine, create
from tests.buslines.planned import ask, scenario
from wugeyi.audit.models import AuditEvent
from wugeyi.buslines.actions import scenarios as actions
from wugeyi.buslines.models import FareTable, Scenario
from wugeyi.buslines.queries.inputs import case_of
from wugeyi.buslines.queries.scenarios import load_scenario, overrides_of, scenarios
from wugeyi.buslines.rules.refusals import Refused, Why
from wugeyi.buslines.rules.scenarios import Said


def events() -> list[str]:
    rows = AuditEvent.objects.filter(subject_type="buslines.scenario").order_by("id")
    return list(rows.values_list("action", flat=True))


def test_the_same_form_sent_twice_makes_one(busline: BusLine) -> None:
    key = uuid4()
    said = Said(name="停 6 站", on=DAY, stops_limit=6)
    made = [
        actions.create(
            line=busline.line,
            client_id=key,
            said=said,
            by=busline.by,
            at=busline.world.now(),
        )
        for _twice in range(2)
    ]
    assert made[0] == made[1]
    assert events() == ["buslines.create_scenario"]


def test_what_it_changes_reaches_the_case(busline: BusLine) -> None:
    large = busline.vehicles["large"]
    made = scenario(
        busline,
        stops_limit=6,
        ride_limit_minutes=50,
        hard_minutes=0,
        soft_minutes=8,
        price_fen=120,
        fleet={large.pk: 3},
    )
    found = load_scenario(made.pk)
    assert found is not None
    case = case_of(found.line, found.on, overrides=overrides_of(found)).case
    assert (case.rules.stops_limit, case.rules.ride_limit_minutes) == (6, 50)
    apart = case.rules.apart
    assert (apart.hard_minutes, apart.soft_minutes, apart.price_fen) == (0, 8, 120)
    counts = {each.code: each.count for each in case.vehicles}
    assert counts == {"large": 3, "small": 1}


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"name": "  "}, Why.NEEDS_TEXT),
        ({"stops_limit": 0}, Why.BAD_VALUE),
        ({"ride_limit_minutes": 9999}, Why.BAD_VALUE),
        ({"hard_minutes": -1}, Why.BAD_VALUE),
        ({"fleet": {10**9: 1}}, Why.BAD_VALUE),
    ],
)
def test_what_makes_no_sense_is_refused(
    busline: BusLine, values: dict[str, object], why: Why
) -> None:
    with pytest.raises(Refused) as refused:
        scenario(busline, **values)
    assert refused.value.why is why
    assert not Scenario.objects.exists()


def test_another_lines_fares_and_buses_are_refused(busline: BusLine) -> None:
    other = create(busline.world, number="9", name="另一条线")
    table = FareTable.objects.create(
        line=other, base_fen=100, valid_from=DAY, recorded_at=busline.world.now()
    )
    with pytest.raises(Refused):
        scenario(busline, fares=table)
    with pytest.raises(Refused):
        scenario(busline, fleet={busline.vehicles["large"].pk: 10**6})


def change(busline: BusLine, found: Scenario, **values: object) -> Scenario:
    known: dict[str, object] = {"name": found.name, "on": found.on}
    return actions.change(
        scenario=found,
        said=Said(**(known | values)),  # type: ignore[arg-type]
        by=busline.by,
        at=busline.world.now(),
    )


def test_with_plans_only_its_name_changes(busline: BusLine) -> None:
    found = scenario(busline)
    change(busline, found, stops_limit=3)
    found.refresh_from_db()
    assert found.stops_limit == 3
    ask(busline, found)
    change(busline, found, stops_limit=3, name="停 3 站")
    with pytest.raises(Refused) as refused:
        change(busline, found, stops_limit=5)
    assert refused.value.why is Why.IN_USE
    found.refresh_from_db()
    assert (found.name, found.stops_limit) == ("停 3 站", 3)


def test_withdrawn_it_leaves_the_list(busline: BusLine) -> None:
    found = scenario(busline)
    actions.withdraw(scenario=found, by=busline.by, at=busline.world.now())
    assert scenarios(busline.line).rows == []
    with pytest.raises(Refused) as refused:
        ask(busline, found)
    assert refused.value.why is Why.CLOSED


def test_a_stale_page_overwrites_nothing(busline: BusLine) -> None:
    found = scenario(busline)
    change(busline, found, stops_limit=3)
    with pytest.raises(Refused) as refused:
        actions.withdraw(
            scenario=found, version=1, by=busline.by, at=busline.world.now()
        )
    assert refused.value.why is Why.CHANGED


def test_the_list_is_paged_by_key_in_a_fixed_number_of_queries(
    busline: BusLine, django_assert_max_num_queries: object
) -> None:
    for number in range(35):
        scenario(busline, f"方案 {number}")
    with django_assert_max_num_queries(4):  # type: ignore[operator]
        page = scenarios(busline.line)
    assert (len(page.rows), page.newer) == (30, None)
    older = scenarios(busline.line, older=page.older)
    assert (len(older.rows), older.older) == (5, None)
    newer = scenarios(busline.line, newer=older.newer)
    assert [row.pk for row in newer.rows] == [row.pk for row in page.rows]
