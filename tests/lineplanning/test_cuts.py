from functools import cache

from wugeyi.engines.lineplanning import instance
from wugeyi.engines.lineplanning.packing import Work
from wugeyi.engines.lineplanning.packing.network import network
from wugeyi.engines.lineplanning.packing.search import Search
from wugeyi.engines.lineplanning.trips import Pool, pools

CASE = instance.case(8)
BEST = 1602.5956  # proven without any row added


def bound_after(cut_rounds: int) -> tuple[float, int]:
    work = Work(cut_rounds=cut_rounds, rounds=0)
    search = Search(network(CASE, pools(CASE)), work, lambda _value, _bound: True)
    search.run()
    return search.bound, len(search.pricing.cuts)


def test_rows_added_lower_the_bound_but_never_below_the_best_plan() -> None:
    bare, none = bound_after(0)
    tight, many = bound_after(25)
    assert none == 0
    assert many > 0
    assert bare - 0.5 > tight >= BEST


@cache
def riders_of(pool: Pool) -> list[frozenset[int]]:
    return [
        frozenset(r for item in pool.chain(trip) for r in item.requests)
        for trip in range(1, len(pool) + 1)
    ]


def test_a_row_counts_trips_that_take_two_or_three_of_its_requests() -> None:
    search = Search(
        network(CASE, pools(CASE)), Work(rounds=0), lambda _value, _bound: True
    )
    search.run()
    cuts = search.pricing.cuts
    for triple, hits in zip(cuts.triples, cuts.hits, strict=True):
        for number, pool in enumerate(search.net.pools):
            taking = {
                trip
                for trip, riders in enumerate(riders_of(pool), start=1)
                if len(riders & set(triple)) >= 2
            }
            assert set(hits.get(number, [])) == taking
