"""What a rider sees before it is sent, as on the page where residents report.

Emergency numbers where the words mean danger, and open cases about the same thing near
by, to add one's voice to. Sent once more, nothing is asked: what its twin has just made
would be alike.
"""

from typing import Any

from wugeyi.casework.forms.where import WhereForm
from wugeyi.casework.models import Case
from wugeyi.casework.queries.near import Similar, similar
from wugeyi.casework.rules.intake import dangers
from wugeyi.casework.views.reporting import picked, saw
from wugeyi.organisations.models import Organisation
from wugeyi.volunteering.models import Voice
from wugeyi.volunteering.views.kinds import Flash, category_of


def alike(flash: Flash, form: WhereForm, unit: Organisation) -> list[Similar]:
    """Return open cases about the same thing; none for what was sent before."""
    values = form.cleaned_data
    if not flash.asks or Voice.objects.filter(client_id=values["client_id"]).exists():
        return []
    point = values["point"]
    return similar(
        values["text"],
        category=category_of(values["text"]),
        place=unit,
        lon=point.lon if point else None,
        lat=point.lat if point else None,
    )


def told(flash: Flash, form: WhereForm, found: list[Similar]) -> bool:
    """Tell whether what should be seen first was seen."""
    if not flash.asks:
        return True
    values = form.cleaned_data
    return saw(values, found, in_danger=bool(dangers(values["text"])))


def joined(flash: Flash, form: WhereForm, found: list[Similar]) -> Case | None:
    """Return the case somebody adds their voice to."""
    return picked(form.cleaned_data, found) if flash.asks else None


def hints(flash: Flash, form: WhereForm, found: list[Similar]) -> dict[str, Any]:
    """Return what the page shows of it; a category is not chosen here."""
    if not flash.asks:
        return {}
    in_danger = bool(dangers(str(form.data.get("text", ""))))
    seen = {*str(form.data.get("seen", "")).split()}
    seen |= {"danger"} if in_danger else set()
    seen |= {"similar"} if found else set()
    return {
        "short": True,
        "in_danger": in_danger,
        "similar": found,
        "joined": str(form.data.get("join", "")),
        "seen": " ".join(sorted(seen)),
    }
