"""Whether a goal was reached, and how far along it stands. Values are Decimals."""

from decimal import Decimal


def wants_less(baseline: Decimal | None, target: Decimal) -> bool:
    """Tell whether the goal is to lower a value; without a baseline, to raise it."""
    return baseline is not None and target < baseline


def reached(baseline: Decimal | None, target: Decimal | None, now: Decimal) -> str:
    """Return "yes" or "no", and "" where there is no target to hold it against."""
    if target is None:
        return ""
    good = now <= target if wants_less(baseline, target) else now >= target
    return "yes" if good else "no"


def share_of_way(
    baseline: Decimal | None, target: Decimal | None, now: Decimal | None
) -> int | None:
    """Return how much of the way from baseline to target is gone, in percent.

    0 to 100; None where one of the three is not known or there is no way to go.
    """
    if baseline is None or target is None or now is None or baseline == target:
        return None
    part = (now - baseline) / (target - baseline)
    return int(max(Decimal(0), min(Decimal(1), part)) * 100)


def lengths(*values: Decimal | None) -> list[int | None]:
    """Return the lengths of bars for values, the longest 100; None stays None.

    Negative values have no bar (0): the number beside it tells.
    """
    known = [value for value in values if value is not None and value > 0]
    most = max(known, default=None)
    found: list[int | None] = []
    for value in values:
        if value is None:
            found.append(None)
        elif most is None or value <= 0:
            found.append(0)
        else:
            found.append(max(1, int((value / most * 100).to_integral_value())))
    return found
