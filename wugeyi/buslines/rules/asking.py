"""What somebody in a village says, and the times a plan needs of it."""

from dataclasses import dataclass

EARLY_BY = 60
"""Minutes somebody may be at the market before the time they gave."""


@dataclass(frozen=True, slots=True)
class Home:
    """A ride back: they leave the market from ``earliest`` to ``latest``."""

    earliest_minute: int
    latest_minute: int
    baskets: int = 0


@dataclass(frozen=True, slots=True)
class Said:
    """Who wants to ride, with how many baskets, by when; and back, if they do.

    Parameters
    ----------
    code
        Of the record, as the page proposed it.
    earliest_minute
        None: an hour before ``latest_minute``.
    """

    code: str
    name: str
    persons: int
    baskets: int
    latest_minute: int
    source: str
    earliest_minute: int | None = None
    home: Home | None = None

    @property
    def from_minute(self) -> int:
        """Return the first minute they may be there."""
        if self.earliest_minute is not None:
            return self.earliest_minute
        return max(0, self.latest_minute - EARLY_BY)
