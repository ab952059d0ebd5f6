"""What is shared out, by what rules, among whom."""

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Earned:
    """What a collective has to share out, in fen.

    Parameters
    ----------
    before_fen
        Undistributed income of earlier years; negative is a loss not made up yet.
    net_fen
        Net income of the year; negative is a loss.
    reserve_fen
        What is in the reserve (311), from which losses may be made up.
    """

    before_fen: int
    net_fen: int
    reserve_fen: int = 0


@dataclass(frozen=True, slots=True)
class Share:
    """A member's share of the collective's income: a count, halves and such included."""

    member: str
    household: str
    count: Fraction


@dataclass(frozen=True, slots=True)
class Decision:
    """What charter and assembly decided.

    Parameters
    ----------
    reserve_share
        Of the year's income, losses made up first, what goes to the reserve: 0 to 1.
    members_fen
        What members get together; all that is left after the reserve if None.
    others
        What else is distributed, by name, after members.
    from_reserve_fen
        What of the reserve makes up losses that income does not.
    """

    reserve_share: Fraction
    members_fen: int | None = None
    others: tuple[tuple[str, int], ...] = ()
    from_reserve_fen: int = 0


@dataclass(frozen=True, slots=True)
class Payment:
    """What a member gets, and how it came about.

    Parameters
    ----------
    whole_fen
        The member's part, rounded down.
    rest
        The part of a fen that was cut off: 0 or more, less than 1.
    extra_fen
        1 if the member got one of the fen left over, else 0.
    """

    member: str
    household: str
    count: Fraction
    whole_fen: int
    rest: Fraction
    extra_fen: int

    @property
    def fen(self) -> int:
        """What is paid."""
        return self.whole_fen + self.extra_fen


@dataclass(frozen=True, slots=True)
class Distribution:
    """What was shared out, in the order of the law, in fen.

    ``before_fen + net_fen + from_reserve_fen`` is what ``reserve_fen``, ``members_fen``,
    ``others`` and ``kept_fen`` come to, exactly; payments come to ``members_fen``.

    Parameters
    ----------
    losses_fen
        Losses that were made up, of earlier years and of this one.
    base_fen
        What the reserve's share was taken of: the year's income after losses.
    kept_fen
        What stays undistributed.
    """

    earned: Earned
    decision: Decision
    losses_fen: int
    base_fen: int
    reserve_fen: int
    members_fen: int
    payments: tuple[Payment, ...]
    others: tuple[tuple[str, int], ...]
    kept_fen: int

    def by_household(self) -> dict[str, int]:
        """Return what each household gets together, by code."""
        found: dict[str, int] = {}
        for each in sorted(self.payments, key=lambda each: each.household):
            found[each.household] = found.get(each.household, 0) + each.fen
        return found
