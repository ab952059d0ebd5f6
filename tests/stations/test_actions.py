from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.casework.world import NOW
from tests.stations.place import BEGUN, DAY, FIVE, NIGHTS, five
from wugeyi.audit.models import AuditEvent
from wugeyi.casework.actions import closing, handling
from wugeyi.casework.models import Case
from wugeyi.stations.actions import (
    breakages,
    mending,
    stations,
    status,
    visits,
    week,
)
from wugeyi.stations.actions.breakages import Broken
from wugeyi.stations.actions.dictionaries import change_list, install_defaults
from wugeyi.stations.actions.stations import More
from wugeyi.stations.models import (
    Breakage,
    ItemState,
    Met,
    OpenSpan,
    Station,
    VisitDay,
)
from wugeyi.stations.queries import public
from wugeyi.stations.queries.public import Asked
from wugeyi.stations.rules.refusals import Refused, Why


def events(action: str) -> int:
    return AuditEvent.objects.filter(action=f"stations.{action}").count()


def met(station: Station) -> list[tuple[date, date | None]]:
    rows = Met.objects.filter(
        station=station, checklist=five(), withdrawn_at=None
    ).order_by("since")
    return [(row.since, row.until) for row in rows]


def shown(station: Station, at=NOW) -> public.Shown:
    station.refresh_from_db()
    return public.shown([station], now=at)[0]


def states(station: Station) -> dict[str, str]:
    return {each.item.code: each.state for each in shown(station).had}


def solve(here, case: Case) -> Case:
    world = here.world
    case = handling.accept(case=case, by=world["worker"], at=world.now())
    case = handling.answer(
        case=case, text="换好了。", by=world["worker"], at=world.now()
    )
    return closing.call_back(
        case=case,
        method="phone",
        result="resolved",
        satisfaction="yes",
        by=world["dispatcher"],
        at=world.now(),
    )


def report(here, station, item="charging", **more) -> Breakage:
    told = Broken(uuid4(), here.items[item] if item else None, **more)
    return breakages.report(station=station, broken=told, at=here.world.now())


def test_dictionaries_come_once(here) -> None:
    assert install_defaults(by=None, at=NOW) == {"kinds": 0, "items": 0, "lists": 0}
    assert [each.item.code for each in five().wanted.all()] == [
        "sign",
        "keeper",
        "study",
        "rest",
        "charging",
    ]


def test_a_station_sent_twice_is_one(here) -> None:
    key = uuid4()
    values = {
        "client_id": key,
        "organisation": here.world.community,
        "entry": here.entry(),
        "more": More(opens_on=BEGUN),
        **here.usual,
    }
    assert stations.add(**values) == stations.add(**values)
    assert events("add") == 1
    assert OpenSpan.objects.count() == 1


def test_what_the_record_says_is_not_asked(here) -> None:
    station = here.station(keeper_name="", has=())
    assert states(station) == {"keeper": "no", "on-map": "yes"}
    stations.edit(
        station=station,
        entry=here.entry(keeper_name="王五"),
        organisation=station.organisation,
        **here.usual,
    )
    assert states(station)["keeper"] == "yes"


def test_the_keepers_name_enters_the_audit_as_a_hash(here) -> None:
    here.station()
    told = str(AuditEvent.objects.get(action="stations.add").after)
    assert "李四" not in told
    assert "13800138001" not in told


def test_met_follows_states_closings_and_the_end(here) -> None:
    station = here.station()
    assert met(station) == [(BEGUN, None)]
    broken = {here.items["charging"]: "broken"}
    at = NOW - timedelta(days=5)
    stations.check(
        station=station, states=broken, on=DAY - timedelta(days=5), by=here.by, at=at
    )
    assert met(station) == [(BEGUN, DAY - timedelta(days=5))]
    works = {here.items["charging"]: "yes"}
    stations.check(
        station=station, states=works, on=DAY - timedelta(days=3), by=here.by, at=NOW
    )
    status.close(station=station, on=DAY, why="检修", by=here.by, at=NOW)
    assert met(station) == [
        (BEGUN, DAY - timedelta(days=5)),
        (DAY - timedelta(days=3), DAY),
    ]
    status.reopen(station=station, by=here.by, at=NOW)
    assert met(station)[-1] == (DAY, None) or met(station)[-1][1] is None


