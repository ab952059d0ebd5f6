"""What is offered at a window, what to bring for it, who stands behind it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from wugeyi.casework.queries.routing import in_force
from wugeyi.organisations.models import Organisation
from wugeyi.organisations.queries import lineage
from wugeyi.organisations.rules import ancestors
from wugeyi.services.models import Material, Service, ServiceStep


def _reaching(desk: Organisation) -> Q:
    """Return the condition that a service is offered at a window, on any day."""
    line = [*ancestors(desk.path), desk.path]
    return Q(kind="", organisation=desk) | Q(
        kind=desk.kind, organisation__path__in=line
    )


def offered(desk: Organisation, *, on: date) -> QuerySet[Service]:
    """Return the services in force at a window on a day, by name."""
    return (
        Service.objects.filter(in_force(on))
        .filter(_reaching(desk))
        .select_related("category", "organisation")
        .order_by("name_zh", "id")
    )


def one_offered(desk: Organisation, key: int, *, on: date) -> Service | None:
    """Return one service of a window; None if it is not offered there that day."""
    return offered(desk, on=on).filter(pk=key).first()


def kept_by(
    organisation: Organisation, *, after: int = 0, limit: int = 50
) -> list[Service]:
    """Return a page of what an organisation keeps, ended ones too, newest first.

    ``after`` is the last key of the page before; one row more than ``limit`` tells that
    there is another page.
    """
    rows = Service.objects.filter(organisation=organisation)
    if after:
        rows = rows.filter(pk__lt=after)
    return list(rows.select_related("category").order_by("-pk")[: limit + 1])


def materials(service: Service) -> list[Material]:
    """Return what to bring today."""
    return list(service.materials.filter(ended_at=None))


@dataclass(frozen=True, slots=True)
class Step:
    """A step behind the window, and who takes it for this window."""

    step: ServiceStep
    organisation: Organisation


def steps(service: Service, desk: Organisation) -> list[Step]:
    """Return who works on a service behind one window; two queries at most.

    A step for a kind that does not stand above the window is taken by the window.
    """
    rows = list(
        service.steps.filter(ended_at=None)
        .select_related("organisation")
        .order_by("position", "id")
    )
    above: dict[str, Organisation] = {}
    if any(row.kind for row in rows):
        above = {unit.kind: unit for unit in lineage(desk)}
    return [
        Step(row, row.organisation or (above.get(row.kind, desk) if row.kind else desk))
        for row in rows
    ]


def has_services(desk: Organisation, *, on: date) -> bool:
    """Tell whether anything is offered at a window on a day."""
    return offered(desk, on=on).order_by().exists()


def desks(*, on: date, after: str = "", limit: int = 50) -> list[Organisation]:
    """Return a page of the organisations with services of their own, by code."""
    own = Service.objects.filter(in_force(on), kind="").values("organisation")
    rows = Organisation.objects.filter(pk__in=own, valid_to=None)
    if after:
        rows = rows.filter(code__gt=after)
    return list(rows.order_by("code")[: limit + 1])
