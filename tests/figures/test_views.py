"""Figures by functional zones, and units abolished or merged within a period."""

from datetime import date, timedelta

from tests.figures.conftest import AT
from wugeyi.figures import gateway
from wugeyi.figures.actions import fold, follow, refresh
from wugeyi.figures.queries import Period, by_child, figure
from wugeyi.organisations import actions
from wugeyi.organisations.models import Organisation

YEAR = Period.year(2026)
DAY = date(2026, 2, 10)
COLUMNS = [
    *("id", "organisation_id", "held_on", "amount", "person", "topic", "good"),
    *("made_at", "withdrawn"),
]


def thing(key: int, unit: Organisation, on: date = DAY) -> None:
    gateway.insert(
        "tests_thing",
        COLUMNS,
        [[key, unit.pk, on, 1, "甲", "", "yes", gateway.moment(AT), 0]],
    )
    refresh(source="things", records=[key], at=AT, new=True)


def test_a_zone_counts_what_it_runs_and_the_county_the_rest(things, tree) -> None:
    zone = actions.add_organisation(
        code="Z", name="高新区", kind="zone", parent=tree["5201"], by=None, at=AT
    )
    view = actions.add_view(
        code="zones", name="功能区", name_en="Zones", by=None, at=AT
    )
    actions.build_view(
        view=view, root=tree["52"], zones={zone: [tree["A1"]]}, by=None, at=AT
    )
    for key, code in enumerate(["A11", "A12", "A1", "A21", "A", "B11"], 1):
        thing(key, tree[code])
    fold(at=AT)

    def seen(unit: Organisation, in_view: object = view) -> int | None:
        return figure("things", unit, YEAR, view=in_view).value

    assert seen(zone) == 3
    assert seen(tree["A"]) == 2
    assert seen(tree["A"], None) == 5
    assert seen(tree["5201"]) == 6
    assert seen(tree["A1"]) == 3


def test_a_unit_merged_within_the_period_counts_on_its_days(things, tree) -> None:
    later = AT + timedelta(days=60)
    thing(1, tree["A11"])
    actions.merge_into(
        organisation=tree["A11"],
        into=tree["B11"],
        by=None,
        at=later,
        on=date(2026, 3, 1),
    )
    thing(2, tree["B11"], date(2026, 3, 2))
    # Written late, of a day on which the merged one still stood.
    thing(3, tree["A11"], date(2026, 2, 27))
    follow(at=later)
    fold(at=later)
    assert figure("things", tree["A"], YEAR).value == 2
    assert figure("things", tree["B"], YEAR).value == 1
    assert figure("things", tree["5201"], YEAR).value == 3
    below = by_child(["things"], tree["A1"], YEAR)
    assert {each.organisation.code: each.figures["things"].value for each in below} == {
        "A11": 2,
        "A12": None,
    }
    assert figure("things", tree["A1"], YEAR).units_expected == 2
    assert figure("things", tree["A1"], Period.month(2026, 5)).units_expected == 1
