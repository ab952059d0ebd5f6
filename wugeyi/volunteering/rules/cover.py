"""Insurance before risk: Regulation on volunteer service, art. 17. Pure Python."""

from dataclasses import dataclass
from datetime import date

from wugeyi.volunteering.rules.refusals import Refused, Why


@dataclass(frozen=True, slots=True)
class Cover:
    """Whether there is risk, and who insures it until when (art. 17)."""

    risk: bool = False
    insurer: str = ""
    until: date | None = None

    def check(self, on: date) -> None:
        """Refuse what is risky and not insured on the day.

        Raises
        ------
        Refused
            NEEDS_INSURANCE.
        """
        if self.risk and (not self.insurer or self.until is None or self.until < on):
            raise Refused(Why.NEEDS_INSURANCE)
