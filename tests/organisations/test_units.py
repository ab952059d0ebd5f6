from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from tests.organisations.conftest import AT, TODAY, user
from wugeyi.audit.models import AuditEvent
from wugeyi.organisations import actions
from wugeyi.organisations.models import Organisation, Placement, TreeView
from wugeyi.organisations.queries import (
    children,
    count_below,
    installation,
    lineage,
    lineages,
    path_in_view,
    reach_of,
    standing,
    subtree,
)
from wugeyi.organisations.rules import MAX_DEPTH, MAX_PATH, Role

YESTERDAY = TODAY - timedelta(1)


def refused(code, act, /, **arguments):
    with pytest.raises(ValidationError) as problem:
        act(**arguments, by=None, at=AT)
    assert problem.value.code == code
    assert problem.value.messages


def test_adding_is_refused_for_a_reason(tree):
    def add(expected, /, **changed):
        given = {"code": "x", "name": "新", "kind": "town", "parent": tree["520103"]}
        refused(expected, actions.add_organisation, **(given | changed))

    add("code_taken", code="520103")
    add("bad_code", code="a b")
    add("bad_code", code="")
    add("no_name", name="  ")
    add("long_name", name="长" * 81)
    add("formula", name="=1")
    add("future", on=TODAY + timedelta(1))
    gone = actions.abolish(organisation=tree["520103001001"], by=None, at=AT)
    add("abolished", parent=gone)
    add("code_taken", code=gone.code)


def test_a_tree_has_a_deepest_level(db):
    parent = None
    for number in range(MAX_DEPTH):
        parent = actions.add_organisation(
            code=f"d{number}", name="层", kind="other", parent=parent, by=None, at=AT
        )
    assert len(parent.path) == MAX_PATH
    refused(
        "too_deep",
        actions.add_organisation,
        code="deeper",
        name="层",
        kind="other",
        parent=parent,
    )
    other = actions.add_organisation(
        code="o", name="另", kind="other", parent=None, by=None, at=AT
    )
    root = Organisation.objects.get(code="d0")
    refused("too_deep", actions.move, organisation=root, to=other)


def test_a_former_name_is_kept_and_found(tree):
    from wugeyi.organisations.queries import search

    unit = actions.rename(
        organisation=tree["520103001001"], name="新寨村", by=None, at=AT, on=YESTERDAY
    )
    assert unit.former_names.get().name == "大寨村"
    assert unit in [each.organisation for each in search("大寨村")]
    assert unit in [each.organisation for each in search("xzc")]
    refused(
        "too_early",
        actions.rename,
        organisation=unit,
        name="再改",
        on=YESTERDAY - timedelta(1),
    )
    actions.rename(organisation=unit, name="大寨村", by=None, at=AT)
    names = list(unit.former_names.order_by("id").values_list("name", flat=True))
    assert names == ["大寨村", "新寨村"]


def test_the_dead_are_left_in_peace(tree):
    unit = tree["520103001001"]
    other = tree["520103001002"]
    actions.abolish(organisation=unit, by=None, at=AT)
    refused("abolished", actions.abolish, organisation=unit)
    refused("abolished", actions.rename, organisation=unit, name="新")
    refused("abolished", actions.move, organisation=unit, to=tree["5201"])
    refused("abolished", actions.merge_into, organisation=unit, into=other)
    refused("abolished", actions.merge_into, organisation=other, into=unit)
    unit.refresh_from_db()
    refused(
        "abolished",
        actions.appoint,
        person=user("a"),
        role=Role.WORKER,
        organisation=unit,
    )


def test_a_move_that_looks_back_is_refused(tree):
    unit = tree["520103001001"]
    actions.move(organisation=unit, to=tree["520111001"], by=None, at=AT)
    refused(
        "too_early", actions.move, organisation=unit, to=tree["520103001"], on=YESTERDAY
    )
    refused("too_early", actions.abolish, organisation=unit, on=YESTERDAY)


def test_posts_of_a_merged_unit_end_with_it(tree):
    person = user("w", (Role.WORKER, tree["520103001001"]))
    assert reach_of(person, on=TODAY).holds(Role.WORKER)
    actions.merge_into(
        organisation=tree["520103001001"], into=tree["520103001002"], by=None, at=AT
    )
    assert not reach_of(person, on=TODAY).holds(Role.WORKER)
    assert reach_of(person, on=YESTERDAY).holds(Role.WORKER)


def test_another_view_arranges_the_same_units(tree, django_assert_num_queries):
    zone = actions.add_organisation(
        code="zone",
        name="临空经济区",
        kind="zone",
        parent=tree["5201"],
        by=None,
        at=AT,
        invented=True,
    )
    view = actions.add_view(
        code="zones", name="功能区", name_en="Zones", by=None, at=AT
    )
    count = actions.build_view(
        view=view,
        root=tree["5201"],
        zones={zone: [tree["520103001"]]},
        by=None,
        at=AT,
        on=date(2026, 1, 1),
    )
    assert count == 9
    run = path_in_view(zone, view, TODAY)
    with django_assert_num_queries(1):
        assert standing(view, run, TODAY).count() == 4
    county = path_in_view(tree["520103"], view, TODAY)
    assert standing(view, county, TODAY).count() == 1
    statutory = TreeView.objects.get(code="statutory")
    assert standing(statutory, tree["520103"].path, TODAY).count() == 4
    assert path_in_view(zone, view, date(2025, 12, 31)) is None
    # a unit goes back; both days are kept
    actions.place_in_view(
        organisation=tree["520103001001"],
        view=view,
        under=tree["520103"],
        by=None,
        at=AT,
    )
    assert standing(view, run, TODAY).count() == 3
    assert standing(view, run, YESTERDAY).count() == 4
    # a new unit follows its parent, in both
    actions.add_organisation(
        code="520103001009",
        name="新村",
        kind="village",
        parent=tree["520103001"],
        by=None,
        at=AT,
    )
    assert standing(view, run, TODAY).count() == 4
    # statutory moves leave the view alone
    actions.move(organisation=tree["520103001"], to=tree["520111"], by=None, at=AT)
    assert standing(view, run, TODAY).count() == 4


