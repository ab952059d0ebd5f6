import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from tests.organisations.conftest import AT
from wugeyi.organisations import actions
from wugeyi.organisations.models import Organisation
from wugeyi.organisations.queries import search
from wugeyi.organisations.rules.naming import read, spellings, words


def codes(text, **more):
    return [each.organisation.code for each in search(text, **more)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("大寨", ["520103001001", "520111001001"]),
        ("寨", ["520103001001", "520111001001"]),
        ("dzc", ["520103001001", "520111001001"]),
        ("DZC", ["520103001001", "520111001001"]),
        ("dazhai", ["520103001001", "520111001001"]),
        ("花溪 大寨", ["520111001001"]),
        ("花溪区 青岩 dzc", ["520111001001"]),
        ("贵阳 云岩 黔灵 大寨村", ["520103001001"]),
        ("5201110", ["520111001", "520111001001"]),
        ("黔灵镇", ["520103001"]),
        ("寨大", []),
        ("", []),
        ("?", []),
        ("d", []),
        ("不存在", []),
        ("不存在 大寨", []),
    ],
)
def test_what_is_found(tree, text, expected):
    assert codes(text) == expected


def test_every_result_has_its_path_in_a_fixed_number_of_queries(
    tree, django_assert_num_queries
):
    with django_assert_num_queries(2):
        found = search("大寨村")
    assert [[o.name for o in each.lineage] for each in found] == [
        ["贵州省", "贵阳市", "云岩区", "黔灵镇"],
        ["贵州省", "贵阳市", "花溪区", "青岩镇"],
    ]
    with django_assert_num_queries(3):
        search("花溪 大寨")


def test_roots_bound_what_is_found(tree):
    assert codes("大寨", roots=[tree["520111"].path]) == ["520111001001"]
    assert codes("大寨", roots=[tree["520111"].path, tree["520103"].path]) == [
        "520103001001",
        "520111001001",
    ]
    assert codes("大寨", roots=[tree["520111001001"].path]) == ["520111001001"]
    assert codes("大寨", roots=[]) == []


def test_pages_follow_each_other(tree):
    first = search("大寨", limit=1)
    second = search("大寨", limit=1, after=first[0].organisation.pk)
    assert [first[0].organisation.code, second[0].organisation.code] == [
        "520103001001",
        "520111001001",
    ]
    assert search("大寨", limit=1, after=second[0].organisation.pk) == []


def test_search_follows_every_change(tree):
    unit = tree["520103001001"]
    actions.move(organisation=tree["520103001"], to=tree["520111"], by=None, at=AT)
    assert codes("大寨", roots=[tree["520111"].path]) == [
        "520103001001",
        "520111001001",
    ]
    assert codes("大寨", roots=[tree["520103"].path]) == []
    actions.abolish(organisation=unit, by=None, at=AT)
    assert codes("大寨") == ["520111001001"]
    assert codes("大寨", gone=True) == ["520103001001", "520111001001"]


def test_the_index_survives_the_migrations(db):
    if connection.vendor != "sqlite":
        pytest.skip("triggers are SQLite's")
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        names = {row[0] for row in cursor.fetchall()}
    assert {
        "organisation_search_insert",
        "organisation_search_update",
        "organisation_search_delete",
    } <= names


def test_place_names_are_read_in_more_than_one_way():
    assert set(spellings("重庆")[0]) == {"cq", "zq"}
    assert set(spellings("六堡村")[0]) == {"lbc", "lpc"}
    assert "xiamen" in spellings("厦门")[1]
    assert words("A区3号", "x-1").split()[:4] == ["a", "区", "3", "号"]


def test_rare_characters_are_found(tree):
    actions.add_organisation(
        code="rare", name="𬭼村㙟乡", kind="other", parent=None, by=None, at=AT
    )
    for text in ("𬭼", "村㙟", "𬭼村㙟乡"):
        assert codes(text) == ["rare"]


@given(st.text(max_size=80))
def test_any_text_can_be_read(text):
    for term in read(text):
        for token in term.phrase:
            assert token.isalnum()


NASTY = [
    '"',
    "' OR 1=1 --",
    "a* OR b",
    "NEAR(大 寨)",
    "大:*",
    "&|!",
    "(",
    "大\0寨",
    "𠀀" * 60,
]


@pytest.mark.parametrize("text", NASTY)
def test_operators_are_only_text(tree, text):
    assert isinstance(search(text), list)


def test_part_of_a_name_is_found_like_looking_at_every_name(tree):
    for name in Organisation.objects.values_list("name", flat=True):
        for start in range(len(name)):
            for end in range(start + 1, len(name) + 1):
                part = name[start:end]
                expected = [
                    o.code
                    for o in Organisation.objects.order_by("pk")
                    if part in o.name
                ]
                assert codes(part) == expected
