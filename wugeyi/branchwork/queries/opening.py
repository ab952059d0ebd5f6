"""Records behind a figure, for those who may read them."""

from collections.abc import Callable, Sequence
from datetime import date

from wugeyi.branchwork.models import (
    Decision,
    DutyRecord,
    Headcount,
    Recorded,
    SecretaryTerm,
    Suggestion,
    Training,
    VanguardPost,
)
from wugeyi.branchwork.queries.records import listed, readable
from wugeyi.figures.openers import Opened
from wugeyi.organisations.rules import Reach

TITLE = 60
KINDS: dict[str, type[Recorded]] = {
    "decision": Decision,
    "suggestion": Suggestion,
    "duty-record": DutyRecord,
    "training": Training,
    "vanguard-post": VanguardPost,
    "headcount": Headcount,
    "secretary-term": SecretaryTerm,
}


def opener(model: type[Recorded]) -> Callable[..., dict[int, Opened]]:
    """Return what opens the records of a model: one query."""

    def opened(ids: Sequence[int], *, reach: Reach, today: date) -> dict[int, Opened]:
        rows = listed(readable(model, reach).filter(pk__in=ids))
        return {
            row.pk: Opened(
                title=_short(str(row)),
                url=row.get_absolute_url(),  # type: ignore[attr-defined]
                on=getattr(row, row.DAY),
                organisation_name=row.organisation.name,
            )
            for row in rows
        }

    return opened


def _short(text: str) -> str:
    return text if len(text) <= TITLE else f"{text[: TITLE - 1]}…"