def test_a_view_refuses_what_does_not_fit(tree):
    statutory = TreeView.objects.get(code="statutory")
    view = actions.add_view(
        code="zones", name="功能区", name_en="Zones", by=None, at=AT
    )
    county = tree["520103"]
    refused(
        "statutory_view",
        actions.place_in_view,
        organisation=county,
        view=statutory,
        under=None,
    )
    refused(
        "not_in_view",
        actions.place_in_view,
        organisation=county,
        view=view,
        under=tree["5201"],
    )
    actions.build_view(view=view, root=county, zones={}, by=None, at=AT)
    refused("already_arranged", actions.build_view, view=view, root=county, zones={})
    refused(
        "under_itself",
        actions.place_in_view,
        organisation=county,
        view=view,
        under=tree["520103001"],
    )
    placed = actions.place_in_view(
        organisation=tree["520111"], view=view, under=county, by=None, at=AT
    )
    assert standing(view, placed.path, TODAY).count() == 3


def test_posts_are_not_given_twice(tree):
    person, unit = user("p"), tree["520103"]
    given = {"person": person, "role": Role.WORKER, "organisation": unit}
    post = actions.appoint(**given, by=None, at=AT, valid_to=TODAY + timedelta(9))
    refused("post_twice", actions.appoint, **given)
    refused("dates_not_in_order", actions.appoint, **given, valid_to=TODAY)
    actions.appoint(**given, by=None, at=AT, valid_from=TODAY + timedelta(9))
    actions.end_post(post=post, by=None, at=AT)
    assert not reach_of(person, on=TODAY).holds(Role.WORKER)


def test_a_post_ends_on_a_day(tree):
    person = user("p", (Role.WORKER, tree["520103"]))
    post = person.posts.get()
    actions.end_post(post=post, by=None, at=AT)
    assert not reach_of(person, on=TODAY).holds(Role.WORKER)
    assert reach_of(person, on=YESTERDAY).holds(Role.WORKER)
    refused("post_ended", actions.end_post, post=post)


def test_the_last_administrator_stays(tree):
    one = user("one", (Role.ADMINISTRATOR, tree["52"])).posts.get()
    refused("last_administrator", actions.end_post, post=one)
    user("two", (Role.ADMINISTRATOR, tree["52"]))
    actions.end_post(post=one, by=None, at=AT)


def test_the_installation_is_one_row(db):
    actions.set_installation(name="贵阳市", by=None, at=AT, demo=True)
    actions.set_installation(
        name="贵阳贵安", by=None, at=AT, demo=True, hotline="12345"
    )
    assert installation().name == "贵阳贵安"
    assert (
        AuditEvent.objects.filter(action="organisations.set_installation").count() == 2
    )


def test_every_action_leaves_one_event(tree):
    before = AuditEvent.objects.count()
    actions.rename(organisation=tree["520103"], name="新", by=None, at=AT)
    actions.move(organisation=tree["520103001"], to=tree["520111"], by=None, at=AT)
    actions.abolish(organisation=tree["520103001001"], by=None, at=AT)
    actions.split(
        organisation=tree["520103001002"],
        parts=[actions.Part("s1", "甲社区", "community")],
        by=None,
        at=AT,
        keep=True,
    )
    actions.merge_into(
        organisation=tree["520111001001"], into=tree["520111001"], by=None, at=AT
    )
    assert AuditEvent.objects.count() == before + 5
    refused("no_parts", actions.split, organisation=tree["520103"], parts=[])
    assert AuditEvent.objects.count() == before + 5


def test_reads_cost_a_fixed_number_of_queries(tree, django_assert_num_queries):
    village = tree["520103001001"]
    with django_assert_num_queries(1):
        assert [o.code for o in lineage(village)] == [
            "52",
            "5201",
            "520103",
            "520103001",
            "520103001001",
        ]
    with django_assert_num_queries(1):
        above = lineages([village, tree["520111001001"]])
    assert [len(above[o.pk]) for o in (village, tree["520111001001"])] == [4, 4]
    with django_assert_num_queries(1):
        assert count_below(tree["5201"]) == 8
    with django_assert_num_queries(1):
        assert [o.code for o in children(tree["520103001"])] == [
            "520103001001",
            "520103001002",
        ]
    with django_assert_num_queries(1):
        assert len(subtree(tree["520103"])) == 4


def test_every_unit_has_one_place(tree):
    for unit in tree.values():
        assert unit.placements.get().path == unit.path
    assert Placement.objects.count() == len(tree)
