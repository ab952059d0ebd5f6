"""What everybody may read: approved texts of cases, what was done, how fast."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Prefetch, Q, QuerySet

from wugeyi.casework.models import Case, CasePhoto, Category, Update
from wugeyi.casework.models.cases import OPEN_STATES
from wugeyi.casework.rules.masking import mask
from wugeyi.organisations.models import Organisation
from wugeyi.organisations.queries import within

PAGE = 20
PUBLIC_STATES = {
    "open": Q(state__in=("new", "assigned", "objected", "working")),
    "answered": Q(state="answered"),
    "resolved": Q(state="closed", outcome="resolved"),
    "ended": Q(state="closed") & ~Q(outcome="resolved"),
}


@dataclass(frozen=True, slots=True)
class Filters:
    """What a visitor asked to see; None and "" ask nothing."""

    place: Organisation | None = None
    category: Category | None = None
    state: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of published cases, newest first, and the keys of its neighbours."""

    cases: Sequence[Case]
    newer: str
    older: str


def published() -> QuerySet[Case]:
    """Return what a person approved for everybody to read."""
    return Case.objects.filter(published_at__isnull=False).exclude(public_text="")


def matching(filters: Filters) -> QuerySet[Case]:
    """Return the published cases that fit, in no order yet."""
    cases = published()
    place, category = filters.place, filters.category
    if place is not None and place.parent_id is not None:
        cases = cases.filter(within("place__path", [place.path]))
    if category is not None:
        cases = cases.filter(Q(category=category) | Q(category__parent=category))
    return cases.filter(PUBLIC_STATES.get(filters.state, Q()))


def page(cases: QuerySet[Case], *, newer: str = "", older: str = "") -> Page:
    """Return a page by key: three queries however far one has turned the pages."""
    rows = cases.defer("text", "salt").select_related("place", "handler", "category")
    rows = rows.prefetch_related(
        Prefetch(
            "updates",
            queryset=Update.objects.filter(kind=Update.Kind.ANSWER).order_by("at"),
            to_attr="answers",
        ),
        Prefetch(
            "photos",
            queryset=CasePhoto.objects.filter(public=True).select_related("upload"),
            to_attr="public_photos",
        ),
    )
    if (after := read_key(newer)) is not None:
        found = list(
            rows.filter(_beyond(after, up=True)).order_by("published_at", "pk")[
                : PAGE + 1
            ]
        )
        more = len(found) > PAGE
        kept = found[:PAGE][::-1]
        return Page(kept, _key(kept[0]) if more else "", _key(kept[-1]) if kept else "")
    before = read_key(older)
    if before is not None:
        rows = rows.filter(_beyond(before, up=False))
    found = list(rows.order_by("-published_at", "-pk")[: PAGE + 1])
    kept = found[:PAGE]
    has_newer = before is not None and bool(kept)
    return Page(
        kept,
        _key(kept[0]) if has_newer else "",
        _key(kept[-1]) if len(found) > PAGE else "",
    )


def _key(case: Case) -> str:
    at = case.published_at
    return f"{at.isoformat()}~{case.pk}" if at is not None else ""


def read_key(typed: str) -> tuple[datetime, int] | None:
    """Read the key of a page; None if it is none, so a broken link shows page one."""
    moment, _, key = typed.partition("~")
    try:
        at = datetime.fromisoformat(moment)
    except ValueError:
        return None
    return (at, int(key)) if at.tzinfo and key.isdecimal() and len(key) < 19 else None


def _beyond(place: tuple[datetime, int], *, up: bool) -> Q:
    """Return the rows past a key; the first half lets the index begin there."""
    at, key = place
    if up:
        return Q(published_at__gte=at) & (Q(published_at__gt=at) | Q(pk__gt=key))
    return Q(published_at__lte=at) & (Q(published_at__lt=at) | Q(pk__lt=key))


def public_answer(case: Case) -> str:
    """Return the last answer as everybody may read it: masked by rule.

    Whoever publishes a case sees the same text beforehand.
    """
    answers: list[Update] | None = getattr(case, "answers", None)
    if answers is None:
        answers = list(case.updates.filter(kind=Update.Kind.ANSWER).order_by("at"))
    return mask(answers[-1].text).text if answers else ""


def answered_after(case: Case) -> timedelta | None:
    """Return how long the last answer took, from registration; None without one."""
    answers: list[Update] = getattr(case, "answers", [])
    return answers[-1].at - case.registered_at if answers else None


def is_open(case: Case) -> bool:
    """Tell whether somebody still works on it."""
    return case.state in OPEN_STATES
