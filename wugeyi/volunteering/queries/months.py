"""What became of riders' needs and of flashes in a month: counted, for everybody."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Q, Sum

from wugeyi.casework.models import Case
from wugeyi.casework.queries import published
from wugeyi.organisations.models import Organisation
from wugeyi.organisations.queries import within
from wugeyi.volunteering.models import CheckIn, Deed, Help, Hours, Voice
from wugeyi.volunteering.queries.emergencies import Waits, waits

SOLVED = ("resolved",)


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the calendar."""

    year: int
    month: int

    @property
    def first(self) -> date:
        """Return its first day."""
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        """Return its last day."""
        return self.later.first - timedelta(days=1)

    @property
    def later(self) -> "Month":
        """Return the next one."""
        return Month(self.year + self.month // 12, self.month % 12 + 1)

    @property
    def earlier(self) -> "Month":
        """Return the one before."""
        day = self.first - timedelta(days=1)
        return Month(day.year, day.month)

    @property
    def text(self) -> str:
        """Return it as addresses write it: 2026-03."""
        return f"{self.year:04d}-{self.month:02d}"

    @classmethod
    def read(cls, text: str, today: date) -> "Month":
        """Read an address; anything else, and what is to come, is this month."""
        now = cls(today.year, today.month)
        year, _mark, month = text.partition("-")
        if not (len(year) == 4 and year.isascii() and year.isdigit()):
            return now
        if not (month.isascii() and month.isdigit() and 1 <= int(month) <= 12):
            return now
        found = cls(int(year), int(month))
        return found if found.year >= 2000 and found.first <= now.first else now


@dataclass(frozen=True, slots=True)
class Line:
    """A category of needs: how many came, how many are solved, ended, still open."""

    name: str
    asked: int
    solved: int
    ended: int

    @property
    def open(self) -> int:
        """Return those still being worked on."""
        return self.asked - self.ended

    @property
    def otherwise(self) -> int:
        """Return those that ended in another way than solved."""
        return self.ended - self.solved


@dataclass(frozen=True, slots=True)
class Report:
    """A month of a unit and all below it."""

    needs: list[Line]
    reports: Line
    flashes: dict[str, int]
    pieces: int
    minutes: int
    check_ins: int
    emergencies: Waits
    told: list[Case] = field(default_factory=list)

    @property
    def asked(self) -> int:
        """Return all needs of the month."""
        return sum(line.asked for line in self.needs)

    @property
    def solved(self) -> int:
        """Return those of them that are solved by now."""
        return sum(line.solved for line in self.needs)


def report(unit: Organisation, month: Month) -> Report:
    """Count a month; ten queries however many records.

    A need belongs to the month it came in; what became of it is told as of today.
    """
    inside = within("organisation__path", [unit.path])
    days = (month.first, month.last)
    rows = (
        Voice.objects.filter(inside, on__range=days)
        .values("kind", category=F("case__category__name"))
        .annotate(
            asked=Count("pk"),
            solved=Count("pk", filter=Q(outcome__in=SOLVED)),
            ended=Count("pk", filter=~Q(outcome="")),
        )
        .order_by("case__category__position", "category")
    )
    found = list(rows)
    deeds = Deed.objects.filter(inside, on__range=days, withdrawn_at=None).aggregate(
        publicity=Count("pk", filter=Q(kind="publicity")),
        cleanup=Count("pk", filter=Q(kind="cleanup")),
        pieces=Sum("pieces"),
    )
    helps = Help.objects.filter(inside, asked_on__range=days).aggregate(
        asked=Count("pk"), done=Count("pk", filter=Q(state="confirmed"))
    )
    served = Hours.objects.filter(
        inside, on__range=days, state=Hours.State.CONFIRMED.value
    ).aggregate(minutes=Sum("minutes"))
    return Report(
        needs=[
            Line(r["category"], r["asked"], r["solved"], r["ended"])
            for r in found
            if r["kind"] == Voice.Kind.NEED
        ],
        reports=_sum(r for r in found if r["kind"] != Voice.Kind.NEED),
        flashes={
            "helps": helps["asked"],
            "helped": helps["done"],
            "publicity": deeds["publicity"],
            "cleanup": deeds["cleanup"],
        },
        pieces=deeds["pieces"] or 0,
        minutes=served["minutes"] or 0,
        check_ins=CheckIn.objects.filter(inside, since__lte=month.last)
        .exclude(until__lte=month.last)
        .count(),
        emergencies=waits(unit, *days),
        told=_published(unit, month),
    )


def _sum(rows: Iterable[Mapping[str, Any]]) -> Line:
    asked = solved = ended = 0
    for row in rows:
        asked += row["asked"]
        solved += row["solved"]
        ended += row["ended"]
    return Line("", asked, solved, ended)


def _published(unit: Organisation, month: Month) -> list[Case]:
    """Return the month's needs that a person looked at and published: masked words."""
    needs = Voice.objects.filter(
        within("organisation__path", [unit.path]),
        kind=Voice.Kind.NEED.value,
        on__range=(month.first, month.last),
    )
    cases = published.published().filter(pk__in=needs.values("case_id"))
    return list(published.page(cases).cases)
