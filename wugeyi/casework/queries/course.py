"""The rows that tell what was done to a case, each table read once and without joins.

Ten tables may hold something; of most cases seven hold nothing, which one query tells.
Whom the rows name is looked up together, from names kept for seconds.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import Q

from wugeyi.casework.models import (
    Assignment,
    Callback,
    Case,
    Escalation,
    Exclusion,
    Merge,
    Pause,
    Request,
    Update,
)
from wugeyi.casework.queries.lines import people
from wugeyi.organisations.queries import names

MOST_KIN = 50
PERSONS = (
    "by_id",
    "accepted_by_id",
    "objected_by_id",
    "decided_by_id",
    "replied_by_id",
    "ended_by_id",
    "requested_by_id",
    "undone_by_id",
    "seen_by_id",
    "recorded_by_id",
)
PRESENT = """
SELECT EXISTS (SELECT 1 FROM casework_request WHERE case_id = %s),
       EXISTS (SELECT 1 FROM casework_pause WHERE case_id = %s),
       EXISTS (SELECT 1 FROM casework_exclusion WHERE case_id = %s),
       EXISTS (SELECT 1 FROM casework_merge WHERE case_id = %s),
       EXISTS (SELECT 1 FROM casework_merge WHERE into_id = %s),
       EXISTS (SELECT 1 FROM casework_escalation WHERE case_id = %s),
       EXISTS (SELECT 1 FROM casework_case WHERE split_from_id = %s),
       EXISTS (SELECT 1 FROM casework_case WHERE merged_into_id = %s),
       EXISTS (SELECT 1 FROM casework_casephoto WHERE case_id = %s)
"""


@dataclass(frozen=True, slots=True)
class Present:
    """Which tables hold something of a case."""

    requests: bool
    pauses: bool
    exclusions: bool
    merges: bool
    absorbed: bool
    escalations: bool
    parts: bool
    merged: bool
    photos: bool


@dataclass(slots=True)
class Course:
    """Everything that was done to a case, table by table, the oldest first."""

    assignments: list[Assignment]
    updates: list[Update]
    callbacks: list[Callback]
    requests: list[Request]
    pauses: list[Pause]
    exclusions: list[Exclusion]
    merges: list[Merge]
    escalations: list[Escalation]
    # Cases split from this one, and those merged into it.
    parts: list[Case]
    merged: list[Case]
    has_photos: bool
    people: dict[int, str] = field(default_factory=dict)
    units: dict[int, str] = field(default_factory=dict)

    @property
    def assignment(self) -> Assignment | None:
        """Return the assignment in force."""
        return next((row for row in self.assignments if row.ended_at is None), None)

    @property
    def pause(self) -> Pause | None:
        """Return the pause that runs."""
        return next((row for row in self.pauses if row.ended_at is None), None)

    @property
    def exclusion(self) -> Exclusion | None:
        """Return the request for exclusion that waits for a decision."""
        return next((row for row in self.exclusions if row.decided_at is None), None)

    def unit(self, key: int | None) -> str:
        """Name an organisation; "" for none."""
        return self.units.get(key, "") if key is not None else ""

    def who(self, person: int | None, unit: int | None = None) -> str:
        """Name a person and an organisation, as far as there are any."""
        said = self.people.get(person, "") if person is not None else ""
        return " · ".join(filter(None, (said, self.unit(unit))))


def present(key: int) -> Present:
    """Ask which tables hold something of a case; one query."""
    with connection.cursor() as cursor:
        cursor.execute(PRESENT, [key] * PRESENT.count("%s"))
        return Present(*map(bool, cursor.fetchone()))


def course_of(case: Case) -> Course:
    """Read what was done to a case; four queries, one for each rarer thing, two names."""
    has, key = present(case.pk), case.pk
    kin = Case.objects.only(
        "registered_at",
        "registered_on",
        "recorded_by_id",
        "state",
        "outcome",
        "merged_into",
        "split_from",
    ).order_by("pk")
    found = Course(
        assignments=list(
            Assignment.objects.filter(case=key)
            .select_related("duty_list")
            .order_by("pk")
        ),
        updates=list(Update.objects.filter(case=key).order_by("pk")),
        callbacks=list(Callback.objects.filter(case=key).order_by("pk")),
        requests=_rows(
            has.requests,
            Request.objects.filter(case=key).select_related("organisation"),
        ),
        pauses=_rows(has.pauses, Pause.objects.filter(case=key)),
        exclusions=_rows(has.exclusions, Exclusion.objects.filter(case=key)),
        merges=_rows(
            has.merges or has.absorbed,
            Merge.objects.filter(Q(case=key) | Q(into=key)).select_related(
                "case", "into"
            ),
        ),
        escalations=_rows(has.escalations, Escalation.objects.filter(case=key)),
        parts=_rows(has.parts, kin.filter(split_from=key)),
        merged=_rows(has.merged, kin.filter(merged_into=key))[:MOST_KIN],
        has_photos=has.photos,
    )
    _name(case, found)
    return found


def _rows(wanted: bool, rows: Any) -> list[Any]:  # noqa: FBT001 (private)
    return list(rows.order_by("pk")) if wanted else []


def _name(case: Case, found: Course) -> None:
    rows: Iterable[Any] = (
        case,
        *found.assignments,
        *found.updates,
        *found.callbacks,
        *found.requests,
        *found.pauses,
        *found.exclusions,
        *found.merges,
        *found.escalations,
        *found.parts,
    )
    persons, units = set(), set()
    for row in rows:
        persons |= {getattr(row, name, None) for name in PERSONS}
        units.add(getattr(row, "organisation_id", None))
    found.people = people(key for key in persons if key is not None)
    named = names(key for key in units if key is not None)
    found.units = {key: unit.name for key, unit in named.items()}
