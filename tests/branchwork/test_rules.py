"""Periods, thresholds, the way of a suggestion, lists: pure rules held against slow ones."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wugeyi.branchwork.rules import lists
from wugeyi.branchwork.rules.meetings import (
    THRESHOLDS,
    Base,
    Body,
    Condition,
    Result,
    check,
)
from wugeyi.branchwork.rules.periods import (
    MONTHS,
    REMIND_DAYS,
    Every,
    Span,
    Standing,
    span,
    standing,
)
from wugeyi.branchwork.rules.suggestions import NEXT, State, may_become
from wugeyi.imports.rules import Table, guess_columns

DAYS = st.dates(date(1950, 1, 1), date(2090, 12, 31))
EVERY = st.sampled_from(list(Every))
NUMBERS = st.integers(0, 3000)


class TestPeriods:
    @given(every=EVERY, day=DAYS)
    def test_periods_cut_the_year_without_gap_or_overlap(self, every, day) -> None:
        of = span(every, day)
        assert day in of
        assert of.first.day == 1
        after = of.last + timedelta(days=1)
        assert after.day == 1
        months = (after.year - of.first.year) * 12 + after.month - of.first.month
        assert months == MONTHS[every]
        # Every day of it gives the same period; the next day begins another.
        assert span(every, of.first) == span(every, of.last) == of
        assert span(every, after).first == after

    @given(every=EVERY, day=DAYS, today=DAYS, recorded=st.integers(0, 2))
    def test_what_is_recorded_is_done_and_nothing_is_called_late(
        self, every, day, today, recorded
    ) -> None:
        of = span(every, day)
        found = standing(every, of, today=today, recorded=recorded)
        if recorded:
            assert found is Standing.DONE
        elif today > of.last:
            assert found is Standing.NO_RECORD
        else:
            near = (of.last - today).days <= REMIND_DAYS[every]
            assert found is (Standing.DUE if near else Standing.COMING)

    def test_half_years(self) -> None:
        assert span(Every.HALF, date(2026, 6, 30)) == Span(
            date(2026, 1, 1), date(2026, 6, 30)
        )


def slowly(share, base: int) -> int:
    """The least whole number of people that fulfils a share, by counting up."""
    people = 0
    due = Fraction(share.part, share.whole) * base
    while not (people > due if share.more_than else people >= due):
        people += 1
    return people


class TestMeetings:
    @given(body=st.sampled_from(list(Body)), due=NUMBERS, attended=NUMBERS, yes=NUMBERS)
    def test_as_counted_up_slowly(self, body, due, attended, yes) -> None:
        rule = THRESHOLDS[body]
        found = {
            each.condition: each
            for each in check(body, due=due, attended=attended, in_favour=yes)
        }
        if rule.attended is not None:
            needed = slowly(rule.attended, due)
            assert found[Condition.ATTENDED].needed == needed
            fulfilled = found[Condition.ATTENDED].result is Result.FULFILLED
            assert fulfilled == (attended >= needed)
        base = due if rule.in_favour.base is Base.DUE else attended
        told = found[Condition.IN_FAVOUR]
        assert told.needed == slowly(rule.in_favour, base)
        assert told.short_by == max(told.needed - yes, 0)

    @given(
        body=st.sampled_from(list(Body)),
        due=st.none() | NUMBERS,
        attended=st.none() | NUMBERS,
        yes=st.none() | NUMBERS,
    )
    def test_what_was_not_recorded_neither_fulfils_nor_breaks(
        self, body, due, attended, yes
    ) -> None:
        for each in check(body, due=due, attended=attended, in_favour=yes):
            if each.have is None or each.needed is None:
                assert each.result is Result.NOT_RECORDED
                assert each.short_by == 0
            else:
                assert each.result is not Result.NOT_RECORDED

    def test_villagers_and_members_are_counted_differently(self) -> None:
        # Domain notes §5: 600 people, 420 came, 300 agreed. Enough for villagers, not
        # for the collective, where two thirds of all must agree.
        numbers = {"due": 600, "attended": 420, "in_favour": 300}
        village = check(Body.VILLAGERS, **numbers)
        assert {each.result for each in village} == {Result.FULFILLED}
        collective = {c.condition: c for c in check(Body.COLLECTIVE, **numbers)}
        assert collective[Condition.ATTENDED].result is Result.FULFILLED
        assert collective[Condition.IN_FAVOUR].short_by == 100

    def test_a_collectives_representatives_are_more_than_twenty(self) -> None:
        body = Body.COLLECTIVE_REPRESENTATIVES
        for due, result in ((20, Result.SHORT), (21, Result.FULFILLED)):
            found = check(body, due=due, attended=None, in_favour=due)
            assert found[0].result is result

    def test_only_what_was_read_in_its_law_is_verified(self) -> None:
        retold = {body for body, rule in THRESHOLDS.items() if not rule.verified}
        assert retold == {Body.MEMBERS}
        assert all(rule.source for rule in THRESHOLDS.values())


class TestSuggestions:
    @given(st.lists(st.sampled_from(list(State)), max_size=8))
    def test_every_way_ends_with_what_was_done(self, wishes) -> None:
        state = State.OPEN
        for wish in wishes:
            if may_become(state, wish):
                state = wish
            if state is State.DONE:
                assert not NEXT[state]
        assert not may_become(State.DONE, State.OPEN)


def read(kind: str, header: list[str], rows: list[list[str]], today=date(2026, 11, 22)):
    table = Table(tuple(header), list(enumerate(rows, start=2)))
    columns = guess_columns(header, lists.aliases(kind))
    return lists.lines(kind, table, columns, today=today)


class TestLists:
    def test_columns_in_any_order_and_by_other_names(self) -> None:
        found, findings = read(
            "trainings",
            ["其他", "时间", "课程", "书记", "是否外出", "科室"],
            [["3人次", "2024年3月5日", "示范培训班", "2", "是", "内科"]],
        )
        assert not findings
        assert found[0].unit == "内科"
        assert found[0].values == {
            "topic": "示范培训班",
            "on": date(2024, 3, 5),
            "days": 1,
            "outside": True,
            "secretaries": 2,
            "others": 3,
        }

    @pytest.mark.parametrize(
        ("row", "code"),
        [
            (["", "先锋岗", "2024-3-5"], "empty_cell"),
            (["导诊台", "标兵岗", "2024-3-5"], "unknown_word"),
            (["导诊台", "先锋岗", "去年"], "unread_day"),
            (["导诊台", "先锋岗", "2031-1-1"], "future_day"),
            (["=1+1", "先锋岗", "2024-3-5"], "formula"),
            (["导" * 81, "先锋岗", "2024-3-5"], "long_cell"),
            (["导诊台", "先锋岗", "2024-3"], "only_month"),
        ],
    )
    def test_each_fault_says_which_line_and_what(self, row, code) -> None:
        good = ["挂号窗口", "示范岗", "2024-3-6"]
        found, findings = read("posts", ["名称", "类型", "日期"], [row, good])
        assert [(each.line, each.code) for each in findings] == [(2, code)]
        # What is wrong keeps out its own row only; a missing day is only told.
        assert len(found) == (2 if code == "only_month" else 1)

    def test_the_same_row_twice_counts_once_and_too_many_none(self) -> None:
        row = ["导诊台", "先锋岗", "2024-3-5"]
        found, findings = read("posts", ["名称", "类型", "日期"], [row, row])
        assert len(found) == 1
        assert findings[0].code == "row_twice"
        assert findings[0].other_line == 2
        found, findings = read("posts", ["名称", "类型", "日期"], [row] * 50_000)
        assert not found
        assert [each.code for each in findings] == ["too_many_rows"]

    def test_a_needed_column_that_is_missing_is_named(self) -> None:
        found, findings = read("posts", ["名称", "日期"], [["导诊台", "2024-3-5"]])
        assert not found
        assert [(each.code, each.value) for each in findings] == [
            ("missing_column", "岗位类型")
        ]

    def test_an_ending_comes_after_its_beginning(self) -> None:
        header = ["姓名", "任职日期", "离任日期"]
        _found, findings = read("terms", header, [["张三", "2024-3-5", "2024-3-5"]])
        assert findings[0].code == "ends_before"
        header = ["建议", "日期", "状态", "落实日期"]
        found, findings = read(
            "suggestions",
            header,
            [
                ["改窗口", "2024-3-5", "已落实", "2024-3-1"],
                ["改时间", "2024-3-5", "已落实", ""],
                ["改牌子", "2024-3-5", "", "2024-3-9"],
            ],
        )
        assert [each.code for each in findings] == ["ends_before"]
        done, open_ = found
        assert done.values["ended_on"] == done.values["decided_on"] == date(2024, 3, 5)
        assert open_.values["ended_on"] is None

    @given(text=st.text(max_size=30), kind=st.sampled_from(sorted(lists.LISTS)))
    def test_no_cell_breaks_the_reading(self, text, kind) -> None:
        header = [column.title for column in lists.LISTS[kind]]
        found, findings = read(kind, header, [[text] * len(header)])
        assert len(found) + len([f for f in findings if f.severity == "error"]) >= 1
