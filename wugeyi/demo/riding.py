"""The year of the demo's riders still to come, lived in the order of its times."""

import heapq
import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from wugeyi.accounts.models import User
from wugeyi.demo import clock
from wugeyi.organisations.models import Organisation
from wugeyi.uploads.models import Upload
from wugeyi.volunteering.actions.writing import Where
from wugeyi.volunteering.models import Volunteer

SEED = 55
DAYS = 350
NEAR = ("小区北门一带", "农贸市场旁", "学校对面", "公交站附近", "广场西侧")
Act = Callable[[datetime], object]


@dataclass
class Life:
    """The year still to come, and who is in it."""

    staff: Mapping[int, User]
    places: Sequence[Organisation]
    calls_back: User
    pictures: Sequence[Upload]
    until: datetime
    random: Random = field(default_factory=lambda: Random(SEED))  # noqa: S311 - a story
    riders: list[Volunteer] = field(default_factory=list)
    coming: list[tuple[datetime, int, Act]] = field(default_factory=list)
    order: "itertools.count[int]" = field(default_factory=itertools.count)

    def at(self, when: datetime, act: Act) -> None:
        """Let something happen, unless it lies beyond today."""
        if when <= self.until:
            heapq.heappush(self.coming, (when, next(self.order), act))

    def run(self) -> None:
        """Live it, in the order of times."""
        while self.coming:
            when, _number, act = heapq.heappop(self.coming)
            act(when)

    def key(self) -> UUID:
        """Return an id as a phone makes it."""
        return UUID(int=self.random.getrandbits(128), version=4)

    def moment(self) -> datetime:
        """Return when somebody does something, some day of the year."""
        back = self.random.randrange(3, DAYS)
        return clock.moment(self.random, day_of(self.until) - timedelta(days=back))

    def place(self) -> Organisation:
        """Return where: the best known community more often than the others."""
        first = self.random.random() < 0.5
        return self.places[0] if first else self.random.choice(self.places)

    def where(self, unit: Organisation) -> Where:
        """Return a place in words."""
        return Where(unit, self.random.choice(NEAR))

    def rider(self) -> Volunteer:
        """Return one of the riders."""
        return self.random.choice(self.riders)


def day_of(at: datetime) -> date:
    """Return the day a moment has in the demo's city."""
    return at.astimezone(clock.ZONE).date()
