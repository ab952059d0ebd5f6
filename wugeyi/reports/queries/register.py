"""The register of forms as one person sees it, and how one form repeats others."""

from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Q, QuerySet, Subquery

from wugeyi.figures.queries import Figure, Period, trend
from wugeyi.organisations.models import Organisation
from wugeyi.organisations.queries import within
from wugeyi.organisations.rules import Reach, ancestors
from wugeyi.reports.models import Filling, Form, Layout, LayoutField
from wugeyi.reports.rules import access
from wugeyi.reports.rules.comparing import Asked, Comparison, compare
from wugeyi.reports.rules.standing import Standing, standing

COUNTED = ("forms_asked", "forms_filled", "cells_by_system", "cells_by_hand")
MOST_COMPARED = 200
"""Other forms a form is compared with, the newest first."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A form of the register with how it stands today."""

    form: Form
    standing: Standing
    fields: int | None


def visible(reach: Reach) -> QuerySet[Form]:
    """Return the forms this person sees: of their organisations, and asked from above."""
    roots = reach.roots(access.SEES)
    above = {path for root in roots for path in ancestors(root)}
    return Form.objects.filter(
        within("organisation__path", roots) | Q(organisation__path__in=above)
    )


def stands(form: Form, *, today: date) -> Standing:
    """Return how a form stands on a day."""
    return standing(
        basis=form.basis,
        approved_by=form.approved_by,
        valid_until=form.valid_until,
        stopped=form.stopped_at is not None,
        today=today,
    )


def page(reach: Reach, *, today: date, before: int = 0, limit: int = 50) -> list[Entry]:
    """Return a page of the register, newest first; one more than ``limit`` if any."""
    fields = Layout.objects.filter(form=OuterRef("pk")).order_by("-pk")
    found = visible(reach).select_related("organisation")
    found = found.annotate(asked_fields=Subquery(fields.values("fields")[:1]))
    if before:
        found = found.filter(pk__lt=before)
    return [
        Entry(form, stands(form, today=today), form.asked_fields)
        for form in found.order_by("-pk")[: limit + 1]
    ]


def years(
    organisation: Organisation, *, today: date
) -> list[tuple[int, dict[str, Figure]]]:
    """Return this year's counts and last year's, for an organisation with all below it."""
    numbers = [today.year, today.year - 1]
    series = trend(COUNTED, organisation, [Period.year(year) for year in numbers])
    return list(zip(numbers, series, strict=True))


def layout_of(form: Form) -> Layout | None:
    """Return the file that counts, without its content."""
    return (
        form.layouts.order_by("-pk").defer("content").select_related("read_by").first()
    )


def comparison(layout: Layout, reach: Reach) -> tuple[Comparison, dict[int, Form]]:
    """Compare a form's fields with those of every other form in use; three queries."""
    newest = Layout.objects.filter(form=OuterRef("pk")).order_by("-pk").values("pk")[:1]
    others = (
        visible(reach)
        .filter(stopped_at=None)
        .exclude(pk=layout.form_id)
        .annotate(layout=Subquery(newest))
        .exclude(layout=None)
        .order_by("-pk")[:MOST_COMPARED]
    )
    forms: dict[int, Form] = {}
    by_layout: dict[int, int] = {}
    for form in others:
        forms[form.pk] = form
        by_layout[form.layout] = form.pk
    rows = LayoutField.objects.filter(layout__in=[*by_layout, layout.pk])
    asked: dict[int, list[Asked]] = {}
    for of, key, code, label in rows.order_by("pk").values_list(
        "layout_id", "key", "code", "label"
    ):
        asked.setdefault(of, []).append(Asked(key, code, label))
    own = asked.pop(layout.pk, [])
    return compare(own, {by_layout[of]: each for of, each in asked.items()}), forms


def fillings_page(
    form: Form, reach: Reach, *, before: int = 0, limit: int = 20
) -> list[Filling]:
    """Return what was filled of a form, newest first, within this person's reach."""
    found = Filling.objects.filter(
        within("organisation__path", reach.roots(access.SEES)), form=form
    ).exclude(state=Filling.State.DISCARDED)
    if before:
        found = found.filter(pk__lt=before)
    found = found.select_related("organisation", "begun_by")
    return list(found.order_by("-pk")[: limit + 1])
