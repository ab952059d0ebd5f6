"""The calls of trips in order, with a time each; what has none is spread or left out."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from wugeyi.engines.lineplanning.findings import Value
from wugeyi.engines.lineplanning.gtfs.notes import Notes
from wugeyi.engines.lineplanning.gtfs.records import RegularCall

FILE = "stop_times.txt"


@dataclass(frozen=True, slots=True)
class Told:
    """A row as it is written.

    Parameters
    ----------
    number
        Of its line in the file.
    arrive_second, depart_second
        None where nothing is written.
    """

    number: int
    sequence: int
    stop: str
    arrive_second: int | None
    depart_second: int | None
    boards: bool
    alights: bool


class Calls:
    """Puts the rows of one trip after another in order, and counts what was missing."""

    def __init__(self, notes: Notes) -> None:
        self.notes = notes
        self.guessed = self.untimed = 0
        self.example = ""

    def ordered(self, trip: str, told: Iterable[Told]) -> tuple[RegularCall, ...]:
        """Return the calls of a trip; none where its times run backwards."""
        known: dict[int, Told] = {}
        for row in told:
            if row.sequence in known:
                values = {"value": f"{trip} {row.sequence}"}
                self.notes.tell("feed-twice", FILE, values, line=row.number)
            else:
                known[row.sequence] = row
        rows = [known[sequence] for sequence in sorted(known)]
        timed = self._spread(trip, rows)
        last = 0
        for row in timed:
            arrive, depart = row.arrive_second or 0, row.depart_second or 0
            if not last <= arrive <= depart:
                self.notes.tell(
                    "feed-time-back", FILE, {"value": trip}, line=row.number
                )
                return ()
            last = depart
        return tuple(
            RegularCall(
                row.stop, row.arrive_second, row.depart_second, row.boards, row.alights
            )
            for row in timed
            if row.arrive_second is not None and row.depart_second is not None
        )

    def _spread(self, trip: str, told: list[Told]) -> list[Told]:
        """Give calls without a time one, evenly between their neighbours'."""
        rows = [_both(row) for row in told]
        timed = [
            place for place, row in enumerate(rows) if row.depart_second is not None
        ]
        for before, after in pairwise(timed):
            start, end = rows[before].depart_second, rows[after].arrive_second
            for place in range(before + 1, after):
                if start is None or end is None:
                    continue
                part = (place - before) / (after - before)
                second = start + round((end - start) * part)
                rows[place] = replace(
                    rows[place], arrive_second=second, depart_second=second
                )
                self.guessed += 1
        without = sum(row.depart_second is None for row in rows)
        if without:
            self.untimed += without
            self.example = self.example or trip
        return [row for row in rows if row.depart_second is not None]

    def tell(self) -> None:
        """Note how many calls had no time."""
        if self.guessed:
            many = {"many": self.guessed}
            self.notes.tell("feed-guessed", FILE, many, severity="note")
        if self.untimed:
            values: dict[str, Value] = {"many": self.untimed, "value": self.example}
            self.notes.tell("feed-untimed", FILE, values)


def _both(row: Told) -> Told:
    """Let a bus leave when it arrives, and arrive when it leaves, if one is missing."""
    arrive, depart = row.arrive_second, row.depart_second
    if (arrive is None) == (depart is None):
        return row
    second = depart if arrive is None else arrive
    return replace(row, arrive_second=second, depart_second=second)
