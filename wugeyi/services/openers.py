"""What stands behind a figure of the desk: records one may read, by kind."""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from wugeyi.figures.openers import Opened
from wugeyi.organisations.queries import within
from wugeyi.organisations.rules import Reach
from wugeyi.services.models import Matter, Service, Visit
from wugeyi.services.rules import access


def open_matters(ids: Sequence[int], *, reach: Reach, today: date) -> dict[int, Opened]:
    """Open matters of windows within reach; one query."""
    rows = Matter.objects.filter(
        within("organisation__path", reach.roots(access.READS)), pk__in=ids
    ).select_related("service", "organisation", "case")
    return {
        row.pk: Opened(
            f"{row.service} · {row.case.number}",
            reverse("services:matter", args=[row.pk]),
            row.opened_on,
            row.organisation.name,
        )
        for row in rows
    }


def open_visits(ids: Sequence[int], *, reach: Reach, today: date) -> dict[int, Opened]:
    """Open trips by their matters; who left unserved has no page but the queue's day."""
    rows = Visit.objects.filter(
        within("organisation__path", reach.roots(access.READS)), pk__in=ids
    ).select_related("service", "organisation", "matter__case")
    return {row.pk: _visit(row) for row in rows}


def _visit(row: Visit) -> Opened:
    if row.matter is not None:
        title = _("%(service)s · 第 %(trip)s 趟") % {
            "service": row.service,
            "trip": row.trip,
        }
        url = reverse("services:matter", args=[row.matter.pk])
    else:
        title = _("%(number)s 号，没等到就离开") % {"number": row.number}
        url = reverse("services:matters", args=[row.organisation.code])
    return Opened(title, url, row.day, row.organisation.name)


def open_services(
    ids: Sequence[int], *, reach: Reach, today: date
) -> dict[int, Opened]:
    """Open services: every member of staff reads the lists; one query."""
    rows = Service.objects.filter(pk__in=ids).select_related("organisation")
    return {
        row.pk: Opened(
            str(row),
            _address(row, today),
            row.valid_from,
            row.organisation.name,
        )
        for row in rows
    }


def _address(row: Service, today: date) -> str:
    offered = row.valid_from <= today and (row.valid_to is None or row.valid_to > today)
    if offered and not row.kind:
        return reverse("services:service", args=[row.organisation.code, row.pk])
    return reverse("services:entries", args=[row.organisation.code])
