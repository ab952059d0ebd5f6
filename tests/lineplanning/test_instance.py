from wugeyi.engines.lineplanning import instance
from wugeyi.engines.lineplanning.inputs import findings


def test_who_wants_home_is_drawn_after_everything_else() -> None:
    for seed in (1, 2, 3):
        plain = instance.case(seed)
        with_returns = instance.case(seed, instance.Size(returns=True))
        many = len(plain.requests)
        assert with_returns.requests[:many] == plain.requests
        assert with_returns.stops == plain.stops
        assert with_returns.ways == plain.ways
        assert set(plain.departures) <= set(with_returns.departures)
        homeward = with_returns.requests[many:]
        assert 0.4 * many < len(homeward) < 0.8 * many
        assert all(each.home for each in homeward)


def test_those_who_want_home_can_be_taken() -> None:
    case = instance.case(1, instance.Size(returns=True))
    impossible = {
        each.subject for each in findings(case) if each.code == "request-impossible"
    }
    homeward = [each.code for each in case.requests if each.home]
    assert len(impossible & set(homeward)) < len(homeward) / 4
