"""Who answers: the nearest organisation above the place whose duty list has the category.

Beijing regulation 2021: clear duties are sent directly (art. 12); what is not on a
community's duty list may not be made its job (art. 17).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

Ground = Literal["duty", "department", "nobody"]


@dataclass(frozen=True, slots=True)
class Unit:
    """An organisation on the way up from the place."""

    key: int
    kind: str


@dataclass(frozen=True, slots=True)
class Choice:
    """The organisation that answers, and on what ground; ``nobody``: a dispatcher decides."""

    key: int
    ground: Ground
    duty_list: int | None = None
    under: int | None = None


def choose(
    upwards: Sequence[Unit],
    duty_lists: Mapping[str, int],
    departments: Mapping[int, int],
) -> Choice:
    """Choose who answers.

    Parameters
    ----------
    upwards
        The place first, then its parents up to the root; never empty.
    duty_lists
        By kind of organisation, the key of the duty list in force that holds the
        category. Kinds without it are absent.
    departments
        By organisation, its department that answers for the category.

    Returns
    -------
    Choice
        At each level a department named for the category comes before the level's
        own duty list. Where no level answers, the place itself keeps the case until
        a dispatcher decides.
    """
    for unit in upwards:
        if unit.key in departments:
            return Choice(departments[unit.key], "department", under=unit.key)
        if unit.kind in duty_lists:
            return Choice(unit.key, "duty", duty_list=duty_lists[unit.kind])
    return Choice(upwards[0].key, "nobody")
