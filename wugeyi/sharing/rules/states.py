"""The way of a booking: asked, accepted, used, given back, thanked."""

from enum import StrEnum


class State(StrEnum):
    """Where a booking stands."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    USED = "used"
    RETURNED = "returned"
    THANKED = "thanked"
    REFUSED = "refused"
    CANCELLED = "cancelled"
    # Only noted on the booking itself; nothing is ever counted against a person.
    MISSED = "missed"
    # Nobody answered before its time came.
    LAPSED = "lapsed"


NEXT: dict[State, frozenset[State]] = {
    State.ASKED: frozenset(
        {State.ACCEPTED, State.REFUSED, State.CANCELLED, State.LAPSED}
    ),
    State.ACCEPTED: frozenset({State.USED, State.CANCELLED, State.MISSED}),
    State.USED: frozenset({State.RETURNED}),
    State.RETURNED: frozenset({State.THANKED}),
    # Somebody came late after all.
    State.MISSED: frozenset({State.USED}),
    State.THANKED: frozenset(),
    State.REFUSED: frozenset(),
    State.CANCELLED: frozenset(),
    State.LAPSED: frozenset(),
}
HOLDS = frozenset({State.ASKED, State.ACCEPTED, State.USED})
"""While a booking stands so, nobody else can have its time."""
WAS_USED = frozenset({State.USED, State.RETURNED, State.THANKED})


def follows(now: State, then: State) -> bool:
    """Tell whether a state may follow another."""
    return then in NEXT[now]
