"""The tables an installation starts with; all of them are its own to change afterwards."""

import csv
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from django.db import transaction

from wugeyi.audit.actions import record
from wugeyi.casework.actions.writing import By
from wugeyi.casework.models import (
    CalendarDay,
    Category,
    DeadlineRule,
    Duty,
    DutyList,
    Retention,
)

DATA = Path(__file__).resolve().parent.parent / "data"
SOURCE = "随软件附带的示例清单,未经核对"


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


@transaction.atomic
def install_defaults(*, valid_from: date, by: By, at: datetime) -> dict[str, int]:
    """Write the shipped categories, duty lists, deadlines, days off and retention.

    A table that has rows already is left alone, so running it again changes nothing.
    Returns the rows written per table.
    """
    written = {
        "categories": _categories(),
        "duty_lists": _duty_lists(valid_from),
        "deadlines": _deadlines(valid_from),
        "days_off": _days_off(),
        "retention": _retention(),
    }
    if any(written.values()):
        record(
            action="casework.install_defaults",
            subject=None,
            by=by,
            at=at,
            after=written,
        )
    return written


def _categories() -> int:
    if Category.objects.exists():
        return 0
    made: dict[str, Category] = {}
    for position, row in enumerate(_rows("categories.csv")):
        made[row["code"]] = Category.objects.create(
            code=row["code"],
            name=row["name"],
            name_en=row["name_en"],
            parent=made.get(row["parent"]),
            keywords=row["keywords"],
            public=row["public"] == "1",
            position=position,
        )
    return len(made)


def _duty_lists(valid_from: date) -> int:
    if DutyList.objects.exists():
        return 0
    categories = {category.code: category for category in Category.objects.all()}
    lists: dict[str, DutyList] = {}
    duties = []
    for row in _rows("categories.csv"):
        for kind in filter(None, row["kinds"].split("|")):
            if kind not in lists:
                lists[kind] = DutyList.objects.create(
                    kind=kind, version=1, valid_from=valid_from, source=SOURCE
                )
            duties.append(Duty(duty_list=lists[kind], category=categories[row["code"]]))
    return len(Duty.objects.bulk_create(duties))


def _deadlines(valid_from: date) -> int:
    if DeadlineRule.objects.exists():
        return 0
    categories = {category.code: category for category in Category.objects.all()}
    return len(
        DeadlineRule.objects.bulk_create(
            DeadlineRule(
                urgency=row["urgency"],
                category=categories.get(row["category"]),
                kind=row["kind"],
                contact_amount=int(row["contact_amount"]),
                contact_unit=row["contact_unit"],
                answer_amount=int(row["answer_amount"]),
                answer_unit=row["answer_unit"],
                valid_from=valid_from,
                source=row["source"],
                verified=row["verified"] == "1",
            )
            for row in _rows("deadlines.csv")
        )
    )


def _days_off() -> int:
    if CalendarDay.objects.filter(organisation=None).exists():
        return 0
    return len(
        CalendarDay.objects.bulk_create(
            CalendarDay(
                day=date.fromisoformat(row["date"]),
                working=row["kind"] == "open",
                name=row["name_zh"],
                source=row["source"],
                verified=row["verified"] == "yes",
            )
            for row in _rows("workdays_cn.csv")
        )
    )


def _retention() -> int:
    if Retention.objects.exists():
        return 0
    return len(
        Retention.objects.bulk_create(
            Retention(
                field=row["field"],
                name=row["name"],
                name_en=row["name_en"],
                purpose=row["purpose"],
                purpose_en=row["purpose_en"],
                days=int(row["days"]),
                basis=row["basis"],
                verified=row["verified"] == "1",
            )
            for row in _rows("retention.csv")
        )
    )
