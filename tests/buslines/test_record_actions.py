"""What every act on records keeps: nothing that held is changed, once is once."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.buslines.line import DAY, create
from wugeyi.audit.models import AuditEvent
from wugeyi.buslines.actions import dated, lines, records, single
from wugeyi.buslines.actions.asking import ask
from wugeyi.buslines.actions.lines import NewLine
from wugeyi.buslines.models import (
    Demand,
    Driver,
    FareTable,
    Line,
    Rule,
    Spot,
    Timetable,
    Vehicle,
    WaysTable,
)
from wugeyi.buslines.rules.asking import Home, Said
from wugeyi.buslines.rules.given import Fares, Regular
from wugeyi.buslines.rules.minutes import clock, read_minute, spans, written_spans
from wugeyi.buslines.rules.refusals import Refused, Why

LATER = DAY + timedelta(days=30)


def usual(busline):
    return {"by": busline.by, "at": busline.world.now()}


def events(action):
    return AuditEvent.objects.filter(action=f"buslines.{action}").count()


def test_a_line_sent_twice_is_one(busline):
    new = NewLine(uuid4(), busline.world.town, " 9 ", " 九路 ")
    first = lines.create(new=new, **usual(busline))
    second = lines.create(new=new, **usual(busline))
    assert (first.line, first.created, second.created) == (second.line, True, False)
    assert first.line.number == "9"


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"number": " "}, Why.NEEDS_TEXT),
        ({"name": ""}, Why.NEEDS_TEXT),
        ({"pricing": "free"}, Why.BAD_VALUE),
    ],
)
def test_a_line_needs_a_name_and_a_pricing(busline, values, why):
    known = {"number": "9", "name": "九路", "pricing": "set"} | values
    new = NewLine(uuid4(), busline.world.town, **known)
    with pytest.raises(Refused) as refused:
        lines.create(new=new, **usual(busline))
    assert refused.value.why is why


def test_settings_that_are_none_are_refused(busline):
    with pytest.raises(Refused) as refused:
        lines.change(line=busline.line, values={"code": "X"}, **usual(busline))
    assert refused.value.why is Why.BAD_VALUE


def test_a_line_does_not_end_before_it_opens(busline):
    with pytest.raises(Refused) as refused:
        lines.close(line=busline.line, on=DAY - timedelta(1), **usual(busline))
    assert refused.value.why is Why.BAD_DAYS


def test_nothing_is_written_to_a_line_that_ended(busline):
    lines.close(line=busline.line, on=LATER, **usual(busline))
    with pytest.raises(Refused) as refused:
        busline.demand("x1")
    assert refused.value.why is Why.CLOSED


def test_the_same_again_leaves_no_trace(busline):
    before = AuditEvent.objects.count()
    row = busline.demands["r1"]
    assert busline.demand("r1") == row
    records.change(row=row, values={"persons": 3}, on=LATER, **usual(busline))
    assert AuditEvent.objects.count() == before


def test_a_code_stands_once_but_may_come_again(busline):
    with pytest.raises(Refused) as refused:
        busline.demand("r1", persons=9)
    assert refused.value.why is Why.CODE_TAKEN
    dated.end(row=busline.demands["r1"], on=LATER, **usual(busline))
    again = busline.demand("r1", persons=9, valid_from=LATER)
    assert Demand.objects.filter(code="r1").count() == 2
    assert again.persons == 9


def test_a_change_for_a_later_day_leaves_today_alone(busline):
    row = busline.vehicles["large"]
    new = records.change(row=row, values={"count": 3}, on=LATER, **usual(busline))
    row.refresh_from_db()
    assert (row.count, row.valid_until) == (1, LATER)
    assert (new.count, new.valid_from, new.valid_until) == (3, LATER, None)
    assert (new.seats, new.depot) == (row.seats, row.depot)
    # And one between them ends where the later one begins.
    between = DAY + timedelta(days=3)
    mid = records.change(row=row, values={"count": 2}, on=between, **usual(busline))
    assert (mid.valid_from, mid.valid_until) == (between, LATER)
    held = Vehicle.objects.filter(code="large").order_by("valid_from")
    assert [each.count for each in held] == [1, 2, 3]


def test_what_began_the_same_day_is_written_over(busline):
    row = busline.demands["r1"]
    same = records.change(row=row, values={"persons": 5}, on=DAY, **usual(busline))
    assert same.pk == row.pk
    assert Demand.objects.filter(code="r1").count() == 1


@pytest.mark.parametrize(
    ("days", "why"), [(-1, Why.BAD_DAYS), (40, Why.CLOSED), (30, Why.CLOSED)]
)
def test_days_outside_a_row_are_refused(busline, days, why):
    row = busline.demands["r1"]
    dated.end(row=row, on=LATER, **usual(busline))
    on = DAY + timedelta(days=days)
    with pytest.raises(Refused) as refused:
        records.change(row=row, values={"persons": 5}, on=on, **usual(busline))
    assert refused.value.why is why


def test_a_stale_version_is_refused(busline):
    row = busline.demands["r1"]
    with pytest.raises(Refused) as refused:
        records.change(
            row=row, values={"persons": 5}, on=LATER, version=7, **usual(busline)
        )
    assert refused.value.why is Why.CHANGED


def test_codes_and_kinds_stay(busline):
    for values in ({"code": "other"}, {"kind": "market"}):
        with pytest.raises(Refused) as refused:
            records.change(
                row=busline.spots["v1"], values=values, on=LATER, **usual(busline)
            )
        assert refused.value.why is Why.BAD_VALUE


@pytest.mark.parametrize(
    ("model", "values"),
    [
        (Demand, {"persons": 0}),
        (Demand, {"baskets": -1}),
        (Demand, {"earliest_minute": 500, "latest_minute": 400}),
        (Demand, {"latest_minute": 2880}),
        (Vehicle, {"length_cm": 11}),
        (Vehicle, {"seats": 0}),
        (Driver, {"stars": 9}),
        (Spot, {"lat": 26.0, "lon": None}),
        (Spot, {"name": " "}),
        (Spot, {"code": "a b"}),
        (Spot, {"code": ""}),
    ],
)
def test_values_that_cannot_be_are_refused_whoever_sends_them(busline, model, values):
    make = {
        Demand: busline.demand,
        Vehicle: busline.vehicle,
        Driver: busline.driver,
        Spot: busline.spot,
    }[model]
    code = values.pop("code", "zz")
    with pytest.raises(Refused) as refused:
        make(code, **values)
    assert refused.value.why in {Why.BAD_VALUE, Why.NEEDS_TEXT}


def test_a_stop_of_another_line_or_kind_is_refused(busline):
    other = create(busline.world, number="9", name="九路")
    foreign = records.add(
        Spot,
        line=other,
        values={"kind": "stop", "code": "v1", "name": "别处"},
        valid_from=DAY,
        **usual(busline),
    ).row
    for stop in (foreign, busline.spots["m1"]):
        with pytest.raises(Refused) as refused:
            busline.demand("x1", stop=stop)
        assert refused.value.values["field"] == "stop"


def test_a_place_in_use_does_not_end(busline):
    for code in ("v1", "m1", "d0"):
        with pytest.raises(Refused) as refused:
            records.end_spot(spot=busline.spots[code], on=LATER, **usual(busline))
        assert refused.value.why is Why.IN_USE
    spot = busline.spot("w1")
    records.end_spot(spot=spot, on=LATER, **usual(busline))
    spot.refresh_from_db()
    assert spot.valid_until == LATER


def test_ending_twice_is_refused(busline):
    row = busline.demands["r1"]
    dated.end(row=row, on=LATER, **usual(busline))
    with pytest.raises(Refused) as refused:
        dated.end(row=row, on=LATER, **usual(busline))
    assert refused.value.why is Why.CLOSED


def test_every_act_leaves_one_event_without_names(busline):
    count = AuditEvent.objects.count()
    row = busline.driver("k1", name="王大明", licensed_on=date(2001, 2, 3))
    records.change(row=row, values={"stars": 5}, on=LATER, **usual(busline))
    assert AuditEvent.objects.count() == count + 2
    told = "".join(
        f"{each.before}{each.after}" for each in AuditEvent.objects.order_by("-pk")[:2]
    )
    assert "王大明" not in told
    assert "2001" not in told


def said(**values):
    known = {
        "code": "q1",
        "name": "二组",
        "persons": 2,
        "baskets": 4,
        "latest_minute": 400,
        "source": "meeting",
    }
    return Said(**(known | values))


def asked(busline, told):
    return ask(
        stop=busline.spots["v1"],
        market=busline.spots["m1"],
        said=told,
        on=DAY,
        **usual(busline),
    )


def test_a_village_asks_there_and_back_once(busline):
    told = said(home=Home(660, 780))
    first, second = asked(busline, told), asked(busline, told)
    assert first == second
    there, back = first
    assert (there.earliest_minute, there.latest_minute, there.home) == (340, 400, False)
    assert (back.earliest_minute, back.latest_minute, back.home) == (660, 780, True)
    assert (back.persons, back.baskets) == (2, 0)


def test_two_villages_with_the_same_proposed_code_both_count(busline):
    first = asked(busline, said())
    second = asked(busline, said(name="三组"))
    assert first[0].code == "q1"
    assert second[0].code != "q1"
    assert Demand.objects.filter(name__in=["二组", "三组"]).count() == 2


def test_rules_fares_ways_and_timetables_follow_one_another(busline):
    line = busline.line
    single.set_rule(line=line, name="stops_limit", number=6, on=LATER, **usual(busline))
    single.set_rule(line=line, name="stops_limit", number=5, on=DAY, **usual(busline))
    rows = Rule.objects.filter(name="stops_limit").order_by("valid_from")
    assert [(row.number, row.valid_until) for row in rows] == [(5, LATER), (6, None)]
    single.set_fares(line=line, fares=Fares(300), on=LATER, **usual(busline))
    tables = FareTable.objects.filter(line=line).order_by("valid_from")
    assert [each.bands.count() for each in tables] == [2, 0]
    ways = {"codes": ["v1"], "minutes": [[0]], "metres": [[0]]}
    single.set_ways(line=line, ways=ways, on=LATER, **usual(busline))
    assert WaysTable.objects.filter(line=line).count() == 2
    regular = Regular("b.zip", "1" * 64, DAY, (("v1", 1500, "7"),))
    for _again in range(2):
        single.set_timetable(line=line, regular=regular, on=LATER, **usual(busline))
    assert Timetable.objects.filter(line=line).count() == 2


@pytest.mark.parametrize(
    "fares",
    [
        Fares(-1),
        Fares(200, cap_fen=100),
        Fares(200, ((1, 300), (1, 500))),
        Fares(200, ((0, 300),)),
        Fares(200, ((1, -5),)),
        Fares(200, tuple((n, n) for n in range(1, 40))),
    ],
)
def test_fares_that_cannot_be_are_refused(busline, fares):
    with pytest.raises(Refused):
        single.set_fares(line=busline.line, fares=fares, on=LATER, **usual(busline))


@pytest.mark.parametrize(
    ("name", "number"),
    [("nonsense", 1), ("stops_limit", 0), ("roster.stars", 6), ("roster.nothing", 1)],
)
def test_rules_that_cannot_be_are_refused(busline, name, number):
    with pytest.raises(Refused):
        busline.rule(name, number, on=LATER)


def test_trial_fares_are_never_in_force(busline):
    fares = Fares(100, ((1, 100),))
    for _again in range(2):
        single.add_trial_fares(line=busline.line, fares=fares, on=DAY, **usual(busline))
    assert FareTable.objects.filter(trial=True).count() == 1
    assert FareTable.objects.filter(trial=False, valid_until=None).count() == 1
    assert events("add_trial_fares") == 1


def test_rule_names_are_those_of_the_engine():
    from dataclasses import fields

    from wugeyi.buslines.adapter.standards import standards
    from wugeyi.buslines.forms.records.rules import LABELS
    from wugeyi.buslines.rules.rulenames import BY_NAME
    from wugeyi.engines.lineplanning.crew import RosterRules
    from wugeyi.engines.lineplanning.model import Apart, Rules

    plan = {each.name for each in (*fields(Rules), *fields(Apart))} - {"apart"}
    roster = {
        f"roster.{each.name}"
        for each in fields(RosterRules)
        if each.type == "int" or each.type is int
    }
    assert set(BY_NAME) >= plan | roster
    assert set(BY_NAME) == set(LABELS)
    for name, number in standards().items():
        assert BY_NAME[name].least <= number <= BY_NAME[name].most


@given(st.integers(0, 2879))
def test_minutes_are_read_as_they_are_written(minute):
    assert read_minute(clock(minute)) == minute


@pytest.mark.parametrize(
    ("text", "minute"),
    [
        ("6:05", 365),
        ("０６：０５", 365),
        ("0605", 365),
        ("25:10", 1510),
        ("次日1:10", 1510),
        ("次日 01:10", 1510),
        ("06:05:00", 365),
        ("6点05", 365),
    ],
)
def test_times_people_write_are_understood(text, minute):
    assert read_minute(text) == minute


@pytest.mark.parametrize(
    "text", ["", "6", "06:60", "48:00", "次日25:00", "六点", "-1:00", "6:5"]
)
def test_what_is_no_time_is_none(text):
    assert read_minute(text) is None


def test_spans_follow_one_another():
    assert spans("06:00-08:10 08:30－10:00") == ((360, 490), (510, 600))
    assert spans("") == ()
    assert written_spans(((360, 490),)) == "06:00-08:10"
    for wrong in ("08:00-07:00", "06:00-08:00 07:00-09:00", "06:00", "x"):
        assert spans(wrong) is None


def test_a_line_is_found_by_nobody_elses_code(busline):
    other = create(busline.world, number="9", name="九路")
    assert len(other.code) == 8
    assert Line.objects.filter(code=other.code).count() == 1
