"""Which community a form means: what was picked, the pin, what was typed, one's own."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from wugeyi.casework.forms.where import WhereForm
from wugeyi.casework.views.drafts import TERRITORY, territory
from wugeyi.organisations.models import Installation, Organisation
from wugeyi.organisations.queries import Found, lineages, organisation_at
from wugeyi.volunteering.actions.writing import Where


@dataclass(slots=True)
class Search:
    """Places to choose from, and the one that is certain; ``own``: checked in with."""

    places: list[Found] = field(default_factory=list)
    place: Organisation | None = None
    own: bool = False


def offered(own: Sequence[Organisation]) -> list[Found]:
    """Return communities somebody checked in with, to pick from; one query."""
    if not own:
        return []
    above = lineages(own)
    return [Found(unit, above[unit.pk]) for unit in own]


def look_up(form: WhereForm, own: Sequence[Organisation]) -> Search:
    """Fill the list to choose from without judging."""
    typed = str(form.data.get("place_query", "")).replace("\x00", "").strip()[:60]
    found = Search(
        territory(typed) if typed else offered(own), own=bool(own) and not typed
    )
    key = str(form.data.get("place", ""))
    if key.isdecimal() and len(key) < 19:
        found.place = _standing(int(key))
    return found


def find(form: WhereForm, own: Sequence[Organisation], *, sure: bool = False) -> Search:
    """Decide where it is; adds an error where that is not clear.

    ``sure``: never an error; the seat answers for what nobody else does.
    """
    values = form.cleaned_data
    found = look_up(form, own)
    point, typed = values.get("point"), values.get("place_query", "")
    if point is not None and (found.place is None or _stood_already(found, own)):
        # A pin is more exact than one's own community, which stood there already.
        found.place = organisation_at(point.lon, point.lat) or found.place
    if found.place is None and typed:
        found.place = _meant(found.places, typed)
    if found.place is None and len(own) == 1 and not typed and (sure or not point):
        found.place = own[0]
    if found.place is None and sure:
        found.place = _last_resort(found, own)
    if found.place is None:
        form.add_error("place_query", _problem(typed, found.places, pinned=bool(point)))
    return found


def _stood_already(found: Search, own: Sequence[Organisation]) -> bool:
    return found.own and any(unit == found.place for unit in own)


def _last_resort(found: Search, own: Sequence[Organisation]) -> Organisation | None:
    if found.places:
        return found.places[0].organisation
    if own:
        return own[0]
    row = Installation.objects.select_related("seat").first()
    if row is not None and row.seat is not None:
        return row.seat
    return Organisation.objects.filter(parent=None, valid_to=None).first()


def _problem(typed: str, found: Sequence[Found], *, pinned: bool) -> str:
    if typed and found:
        return _("有几个地方符合“%(typed)s”，请选一个。") % {"typed": typed}
    if typed:
        return _("没有找到“%(typed)s”。请换个写法，只写名字里的两三个字。") % {
            "typed": typed
        }
    if pinned:
        return _("这个点不在我们负责的范围内。请写社区或村的名字。")
    return _("请在地图上点一下，或写社区、村的名字。")


def _standing(key: int) -> Organisation | None:
    unit = Organisation.objects.filter(pk=key, valid_to=None).first()
    return unit if unit is not None and unit.kind in TERRITORY else None


def _meant(found: Sequence[Found], typed: str) -> Organisation | None:
    if len(found) == 1:
        return found[0].organisation
    exact = [
        each.organisation
        for each in found
        if typed in {each.organisation.name, each.organisation.code}
    ]
    return exact[0] if len(exact) == 1 else None


def where(form: WhereForm, unit: Organisation) -> Where:
    """Return the place of a valid form."""
    point = form.cleaned_data["point"]
    return Where(
        organisation=unit,
        spot=form.cleaned_data["spot"],
        lon=point.lon if point else None,
        lat=point.lat if point else None,
    )
