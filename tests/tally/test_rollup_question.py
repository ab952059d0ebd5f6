import pytest

from wugeyi.engines.tally.definitions import Aggregate, read
from wugeyi.engines.tally.rollup import (
    Asked,
    Month,
    Part,
    Question,
    QuestionError,
    digest,
    months,
    sql,
)

CASES = Part("cases", 1, Aggregate.COUNT)
JANUARY = Month(2026, 1)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"indicators": ()}, "no indicator"),
        ({"months": ()}, "no month"),
        ({"months": (JANUARY, Month(2026, 3))}, "do not follow"),
        ({"depths": ()}, "no depth"),
        ({"depths": (1, 0)}, "depths are to rise"),
        ({"indicators": (Asked("a", CASES, Part("b", 1, Aggregate.SUM)),)}, "share 1"),
        ({"indicators": (Asked("a", Part("b", -1, Aggregate.SUM)),)}, "no code -1"),
    ],
)
def test_a_question_without_a_meaning(changes, message):
    told = {"indicators": (Asked("a", CASES),), "months": (JANUARY,), "depths": (0,)}
    with pytest.raises(QuestionError, match=message):
        Question(**{**told, **changes})


@pytest.mark.parametrize("text", ["2026", "2026-13", "26-01", "2026-x"])
def test_a_month_that_is_none(text):
    with pytest.raises(QuestionError):
        Month.parse(text)


def test_months_go_over_the_year():
    assert [*map(str, months(Month(2025, 11), 3))] == ["2025-11", "2025-12", "2026-01"]


def test_a_digest_does_not_depend_on_the_order_of_rows():
    rows = [("2026-01", "00001", 3), ("2026-01", "0000100002", 1)]
    assert digest(rows) == digest(reversed(rows))
    assert digest(rows) != digest([rows[0], ("2026-01", "0000100002", 2)])


def test_declared_indicators_are_asked_by_their_code():
    catalogue = read(
        """
        [source.case]
        select = "SELECT 1 AS record, 1 AS organisation"
        [measure.cases]
        version = 3
        source = "case"
        on = "closed"
        [measure.people]
        version = 1
        source = "case"
        on = "closed"
        aggregate = "distinct"
        key = "person"
        [indicator.each]
        version = 1
        numerator = "cases"
        denominator = "people"
        """
    )
    asked = Asked.of(catalogue, "each")
    assert asked.denominator is not None
    assert asked.denominator.aggregate is Aggregate.DISTINCT
    assert asked.numerator.version == 3
    text = sql(Question((asked,), (JANUARY,), (0,)))
    assert f"measure IN ({asked.denominator.code})" in text
    assert Asked.of(catalogue, "cases").denominator is None
    with pytest.raises(KeyError):
        Asked.of(catalogue, "gone")
