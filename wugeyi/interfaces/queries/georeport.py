"""Open311's services and requests: what casework publishes, and nothing beside it.

A case is shown as its public page shows it: the approved text, the category, the place
it lies in (never the door), who answers, the answer masked. The point is one inside
the community's area.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from wugeyi.casework.models import Case, CasePhoto, Category, Update
from wugeyi.casework.queries import categories as category_rows
from wugeyi.casework.queries.published import public_answer, published
from wugeyi.casework.queries.standing import standing
from wugeyi.interfaces.models import ApiKey
from wugeyi.interfaces.queries.points import points
from wugeyi.interfaces.rules.georeport import (
    MOST,
    Refused,
    Slice,
    Span,
    Why,
    request_key,
)
from wugeyi.organisations.models import Organisation
from wugeyi.organisations.queries import installation, lineages, within

Row = dict[str, Any]
ENDED = Q(state="closed") | Q(state="merged", merged_into__state="closed")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which requests are asked for; empty values ask nothing."""

    place: Organisation | None = None
    span: Span | None = None
    codes: Sequence[str] = ()
    statuses: Sequence[str] = ()


def jurisdiction(code: str) -> Organisation | None:
    """Return the organisation whose code is asked for; None for no code.

    Raises
    ------
    Refused
        NO_JURISDICTION.
    """
    wanted = code.strip()
    if not wanted:
        return None
    found = None
    if wanted.isprintable() and len(wanted) <= 40:
        found = Organisation.objects.filter(code=wanted, valid_to=None).first()
    if found is None:
        raise Refused(Why.NO_JURISDICTION, wanted[:40])
    return found


def services() -> list[Row]:
    """Return what can be reported; one query, or none while categories are kept."""
    rows = category_rows.active()
    return [_service(row) for row in leaves(rows)]


def leaves(rows: Sequence[Category]) -> list[Category]:
    """Return the categories a case can have: those with nothing below them."""
    heads = {row.parent_id for row in rows}
    return [row for row in rows if row.pk not in heads]


def service(code: str) -> Category:
    """Return the category of a service code.

    Raises
    ------
    Refused
        NO_SERVICE.
    """
    for row in leaves(category_rows.active()):
        if row.code == code:
            return row
    raise Refused(Why.NO_SERVICE, code[:40])


def _service(row: Category) -> Row:
    group = str(row.parent) if row.parent is not None else str(row)
    return {
        "service_code": row.code,
        "service_name": str(row),
        "description": f"{group} / {row}",
        # Everything we ask stands in the request itself.
        "metadata": False,
        "type": "realtime",
        "keywords": ",".join(row.keywords.split()),
        "group": group,
    }


def definition(code: str) -> Row:
    """Return what else a service asks: nothing.

    Raises
    ------
    Refused
        NO_SERVICE.
    """
    return {"service_code": service(code).code, "attributes": []}


def requests(wanted: Wanted, part: Slice | None, *, base: str) -> list[Row]:
    """Return a page of published cases, newest first; six queries.

    Keys are found by an index of days, and only those of the page are read.
    """
    if part is None:
        return []
    found = _matching(wanted).order_by("-registered_on", "-pk")
    keys = list(found.values_list("pk", flat=True)[part.skip : part.skip + part.size])
    return shown(keys, base=base)


def _matching(wanted: Wanted) -> QuerySet[Case]:
    rows = published()
    if wanted.place is not None and wanted.place.parent_id is not None:
        rows = rows.filter(within("place__path", [wanted.place.path]))
    if wanted.span is not None:
        first, last = wanted.span.first, wanted.span.last
        rows = rows.filter(
            # The days let the index begin and end.
            registered_on__gte=_day(first),
            registered_on__lte=_day(last),
            registered_at__gte=first,
            registered_at__lte=last,
        )
    if wanted.codes:
        known = category_rows.by_key().values()
        keys = [each.pk for each in known if each.code in wanted.codes]
        rows = rows.filter(category__in=keys)
    if len(wanted.statuses) == 1:
        rows = rows.filter(ENDED if "closed" in wanted.statuses else ~ENDED)
    return rows


