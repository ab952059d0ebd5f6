"""Opening the records behind figures: one query each."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet
from django.urls import reverse

from wugeyi.figures.openers import Opened
from wugeyi.organisations.queries import within
from wugeyi.organisations.rules import Reach
from wugeyi.projects.models import Money, Partner, Project, Result
from wugeyi.projects.rules import access
from wugeyi.ui.phrases import number


def _reachable(rows: QuerySet, path: str, reach: Reach) -> QuerySet:  # type: ignore[type-arg]
    return rows.filter(within(path, reach.roots(access.READS)))


def open_projects(
    ids: Sequence[int], *, reach: Reach, today: date
) -> dict[int, Opened]:
    """Open projects."""
    rows = _reachable(
        Project.objects.filter(pk__in=ids), "organisation__path", reach
    ).select_related("organisation")
    return {
        row.pk: Opened(row.title, _page(row.pk), row.started_on, row.organisation.name)
        for row in rows
    }


def open_money(ids: Sequence[int], *, reach: Reach, today: date) -> dict[int, Opened]:
    """Open lines of money, on their project's page."""
    rows = _reachable(
        Money.objects.filter(pk__in=ids), "account__project__organisation__path", reach
    ).select_related("account__project__organisation")
    return {
        row.pk: Opened(
            f"{row.account.project.title} · {row.account.name} · "
            f"{row.get_kind_display()} {number(Decimal(row.amount_fen) / 100, 2)}",
            f"{_page(row.account.project_id)}#money",
            row.on,
            row.account.project.organisation.name,
        )
        for row in rows
    }


def open_partners(
    ids: Sequence[int], *, reach: Reach, today: date
) -> dict[int, Opened]:
    """Open partners, on their project's page."""
    rows = _reachable(
        Partner.objects.filter(pk__in=ids), "project__organisation__path", reach
    ).select_related("project__organisation", "organisation")
    return {
        row.pk: Opened(
            f"{row.project.title} · {row}",
            f"{_page(row.project_id)}#partners",
            row.on,
            row.project.organisation.name,
        )
        for row in rows
    }


def open_results(ids: Sequence[int], *, reach: Reach, today: date) -> dict[int, Opened]:
    """Open results, on their project's page."""
    rows = _reachable(
        Result.objects.filter(pk__in=ids), "project__organisation__path", reach
    ).select_related("project__organisation")
    return {
        row.pk: Opened(
            f"{row.project.title} · {row.name}",
            f"{_page(row.project_id)}#result-{row.pk}",
            row.after_last,
            row.project.organisation.name,
        )
        for row in rows
    }


def _page(key: int) -> str:
    return reverse("projects:project", args=[key])


OPENERS: dict[str, Callable[..., dict[int, Opened]]] = {
    "project": open_projects,
    "project_money": open_money,
    "project_partner": open_partners,
    "project_result": open_results,
}
