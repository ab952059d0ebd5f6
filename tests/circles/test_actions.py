"""Circles begin, are assessed, change and close; what is refused writes nothing."""

from datetime import timedelta
from uuid import uuid4

import pytest

from tests.circles.town import DAY, Town, arrays, keep_network
from wugeyi.audit.models import AuditEvent
from wugeyi.circles import actions
from wugeyi.circles.models import AreaCoverage, Assessment, Circle, Coverage
from wugeyi.circles.rules.refusals import Refused, Why


def acts() -> list[str]:
    return list(
        AuditEvent.objects.filter(action__startswith="circles.")
        .order_by("id")
        .values_list("action", flat=True)
    )


def assess(town: Town, circle: Circle, *, days: int = 0) -> list[Assessment]:
    return actions.assess(
        circle=circle,
        on=DAY + timedelta(days=days),
        by=town.world["worker"],
        at=town.world.now(),
    )


def test_the_same_form_sent_twice_makes_one_circle(town: Town) -> None:
    key = uuid4()
    one, other = town.circle(client_id=key), town.circle(client_id=key)
    assert one == other
    assert acts() == ["circles.create"]
    assert len(one.code) == 8


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"name": "  "}, Why.NEEDS_TEXT),
        ({"minutes": 0}, Why.BAD_VALUE),
        ({"elder_mm_s": 5}, Why.BAD_VALUE),
        ({"slope": True}, Why.NO_HEIGHTS),
    ],
)
def test_a_circle_nobody_walks_is_refused(
    town: Town, values: dict[str, object], why: Why
) -> None:
    with pytest.raises(Refused) as refused:
        town.circle(**values)
    assert refused.value.why is why
    assert not Circle.objects.exists()


def test_one_circle_of_an_organisation_counts(town: Town) -> None:
    first, second = town.circle(), town.circle(name="另一个")
    assert (first.counts, second.counts) == (True, False)


def test_assessing_keeps_who_is_inside_at_both_paces(town: Town) -> None:
    circle = town.circle()
    adult, elder = assess(town, circle)
    assert (adult.pace, elder.pace) == ("adult", "elder")
    clinic = Coverage.objects.get(assessment=adult, kind=town.clinic)
    # 1000 m at 1333 mm/s is 12.5 minutes, 1900 m is 23.8, over the bridge it is 57.
    assert (clinic.residents_inside, clinic.residents_outside) == (50, 330)
    assert (clinic.elderly_inside, clinic.elderly_outside) == (10, 83)
    # The northern homes lie beyond the horizon: of those the first is the worst.
    assert clinic.worst_home in (town.homes["N0"], town.homes["N500"])
    assert clinic.worst_seconds is None
    # Fifty people for forty places.
    assert (clinic.capacity, clinic.demand, clinic.lacking) == (40, 50, 10)
    slow = Coverage.objects.get(assessment=elder, kind=town.clinic)
    assert slow.residents_inside == 0
    market = Coverage.objects.get(assessment=adult, kind=town.market)
    assert (market.residents_inside, market.capacity_unknown) == (380, 2)
    assert market.worst_home == town.homes["S1000"]
    # 1000 m: 750.19 seconds, told as 751.
    assert market.worst_seconds == 751
    assert acts()[-1] == "circles.assess"


def test_the_canteen_counts_older_people_only(town: Town) -> None:
    adult, _elder = assess(town, town.circle())
    canteen = Coverage.objects.get(assessment=adult, kind=town.canteen)
    assert (canteen.capacity, canteen.demand, canteen.lacking) == (5, 10, 5)


def test_a_circle_of_a_town_is_told_place_by_place(town: Town) -> None:
    circle = town.circle(town.world.town)
    adult, _elder = assess(town, circle)
    rows = AreaCoverage.objects.filter(assessment=adult, kind=town.clinic)
    told = {row.organisation: row.residents_inside for row in rows}
    assert told == {town.world.community: 50, town.world.neighbour: 40}
    whole = Coverage.objects.get(assessment=adult, kind=town.clinic)
    assert whole.residents_inside == 90
    all_kinds = AreaCoverage.objects.filter(assessment=adult, kind=None)
    # Everything within fifteen minutes: only at S1000 (clinic 12.5, market 12.5).
    assert {row.organisation: row.residents_inside for row in all_kinds} == {
        town.world.community: 50,
        town.world.neighbour: 0,
    }


