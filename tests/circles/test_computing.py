"""What is computed: worked by hand on two banks of a river, and against the slow way."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.circles.town import (
    DAY,
    STEP,
    WIDE,
    Town,
    arrays,
    at,
    facility,
    home,
    keep_network,
)
from wugeyi.audit.models import AuditEvent
from wugeyi.circles import actions, adapter
from wugeyi.circles.actions.siting import Question
from wugeyi.circles.adapter.kept import Kept, weight
from wugeyi.circles.adapter.streets import KEPT
from wugeyi.circles.models import Circle, Outcome, Scenario, Siting
from wugeyi.circles.queries.effects import Effect, effect, effect_of
from wugeyi.circles.queries.maps import ground, reached_ground
from wugeyi.circles.queries.nearby import around, public_table
from wugeyi.circles.queries.seen import Seen, seen, worst
from wugeyi.circles.rules.changes import Change, Plan, What
from wugeyi.circles.rules.paces import Pace
from wugeyi.circles.rules.refusals import Refused, Why
from wugeyi.jobs.models import Work
from wugeyi.jobs.tasks import perform
from wugeyi.organisations.rules.coordinates import to_gcj02
from wugeyi.places.models import FacilityKind, Home, Network


def look(circle: Circle, pace: Pace = Pace.ADULT, **values: object) -> Seen:
    return seen(circle, circle.setting(pace, **values), today=DAY)


def seconds(metres: float, speed_mm_s: int = 1333) -> int:
    """Whole seconds, rounded up, of a walk on hundred-metre segments."""
    each = round(STEP * 1_000_000 / speed_mm_s)
    return -(-each * round(metres / STEP) // 1000)


def of(found: Seen, name: str, town: Town) -> dict[str, int | None]:
    row = next(each for each in found.homes if each.key == town.homes[name].pk)
    return {
        kind.kind.code: value
        for kind, value in zip(found.kinds, row.seconds, strict=True)
    }


def tried(circle: Circle, *changes: Change, pace: Pace = Pace.ADULT) -> Effect:
    return effect(circle, circle.setting(pace), changes, today=DAY)


def gains(found: Effect, kind: FacilityKind) -> tuple[int, int, int, int]:
    told = next(each for each in found.kinds if each.kind == kind)
    return (
        told.residents_gained,
        told.residents_lost,
        told.elderly_gained,
        told.elderly_lost,
    )


def test_times_are_those_of_the_way_along_the_streets(town: Town) -> None:
    found = look(town.circle())
    assert of(found, "S1000", town) == {
        "clinic": seconds(1000),
        "market": seconds(1000),
        "canteen": seconds(1000),
    }
    assert of(found, "S1900", town)["market"] == seconds(100)
    # Over the bridge from N0 it is 4,100 metres: beyond the horizon of 30 minutes.
    assert of(found, "N0", town) == {"clinic": None, "market": 0, "canteen": None}


def test_a_slower_pace_takes_longer(town: Town) -> None:
    found = look(town.circle(), Pace.ELDER)
    assert of(found, "S1000", town)["clinic"] == seconds(1000, 833)


def test_limits_of_a_kind_go_before_the_circle(town: Town) -> None:
    FacilityKind.objects.filter(pk=town.market.pk).update(limit_m=500)
    FacilityKind.objects.filter(pk=town.clinic.pk).update(limit_minutes=30)
    found = look(town.circle())
    told = {kind.kind.code: kind for kind in found.kinds}
    assert told["market"].counts.residents_inside == 200 + 100 + 30
    assert told["clinic"].counts.residents_inside == 50 + 30
    # Metres stay metres at another pace.
    slow = look(town.circle(name="慢"), Pace.ELDER)
    (market,) = (kind for kind in slow.kinds if kind.kind.code == "market")
    assert market.counts.residents_inside == 330


def test_looking_again_is_looking_it_up(town: Town) -> None:
    circle = town.circle()
    first = look(circle)
    held = KEPT.held_bytes
    again = look(circle)
    assert again.digest == first.digest
    assert KEPT.held_bytes == held
    town.homes["N0"].residents = 61
    town.homes["N0"].save()
    assert look(circle).digest != first.digest


def test_queries_do_not_grow_with_homes(town: Town) -> None:
    circle = town.circle()
    with CaptureQueriesContext(
        connection,
    ) as few:
        look(circle)
    for number in range(40):
        home(town.world.community, f"{number}", number * 40, north=False, residents=3)
    with CaptureQueriesContext(connection) as many:
        look(circle)
    assert len(many) == len(few) <= 6


def test_what_is_not_there_on_the_day_is_not_seen(town: Town) -> None:
    circle = town.circle()
    town.facilities["clinic"].valid_to = DAY
    town.facilities["clinic"].save()
    town.homes["N0"].valid_from = DAY + timedelta(days=1)
    town.homes["N0"].save()
    found = look(circle)
    assert len(found.homes) == 3
    assert of(found, "S1000", town)["clinic"] is None
    assert "empty_kinds" in {notice.code for notice in found.notices}


def test_a_home_off_the_streets_is_not_known(town: Town) -> None:
    home(town.world.community, "山上", 500, north=True, residents=7, off=400)
    found = look(town.circle())
    clinic = found.kinds[0].counts
    assert clinic.residents_unknown == 7
    assert found.everything.residents_unknown == 7
    (notice,) = (n for n in found.notices if n.code == "homes_unattached")
    assert "山上" in notice.text_zh
    assert "山上" in notice.text_en


def test_homes_of_another_datum_are_doubted(town: Town) -> None:
    for number in range(30):
        home(
            town.world.community,
            f"{number}",
            number * 60,
            north=number % 2 == 0,
            residents=3,
            off=10,
        )
    circle = town.circle()
    assert "shifted" not in {notice.code for notice in look(circle).notices}
    # As if all of them had been copied from a map in GCJ-02, undeclared.
    for row in Home.objects.filter(organisation=town.world.community):
        row.lon, row.lat = to_gcj02(row.lon, row.lat)
        row.save()
    assert "shifted" in {notice.code for notice in look(circle).notices}


def test_a_home_nobody_counted_is_told(town: Town) -> None:
    home(town.world.community, "没数", 500, north=True, residents=None, elderly=None)
    found = look(town.circle())
    assert found.kinds[1].counts.residents_inside == 380
    assert found.kinds[1].counts.homes_inside == 5
    assert "homes_without_residents" in {notice.code for notice in found.notices}


def test_a_facility_in_the_river_is_left_out_and_named(town: Town) -> None:
    far = facility(
        town.world.community, town.clinic, "江心诊所", 300, north=True, off=300
    )
    found = look(town.circle())
    assert found.unattached == {far.pk}
    assert found.kinds[0].facilities == 1
    (notice,) = (n for n in found.notices if n.code == "facilities_unattached")
    assert "江心诊所" in notice.text_zh


def test_a_circle_without_homes_says_so(town: Town) -> None:
    found = look(town.circle(town.world.other_county))
    assert found.homes == ()
    assert found.notices[0].code == "no_homes"


def test_an_empty_list_of_kinds_is_refused(town: Town) -> None:
    FacilityKind.objects.filter(template=town.template).update(active=False)
    with pytest.raises(Refused) as refused:
        look(town.circle())
    assert refused.value.why is Why.NO_KINDS


def test_a_lost_file_is_refused(town: Town) -> None:
    Network.objects.filter(pk=town.network.pk).update(file="networks/none.network")
    with pytest.raises(Refused) as refused:
        look(town.circle(network=Network.objects.get(pk=town.network.pk)))
    assert refused.value.why is Why.NETWORK_LOST


def test_slope_needs_heights(town: Town) -> None:
    with pytest.raises(Refused) as refused:
        look(town.circle(), slope=True)
    assert refused.value.why is Why.NO_HEIGHTS
    level = keep_network(town.world.county, arrays(rise=True))
    circle = town.circle(network=level, slope=True)
    # Level ground is walked at the pace of the flat.
    assert of(look(circle), "S1000", town)["clinic"] == seconds(1000)


def test_the_worst_come_first(town: Town) -> None:
    found = look(town.circle())
    rows = worst(found, town.market.pk, limit=2)
    assert [row.name for row in rows] == ["南岸一号", "北岸二号"]
    beyond = worst(found, town.clinic.pk, limit=2)
    assert {row.seconds[0] for row in beyond} == {None}


def test_a_footbridge_brings_the_north_inside(town: Town) -> None:
    found = tried(town.circle(), town.bridge())
    # N0: 100 m over the bridge; N500: 600 m. Both were beyond the horizon.
    assert gains(found, town.clinic) == (300, 0, 80, 0)
    assert gains(found, town.market) == (0, 0, 0, 0)
    moved = {
        (row.home, row.kind_id): (row.before_seconds, row.after_seconds, row.crosses)
        for row in found.moved
    }
    assert moved[town.homes["N0"].pk, town.clinic.pk] == (None, seconds(100), "in")
    assert moved[town.homes["N500"].pk, town.clinic.pk] == (None, seconds(600), "in")
    # Nothing else moved: the south has its own clinic and markets.
    assert {home for home, _kind in moved} == {
        town.homes["N0"].pk,
        town.homes["N500"].pk,
    }
    assert not Scenario.objects.exists()


def test_a_bridge_once_built_takes_the_time_it_was_said_to_take(town: Town) -> None:
    circle = town.circle()
    told = tried(circle, town.bridge(500), pace=Pace.ELDER)
    after = {(row.home, row.kind_id): row.after_seconds for row in told.moved}
    built = keep_network(town.world.county, arrays(bridge=500))
    seen_then = look(town.circle(name="修好以后", network=built), Pace.ELDER)
    for row in seen_then.homes:
        for kind, value in zip(seen_then.kinds, row.seconds, strict=True):
            before = next(each for each in told.seen.homes if each.key == row.key)
            place = seen_then.kinds.index(kind)
            expected = after.get((row.key, kind.kind.pk), before.seconds[place])
            assert value == expected


def test_closing_the_bridge_takes_nobody_out_here(town: Town) -> None:
    found = tried(town.circle(), _close(2000, WIDE / 2))
    assert not any(gains(found, each.kind) != (0, 0, 0, 0) for each in found.kinds)


def _close(x: float, inland: float = 0.0) -> Change:
    lon, lat = at(x, north=True, off=-inland)
    return Change(what=What.CLOSE_LINK, lon=lon, lat=lat)


def test_closing_a_street_takes_people_out(town: Town) -> None:
    lon, lat = at(550, north=False)
    found = tried(town.circle(), Change(what=What.CLOSE_LINK, lon=lon, lat=lat))
    # S1000 can no more go west to the clinic; east there is none.
    assert gains(found, town.clinic) == (0, 50, 0, 10)
    assert gains(found, town.market) == (0, 0, 0, 0)


def test_closing_between_two_touches_closes_all_of_it(town: Town) -> None:
    lon, lat = at(1450, north=False)
    to_lon, to_lat = at(1750, north=False)
    change = Change(
        what=What.CLOSE_LINK, lon=lon, lat=lat, to_lon=to_lon, to_lat=to_lat
    )
    found = tried(town.circle(), change)
    assert gains(found, town.market) == (0, 50, 0, 10)
    across = replace(change, to_lon=at(500, north=True)[0], to_lat=at(0, north=True)[1])
    with pytest.raises(Refused) as refused:
        tried(town.circle(name="又一个"), across)
    assert refused.value.why is Why.BAD_VALUE


def test_a_facility_opens_and_another_closes(town: Town) -> None:
    lon, lat = at(500, north=True)
    opened = Change(
        what=What.OPEN_FACILITY, lon=lon, lat=lat, kind_id=town.clinic.pk, capacity=30
    )
    found = tried(town.circle(), opened)
    assert gains(found, town.clinic) == (300, 0, 80, 0)
    closed = Change(
        what=What.CLOSE_FACILITY, facility_id=town.facilities["market-s"].pk
    )
    found = tried(town.circle(name="又一个"), closed)
    # Both southern homes went there; over the bridge it is too far.
    assert gains(found, town.market) == (0, 80, 0, 13)


def test_changes_work_together(town: Town) -> None:
    """A bridge at x = 0, and the southern market closes: the south walks north."""
    closed = Change(
        what=What.CLOSE_FACILITY, facility_id=town.facilities["market-s"].pk
    )
    found = tried(town.circle(), town.bridge(), closed)
    # S1000: 1000 + 100 m to the northern market, 13.8 minutes; S1900: 25.
    assert gains(found, town.market) == (0, 30, 0, 3)
    told = {(row.home, row.kind_id): row.after_seconds for row in found.moved}
    assert told[town.homes["S1000"].pk, town.market.pk] == seconds(1100)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (Change(what=What.OPEN_LINK, lon=106.7, lat=26.6), Why.BAD_VALUE),
        (
            Change(what=What.OPEN_LINK, lon=106.7, lat=26.6, to_lon=106.7, to_lat=26.6),
            Why.SAME_POINT,
        ),
        (
            Change(what=What.OPEN_FACILITY, lon=116.4, lat=39.9, kind_id=-1),
            Why.GONE,
        ),
        (Change(what=What.CLOSE_FACILITY, facility_id=-1), Why.GONE),
        (Change(what=What.CLOSE_LINK, lon=116.4, lat=39.9), Why.OUT_OF_BOUNDS),
    ],
)
def test_a_change_that_cannot_be_is_refused_by_its_place(
    town: Town, change: Change, why: Why
) -> None:
    with pytest.raises(Refused) as refused:
        tried(town.circle(), town.bridge(), change)
    assert refused.value.why is why
    assert refused.value.values["position"] == 2


def test_a_link_that_ends_off_the_streets_is_refused(town: Town) -> None:
    network = keep_network(town.world.county, arrays(extra=True))
    lon, lat = at(1000, north=True, off=250)
    change = replace(town.bridge(1000), lon=lon, lat=lat, length_mm=None)
    with pytest.raises(Refused) as refused:
        tried(town.circle(network=network), change)
    assert refused.value.why is Why.OFF_NETWORK
    assert refused.value.values == {"position": 1, "metres": 150}


def test_a_link_shorter_than_its_line_is_a_slip_of_the_pen(town: Town) -> None:
    with pytest.raises(Refused) as refused:
        tried(town.circle(), replace(town.bridge(), length_mm=1000))
    assert refused.value.why is Why.BAD_VALUE


def test_an_end_beside_the_street_is_joined_and_said(town: Town) -> None:
    lon, lat = at(0, north=True, off=60)
    found = tried(
        town.circle(), replace(town.bridge(), lon=lon, lat=lat, length_mm=None)
    )
    (notice,) = found.notices
    assert notice.code == "link_far"
    assert "60" in notice.text_zh
    assert gains(found, town.clinic)[0] == 300


def save(town: Town, circle: Circle, *changes: Change, **values: object) -> Scenario:
    return actions.save(
        circle=circle,
        client_id=values.pop("client_id", None) or uuid4(),
        plan=Plan(name="便民桥", changes=changes or (town.bridge(),)),
        on=DAY,
        by=town.world["worker"],
        at=town.world.now(),
    ).scenario


def test_a_saved_scenario_keeps_what_it_would_do(town: Town) -> None:
    key = uuid4()
    circle = town.circle()
    made = save(town, circle, client_id=key)
    assert save(town, circle, client_id=key) == made
    told = Outcome.objects.get(scenario=made, pace="adult", kind=town.clinic)
    assert (told.residents_gained, told.elderly_gained) == (300, 80)
    # At older people's pace N500 needs 600 m: 12 minutes.
    slow = Outcome.objects.get(scenario=made, pace="elder", kind=town.clinic)
    assert slow.residents_gained == 300
    assert [row.said() for row in made.changes.all()] == [town.bridge()]
    assert AuditEvent.objects.filter(action="circles.save").count() == 1


def test_a_scenario_on_older_streets_says_so_until_computed(town: Town) -> None:
    circle = town.circle()
    made = save(town, circle)
    other = keep_network(town.world.county, arrays(extra=True))
    circle = actions.use_network(
        circle=circle, network=other, by=town.world["worker"], at=town.world.now()
    )
    made = Scenario.objects.select_related(
        "circle__organisation", "circle__network", "circle__template", "network"
    ).get(pk=made.pk)
    told = effect_of(made, circle.setting(Pace.ADULT), today=DAY)
    assert told.notices[0].code == "old_scenario"
    again = actions.compute(
        scenario=made, on=DAY, by=town.world["worker"], at=town.world.now()
    )
    assert {row.residents_gained for row in again if row.kind == town.clinic} == {300}
    made.refresh_from_db()
    assert made.network == other
    assert "old_scenario" not in {
        notice.code
        for notice in effect_of(made, circle.setting(Pace.ADULT), today=DAY).notices
    }
    before = AuditEvent.objects.count()
    actions.compute(scenario=made, on=DAY, by=town.world["worker"], at=town.world.now())
    assert AuditEvent.objects.count() == before


def test_a_newer_network_is_noticed(town: Town) -> None:
    circle = town.circle()
    assert look(circle).newer_network is None
    newer = keep_network(town.world.county, arrays(extra=True))
    found = look(circle)
    assert found.newer_network == newer
    assert "old_network" in {notice.code for notice in found.notices}


def test_a_resident_sees_what_is_near(town: Town) -> None:
    circle = town.circle()
    lon, lat = at(600, north=False)
    told = around(circle, circle.setting(Pace.ADULT), lon=lon, lat=lat, today=DAY)
    by_kind = {row.kind.code: row for row in told}
    assert by_kind["clinic"].facility is not None
    assert by_kind["clinic"].facility.name == "南岸卫生站"
    assert by_kind["clinic"].inside
    assert abs((by_kind["clinic"].seconds or 0) - seconds(600)) <= 1
    for place, why in [
        ((116.4, 39.9), Why.OUT_OF_BOUNDS),
        (at(500, north=True, off=300), Why.OFF_NETWORK),
    ]:
        with pytest.raises(Refused) as refused:
            around(
                circle,
                circle.setting(Pace.ADULT),
                lon=place[0],
                lat=place[1],
                today=DAY,
            )
        assert refused.value.why is why


def test_everybody_sees_no_count_below_five(town: Town) -> None:
    circle = town.circle()
    assert public_table(circle) == []
    actions.assess(circle=circle, on=DAY, by=None, at=town.world.now())
    told = {row.kind.code: row for row in public_table(circle)}
    assert told["clinic"].residents_inside == 50
    town.homes["S1000"].residents, town.homes["S1000"].elderly = 3, 3
    town.homes["S1000"].save()
    actions.assess(circle=circle, on=DAY, by=None, at=town.world.now())
    told = {row.kind.code: row for row in public_table(circle)}
    # Three people inside: hidden, and the rest with them.
    assert (told["clinic"].residents_inside, told["clinic"].residents_outside) == (
        None,
        None,
    )


def test_sites_are_found_by_the_worker(town: Town) -> None:
    circle = town.circle()
    key = uuid4()
    question = Question(client_id=key, kind=town.clinic, sites=1, prove=True)
    asked = [
        actions.ask_for_sites(
            circle=circle,
            question=question,
            by=town.world["worker"],
            at=town.world.now(),
        )
        for _twice in range(2)
    ]
    assert asked[0] == asked[1]
    work = Work.objects.get(kind="circles.siting")
    assert perform(work).state == Work.State.DONE
    siting = Siting.objects.get(pk=asked[0].pk)
    # 330 are outside; from the middle of the north bank all of them are in time.
    assert (siting.outside, siting.gained, siting.bound) == (330, 330, 330)
    assert siting.proven
    assert siting.gap == 0
    (site,) = siting.found.all()
    assert (site.residents, site.elderly, site.homes) == (330, 83, 3)
    adopted = actions.adopt_site(
        site=site,
        client_id=uuid4(),
        name="北岸卫生站",
        on=DAY,
        by=town.world["worker"],
        at=town.world.now(),
    ).scenario
    told = Outcome.objects.get(scenario=adopted, pace="adult", kind=town.clinic)
    assert told.residents_gained == 330


def test_places_are_kept_to_where_they_are_asked_for(town: Town) -> None:
    circle = town.circle()
    siting = actions.ask_for_sites(
        circle=circle,
        question=Question(
            client_id=uuid4(), kind=town.clinic, sites=1, capacity=120, whom="residents"
        ),
        by=town.world["worker"],
        at=town.world.now(),
    )
    perform(Work.objects.get(kind="circles.siting"))
    siting.refresh_from_db()
    assert siting.gained == 120


@pytest.mark.parametrize("values", [{"sites": 0}, {"sites": 21}, {"capacity": 0}])
def test_a_question_without_sense_is_refused(
    town: Town, values: dict[str, int]
) -> None:
    question = Question(client_id=uuid4(), kind=town.clinic, **values)
    with pytest.raises(Refused) as refused:
        actions.ask_for_sites(
            circle=town.circle(),
            question=question,
            by=town.world["worker"],
            at=town.world.now(),
        )
    assert refused.value.why is Why.BAD_VALUE
    assert not Work.objects.exists()


def test_maps_are_drawn(town: Town) -> None:
    circle = town.circle()
    assert ground(circle).startswith(b"WGG1")
    polygons = reached_ground(
        circle, circle.setting(Pace.ADULT), kind_id=town.clinic.pk, today=DAY
    )
    east = max(lon for polygon in polygons for lon, _lat in polygon[0])
    # Fifteen minutes at 1333 mm/s are 1,200 metres east of the clinic, and 25 beside.
    assert abs(east - at(1225, north=False)[0]) < 5 / 99_630


def test_attaching_twice_is_once(town: Town) -> None:
    from tests.projects.laying import begin
    from wugeyi.circles.queries.attachments import attached_to
    from wugeyi.organisations.queries import reach_of

    made = save(town, town.circle())
    project = begin(town.world)
    for _twice in range(2):
        kept = actions.attach(
            scenario=made, to=project, by=town.world["worker"], at=town.world.now()
        )
    reach = reach_of(town.world["worker"], on=DAY)
    assert [row.scenario for row in attached_to(project, reach)] == [made]
    stranger = reach_of(town.world["outsider"], on=DAY)
    assert not attached_to(project, stranger)
    actions.detach(attachment=kept, by=town.world["worker"], at=town.world.now())
    assert not attached_to(project, reach)
    told = AuditEvent.objects.filter(action__in=["circles.attach", "circles.detach"])
    assert told.count() == 2


def test_the_process_keeps_within_its_bytes() -> None:
    import numpy as np

    kept = Kept(most_bytes=1000)
    for number in range(5):
        kept.take(number, lambda: np.zeros(50))  # 400 bytes
    assert kept.held_bytes == 800
    made = []
    kept.take(0, lambda: made.append(1) or np.zeros(50))
    assert made == [1]  # the first one was let go
    # What is larger than everything stays while somebody looks at it.
    kept.take("large", lambda: np.zeros(500))
    assert kept.held_bytes == 4000
    assert weight((np.zeros(2), [np.zeros(3)])) == 40


def test_importing_the_app_needs_no_machine_code() -> None:
    import subprocess
    import sys

    said = (
        "import django; django.setup(); import sys, wugeyi.circles.views, "
        "wugeyi.circles.actions, wugeyi.circles.urls; "
        "print([n for n in ('numba', 'osmium', 'highspy') if n in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", said],
        capture_output=True,
        text=True,
        check=True,
        env={**__import__("os").environ, "DJANGO_SETTINGS_MODULE": "tests.settings"},
    )
    assert done.stdout.strip() == "[]"


def test_without_the_extra_pages_say_so(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adapter, "NEEDED", ("numpy", "no_such_package"))
    with pytest.raises(Refused) as refused:
        look(town.circle())
    assert refused.value.why is Why.NEEDS_PLANNING
    assert refused.value.values == {"packages": "no_such_package"}
