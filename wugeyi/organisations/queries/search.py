"""Find organisations by part of the name, pinyin, or the beginning of the code."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection

from wugeyi.organisations.models import Organisation
from wugeyi.organisations.rules import after as end_of
from wugeyi.organisations.rules import keys, outermost
from wugeyi.organisations.rules.naming import Term, read

MAX_PLACES = 50
"""How many places the words before the last one may mean."""

Match = tuple[int, str]

# The index is the outer loop and yields rows by key, so a page costs what it holds,
# however many units a word like 村 is in.
SQLITE = """
SELECT o.id, o.path
FROM organisation_search s JOIN organisations_organisation o ON o.id = s.rowid
WHERE s.organisation_search MATCH %s AND s.rowid > %s {alive}
ORDER BY s.rowid LIMIT %s"""
POSTGRESQL = """
SELECT o.id, o.path FROM organisations_organisation o
WHERE o.search_vector @@ to_tsquery('simple', %s)
AND o.id > %s {alive} {below}
ORDER BY o.id LIMIT %s"""
# The planner cannot know how rare a beginning is and would rather read all rows by
# key; phrases it estimates well from the characters' frequencies.
POSTGRESQL_BEGINNING = """
WITH o AS MATERIALIZED (
    SELECT id, path, valid_to FROM organisations_organisation
    WHERE search_vector @@ to_tsquery('simple', %s)
)
SELECT o.id, o.path FROM o WHERE o.id > %s {alive} {below}
ORDER BY o.id LIMIT %s"""
ALIVE = "AND o.valid_to IS NULL"


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
        named = _matches(term, places, after=0, limit=MAX_PLACES, gone=gone)
        places = outermost(path for _key, path in named)
    found = _matches(terms[-1], places, after=after or 0, limit=limit, gone=gone)
    if not found:
        return []
    units = Organisation.objects.in_bulk({each for _k, p in found for each in keys(p)})
    return [
        Found(units[key], [units[each] for each in keys(path)[:-1]])
        for key, path in found
    ]


def _matches(
    term: Term, roots: Sequence[str] | None, *, after: int, limit: int, gone: bool
) -> list[Match]:
    """Return key and path of the units whose words match, by key."""
    if roots is not None and not roots:
        return []
    alive = "" if gone else ALIVE
    values: list[str | int]
    if connection.vendor == "sqlite":
        condition = _fts(term)
        if roots is not None:
            below = " OR ".join(f'path : "{root}" *' for root in roots)
            condition = f"{condition} AND ({below})"
        sql, values = SQLITE.format(alive=alive), [condition, after, limit]
    else:
        ranges = " OR ".join(["(o.path >= %s AND o.path < %s)"] * len(roots or ()))
        asked = POSTGRESQL_BEGINNING if term.beginning else POSTGRESQL
        sql = asked.format(alive=alive, below=f"AND ({ranges})" if ranges else "")
        ends = [end for root in roots or () for end in (root, end_of(root))]
        values = [_tsquery(term), after, *ends, limit]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [(key, path) for key, path in cursor.fetchall()]


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