def test_nothing_changed_is_written_once(town: Town) -> None:
    circle = town.circle()
    first = assess(town, circle)
    again = assess(town, circle, days=3)
    assert first == again
    assert Assessment.objects.count() == 2
    assert acts().count("circles.assess") == 1


def test_a_later_assessment_supersedes(town: Town) -> None:
    circle = town.circle()
    adult, _elder = assess(town, circle)
    town.homes["S1000"].residents = 70
    town.homes["S1000"].save()
    later, _ = assess(town, circle, days=10)
    adult.refresh_from_db()
    assert adult.superseded_on == DAY + timedelta(days=10)
    assert later.superseded_at is None
    ended = AreaCoverage.objects.filter(assessment=adult).values_list("until")
    assert {day for (day,) in ended} == {DAY + timedelta(days=10)}
    assert set(
        AreaCoverage.objects.filter(assessment=later).values_list("until", flat=True)
    ) == {None}


def test_a_circle_without_homes_is_not_assessed(town: Town) -> None:
    circle = town.circle(town.world.county)
    empty = town.circle(town.world.other_county)
    assert assess(town, circle)
    with pytest.raises(Refused) as refused:
        assess(town, empty)
    assert refused.value.why is Why.NO_HOMES


def test_a_stale_page_changes_nothing(town: Town) -> None:
    circle = town.circle()
    actions.change(
        circle=circle,
        values={"minutes": 10},
        by=town.world["worker"],
        at=town.world.now(),
        version=1,
    )
    with pytest.raises(Refused) as refused:
        actions.change(
            circle=circle,
            values={"minutes": 5},
            by=town.world["worker"],
            at=town.world.now(),
            version=1,
        )
    assert refused.value.why is Why.CHANGED
    circle.refresh_from_db()
    assert circle.minutes == 10


def test_looking_while_somebody_changes_the_circle_writes_nothing(town: Town) -> None:
    circle = town.circle()
    stale = Circle.objects.get(pk=circle.pk)
    actions.change(
        circle=circle,
        values={"minutes": 10},
        by=town.world["worker"],
        at=town.world.now(),
    )
    with pytest.raises(Refused) as refused:
        assess(town, stale)
    assert refused.value.why is Why.CHANGED
    assert not Assessment.objects.exists()


def test_another_network_is_used_and_said(town: Town) -> None:
    circle = town.circle()
    other = keep_network(
        town.world.county, arrays(extra=True), since=DAY + timedelta(days=1)
    )
    moved = actions.use_network(
        circle=circle, network=other, by=town.world["worker"], at=town.world.now()
    )
    assert moved.network == other
    assert acts()[-1] == "circles.use_network"
    adult, _elder = assess(town, moved, days=1)
    assert adult.network == other


def test_closing_ends_what_figures_count(town: Town) -> None:
    circle = town.circle()
    assess(town, circle)
    closed = actions.close(
        circle=circle,
        on=DAY + timedelta(days=30),
        by=town.world["worker"],
        at=town.world.now(),
    )
    assert closed.closed_on == DAY + timedelta(days=30)
    assert not AreaCoverage.objects.filter(until=None).exists()
    with pytest.raises(Refused) as refused:
        assess(town, closed)
    assert refused.value.why is Why.CLOSED
    # The place may have another one that counts now.
    assert town.circle().counts


def test_a_published_circle_is_found_by_its_code(town: Town) -> None:
    from wugeyi.circles.queries.access import load_public

    circle = town.circle()
    assert load_public(circle.code) is None
    actions.publish(circle=circle, by=town.world["worker"], at=town.world.now())
    assert load_public(circle.code.lower()) == circle
    actions.unpublish(circle=circle, by=town.world["worker"], at=town.world.now())
    assert load_public(circle.code) is None
