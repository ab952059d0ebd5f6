"""Changing what an installation decides; what was in force is ended, never rewritten."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max, Q

from wugeyi.accounts.models import User
from wugeyi.audit.actions import changes, record
from wugeyi.casework.models import (
    CalendarDay,
    Category,
    DeadlineRule,
    Duty,
    DutyList,
    Responsibility,
    Retention,
)
from wugeyi.organisations.models import Organisation


@transaction.atomic
def save_category(
    *,
    category: Category | None,
    values: dict[str, object],
    by: User,
    at: datetime,
) -> Category:
    """Add a category, or change its names, words, whether it is public or in use."""
    row = category or Category()
    before = changes(row, values) if category else {}
    for name, value in values.items():
        setattr(row, name, value)
    if category is None:
        last = Category.objects.aggregate(last=Max("position"))["last"]
        row.position = (last or 0) + 1
    row.save()
    record(
        action="casework.save_category",
        subject=row,
        by=by,
        at=at,
        before=before,
        after=changes(row, values),
    )
    return row


@transaction.atomic
def new_duty_list(
    *,
    kind: str,
    categories: Iterable[Category],
    valid_from: date,
    source: str,
    verified: bool,
    by: User,
    at: datetime,
) -> DutyList:
    """Put a new version of a kind's duty list in force from a day; the old one ends then.

    Cases keep the list they were routed by.
    """
    before = DutyList.objects.select_for_update().filter(kind=kind)
    last = before.aggregate(last=Max("version"))["last"] or 0
    before.filter(Q(valid_to=None) | Q(valid_to__gt=valid_from)).update(
        valid_to=valid_from
    )
    made = DutyList.objects.create(
        kind=kind,
        version=last + 1,
        valid_from=valid_from,
        source=source,
        verified=verified,
    )
    rows = Duty.objects.bulk_create(
        Duty(duty_list=made, category=category) for category in categories
    )
    record(
        action="casework.new_duty_list",
        subject=made,
        by=by,
        at=at,
        after={
            "kind": kind,
            "version": made.version,
            "valid_from": valid_from,
            "categories": sorted(row.category_id for row in rows),
            "source": source,
            "verified": verified,
        },
    )
    return made


@transaction.atomic
def set_responsibility(
    *,
    organisation: Organisation,
    category: Category,
    valid_from: date,
    by: User,
    at: datetime,
) -> Responsibility:
    """Let a department answer for a category in its parent's area from a day."""
    made = Responsibility.objects.create(
        organisation=organisation, category=category, valid_from=valid_from
    )
    record(
        action="casework.set_responsibility",
        subject=made,
        by=by,
        at=at,
        organisation_id=organisation.pk,
        after={"category": category.pk, "valid_from": valid_from},
    )
    return made


@transaction.atomic
def end_responsibility(
    *, responsibility: Responsibility, on: date, by: User, at: datetime
) -> None:
    """End what a department answers for on a day, the first on which it no longer does."""
    responsibility.valid_to = on
    responsibility.save(update_fields=["valid_to"])
    record(
        action="casework.end_responsibility",
        subject=responsibility,
        by=by,
        at=at,
        organisation_id=responsibility.organisation_id,
        after={"valid_to": on},
    )


@transaction.atomic
def new_deadline_rule(
    *, values: dict[str, object], by: User, at: datetime
) -> DeadlineRule:
    """Put a deadline rule in force; the one for the same cases ends on that day.

    Deadlines that were set stay as they are until the case is sent, paused or corrected.
    """
    named = {name: values[name] for name in ("urgency", "category", "kind")}
    same = DeadlineRule.objects.select_for_update().filter(**named)
    start = values["valid_from"]
    same.filter(Q(valid_to=None) | Q(valid_to__gt=start)).update(valid_to=start)
    made = DeadlineRule.objects.create(**values)
    record(
        action="casework.new_deadline_rule",
        subject=made,
        by=by,
        at=at,
        after=changes(made, values),
    )
    return made


@transaction.atomic
def set_day(
    *,
    day: date,
    working: bool,
    name: str,
    organisation: Organisation | None,
    source: str,
    verified: bool,
    by: User,
    at: datetime,
) -> CalendarDay:
    """Say whether a day is worked, in the country or at one place and all below it."""
    row, made = CalendarDay.objects.update_or_create(
        day=day,
        organisation=organisation,
        defaults={
            "working": working,
            "name": name,
            "source": source,
            "verified": verified,
        },
    )
    record(
        action="casework.set_day",
        subject=row,
        by=by,
        at=at,
        organisation_id=organisation.pk if organisation else None,
        after={"day": day, "working": working, "name": name, "new": made},
    )
    return row


@transaction.atomic
def drop_day(*, row: CalendarDay, by: User, at: datetime) -> None:
    """Take a day's exception back."""
    record(
        action="casework.drop_day",
        subject=row,
        by=by,
        at=at,
        organisation_id=row.organisation_id,
        before={"day": row.day, "working": row.working, "name": row.name},
    )
    row.delete()


@transaction.atomic
def change_retention(
    *,
    row: Retention,
    days: int,
    basis: str,
    verified: bool,
    by: User,
    at: datetime,
) -> Retention:
    """Change for how long something is kept; a row nobody changed before is new.

    Of casework's own it counts for cases that end from now on.
    """
    values = {"days": days, "basis": basis, "verified": verified}
    before = changes(row, values)
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values) if row.pk else None)
    record(
        action="casework.change_retention",
        subject=row,
        by=by,
        at=at,
        before=before,
        after=changes(row, values),
    )
    return row
