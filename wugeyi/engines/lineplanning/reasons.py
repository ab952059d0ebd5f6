"""Why somebody is left out: a rule no bus can keep, or what taking them would cost.

The price is found by forcing a request in and planning anew; the plan that takes it is
checked, so the exchange it names is one that could be made.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from wugeyi.engines.lineplanning.alone import impossible
from wugeyi.engines.lineplanning.checker import check
from wugeyi.engines.lineplanning.findings import Finding, Value
from wugeyi.engines.lineplanning.model import Case, Request
from wugeyi.engines.lineplanning.packing import Forcing, Work
from wugeyi.engines.lineplanning.plan import MILLI_OF_YUAN, Plan
from wugeyi.engines.lineplanning.trips import Pool, pools

Progress = Callable[[int, int], bool]
"""Told how many are explained and how many there are; False ends with what is known."""

QUICK = Work(steps=200, columns=20_000, rounds=2)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one request is left out.

    Parameters
    ----------
    finding
        ``request-impossible`` with the rules, or one of ``left-out-…`` with the price.
    other
        The plan that takes it, checked; None where no bus can.
    """

    request: str
    finding: Finding
    other: Plan | None = None


def explain(
    case: Case,
    plan: Plan,
    *,
    only: Iterable[str] | None = None,
    work: Work = QUICK,
    known: tuple[Pool, ...] | None = None,
    progress: Progress = lambda _done, _all: True,
) -> tuple[Reason, ...]:
    """Return the reason for every request a plan leaves out, in their order.

    Parameters
    ----------
    only
        Codes to explain; all that are left out if absent.
    work
        For each request: more brings the price found and the least price together.
    known
        The trips, if they are there already.
    """
    wanted = set(plan.left_out) & set(plan.left_out if only is None else only)
    numbers = [n for n, each in enumerate(case.requests) if each.code in wanted]
    known = pools(case) if known is None else known
    found: list[Reason] = []
    search: Forcing | None = None
    for done, number in enumerate(numbers):
        if not progress(done, len(numbers)):
            break
        never = impossible(case, case.requests[number])
        if never:
            found.append(Reason(case.requests[number].code, never))
            continue
        # Prices are found once, and only if somebody needs one.
        search = search or Forcing(case, known, work)
        found.append(_reason(case, plan, number, search))
    return tuple(found)


def _reason(case: Case, plan: Plan, number: int, search: Forcing) -> Reason:
    request = case.requests[number]
    other = search.plan(number)
    if request.code not in other.served:
        values = _about(request)
        return Reason(
            request.code,
            Finding("left-out-unknown-price", "note", request.code, values),
        )
    breaches = check(case, other)
    if breaches:
        raise RuntimeError(f"a plan that breaks rules: {breaches[:3]}")
    return Reason(request.code, _exchange(case, plan, other, request), other)


def _about(request: Request) -> dict[str, Value]:
    return {
        "name": request.name or request.code,
        "persons": request.persons,
        "baskets": request.baskets,
    }


def _exchange(case: Case, plan: Plan, other: Plan, request: Request) -> Finding:
    """Say what one plan has that the other has not."""
    requests = {each.code: each for each in case.requests}
    lost = sorted(plan.served - other.served)
    gained = sorted(other.served - plan.served - {request.code})
    price = plan.money.value_milli - other.money.value_milli
    least = max(0, plan.money.value_milli - other.bound_milli)
    code = "left-out-exchange" if lost else "left-out-detour"
    if price == 0:
        code = "left-out-even"
    elif price < 0:
        code = "left-out-better"
    values: dict[str, Value] = {
        **_about(request),
        "lost": tuple(requests[each].name or each for each in lost),
        "lost_persons": sum(requests[each].persons for each in lost),
        "lost_baskets": sum(requests[each].baskets for each in lost),
        "gained_persons": sum(requests[each].persons for each in gained),
        "gained_baskets": sum(requests[each].baskets for each in gained),
        "price": f"{price / MILLI_OF_YUAN:.2f}",
        "least": f"{least / MILLI_OF_YUAN:.2f}",
        "more": f"{-price / MILLI_OF_YUAN:.2f}",
    }
    inputs = (f"request {request.code}", *(f"request {each}" for each in lost))
    return Finding(code, "note", request.code, values, inputs)
