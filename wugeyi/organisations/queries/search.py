"""Find organisations by part of the name, pinyin, or the beginning of the code."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from wugeyi.organisations.models import Organisation
from wugeyi.organisations.queries.trees import lineages, within
from wugeyi.organisations.rules import outermost
from wugeyi.organisations.rules.naming import Term, read

MAX_PLACES = 50
"""How many places the words before the last one may mean."""


@dataclass(frozen=True, slots=True)
class Found:
    """An organisation with what stands above it, from the root down."""

    organisation: Organisation
    lineage: Sequence[Organisation]


def search(
    text: str,
    *,
    roots: Iterable[str] | None = None,
    limit: int = 20,
    after: int | None = None,
    gone: bool = False,
) -> list[Found]:
    """Return organisations matching ``text``, those entered first before later ones.

    A word is a part of the name (大寨), the beginning of its pinyin or its initials
    (dazhai, dzc), or of the code. Words before the last one name a place above:
    ``清镇 大寨`` finds 大寨 below any 清镇. Two queries, and one for each place.

    Parameters
    ----------
    roots
        Paths to look below; None looks everywhere, none at all finds nothing.
    after
        Key of the last organisation of the page before.
    gone
        Whether abolished units are found as well.
    """
    terms = read(text)
    if not terms:
        return []
    places = None if roots is None else outermost(roots)
    for term in terms[:-1]:
        places = _named_places(term, places)
    if places is not None and not places:
        return []
    found = matching(terms[-1], places)
    if not gone:
        found = found.filter(valid_to=None)
    if after is not None:
        found = found.filter(pk__gt=after)
    units = list(found.order_by("pk")[:limit])
    above = lineages(units)
    return [Found(unit, above[unit.pk]) for unit in units]


def _named_places(term: Term, roots: Sequence[str] | None) -> list[str]:
    """Return the paths of the first units that match, the outermost of them."""
    if roots is not None and not roots:
        return []
    found = matching(term, roots).order_by("pk")[:MAX_PLACES]
    return outermost(found.values_list("path", flat=True))


def matching(term: Term, roots: Sequence[str] | None) -> QuerySet[Organisation]:
    """Return the units whose words match, at or below one of ``roots``."""
    if connection.vendor == "sqlite":
        condition = _fts(term)
        if roots is not None:
            below = " OR ".join(f'path : "{root}" *' for root in roots)
            condition = f"{condition} AND ({below})"
        return Organisation.objects.filter(
            pk__in=RawSQL(
                "SELECT rowid FROM organisation_search"
                " WHERE organisation_search MATCH %s",
                [condition],
            )
        )
    units = Organisation.objects.extra(
        where=[
            "to_tsvector('simple', organisations_organisation.search)"
            " @@ to_tsquery('simple', %s)"
        ],
        params=[_tsquery(term)],
    )
    return units if roots is None else units.filter(within("path", roots))


# Tokens are letters, digits and characters only (see rules.naming): nothing of what
# was typed can be read as an operator.
def _fts(term: Term) -> str:
    phrase = 'search : "{}"'.format(" ".join(term.phrase))
    if not term.beginning:
        return f"({phrase})"
    return f'({phrase} OR search : "{term.beginning}" *)'


def _tsquery(term: Term) -> str:
    phrase = "({})".format(" <-> ".join(term.phrase))
    return f"({phrase} | {term.beginning}:*)" if term.beginning else phrase
