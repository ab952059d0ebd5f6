"""Which cases a person may see, as one condition; and what one case's permission rests on."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from wugeyi.casework.models import Case, Request
from wugeyi.casework.queries.categories import by_key
from wugeyi.casework.rules import access
from wugeyi.casework.rules.access import Where
from wugeyi.organisations.queries import within
from wugeyi.organisations.rules import Reach


def on_desk(reach: Reach) -> Q:
    """Return the condition for cases handled within one's reach: what to do."""
    return within("handler__path", reach.roots(access.SEES_BY_HANDLER))


def in_area(reach: Reach) -> Q:
    """Return the condition for cases placed within one's reach: what happens here."""
    return within("place__path", reach.roots(access.SEES_BY_PLACE))


def asked_of(reach: Reach) -> Q:
    """Return the condition for cases in which one's organisation was asked for help."""
    asked = Request.objects.filter(case=OuterRef("pk")).filter(
        within("organisation__path", reach.roots(access.SEES_BY_HANDLER))
    )
    return Q(Exists(asked))


def visible(reach: Reach) -> QuerySet[Case]:
    """Return every case the person may read."""
    return Case.objects.filter(on_desk(reach) | in_area(reach) | asked_of(reach))


def load(key: int) -> Case | None:
    """Return a case with all that its permission needs; one query.

    The few that have a party reported, or a case they came from, read it when asked:
    as joins they took more planning than all the rest of the page.
    """
    case = Case.objects.select_related("place", "handler").filter(pk=key).first()
    if case is None:
        return None
    category = by_key().get(case.category_id)
    if category is not None:
        case.category = category
    if case.receiver_id == case.place_id:
        case.receiver = case.place
    return case


def where(case: Case) -> Where:
    """Return the paths a permission depends on; one query, for those asked to help."""
    asked = Request.objects.filter(case=case).values_list(
        "organisation__path", flat=True
    )
    return Where(
        place=case.place.path,
        handler=case.handler.path,
        reported=case.reported_party.path if case.reported_party else None,
        asked=tuple(asked),
    )
