"""From a draft to a case: alike ones near by, what must be seen first, once only."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import uuid5

from wugeyi.casework.actions.intake import Asker, Need, Registered, register
from wugeyi.casework.actions.writing import RESIDENT
from wugeyi.casework.models import Case
from wugeyi.casework.models.cases import Channel
from wugeyi.casework.queries.near import Similar, similar
from wugeyi.casework.rules.intake import Point
from wugeyi.casework.views.drafts import Draft

Values = Mapping[str, Any]


def similar_to(draft: Draft) -> list[Similar]:
    """Return open cases like this one, near by."""
    point: Point | None = draft.form.cleaned_data["point"]
    return similar(
        draft.form.cleaned_data["text"],
        category=draft.category,
        place=draft.place,
        lon=point.lon if point else None,
        lat=point.lat if point else None,
    )


def told(draft: Draft, found: list[Similar]) -> bool:
    """Tell whether they saw the emergency numbers and the similar cases, if any."""
    return saw(draft.form.cleaned_data, found, in_danger=draft.in_danger)


def saw(values: Values, found: list[Similar], *, in_danger: bool) -> bool:
    """Tell the same of what a form said in ``seen`` and ``join``."""
    seen = values["seen"].split()
    if in_danger and "danger" not in seen:
        return False
    return not found or "similar" in seen or bool(values["join"])


def joined(draft: Draft, found: list[Similar]) -> Case | None:
    """Return the case to join, if it is still one of those that are offered."""
    return picked(draft.form.cleaned_data, found)


def picked(values: Values, found: list[Similar]) -> Case | None:
    """Return the case a form's ``join`` names, if it is one of those offered."""
    wanted = values["join"]
    return next((each.case for each in found if each.case.pk == wanted), None)


def sent_before(draft: Draft) -> Case | None:
    """Return the case this very report made already, if it is sent once more.

    An old page that was filled in anew carries an id that is taken: it gets another,
    made from its words, so that it too is one case however often it is sent.
    """
    values = draft.form.cleaned_data
    for _attempt in range(2):
        known = Case.objects.filter(client_id=values["client_id"]).only("text").first()
        if known is None or known.text == values["text"]:
            return known
        values["client_id"] = uuid5(values["client_id"], values["text"])
    return known


def make_case(draft: Draft, join: Case | None, *, at: datetime) -> Registered:
    """Make the case of a draft whose place is certain."""
    values = draft.form.cleaned_data
    point: Point | None = values["point"]
    need = Need(
        client_id=values["client_id"],
        text=values["text"],
        category=draft.category,
        place=draft.place,  # type: ignore[arg-type]  # checked by the caller
        channel=Channel.WEB.value,
        danger=values["danger"],
        spot=values["spot"],
        lon=point.lon if point else None,
        lat=point.lat if point else None,
        asker=Asker(name=values["name"], phone=values["phone"]),
        reported_party=draft.party,
    )
    return register(need=need, photos=draft.photos, join=join, by=RESIDENT, at=at)
