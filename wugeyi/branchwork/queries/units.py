"""For which organisations somebody may write records, and what they are called."""

from collections.abc import Iterable

from django.db.models import Q

from wugeyi.organisations.models import Organisation
from wugeyi.organisations.queries import within
from wugeyi.organisations.rules import Reach, Role

MOST = 120


def own_units(reach: Reach, roles: Iterable[Role]) -> list[Organisation]:
    """Return the organisations of one's posts and those right below; one query.

    A branch's secretary has one; a hospital's has the hospital and its branches.
    """
    wanted = frozenset(roles)
    ids = {h.organisation_id for h in reach.holdings if h.role in wanted}
    if not ids:
        return []
    found = Organisation.objects.filter(
        Q(pk__in=ids) | Q(parent__in=ids), valid_to=None
    )
    return list(found.order_by("path")[:MOST])


def unit_by_code(reach: Reach, roles: Iterable[Role], code: str) -> Organisation | None:
    """Return the organisation of a code if one of ``roles`` is held over it."""
    if not code:
        return None
    return (
        Organisation.objects.filter(within("path", reach.roots(roles)), code=code)
        .order_by()
        .first()
    )


def home_unit(reach: Reach, roles: Iterable[Role]) -> Organisation | None:
    """Return the organisation of the first post in one of ``roles``."""
    wanted = frozenset(roles)
    key = next((h.organisation_id for h in reach.holdings if h.role in wanted), None)
    return None if key is None else Organisation.objects.filter(pk=key).first()
