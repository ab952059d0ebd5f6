"""Reads of keys."""

from datetime import date

from django.db.models import QuerySet

from wugeyi.interfaces.models import ApiKey, Posted, Terms
from wugeyi.interfaces.rules import secrets
from wugeyi.interfaces.rules.access import KEEPS
from wugeyi.organisations.queries import within
from wugeyi.organisations.rules import Reach


def key_of(text: str, *, on: date) -> ApiKey | None:
    """Return the key a program showed, if it opens anything on a day; one query."""
    if not secrets.is_key(text):
        return None
    rows = ApiKey.objects.select_related("organisation")
    found = rows.filter(digest=secrets.digest(text)).first()
    return found if found is not None and found.opens(on) else None


def keys(reach: Reach) -> QuerySet[ApiKey]:
    """Return the keys this person may see, in no order yet."""
    return ApiKey.objects.filter(
        within("organisation__path", reach.roots(KEEPS))
    ).select_related("organisation", "made_by")


def terms() -> Terms:
    """Return the terms of use; empty ones where none were written; one query."""
    return Terms.objects.filter(pk=1).first() or Terms(pk=1)


def by_token(token: str) -> Posted | None:
    """Return what was posted under a token, whoever did."""
    if not token.isprintable() or len(token) > 80:
        return None
    rows = Posted.objects.select_related("case")
    return rows.filter(token=token).order_by("pk").first()
