"""What to say of a scenario in one line."""

from wugeyi.circles.models import Outcome, Scenario
from wugeyi.circles.rules.paces import Pace


def best(scenario: Scenario) -> Outcome | None:
    """Return the kind in which most residents come inside, at adults' pace.

    Reads ``scenario.outcomes`` as they were prefetched.
    """
    return max(
        (each for each in scenario.outcomes.all() if each.pace == Pace.ADULT),
        key=lambda each: each.residents_gained - each.residents_lost,
        default=None,
    )
