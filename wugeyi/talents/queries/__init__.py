"""Reads of the people who come back."""

from dataclasses import dataclass

from django.db.models import Case, F, IntegerField, Sum, When

from wugeyi.organisations.models import Organisation
from wugeyi.organisations.queries import within
from wugeyi.organisations.rules import Reach
from wugeyi.talents.models import TalentCard, TalentCount, TalentKind
from wugeyi.talents.rules import access

MORE = Case(
    When(change=TalentCount.Change.LEFT, then=0 - F("people")),
    default=F("people"),
    output_field=IntegerField(),
)


def kinds() -> list[TalentKind]:
    """Return the kinds in use."""
    return list(TalentKind.objects.filter(active=True))


def standing(organisation: Organisation, kind: TalentKind) -> int:
    """Return how many of a kind are on record at one organisation itself."""
    rows = TalentCount.objects.filter(
        organisation=organisation, kind=kind, withdrawn_at=None
    )
    return int(rows.aggregate(n=Sum(MORE))["n"] or 0)


def counts(
    organisation: Organisation, *, older: int = 0, limit: int = 25
) -> list[TalentCount]:
    """Return a page of an organisation's own records, newest first, one more if any."""
    rows = TalentCount.objects.filter(organisation=organisation)
    if older:
        rows = rows.filter(pk__lt=older)
    rows = rows.select_related("kind", "recorded_by", "replaces")
    return list(rows.order_by("-pk")[: limit + 1])


def cards(
    organisation: Organisation,
    *,
    older: int = 0,
    limit: int = 25,
    public: bool = False,
) -> list[TalentCard]:
    """Return a page of the living cards at or below an organisation, newest first.

    ``public``: only those whose person agreed to that too.
    """
    rows = TalentCard.objects.filter(
        within("organisation__path", [organisation.path]), ended_at=None
    )
    if public:
        rows = rows.filter(public=True)
    if older:
        rows = rows.filter(pk__lt=older)
    return list(
        rows.select_related("kind", "organisation").order_by("-pk")[: limit + 1]
    )


def card(key: int, reach: Reach) -> TalentCard | None:
    """Return a card within reach, ended ones too; one query."""
    return (
        TalentCard.objects.select_related("kind", "organisation")
        .filter(
            within("organisation__path", reach.roots(access.READS)),
            pk=key,
        )
        .first()
    )


def by_code(code: str) -> TalentCard | None:
    """Return the living card whose slip carries a code; it is normalised already."""
    if not code:
        return None
    return (
        TalentCard.objects.select_related("kind", "organisation")
        .filter(code=code, ended_at=None)
        .first()
    )


@dataclass(frozen=True, slots=True)
class Line:
    """A kind and how many of it."""

    kind: TalentKind
    people: int | None


def by_kind(found: dict[str, int]) -> list[Line]:
    """Put figures by code beside the kinds; None where nothing is on record."""
    rows = TalentKind.objects.all()
    return [
        Line(row, found.get(row.code))
        for row in rows
        if row.active or found.get(row.code)
    ]
