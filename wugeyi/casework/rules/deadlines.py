"""Which deadline applies: the most specific rule that fits."""

from collections.abc import Iterable
from typing import Protocol, TypeVar


class Rule(Protocol):
    """What a deadline rule must tell."""

    category_id: int | None
    kind: str


RuleT = TypeVar("RuleT", bound=Rule)


def most_specific(
    rules: Iterable[RuleT], *, categories: Iterable[int], kind: str
) -> RuleT | None:
    """Return the rule that fits best; None if none fits.

    ``categories`` runs from the case's own category to its parents. The nearer
    category wins, then the rule that names the kind of handler.
    """
    nearness = {key: place for place, key in enumerate(categories)}
    best: tuple[tuple[int, int], RuleT] | None = None
    for rule in rules:
        if rule.category_id is not None and rule.category_id not in nearness:
            continue
        if rule.kind and rule.kind != kind:
            continue
        far = len(nearness)
        distance = far if rule.category_id is None else nearness[rule.category_id]
        rank = (distance, 0 if rule.kind else 1)
        if best is None or rank < best[0]:
            best = (rank, rule)
    return best[1] if best else None
