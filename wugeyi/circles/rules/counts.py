"""How many are inside, outside, not known; and what a category was found to be."""

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Counts:
    """Homes, residents and older residents: inside the limit, outside, not known."""

    homes_inside: int = 0
    homes_outside: int = 0
    homes_unknown: int = 0
    residents_inside: int = 0
    residents_outside: int = 0
    residents_unknown: int = 0
    elderly_inside: int = 0
    elderly_outside: int = 0
    elderly_unknown: int = 0

    @property
    def homes(self) -> int:
        """All homes."""
        return self.homes_inside + self.homes_outside + self.homes_unknown

    @property
    def residents(self) -> int:
        """All residents."""
        return self.residents_inside + self.residents_outside + self.residents_unknown

    @property
    def elderly(self) -> int:
        """All older residents."""
        return self.elderly_inside + self.elderly_outside + self.elderly_unknown

    def columns(self) -> dict[str, int]:
        """Return the values by name."""
        return {each.name: getattr(self, each.name) for each in fields(self)}


@dataclass(frozen=True, slots=True)
class Found:
    """What was found of one category; see ``models.Coverage``.

    ``worst`` is the place of a home among the homes asked about.
    """

    counts: Counts
    facilities: int
    reached: int
    capacity: int
    capacity_unknown: int
    demand: int
    lacking: int
    worst: int | None
    worst_ms: int | None


@dataclass(frozen=True, slots=True)
class Gain:
    """Whom changes bring inside one category's limit, and whom they take out."""

    homes_gained: int = 0
    homes_lost: int = 0
    residents_gained: int = 0
    residents_lost: int = 0
    elderly_gained: int = 0
    elderly_lost: int = 0
    homes_nearer: int = 0
    homes_farther: int = 0
    residents_inside: int = 0

    def columns(self) -> dict[str, int]:
        """Return the values by name."""
        return {each.name: getattr(self, each.name) for each in fields(self)}
