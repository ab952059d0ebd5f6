"""What is to be posted, before it has a number."""

from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

Kind = Literal["ordinary", "opening", "closing", "reversal"]
ITEM_KINDS = ("asset", "counterparty", "household", "project")
"""What a line may be about besides its account, in the order of the columns."""


@dataclass(frozen=True, slots=True)
class Line:
    """An amount in fen on one side of one account; the other side is 0.

    ``asset`` and the others are codes of the book's items, blank if none.
    """

    account: str
    debit_fen: int
    credit_fen: int
    summary: str
    asset: str = ""
    counterparty: str = ""
    household: str = ""
    project: str = ""

    @property
    def items(self) -> tuple[tuple[str, str], ...]:
        """Kinds and codes of what it is about."""
        if not (self.asset or self.counterparty or self.household or self.project):
            return ()
        named = ((kind, getattr(self, kind)) for kind in ITEM_KINDS)
        return tuple((kind, code) for kind, code in named if code)


@dataclass(frozen=True, slots=True)
class Entry:
    """A voucher to be posted as a whole or not at all.

    ``decision_id`` names the decision a large matter rests on.
    """

    day: date
    lines: tuple[Line, ...]
    kind: Kind = "ordinary"
    reverses_id: int | None = None
    papers: int = 0
    decision_id: int | None = None
    client_id: UUID | None = None