def test_a_state_before_the_last_one_is_refused(here) -> None:
    station = here.station()
    for on, why in ((BEGUN - timedelta(days=1), "on"), (DAY + timedelta(1), "future")):
        with pytest.raises(Refused) as refused:
            stations.check(
                station=station,
                states={here.items["rest"]: "no"},
                on=on,
                **here.usual,
            )
        assert refused.value.values["field"] == why
    assert ItemState.objects.filter(state="no").count() == 0


def test_a_list_that_changes_keeps_what_was(here) -> None:
    station = here.station()
    asked = [here.items[code] for code in (*FIVE, "keeper", "toilet")]
    change_list(checklist=five(), items=asked, on=DAY, by=None, at=NOW)
    assert met(station) == [(BEGUN, DAY)]


def test_hours_change_and_a_stale_page_is_told(here) -> None:
    station = here.station()
    week.set_hours(station=station, week=NIGHTS, version=1, **here.usual)
    with pytest.raises(Refused) as refused:
        week.set_hours(station=station, week={}, version=1, **here.usual)
    assert refused.value.why is Why.CHANGED
    night = NOW.replace(hour=17)  # one o'clock in Guiyang
    assert shown(station, night).open_now
    assert not shown(station).open_now


def test_days_off(here) -> None:
    station = here.station()
    assert shown(station).open_now
    week.set_days_off(station=station, days=[DAY], why="清明", **here.usual)
    assert not shown(station).open_now
    with pytest.raises(Refused):
        week.set_days_off(station=station, days=[DAY - timedelta(days=1)], **here.usual)
    week.set_days_off(station=station, days=[], **here.usual)
    assert shown(station).open_now


def test_closed_for_now_opens_by_itself(here) -> None:
    station = here.station()
    until = DAY + timedelta(days=2)
    status.close(station=station, on=DAY, why="停电", until=until, **here.usual)
    now = shown(station)
    assert not now.in_use
    assert now.closed.why == "停电"
    assert now.opens_again == DAY + timedelta(days=3)
    assert shown(station, NOW + timedelta(days=3)).open_now
    with pytest.raises(Refused):
        status.close(station=station, on=DAY, why="又停", **here.usual)
    status.reopen(station=station, **here.usual)
    assert shown(station).open_now
    with pytest.raises(Refused):
        status.reopen(station=station, **here.usual)


