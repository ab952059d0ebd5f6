"""What a planner changes in a plan by hand, as an address carries it.

Written, a change is its kind and its parts with colons between them, each part quoted
as in addresses: ``move:large:1:0:425``.
"""

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote, unquote

from wugeyi.buslines.rules.refusals import Refused, Why

MOST_ACTS = 40
LAST_MINUTE = 2879
MOST_PART = 60


class Kind(StrEnum):
    """What is done."""

    MOVE = "move"  # a trip to another minute
    HAND = "hand"  # a trip to another bus
    DROP = "drop"  # a request off the plan
    TAKE = "take"  # a request onto a trip


PARTS: dict[Kind, tuple[str, ...]] = {
    Kind.MOVE: ("vehicle", "number", "trip", "minute"),
    Kind.HAND: ("vehicle", "number", "trip", "to_vehicle", "to_number"),
    Kind.DROP: ("request",),
    Kind.TAKE: ("request", "vehicle", "number", "trip", "position"),
}
NUMBERS = frozenset({"number", "trip", "minute", "to_number", "position"})


@dataclass(frozen=True, slots=True)
class Act:
    """One change; which fields count is told by ``PARTS``.

    ``trip`` and ``position`` count from 0; ``trip`` as many as the bus has is a new one.
    """

    kind: Kind
    vehicle: str = ""
    number: int = 1
    trip: int = 0
    minute: int = 0
    to_vehicle: str = ""
    to_number: int = 1
    request: str = ""
    position: int = 0


def read(text: str) -> Act:
    """Return the change that ``write`` wrote.

    Raises
    ------
    Refused
        BAD_VALUE, of field "change".
    """
    kind, *parts = text.split(":")
    if kind not in list(Kind):
        raise Refused(Why.BAD_VALUE, field="change")
    names = PARTS[Kind(kind)]
    if len(parts) != len(names) or any(len(each) > 4 * MOST_PART for each in parts):
        raise Refused(Why.BAD_VALUE, field="change")
    values = {
        name: _number(part) if name in NUMBERS else unquote(part)
        for name, part in zip(names, parts, strict=True)
    }
    return Act(Kind(kind), **values)  # type: ignore[arg-type]


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 4):
        raise Refused(Why.BAD_VALUE, field="change")
    number = int(text)
    if number > LAST_MINUTE:
        raise Refused(Why.BAD_VALUE, field="change")
    return number


def write(act: Act) -> str:
    """Return a change as an address carries it."""
    parts = (quote(str(getattr(act, name)), safe="") for name in PARTS[act.kind])
    return ":".join([act.kind.value, *parts])
