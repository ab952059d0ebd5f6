"""What stands in a person's calendar: regular duties, and when cases are due.

Nothing of the words of a case and nobody's name: whoever finds the address learns
numbers, categories and places, as a public page would tell them.
"""

from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wugeyi.accounts.models import User
from wugeyi.branchwork.queries.duties import sheet
from wugeyi.branchwork.rules import access as branch
from wugeyi.casework.queries.desk import Filters, Tab, cases
from wugeyi.interfaces.models import Calendar
from wugeyi.interfaces.rules import secrets
from wugeyi.interfaces.rules.icalendar import Entry
from wugeyi.organisations.queries import held, reach_of
from wugeyi.organisations.rules import Reach

MOST_CASES = 200
MOST_UNITS = 20


def calendar_of(secret: str) -> Calendar | None:
    """Return the calendar a secret opens, if its person may still sign in."""
    if not secrets.is_secret(secret):
        return None
    rows = Calendar.objects.select_related("person")
    found = rows.filter(digest=secrets.digest(secret)).first()
    return found if found is not None and found.person.is_active else None


def own(person: User) -> Calendar | None:
    """Return somebody's calendar."""
    return Calendar.objects.filter(person=person).first()


def entries(calendar: Calendar, *, now: datetime, base: str) -> list[Entry]:
    """Return what stands in a calendar today, as today's posts reach."""
    today = timezone.localdate(now)
    reach = reach_of(calendar.person, on=today)
    found: list[Entry] = []
    if calendar.duties:
        found += _duties(reach, today, base)
    if calendar.deadlines:
        found += _deadlines(reach, now, base)
    return found


def _duties(reach: Reach, today: date, base: str) -> list[Entry]:
    found = []
    for unit in held(reach, branch.WRITES)[:MOST_UNITS]:
        for line in sheet(unit, day=today, today=today):
            if line.records:
                continue
            found.append(
                Entry(
                    uid=_uid(f"duty-{line.item.pk}-{unit.pk}-{line.of.first}", base),
                    at=line.of.last,
                    summary=_("%(unit)s：%(duty)s（最后一天）")
                    % {"unit": unit.name, "duty": str(line.item)},
                    description=line.item.output,
                    url=base + reverse("branchwork:home"),
                )
            )
    return found


def _deadlines(reach: Reach, now: datetime, base: str) -> list[Entry]:
    rows = cases(Filters(tab=Tab.WORK), reach, now=now).select_related(
        "category", "place"
    )
    return [
        Entry(
            uid=_uid(f"case-{case.pk}", base),
            at=case.due_at,
            summary=_("到期：%(number)s %(category)s · %(place)s")
            % {
                "number": case.number,
                "category": str(case.category),
                "place": case.place.name,
            },
            url=base + reverse("desk:case", args=[case.pk]),
        )
        for case in rows.order_by("due_at", "pk")[:MOST_CASES]
        if case.due_at is not None
    ]


def _uid(name: str, base: str) -> str:
    return f"{name}@{base.split('//')[-1]}"