def test_the_end_keeps_the_record_and_drops_the_keeper(here) -> None:
    station = here.station()
    with pytest.raises(Refused):
        status.end(station=station, on=DAY, why=" ", **here.usual)
    status.end(station=station, on=DAY, why="拆了", **here.usual)
    station.refresh_from_db()
    assert (station.keeper_name, station.keeper_phone) == ("", "")
    assert station.ended_on == DAY
    for act in (
        lambda: week.set_hours(station=station, week={}, **here.usual),
        lambda: visits.tap(station=station, **here.usual),
        lambda: report(here, station),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.why is Why.ENDED


def test_broken_opens_a_case_and_repetitions_join_it(here) -> None:
    station = here.station()
    first = report(here, station)
    assert first.case.category.code == "station"
    assert first.case.place == here.world.community
    assert "充电设施坏了" in first.case.text
    assert (first.case.lon, first.case.lat) == (station.lon, station.lat)
    assert states(station)["charging"] == "broken"
    second = report(here, station)
    assert second.joined
    assert second.lead == first.case
    assert second.case.merged_into == first.case
    assert second.case.receipt != first.case.receipt
    other = report(here, station, item=None, text="门锁打不开")
    assert not other.joined
    assert Case.objects.filter(state="merged").count() == 1


def test_the_same_report_sent_twice_is_one(here) -> None:
    station = here.station()
    told = Broken(uuid4(), here.items["charging"])
    one = breakages.report(station=station, broken=told, at=NOW)
    two = breakages.report(station=station, broken=told, at=NOW)
    assert one == two
    assert Case.objects.count() == 1
    assert events("report_broken") == 1


def test_nothing_named_is_refused(here) -> None:
    station = here.station()
    with pytest.raises(Refused):
        report(here, station, item=None, text="  ")
    with pytest.raises(Refused):
        report(here, station, item="keeper")
    assert Case.objects.count() == 0


def test_shown_broken_until_the_case_is_confirmed(here) -> None:
    station = here.station()
    row = report(here, station)
    assert met(station) == [(BEGUN, DAY)]
    works = {here.items["charging"]: "yes"}
    with pytest.raises(Refused) as refused:
        stations.check(station=station, states=works, on=DAY, **here.usual)
    assert refused.value.why is Why.IN_WORK
    solve(here, row.case)
    # Even before the clock has written it down.
    assert states(station)["charging"] == "yes"
    assert listed(here, "charging") == [station]
    assert mending.settle(here.world.now()) == 1
    assert mending.settle(here.world.now()) == 0
    row.refresh_from_db()
    assert row.mended_on == DAY
    assert states(station)["charging"] == "yes"
    assert events("mended") == 1
    assert met(station)[-1] == (DAY, None) or met(station)[-1][1] is None


def listed(here, *codes: str, **more) -> list[Station]:
    return public.listed(Asked(items=codes, **more), now=NOW).rows


def test_a_reopened_case_shows_it_broken_again(here) -> None:
    station = here.station()
    row = report(here, station)
    case = solve(here, row.case)
    mending.settle(here.world.now())
    closing.call_back(
        case=case,
        method="phone",
        result="unresolved",
        by=here.world["dispatcher"],
        at=here.world.now(),
    )
    assert mending.unsettle(here.world.now()) == 1
    assert states(station)["charging"] == "broken"


def test_visits_are_only_counted(here) -> None:
    station = here.station()
    for _each in range(3):
        visits.tap(station=station, **here.usual)
    visits.tap(station=station, more=-1, **here.usual)
    day = VisitDay.objects.get()
    assert (day.many, day.hours.get().hour, day.hours.get().many) == (2, 9, 2)
    assert visits.count_days(station=station, days={DAY: 40}, **here.usual) == 1
    with pytest.raises(Refused):
        visits.tap(station=station, **here.usual)
    assert visits.count_days(station=station, days={DAY: 40}, **here.usual) == 0
    with pytest.raises(Refused):
        visits.count_days(
            station=station, days={DAY + timedelta(days=1): 1}, **here.usual
        )
    names = {field.name for field in VisitDay._meta.get_fields()}
    assert not names & {"user", "person", "by", "recorded_by", "phone"}


def test_the_public_list_is_narrowed(here) -> None:
    day = here.station("白天", has=(*FIVE, "microwave"))
    night = here.station("夜里", week=NIGHTS, lon=106.71)
    assert listed(here) == [night, day]
    assert listed(here, open_now=True) == [day]
    assert public.listed(Asked(open_now=True), now=NOW.replace(hour=17)).rows == [night]
    assert listed(here, "microwave") == [day]
    assert listed(here, text="夜") == [night]
    assert listed(here, text=night.code.lower()) == [night]
    assert listed(here, near=(106.72, 26.6)) == [night, day]
    status.close(station=day, on=DAY, why="检修", **here.usual)
    assert listed(here, open_now=True) == []


def test_pages_read_a_fixed_number_of_times(here) -> None:
    def many() -> int:
        with CaptureQueriesContext(connection) as seen:
            rows = public.listed(Asked(), now=NOW).rows
            public.compact(public.shown(rows, now=NOW))
        return len(seen)

    report(here, here.station())
    one = many()
    for number in range(4):
        report(here, here.station(f"站{number}", lon=106.71 + number / 100))
    assert many() == one


def test_the_days_of_a_station_are_the_places_own(here) -> None:
    station = here.station()
    late = NOW.replace(hour=17)
    assert timezone.localdate(late) == DAY + timedelta(days=1)
    visits.tap(station=station, by=here.by, at=late)
    assert VisitDay.objects.get().on == DAY + timedelta(days=1)
