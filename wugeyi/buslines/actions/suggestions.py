"""What growers suggest of a line, kept with branch work and followed there."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from wugeyi.branchwork.actions.records import add
from wugeyi.branchwork.models import Suggestion
from wugeyi.branchwork.models.suggestions import From
from wugeyi.buslines.actions.writing import By, note, take
from wugeyi.buslines.models import Line, LineSuggestion, Spot
from wugeyi.buslines.rules.refusals import Refused, Why


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody suggested at a meeting, on which day, of which stop."""

    text: str
    made_on: date
    kind: str = From.RESIDENTS.value
    spot: Spot | None = None


@transaction.atomic
def suggest(
    *, line: Line, client_id: UUID, said: Said, by: By, at: datetime
) -> LineSuggestion:
    """Write a suggestion down; the same ``client_id`` gives the one that is there.

    Raises
    ------
    Refused
        CLOSED; NEEDS_TEXT; BAD_DAYS for a day still to come; BAD_VALUE for a stop of
        another line.
    """
    line = take(line)
    if not said.text.strip():
        raise Refused(Why.NEEDS_TEXT, field="text")
    if said.made_on > timezone.localdate(at):
        raise Refused(Why.BAD_DAYS, field="made_on")
    if said.spot is not None and said.spot.line_id != line.pk:
        raise Refused(Why.BAD_VALUE, field="spot")
    added = add(
        model=Suggestion,
        organisation=line.organisation,
        values={
            "text": said.text.strip(),
            "kind": said.kind,
            "made_on": said.made_on,
        },
        client_id=client_id,
        by=by,
        at=at,
    )
    row, created = LineSuggestion.objects.get_or_create(
        suggestion=added.row, defaults={"line": line, "spot": said.spot}
    )
    if created:
        told = {"suggestion": added.row.pk}
        note(row, line=line, action="suggest", by=by, at=at, after=told)
    return row
