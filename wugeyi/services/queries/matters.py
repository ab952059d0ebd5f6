"""Matters and their trips."""

import re
from dataclasses import dataclass

from wugeyi.casework.models import Case
from wugeyi.casework.rules.receipts import normalise
from wugeyi.organisations.models import Organisation
from wugeyi.services.models import Material, Matter, Visit, VisitMaterial
from wugeyi.services.rules.materials import Told

_NUMBER = re.compile(r"\d{8}-(\d{1,18})")
State = VisitMaterial.State
Kin = ("case__handler", "case__place", "service__category", "organisation", "stuck_at")


def load(key: int) -> Matter | None:
    """Return a matter with all its page needs; one query."""
    return Matter.objects.select_related(*Kin).filter(pk=key).first()


def of_case(case: Case) -> Matter | None:
    """Return the matter of a case, None for a case from elsewhere; one query."""
    return (
        Matter.objects.select_related("service", "organisation", "stuck_at")
        .filter(case=case)
        .first()
    )


def find(typed: str) -> Matter | None:
    """Return the matter a receipt's code or a case's number names."""
    text = typed.strip().replace("－", "-")
    number = _NUMBER.fullmatch(text)
    found = Matter.objects.select_related(*Kin)
    if number is not None:
        matter = found.filter(case=int(number[1])).first()
        return matter if matter is not None and matter.case.number == text else None
    code = normalise(text)
    return found.filter(case__receipt=code).first() if code else None


def page(
    desk: Organisation, *, state: str = "", older: int = 0, limit: int = 25
) -> list[Matter]:
    """Return a page of a window's matters, newest first, one row more if there is more.

    Parameters
    ----------
    state
        "open", "late", "done", "first" (done with one trip), "again" (heard of a new
        missing material); "" for all.
    older
        The last key of the page before.
    """
    rows = Matter.objects.filter(organisation=desk)
    conditions: dict[str, dict[str, object]] = {
        "open": {"done_at": None, "ended": False},
        "late": {"late_on__isnull": False},
        "done": {"done_at__isnull": False},
        "first": {"done_first_time": True},
        "again": {"told_again__gt": 0},
    }
    rows = rows.filter(**conditions.get(state, {}))
    if older:
        rows = rows.filter(pk__lt=older)
    rows = rows.select_related("service", "case__handler", "stuck_at")
    return list(rows.order_by("-pk")[: limit + 1])


@dataclass(frozen=True, slots=True)
class Trip:
    """One trip and its papers."""

    visit: Visit
    brought: list[VisitMaterial]
    missing: list[VisitMaterial]


def trips(matter: Matter) -> list[Trip]:
    """Return the trips of a matter in their order; two queries."""
    rows = (
        matter.visits.select_related("by")
        .prefetch_related("papers__material")
        .order_by("trip")
    )
    return [_trip(row) for row in rows]


def trip_of(visit: Visit) -> Trip:
    """Return one visit with its papers; one query."""
    return _trip(Visit.objects.prefetch_related("papers__material").get(pk=visit.pk))


def _trip(row: Visit) -> Trip:
    papers = sorted(
        row.papers.all(),
        key=lambda each: (
            each.material.position if each.material else 1_000_000,
            each.pk,
        ),
    )
    return Trip(
        row,
        [each for each in papers if each.state == State.BROUGHT],
        [each for each in papers if each.state == State.MISSING],
    )


def told_before(matter: Matter) -> list[Told]:
    """Return what each trip so far brought and was told; two queries.

    Trips that only asked for news looked at no papers and could not be told anything.
    """
    times = {
        visit.pk: visit.finished_at or visit.arrived_at
        for visit in matter.visits.exclude(result__in=("", "asked")).order_by("trip")
    }
    brought: dict[int, set[int]] = {key: set() for key in times}
    missing: dict[int, set[int]] = {key: set() for key in times}
    extra: dict[int, set[str]] = {key: set() for key in times}
    papers = VisitMaterial.objects.filter(visit__in=times).select_related("material")
    for paper in papers:
        if paper.material is None:
            extra[paper.visit_id].add(paper.words)
        elif paper.state == State.BROUGHT:
            brought[paper.visit_id].add(line_of(paper.material))
        elif paper.state == State.MISSING:
            missing[paper.visit_id].add(line_of(paper.material))
    return [
        Told(
            at=at,
            brought=frozenset(brought[key]),
            missing=frozenset(missing[key]),
            extra=frozenset(extra[key]),
        )
        for key, at in times.items()
    ]


def line_of(material: Material) -> int:
    """Return the line a material belongs to, whatever was reworded since."""
    return material.line or material.pk


def brought_already(matter: Matter) -> frozenset[int]:
    """Return the lines that an earlier trip brought, to be ticked beforehand."""
    return frozenset[int]().union(*(each.brought for each in told_before(matter)))
