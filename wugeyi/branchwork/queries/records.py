"""Records somebody may read: pages by key, one with its history, what waits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from django.db.models import Model, Q, QuerySet

from wugeyi.branchwork.models import Decision, Recorded, SecretaryTerm, Suggestion
from wugeyi.branchwork.rules import access
from wugeyi.organisations.queries import within
from wugeyi.organisations.rules import Reach

Row = TypeVar("Row", bound=Recorded)
SIZE = 25
MOST_EARLIER = 20
WINDOW = 3_000
"""Words no index finds are looked for among so many records, the newest first."""


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Rows, newest first, with the keys of the neighbouring pages ("" if none)."""

    rows: list[Row]
    newer: str
    older: str


def readable(model: type[Row], reach: Reach, *, below: str = "") -> QuerySet[Row]:
    """Return the standing records within reach, or of one subtree of it."""
    found: QuerySet[Row] = model._default_manager.filter(
        within("organisation__path", reach.roots(access.READS)), withdrawn_at=None
    )
    if below:
        found = found.filter(within("organisation__path", [below]))
    return found


def containing(rows: QuerySet[Row], names: Sequence[str], text: str) -> QuerySet[Row]:
    """Return those of the newest records in which a text occurs."""
    first = rows.order_by(f"-{rows.model.DAY}", "-pk")[:WINDOW].values("pk")
    wanted = Q()
    for name in names:
        wanted |= Q(**{f"{name}__icontains": text})
    return rows.model._default_manager.filter(wanted, pk__in=first)


def page(
    rows: QuerySet[Row], *, older: str = "", newer: str = "", size: int = SIZE
) -> Page[Row]:
    """Return one page, newest first; one query whatever the length of the list."""
    day = rows.model.DAY
    back = bool(newer) and not older
    mark = _mark(older or newer)
    if mark is not None:
        on, key = mark
        word = "gt" if back else "lt"
        rows = rows.filter(
            Q(**{f"{day}__{word}": on}) | Q(**{day: on, f"pk__{word}": key})
        )
    order = (day, "pk") if back else (f"-{day}", "-pk")
    found = list(rows.order_by(*order)[: size + 1])
    more = len(found) > size
    found = found[:size]
    if back:
        found.reverse()
    if not found:
        return Page([], "", "")
    has_newer = more if back else mark is not None
    has_older = True if back else more
    return Page(
        found,
        key_of(found[0]) if has_newer else "",
        key_of(found[-1]) if has_older else "",
    )


def key_of(row: Recorded) -> str:
    """Return what a page is continued by: the day and the key."""
    return f"{getattr(row, row.DAY):%Y%m%d}-{row.pk}"


def _mark(text: str) -> tuple[date, int] | None:
    """Read a page's key; a bad one is none."""
    day, _dash, key = text.partition("-")
    plain = day.isascii() and day.isdigit() and key.isascii() and key.isdigit()
    if not plain or len(day) != 8 or len(key) > 18:
        return None
    try:
        return date(int(day[:4]), int(day[4:6]), int(day[6:])), int(key)
    except ValueError:
        return None


def load(model: type[Row], key: int, reach: Reach) -> Row | None:
    """Return a record within reach, withdrawn or not, with what its page names."""
    reads = access.reads_decisions if model is Decision else access.reads
    row: Row | None = (
        model._default_manager.select_related(
            "organisation", "recorded_by", "withdrawn_by", "batch", *_named(model)
        )
        .filter(pk=key)
        .first()
    )
    if row is None or not reads(reach, row.organisation.path):
        return None
    return row


def _named(model: type[Model]) -> list[str]:
    """Return the foreign keys to dictionaries and the like that a line names."""
    names = {"topic", "kind", "item", "decision", "case"}
    return [
        field.name
        for field in model._meta.get_fields()
        if field.is_relation and field.name in names and field.many_to_one
    ]


def listed(rows: QuerySet[Row]) -> QuerySet[Row]:
    """Fetch what a line of a list names, in the same query."""
    return rows.select_related("organisation", *_named(rows.model))


def earlier(row: Any) -> list[Any]:
    """Return the earlier wordings of a record, newest first; at most twenty."""
    # Any: the type checker does not follow a self-reference of an abstract model.
    model: Any = type(row)
    rows = model._default_manager.select_related(
        "organisation", "withdrawn_by", *_named(model)
    )
    found: list[Any] = []
    while row.replaces_id is not None and len(found) < MOST_EARLIER:
        row = rows.get(pk=row.replaces_id)
        found.append(row)
    return found


def standing_of(row: Any) -> Any:
    """Return the record that took the place of an earlier wording, None if none did."""
    model: Any = type(row)
    return model._default_manager.filter(replaces=row.pk).first()


def still_in_office(term: SecretaryTerm) -> list[SecretaryTerm]:
    """Return other terms in the same organisation that were not ended; a few."""
    return list(
        SecretaryTerm.objects.filter(
            organisation=term.organisation_id, withdrawn_at=None, valid_to=None
        ).exclude(pk=term.pk)[:3]
    )


def waiting_decisions(reach: Reach, *, below: str = "") -> QuerySet[Decision]:
    """Return decisions whose opinion was adopted and of whose outcome nothing is told."""
    return readable(Decision, reach, below=below).filter(
        outcome="", adopted__in=("yes", "partly")
    )


def open_suggestions(reach: Reach, *, below: str = "") -> QuerySet[Suggestion]:
    """Return suggestions that have not come to their end."""
    return readable(Suggestion, reach, below=below).filter(
        state__in=("open", "adopted")
    )
