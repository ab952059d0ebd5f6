import pytest

from wugeyi.dashboards import layouts
from wugeyi.dashboards.rules import board, layout
from wugeyi.dashboards.rules.layout import Cell, LayoutError
from wugeyi.figures.catalogue import catalogue
from wugeyi.organisations.models import Kind
from wugeyi.reports.paragraphs import composing
from wugeyi.reports.paragraphs import sentences as sentence_rules


def declared() -> set[str]:
    found = catalogue()
    return {*found.measures, *found.indicators}


def test_every_code_and_kind_of_the_profile_exists():
    found = layout.findings(layouts.profile(), codes=declared(), kinds=Kind.values)
    assert list(found) == []


def test_every_code_of_the_board_exists():
    assert list(board.findings(layouts.board(), codes=declared())) == []


def test_every_code_and_kind_of_the_sentences_exists():
    found = sentence_rules.findings(
        composing.sentences(), codes=declared(), kinds=Kind.values
    )
    assert list(found) == []


def test_kinds_differ_in_what_stands_in_the_same_five_cells():
    profile = layouts.profile()
    for kind in Kind.values:
        assert list(profile.of(kind)) == list(Cell)
    assert "technologies" in profile.of("hospital")[Cell.PATH]
    assert "technologies" not in profile.of("village")[Cell.PATH]
    assert "talents" in profile.of("village")[Cell.TEAM]


FIVE = """
leadership = ["a"]
team = ["b"]
centre = ["c"]
mechanism = ["d"]
path = ["e"]
"""


def test_the_checker_tells_everything_that_is_wrong():
    text = f"""[kinds]
school = "one"
castle = "one"
[layout.one]{FIVE.replace('["b"]', '["a", "x"]')}
[layout.two]{FIVE.replace('["e"]', "[]")}"""
    found = list(
        layout.findings(
            layout.read(text), codes=set("abcde"), kinds=["school", "hospital"]
        )
    )
    assert found == [
        "kind hospital has no layout",
        "there is no kind castle",
        "layout two is used by no kind",
        "one, team: a stands there twice",
        "one, team: there is no measure x",
        "two, path: 0 measures, not 1 to 8",
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[kinds", "Expected"),
        ('[kinds]\nschool = "one"\n[layout]', "not there"),
        ('[kinds]\nschool = "one"\n[layout.one]\nteam = ["a"]', "must have the cells"),
    ],
)
def test_a_file_that_cannot_be_understood_says_where(text, told):
    with pytest.raises(LayoutError, match=told):
        layout.read(text)


def test_a_board_with_an_unknown_shape_is_refused():
    text = """waits = []
rates = []
money = []
field = []
places = []
[[chart]]
key = "a"
title_zh = "a"
title_en = "a"
shape = "pie"
series = []"""
    with pytest.raises(board.BoardError, match="pie"):
        board.read(text)
