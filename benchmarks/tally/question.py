"""What is asked of the invented country: five indicators, a year, all above the leaves."""

from wugeyi.engines.tally.definitions import Aggregate
from wugeyi.engines.tally.rollup import Asked, Month, Part, Question, months

MONTHS = months(Month(2025, 1), 12)
DEPTHS = (0, 1, 2, 3, 4)

CASES = Part("cases", 1, Aggregate.COUNT)
ON_TIME = Part("on_time", 2, Aggregate.COUNT)
MONEY = Part("money", 3, Aggregate.SUM)
PEOPLE = Part("people", 4, Aggregate.DISTINCT)
VISITS = Part("visits", 5, Aggregate.COUNT)
SHARES = {CASES: 0.3, ON_TIME: 0.25, MONEY: 0.15, PEOPLE: 0.2, VISITS: 0.1}
QUESTION = Question(
    (
        Asked("cases", CASES),
        Asked("on time", ON_TIME, CASES),
        Asked("money", MONEY),
        Asked("people met", PEOPLE),
        Asked("money a visit", MONEY, VISITS),
    ),
    MONTHS,
    DEPTHS,
)
