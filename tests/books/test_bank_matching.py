"""Matching: never twice, at the least cost, whatever the order; ambiguity is a choice."""

import itertools
import random
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from wugeyi.books.rules.bankmatching import (
    EXACT,
    WINDOW_DAYS,
    Candidate,
    Line,
    cost,
    match,
)

DAY = date(2024, 3, 1)
AMOUNTS = st.sampled_from([100, 200, -100])
WORDS = st.sampled_from(["", "县供电公司", "张三", "租金"])


def days(most: int) -> st.SearchStrategy[date]:
    return st.integers(0, most).map(lambda n: DAY + timedelta(n))


def lines(most: int, span: int = 70) -> st.SearchStrategy[list[Line]]:
    made = st.builds(Line, st.just(0), days(span), AMOUNTS, WORDS, WORDS)
    return st.lists(made, max_size=most).map(
        lambda rows: [
            Line(n, row.on, row.amount_fen, row.counterparty, row.memo)
            for n, row in enumerate(rows)
        ]
    )


def postings(most: int, span: int = 70) -> st.SearchStrategy[list[Candidate]]:
    made = st.builds(Candidate, st.just(0), days(span), AMOUNTS, WORDS)
    return st.lists(made, max_size=most).map(
        lambda rows: [
            Candidate(1_000 + n, row.on, row.amount_fen, row.text)
            for n, row in enumerate(rows)
        ]
    )


@given(lines(30), postings(30))
def test_nothing_is_matched_twice_nor_to_another_amount(
    here: list[Line], there: list[Candidate]
) -> None:
    made = match(here, there)
    assert not made.sure.keys() & made.proposed.keys()
    pairs = made.sure | made.proposed
    assert len(set(pairs.values())) == len(pairs)
    by_key = {each.key: each for each in here}
    other = {each.key: each for each in there}
    for line, posting in pairs.items():
        assert by_key[line].amount_fen == other[posting].amount_fen
        apart = abs((by_key[line].on - other[posting].on).days)
        assert apart <= WINDOW_DAYS


@given(lines(20), postings(20), st.randoms())
def test_the_order_does_not_matter(
    here: list[Line], there: list[Candidate], chance: random.Random
) -> None:
    first = match(here, there)
    shuffled, others = here[:], there[:]
    chance.shuffle(shuffled)
    chance.shuffle(others)
    second = match(shuffled, others)
    assert first == second


@given(lines(4, 40), postings(4, 40))
def test_as_many_as_can_be_at_the_least_cost(
    here: list[Line], there: list[Candidate]
) -> None:
    made = match(here, there)
    by_key = {each.key: each for each in here}
    other = {each.key: each for each in there}

    def worth(pairs: list[tuple[int, int]]) -> tuple[int, int]:
        spent = sum(cost(by_key[line], other[posting]) for line, posting in pairs)
        return len(pairs), -spent

    best = (0, 0)
    free: list[int | None] = [*other, *[None] * len(here)]
    for order in itertools.permutations(free, len(here)):
        pairs = [
            (line, posting)
            for line, posting in zip(by_key, order, strict=True)
            if posting is not None
            and by_key[line].amount_fen == other[posting].amount_fen
            and abs((by_key[line].on - other[posting].on).days) <= WINDOW_DAYS
        ]
        best = max(best, worth(pairs))
    assert worth(list((made.sure | made.proposed).items())) == best


@given(lines(12), postings(12))
def test_what_is_sure_has_no_rival(here: list[Line], there: list[Candidate]) -> None:
    made = match(here, there)
    by_key = {each.key: each for each in here}
    for line, posting in made.sure.items():
        chosen = next(each for each in there if each.key == posting)
        own = cost(by_key[line], chosen)
        for each in there:
            near = abs((each.on - by_key[line].on).days) <= WINDOW_DAYS
            same = each.amount_fen == by_key[line].amount_fen
            if near and same and each.key != posting:
                assert cost(by_key[line], each) > own


def test_a_rent_paid_every_month_finds_its_month() -> None:
    here = [Line(n, date(2024, n, 6), 100_000) for n in range(1, 13)]
    there = [Candidate(100 + n, date(2024, n, 5), 100_000) for n in range(1, 13)]
    assert match(here, there).sure == {n: 100 + n for n in range(1, 13)}


def test_two_alike_on_one_day_are_a_choice() -> None:
    here = [Line(1, DAY, 500), Line(2, DAY, 500)]
    there = [Candidate(11, DAY, 500), Candidate(12, DAY, 500)]
    made = match(here, there)
    assert made.sure == {}
    assert sorted(made.proposed.values()) == [11, 12]
    assert made.choices == {1: (11, 12), 2: (11, 12)}


def test_a_name_tells_two_of_one_day_apart() -> None:
    here = [Line(1, DAY, 500, "县供电公司"), Line(2, DAY, 500, "张三")]
    there = [
        Candidate(11, DAY, 500, "付张三工钱"),
        Candidate(12, DAY, 500, "县供电公司电费"),
    ]
    assert match(here, there).sure == {1: 12, 2: 11}


def test_very_many_of_one_amount_take_bounded_time() -> None:
    year = [DAY + timedelta(n % 365) for n in range(20_000)]
    here = [Line(n, on, 500) for n, on in enumerate(year)]
    there = [Candidate(10**6 + n, on, 500) for n, on in enumerate(year)]
    made = match(here, there)
    pairs = made.sure | made.proposed
    assert len(set(pairs.values())) == len(pairs) > EXACT