def _day(at: datetime) -> Any:
    try:
        return timezone.localdate(at)
    except OverflowError:
        return at.date()


def by_numbers(
    numbers: Iterable[str], *, base: str, key: ApiKey | None = None
) -> list[Row]:
    """Return the cases of these numbers that may be shown, newest first.

    Whoever posted one sees how it stands before it is published, without its words.
    """
    wanted = {number: request_key(number) for number in numbers}
    keys = [each for each in wanted.values() if each is not None]
    rows = Case.objects.filter(pk__in=keys[:MOST])
    may = Q(published_at__isnull=False) & ~Q(public_text="")
    if key is not None:
        may |= Q(posted__key=key)
    found = rows.filter(may).order_by("-registered_on", "-pk")
    named = [each for each in found.only("registered_on") if each.number in wanted]
    return shown([each.pk for each in named], base=base)


def shown(keys: Sequence[int], *, base: str) -> list[Row]:
    """Return these cases as Open311 shows them, in this order; five queries."""
    if not keys:
        return []
    rows = (
        Case.objects.filter(pk__in=keys)
        .defer("text", "salt")
        .select_related("place", "handler", "category__parent", "merged_into")
        .prefetch_related(
            Prefetch(
                "updates",
                queryset=Update.objects.filter(kind=Update.Kind.ANSWER).order_by("at"),
                to_attr="answers",
            ),
            Prefetch(
                "photos",
                queryset=CasePhoto.objects.filter(public=True).order_by("pk"),
                to_attr="public_photos",
            ),
        )
    )
    by_key = {case.pk: case for case in rows}
    cases = [by_key[key] for key in keys if key in by_key]
    places = {case.place_id: case.place for case in cases}
    above = lineages(places.values())
    spots = points(places)
    return [
        _request(case, above.get(case.place_id, []), spots.get(case.place_id), base)
        for case in cases
    ]


def _request(
    case: Case,
    above: Sequence[Organisation],
    spot: tuple[float, float] | None,
    base: str,
) -> Row:
    is_public = case.published_at is not None and bool(case.public_text)
    found: Row = {
        "service_request_id": case.number,
        "status": "closed" if ended(case) else "open",
        "status_notes": notes(case) if is_public else standing(case).words,
        "service_name": str(case.category),
        "service_code": case.category.code,
        "description": case.public_text if is_public else "",
        "agency_responsible": case.handler.name,
        "service_notice": "",
        "requested_datetime": moment(case.registered_at),
        "updated_datetime": moment(updated(case)),
    }
    if case.due_at is not None and not ended(case):
        found["expected_datetime"] = moment(case.due_at)
    found["address"] = address(case.place, above)
    found["address_id"] = case.place.code
    found["zipcode"] = ""
    if spot is not None:
        found["lat"], found["long"] = spot[1], spot[0]
    photos: list[CasePhoto] = getattr(case, "public_photos", [])
    if photos and is_public:
        found["media_url"] = base + reverse("public:photo", args=[photos[0].pk])
    return found


def ended(case: Case) -> bool:
    """Tell whether nobody works on it any more; a merged one stands with the other."""
    held = case.merged_into if case.merged_into is not None else case
    return held.state == "closed"


def notes(case: Case) -> str:
    """Say where it stands, and what was answered."""
    answer = public_answer(case)
    words = standing(case).words
    return f"{words}：{answer}" if answer else words


def updated(case: Case) -> datetime:
    """Return when it last changed; when it was closed for one that is."""
    if case.closed_at is not None:
        return case.closed_at
    steps = (case.published_at, case.contacted_at, case.answered_at, case.counting_from)
    return max(case.registered_at, *(each for each in steps if each is not None))


def moment(at: datetime) -> str:
    """Write a moment with its zone, to the second."""
    return timezone.localtime(at).isoformat(timespec="seconds")


def address(place: Organisation, above: Sequence[Organisation]) -> str:
    """Name a place from the nearest to the widest."""
    return ", ".join([place.name, *(each.name for each in reversed(above))])


def demo() -> bool:
    """Tell whether everything here is invented."""
    found = installation()
    return found is not None and found.demo
