"""The case's tables by code, and the breaches found so far."""

from wugeyi.engines.lineplanning.findings import Finding, Value
from wugeyi.engines.lineplanning.model import Apart, Case, Place, RegularDuty


class Book:
    """What a check looks things up in, and writes breaches into."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.found: list[Finding] = []
        self.stops = {each.code: each for each in case.stops}
        self.markets = {each.code: each for each in case.markets}
        self.vehicles = {each.code: each for each in case.vehicles}
        self.requests = {each.code: each for each in case.requests}
        self.regular: dict[str, list[int]] = {}
        for each in case.departures:
            self.regular.setdefault(each.place, []).append(each.minute)
        self.regular_duties: dict[tuple[str, int], list[RegularDuty]] = {}
        for duty in sorted(case.regular_duties, key=lambda each: each.starts_minute):
            bus = duty.vehicle, duty.number
            self.regular_duties.setdefault(bus, []).append(duty)
        self._rows = {code: row for row, code in enumerate(case.ways.codes)}

    def tell(self, code: str, subject: str, **values: Value) -> None:
        """Write a breach down."""
        self.found.append(Finding(code, "error", subject, values))

    def minutes(self, here: str, there: str) -> int:
        """Return the driving time, below 0 where there is no road."""
        return self.case.ways.minutes[self._rows[here]][self._rows[there]]

    def metres(self, here: str, there: str) -> int:
        """Return the length of the way, 0 where there is none."""
        return max(self.case.ways.metres[self._rows[here]][self._rows[there]], 0)

    def drive(self, here: str, there: str) -> tuple[int, int]:
        """Return minutes and metres of the way; a bus that is there need not drive."""
        if here == there:
            return 0, 0
        return self.minutes(here, there), self.metres(here, there)

    def apart(self, place: Place) -> Apart:
        """Return what holds at a place."""
        return self.case.rules.apart if place.apart is None else place.apart

    def away(self, place: Place, minute: int) -> int | None:
        """Return how far the nearest regular departure is; None if there is none."""
        return min(
            (abs(minute - each) for each in self.regular.get(place.code, ())),
            default=None,
        )
