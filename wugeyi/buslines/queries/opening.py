"""Opening the records behind figures: one query each."""

from collections.abc import Callable, Sequence
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from wugeyi.buslines.models import (
    Boarding,
    Demand,
    Driver,
    Edition,
    Line,
    Run,
    Survey,
    SurveyFinding,
)
from wugeyi.buslines.rules import access
from wugeyi.figures.openers import Opened
from wugeyi.organisations.queries import within
from wugeyi.organisations.rules import Reach

Opener = Callable[..., dict[int, Opened]]


def _reachable(rows: QuerySet, line: str, reach: Reach) -> QuerySet:  # type: ignore[type-arg]
    name = f"{line}__organisation__path" if line else "organisation__path"
    return rows.filter(within(name, reach.roots(access.READS)))


def open_lines(ids: Sequence[int], *, reach: Reach, today: date) -> dict[int, Opened]:
    """Open lines."""
    rows = _reachable(Line.objects.filter(pk__in=ids), "", reach)
    return {
        row.pk: Opened(row.name, _line(row.pk), row.opened_on, row.organisation.name)
        for row in rows.select_related("organisation")
    }


def open_demands(ids: Sequence[int], *, reach: Reach, today: date) -> dict[int, Opened]:
    """Open what growers want, in the line's list of demand."""
    rows = _reachable(Demand.objects.filter(pk__in=ids), "line", reach)
    return {
        row.pk: Opened(
            _("%(code)s：%(persons)s 人 %(baskets)s 筐")
            % {"code": row.code, "persons": row.persons, "baskets": row.baskets},
            reverse("buslines:records", args=[row.line_id, "demand"]),
            row.valid_from,
            row.stop.name,
        )
        for row in rows.select_related("stop")
    }


def open_drivers(ids: Sequence[int], *, reach: Reach, today: date) -> dict[int, Opened]:
    """Open drivers, in the line's list of them."""
    rows = _reachable(Driver.objects.filter(pk__in=ids), "line", reach)
    return {
        row.pk: Opened(
            f"{row.code} {row.name}",
            reverse("buslines:records", args=[row.line_id, "drivers"]),
            row.valid_from,
            row.line.name,
        )
        for row in rows.select_related("line")
    }


def open_editions(
    ids: Sequence[int], *, reach: Reach, today: date
) -> dict[int, Opened]:
    """Open timetables."""
    rows = _reachable(Edition.objects.filter(pk__in=ids), "line", reach)
    return {
        row.pk: Opened(
            _("%(line)s 第 %(number)s 版时刻表")
            % {"line": row.line.name, "number": row.number},
            reverse("buslines:edition", args=[row.pk]),
            row.valid_from,
            row.line.organisation.name,
        )
        for row in rows.select_related("line__organisation")
    }


def open_runs(ids: Sequence[int], *, reach: Reach, today: date) -> dict[int, Opened]:
    """Open trips driven, on the driver's page of the day."""
    rows = _reachable(Run.objects.filter(pk__in=ids), "trip__edition__line", reach)
    return {
        row.pk: Opened(
            _("%(line)s 第 %(number)s 班")
            % {"line": row.trip.edition.line.name, "number": row.trip.number},
            _run(row),
            row.on,
            row.trip.edition.line.organisation.name,
        )
        for row in rows.select_related("trip__edition__line__organisation")
    }


def open_boardings(
    ids: Sequence[int], *, reach: Reach, today: date
) -> dict[int, Opened]:
    """Open who got on, on the driver's page of the day."""
    rows = _reachable(
        Boarding.objects.filter(pk__in=ids), "run__trip__edition__line", reach
    ).select_related("run__trip__edition__line", "call__stop")
    return {
        row.pk: Opened(
            _("%(stop)s：%(persons)s 人 %(baskets)s 筐")
            % {
                "stop": row.call.stop.name,
                "persons": row.persons,
                "baskets": row.baskets,
            },
            _run(row.run),
            row.run.on,
            row.run.trip.edition.line.name,
        )
        for row in rows
    }


def open_surveys(ids: Sequence[int], *, reach: Reach, today: date) -> dict[int, Opened]:
    """Open surveys."""
    rows = _reachable(Survey.objects.filter(pk__in=ids), "line", reach)
    return {
        row.pk: Opened(
            _("%(line)s的勘验") % {"line": row.line.name},
            _survey(row.pk),
            row.surveyed_on,
            row.people,
        )
        for row in rows.select_related("line")
    }


def open_findings(
    ids: Sequence[int], *, reach: Reach, today: date
) -> dict[int, Opened]:
    """Open what surveys found, on the survey's page."""
    rows = _reachable(SurveyFinding.objects.filter(pk__in=ids), "survey__line", reach)
    return {
        row.pk: Opened(
            f"{row.spot.name} {row.get_what_display()}",
            _survey(row.survey_id),
            row.survey.surveyed_on,
            row.survey.line.name,
        )
        for row in rows.select_related("survey__line", "spot")
    }


def _line(key: int) -> str:
    return reverse("buslines:line", args=[key])


def _survey(key: int) -> str:
    return reverse("buslines:survey", args=[key])


def _run(run: Run) -> str:
    return reverse("buslines:drive-trip", args=[run.trip_id, run.on.isoformat()])


OPENERS: dict[str, Opener] = {
    "busline": open_lines,
    "busline_demand": open_demands,
    "busline_driver": open_drivers,
    "busline_edition": open_editions,
    "busline_run": open_runs,
    "busline_boarding": open_boardings,
    "busline_survey": open_surveys,
    "busline_finding": open_findings,
}
