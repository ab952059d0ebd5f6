"""Keeping the list of services; what was in force is ended, never rewritten away."""

import csv
from datetime import date, datetime
from pathlib import Path

from django.db import transaction
from django.db.models import Max

from wugeyi.audit.actions import changes, record
from wugeyi.casework.actions.writing import By
from wugeyi.casework.models import Category
from wugeyi.organisations.models import Organisation
from wugeyi.services.actions.counting import count_services
from wugeyi.services.models import Material, Service, ServiceStep

DATA = Path(__file__).resolve().parent.parent / "data"
SOURCE = "随软件附带的示例，未经核对"


@transaction.atomic
def save_service(
    *,
    service: Service | None,
    organisation: Organisation,
    values: dict[str, object],
    by: By,
    at: datetime,
) -> Service:
    """Add a service, or correct one; ``valid_to`` ends it on that day."""
    row = service or Service(organisation=organisation)
    before = changes(row, values) if service is not None else {}
    for name, value in values.items():
        setattr(row, name, value)
    if values.get("verified"):
        row.example = False
    row.save()
    record(
        action="services.save_service",
        subject=row,
        by=by,
        at=at,
        organisation_id=row.organisation_id,
        before=before,
        after=changes(row, values),
    )
    count_services([row], at=at, new=service is None)
    return row


@transaction.atomic
def save_material(
    *,
    service: Service,
    material: Material | None,
    values: dict[str, object],
    by: By,
    at: datetime,
) -> Material:
    """Add something to bring, or correct it.

    A correction ends the old row: what visitors were told stays as it was told.
    """
    row = Material(service=service, added_at=at, **values)
    if material is None:
        last = service.materials.aggregate(last=Max("position"))["last"]
        row.position = (last or 0) + 1
    else:
        row.line = material.line or material.pk
        row.position = material.position
        row.added_at = material.added_at
        Material.objects.filter(pk=material.pk, ended_at=None).update(ended_at=at)
    row.save()
    if row.line is None:
        row.line = row.pk
        row.save(update_fields=["line"])
    record(
        action="services.save_material",
        subject=row,
        by=by,
        at=at,
        organisation_id=service.organisation_id,
        before=changes(material, values) if material is not None else {},
        after=changes(row, values) | {"service": service.pk},
    )
    return row


@transaction.atomic
def end_material(*, material: Material, by: By, at: datetime) -> None:
    """Ask for it no longer."""
    if not Material.objects.filter(pk=material.pk, ended_at=None).update(ended_at=at):
        return
    record(
        action="services.end_material",
        subject=material,
        by=by,
        at=at,
        organisation_id=material.service.organisation_id,
        before={"name": material.name, "service": material.service_id},
    )


@transaction.atomic
def add_step(
    *,
    service: Service,
    what: str,
    organisation: Organisation | None = None,
    kind: str = "",
    by: By,
    at: datetime,
) -> ServiceStep:
    """Add a step behind the window, after the others."""
    last = service.steps.aggregate(last=Max("position"))["last"]
    row = ServiceStep.objects.create(
        service=service,
        what=what,
        organisation=organisation,
        kind=kind,
        position=(last or 0) + 1,
    )
    record(
        action="services.add_step",
        subject=row,
        by=by,
        at=at,
        organisation_id=service.organisation_id,
        after={
            "service": service.pk,
            "what": what,
            "organisation": row.organisation_id,
            "kind": kind,
        },
    )
    return row


@transaction.atomic
def end_step(*, step: ServiceStep, by: By, at: datetime) -> None:
    """Go this step no longer; matters under way stay where they are."""
    if not ServiceStep.objects.filter(pk=step.pk, ended_at=None).update(ended_at=at):
        return
    record(
        action="services.end_step",
        subject=step,
        by=by,
        at=at,
        organisation_id=step.service.organisation_id,
        before={"what": step.what, "service": step.service_id},
    )


@transaction.atomic
def copy_examples(
    *,
    organisation: Organisation,
    valid_from: date,
    by: By,
    at: datetime,
) -> list[Service]:
    """Put the shipped examples for this kind of organisation on its list, unverified.

    An example whose name is on the list already is left out, so that doing it again
    changes nothing.
    """
    there = set(
        Service.objects.filter(organisation=organisation).values_list(
            "name_zh", flat=True
        )
    )
    categories = {row.code: row for row in Category.objects.all()}
    made: dict[str, Service] = {}
    for row in _rows("services.csv"):
        if row["at"] != organisation.kind or row["name_zh"] in there:
            continue
        if row["category"] not in categories:
            continue
        made[row["code"]] = Service.objects.create(
            organisation=organisation,
            name_zh=row["name_zh"],
            name_en=row["name_en"],
            for_whom=row["for_whom"],
            source=SOURCE,
            example=True,
            fee_fen=int(row["fee_fen"]),
            promised_days=int(row["promised_days"]),
            category=categories[row["category"]],
            note=row["note"],
            valid_from=valid_from,
        )
    _copy_materials(made, at)
    if made:
        record(
            action="services.copy_examples",
            subject=organisation,
            by=by,
            at=at,
            organisation_id=organisation.pk,
            after={"services": len(made)},
        )
        count_services(made.values(), at=at, new=True)
    return list(made.values())


def _copy_materials(made: dict[str, Service], at: datetime) -> None:
    for position, row in enumerate(_rows("materials.csv")):
        if row["service"] not in made:
            continue
        material = Material.objects.create(
            service=made[row["service"]],
            name=row["name"],
            originals=int(row["originals"]),
            copies=int(row["copies"]),
            where_from=row["where_from"],
            electronic=row["electronic"] == "1",
            condition=row["condition"],
            position=position,
            added_at=at,
        )
        Material.objects.filter(pk=material.pk).update(line=material.pk)


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
