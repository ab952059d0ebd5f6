"""A year at a one-stop window, through the product's own actions; every visit invented.

Acts are planned into a story's timeline (``at``), so that the record reads in the order
of its times. Everything follows from ``random``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID

from wugeyi.accounts.models import User
from wugeyi.casework.actions import closing, handling
from wugeyi.casework.actions.intake import Asker
from wugeyi.casework.models import Callback, Case
from wugeyi.casework.rules.refusals import Refused
from wugeyi.demo import cast, clock
from wugeyi.organisations.models import Organisation
from wugeyi.services.actions import catalogue, following, queue, window
from wugeyi.services.models import Material, Matter, Service, Visit
from wugeyi.services.queries.catalogue import materials
from wugeyi.services.rules.materials import Papers
from wugeyi.services.rules.refusals import DeskRefused
from wugeyi.services.rules.trips import Result

Act = Callable[[datetime], None]
At = Callable[[datetime, Act], None]
ANSWERS = ("已办好，可以来取。", "已办妥，结果在手机上能看到。", "已审核通过。")


@dataclass
class Window:
    """Everything one window's year needs to know."""

    desk: Organisation
    clerk: User
    # Who works in the offices behind, by the organisation's key.
    behind: Mapping[int, User]
    random: Random
    at: At
    # Offices where things take longer, by the organisation's key.
    slow: frozenset[int] = frozenset()
    services: list[Service] = field(default_factory=list)
    lists: dict[int, list[Material]] = field(default_factory=dict)

    def open(
        self, steps: Mapping[str, Organisation], *, on: date, at: datetime
    ) -> None:
        """Put the shipped examples on the list, with who stands behind the window.

        ``steps`` names the office by the service's name; others are done by the window.
        """
        self.services = catalogue.copy_examples(
            organisation=self.desk, valid_from=on, by=None, at=at
        )
        for service in self.services:
            office = steps.get(service.name_zh)
            if office is not None:
                catalogue.add_step(
                    service=service,
                    what="审核办理",
                    organisation=office,
                    by=None,
                    at=at,
                )
            self.lists[service.pk] = materials(service)

    def plan(self, *, visits: int, first: date, until: date) -> None:
        """Plan so many matters over working days, and the looks at how they went."""
        days = [
            first + timedelta(days=number)
            for number in range((until - first).days + 1)
            if (first + timedelta(days=number)).weekday() < 5
        ]
        for _ in range(visits):
            self.at(self._moment(self.random.choice(days)), self._come)
        for day in days:
            self.at(datetime.combine(day, time(7, 30), clock.ZONE), _look)

    def _moment(self, day: date) -> datetime:
        hour = self.random.choice((9, 9, 10, 10, 11, 14, 14, 15, 16))
        minute, second = self.random.randrange(60), self.random.randrange(60)
        return datetime.combine(day, time(hour, minute, second), clock.ZONE)

    def _key(self) -> UUID:
        return UUID(int=self.random.getrandbits(128), version=4)

    def _come(self, at: datetime) -> None:
        """Let somebody take a number; a few do not wait, most are served soon."""
        service = self.random.choice(self.services)
        visit = queue.arrive(
            desk=self.desk, client_id=self._key(), service=service, by=self.clerk, at=at
        )
        seconds = int(self.random.expovariate(1 / 420))
        called = at + timedelta(seconds=20 + seconds)
        if seconds > 1500:

            def leave(when: datetime) -> None:
                queue.leave(visit=visit, by=self.clerk, at=when)

            self.at(called, leave)
            return
        self.at(called, lambda when: self._call(visit, service, when))

    def _call(self, visit: Visit, service: Service, at: datetime) -> None:
        queue.call(visit=visit, by=self.clerk, at=at)
        served = at + timedelta(seconds=self.random.randrange(15, 90))

        def begin(when: datetime) -> None:
            queue.serve(visit=visit, by=self.clerk, at=when)

        self.at(served, begin)
        done = served + timedelta(minutes=self.random.randrange(2, 12))
        self.at(done, lambda when: self._first(visit, service, when))

    def _first(self, visit: Visit, service: Service, at: datetime) -> None:
        wanted = self.lists[service.pk]
        brought = {row.pk for row in wanted if self.random.random() < 0.87}
        papers = self._papers(wanted, brought)
        made = window.first_trip(
            desk=self.desk,
            service=service,
            coming=window.Coming(
                client_id=self._key(),
                result=self._result(service, wanted, papers),
                papers=papers,
                visit=visit,
            ),
            asker=Asker(name=cast.courtesy(self.random), phone=cast.phone(self.random))
            if self.random.random() < 0.6
            else None,
            by=self.clerk,
            at=at,
        )
        if made.matter is not None:
            self._go_on(made.matter, made.result, at)

    def _papers(self, wanted: list[Material], brought: set[int]) -> Papers:
        unused = {
            row.pk for row in wanted if row.condition and self.random.random() < 0.8
        }
        return Papers(frozenset(brought - unused), frozenset(unused))

    def _result(self, service: Service, wanted: list[Material], papers: Papers) -> str:
        complete = all(
            row.pk in papers.brought or row.pk in papers.not_needed for row in wanted
        )
        if not complete:
            return Result.TOLD.value
        at_once = service.promised_days == 0 or self.random.random() < 0.25
        return (Result.DONE if at_once else Result.ACCEPTED).value

    def _go_on(self, matter: Matter, result: str, at: datetime) -> None:
        """Plan what follows a trip: the offices behind, or coming again."""
        if result == Result.TOLD:
            again = self._moment((at + timedelta(days=self._few_days())).date())
            self.at(again, lambda when: self._again(matter, when))
        elif result == Result.ACCEPTED:
            hours = self.random.uniform(1, 6)
            self.at(clock.office(at, hours), lambda when: self._accept(matter, when))
        elif result == Result.DONE:
            self._ask_later(matter, at)

    def _few_days(self) -> int:
        return self.random.randrange(1, 8)

    def _again(self, matter: Matter, at: datetime) -> None:
        """Let somebody come back, nearly always with everything."""
        wanted = self.lists[matter.service_id]
        extra = "单位证明" if self.random.random() < 0.12 else ""
        papers = Papers(frozenset(row.pk for row in wanted), frozenset(), extra)
        result = Result.TOLD if extra else Result.ACCEPTED
        fresh = Matter.objects.select_related("service", "organisation").get(
            pk=matter.pk
        )
        try:
            window.next_trip(
                matter=fresh,
                coming=window.Coming(
                    client_id=self._key(), result=result.value, papers=papers
                ),
                by=self.clerk,
                at=at,
            )
        except (DeskRefused, Refused):
            # The matter ended meanwhile.
            return
        self._go_on(fresh, result.value, at)

    def _case(self, matter: Matter) -> Case:
        return Case.objects.select_related("handler", "place").get(pk=matter.case_id)

    def _worker(self, case: Case) -> User:
        return self.behind.get(case.handler_id, self.clerk)

    def _accept(self, matter: Matter, at: datetime) -> None:
        case = self._case(matter)
        try:
            handling.accept(case=case, by=self._worker(case), at=at)
        except Refused:
            return
        slow = case.handler_id in self.slow and self.random.random() < 0.5
        hours = self.random.uniform(40, 90) if slow else self.random.uniform(2, 16)
        self.at(clock.office(at, hours), lambda when: self._answer(matter, when))

    def _answer(self, matter: Matter, at: datetime) -> None:
        case = self._case(matter)
        try:
            handling.answer(
                case=case,
                text=self.random.choice(ANSWERS),
                by=self._worker(case),
                at=at,
            )
        except Refused:
            return
        self._ask_later(matter, at)

    def _ask_later(self, matter: Matter, at: datetime) -> None:
        if self.random.random() < 0.15:
            fetch = self._moment((at + timedelta(days=self._few_days())).date())
            self.at(fetch, lambda when: self._fetch(matter, when))
        self.at(clock.office(at, 6), lambda when: self._call_back(matter, when))

    def _fetch(self, matter: Matter, at: datetime) -> None:
        fresh = Matter.objects.select_related("service", "organisation").get(
            pk=matter.pk
        )
        window.next_trip(
            matter=fresh,
            coming=window.Coming(client_id=self._key(), result=Result.ASKED.value),
            by=self.clerk,
            at=at,
        )

    def _call_back(self, matter: Matter, at: datetime) -> None:
        reached = self.random.random() < 0.9
        result = Callback.Result.RESOLVED if reached else Callback.Result.UNREACHED
        try:
            closing.call_back(
                case=self._case(matter),
                method=Callback.Method.PHONE.value,
                result=result.value,
                satisfaction=self.random.choice(("yes", "yes", "mostly"))
                if reached
                else "",
                by=self.clerk,
                at=at,
            )
        except Refused:
            return


def _look(at: datetime) -> None:
    """Do what the clock does: compute how the matters went."""
    following.follow_changed(at=at)
