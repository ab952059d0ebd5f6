"""What each of several plans is worth, and how much better it could be at most."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wugeyi.buslines.queries.compare import Column

ROOM = 0.12
"""Of the span between the least and the most: drawn left of the least."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A scenario; ``width`` of its value, ``bound`` where its bound stands.

    ``price_fen`` is what is lost against the first one.
    """

    column: "Column"
    width: str
    bound: str
    price_fen: int

    @property
    def gain_fen(self) -> int:
        """Return what is gained against the first one."""
        return -self.price_fen


def bars(columns: "list[Column]") -> list[Bar]:
    """Return a bar for each scenario with a plan, all to one scale.

    The scale begins at nothing where values differ much, else a little below the least,
    so that what is compared can be seen.
    """
    done = [c for c in columns if c.plan is not None and c.plan.value_fen is not None]
    if len(done) < 2:
        return []
    values = [c.plan.value_fen or 0 for c in done if c.plan]
    most = max(c.plan.bound_fen or 0 for c in done if c.plan)
    low = min(values)
    begin = min(0, low) if low < most * 0.5 else low - ROOM * max(most - low, 1) - 1
    first = values[0]

    def share(fen: int) -> str:
        return f"{100 * (fen - begin) / max(most - begin, 1):.2f}%"

    return [
        Bar(column, share(value), share(column.plan.bound_fen or value), first - value)
        for column, value in zip(done, values, strict=True)
        if column.plan is not None
    ]
