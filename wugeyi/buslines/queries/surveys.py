"""Surveys with what was found and what became of it; suggestions with theirs."""

from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q, QuerySet

from wugeyi.branchwork.rules.suggestions import State as SuggestionState
from wugeyi.buslines.models import Line, LineSuggestion, Spot, Survey, SurveyFinding
from wugeyi.buslines.rules import access
from wugeyi.buslines.rules.surveys import NOTHING
from wugeyi.casework.models import Case
from wugeyi.casework.rules.states import Outcome, State
from wugeyi.organisations.queries import within
from wugeyi.organisations.rules import Reach
from wugeyi.ui.paging import Page, cut

MENDED = Q(case__state=State.CLOSED.value, case__outcome=Outcome.RESOLVED.value)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many findings of a line there are, and where they stand.

    ``mended`` are those whose case ended as resolved: said by who asked, or by a
    verified check.
    """

    surveys: int
    problems: int
    opened: int
    mended: int


def standing() -> QuerySet[SurveyFinding]:
    """Return findings nobody took back, with what a row shows."""
    return (
        SurveyFinding.objects.filter(withdrawn_at=None)
        .select_related("spot", "to_spot", "case", "photo")
        .order_by("id")
    )


def surveys(line: Line, *, older: int = 0, newer: int = 0) -> Page[Survey]:
    """Return one page of a line's surveys, each with its findings; two queries."""
    rows = (
        Survey.objects.filter(line=line, withdrawn_at=None)
        .select_related("recorded_by")
        .prefetch_related(Prefetch("findings", queryset=standing(), to_attr="seen"))
    )
    return cut(rows, older=older, newer=newer)


def load(key: int) -> Survey | None:
    """Return a survey that stands, with its line."""
    return (
        Survey.objects.select_related("line__organisation", "recorded_by")
        .filter(pk=key, withdrawn_at=None)
        .first()
    )


def load_finding(key: int) -> SurveyFinding | None:
    """Return a finding that stands, with its survey and line."""
    found = standing().select_related(
        "survey__line__organisation", "spot__organisation"
    )
    return found.filter(pk=key, survey__withdrawn_at=None).first()


def found_for(case: Case, reach: Reach) -> list[SurveyFinding]:
    """Return what a case was opened for, of lines within one's reach; one query."""
    rows = SurveyFinding.objects.filter(
        within("survey__line__organisation__path", reach.roots(access.READS)),
        case=case,
        withdrawn_at=None,
    )
    return list(rows.select_related("survey__line", "spot", "to_spot").order_by("id"))


def tally(line: Line) -> Tally:
    """Count a line's surveys and findings; two queries."""
    counted = (
        SurveyFinding.objects.filter(
            survey__line=line, survey__withdrawn_at=None, withdrawn_at=None
        )
        .exclude(what=NOTHING)
        .aggregate(
            problems=Count("id"),
            opened=Count("case"),
            mended=Count("id", filter=MENDED),
        )
    )
    many = Survey.objects.filter(line=line, withdrawn_at=None).count()
    return Tally(surveys=many, **counted)


def places(line: Line) -> QuerySet[Spot]:
    """Return the places a finding may be at, in the order of their codes."""
    return Spot.objects.filter(line=line).order_by("kind", "code")


def suggestions(line: Line, *, older: int = 0, newer: int = 0) -> Page[LineSuggestion]:
    """Return one page of what was suggested of a line; one query."""
    rows = LineSuggestion.objects.filter(
        line=line, suggestion__withdrawn_at=None
    ).select_related("suggestion", "spot")
    return cut(rows, older=older, newer=newer)


def suggested(line: Line) -> dict[str, int]:
    """Count what was suggested of a line: all of it, what is done, what is declined."""
    rows = LineSuggestion.objects.filter(line=line, suggestion__withdrawn_at=None)
    done, declined = SuggestionState.DONE.value, SuggestionState.DECLINED.value
    return rows.aggregate(
        all=Count("id"),
        done=Count("id", filter=Q(suggestion__state=done)),
        declined=Count("id", filter=Q(suggestion__state=declined)),
    )
