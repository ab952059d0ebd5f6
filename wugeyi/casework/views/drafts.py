"""What a resident has sent so far: the form, the photographs kept, the place meant."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.core import signing
from django.http import HttpRequest
from django.utils.translation import gettext as _

from wugeyi.casework.actions.writing import RESIDENT
from wugeyi.casework.forms.report import ReportForm
from wugeyi.casework.models import Category
from wugeyi.casework.queries import categories as category_rows
from wugeyi.casework.rules.intake import PHOTO_LIMIT, dangers, suggest
from wugeyi.organisations.models import Kind, Organisation
from wugeyi.organisations.queries import Found, lineages, organisation_at, search
from wugeyi.uploads.actions import store
from wugeyi.uploads.errors import PictureError
from wugeyi.uploads.models import Upload

# A photograph of a form that was sent back is offered again for a day.
KEPT_SALT = "casework.report.photo"
KEPT_SECONDS = 24 * 3600
PLACES_OFFERED = 12
# What may be the place of a need: territory, not offices standing in it.
TERRITORY = frozenset(
    {
        Kind.CITY,
        Kind.COUNTY,
        Kind.TOWN,
        Kind.COMMUNITY,
        Kind.VILLAGE,
        Kind.GRID,
        Kind.ZONE,
    }
)


@dataclass(slots=True)
class Draft:
    """One form on its way. ``place`` and ``party`` are set once they are certain."""

    form: ReportForm
    categories: Sequence[Category]
    photos: list[Upload] = field(default_factory=list)
    places: list[Found] = field(default_factory=list)
    parties: list[Found] = field(default_factory=list)
    place: Organisation | None = None
    party: Organisation | None = None

    @property
    def kept(self) -> list[tuple[str, Upload]]:
        """Return the photographs already here, each with the token that carries it."""
        return [(signing.dumps(p.pk, salt=KEPT_SALT), p) for p in self.photos]

    @property
    def text(self) -> str:
        """Return what was written, valid or not."""
        return str(self.form.data.get("text", ""))

    @property
    def danger_words(self) -> tuple[str, ...]:
        """Return the words in the text that mean danger."""
        return dangers(self.text)

    @property
    def in_danger(self) -> bool:
        """Tell whether the emergency numbers come first."""
        return bool(self.form.data.get("danger")) or bool(self.danger_words)

    @property
    def category(self) -> Category:
        """Return the chosen category, or what the words suggest, or "other"."""
        chosen = self.form.by_code.get(str(self.form.data.get("category", "")))
        return chosen or self.suggested or self._other

    @property
    def _other(self) -> Category:
        """Return what takes everything: "other", or the last one if that is gone."""
        return self.form.by_code.get("other") or self.categories[-1]

    @property
    def suggested(self) -> Category | None:
        """Return what the words of the text suggest."""
        found = suggest(
            self.text, ((each, each.keywords.split()) for each in self.categories)
        )
        return found.key if found else None


def blank() -> Draft:
    """Return an empty form."""
    rows = category_rows.active()
    return Draft(ReportForm(categories=rows), rows)


def read(request: HttpRequest, *, at: datetime, keep_photos: bool = True) -> Draft:
    """Read a sent form; its photographs are stored before anything can go wrong."""
    rows = category_rows.active()
    photos = kept_photos(request)
    form = ReportForm(request.POST, request.FILES, categories=rows, kept=len(photos))
    draft = Draft(form, rows, photos)
    if keep_photos:
        _store_new(draft, request, at=at)
    return draft


def kept_photos(request: HttpRequest) -> list[Upload]:
    """Return the photographs an earlier answer of ours kept, without those taken out."""
    dropped = set(request.POST.getlist("drop"))
    keys = [
        key
        for token in request.POST.getlist("kept")[: 2 * PHOTO_LIMIT]
        if token not in dropped and (key := read_kept(token)) is not None
    ]
    rows = Upload.objects.in_bulk(keys)
    return [rows[key] for key in dict.fromkeys(keys) if key in rows][:PHOTO_LIMIT]


def read_kept(token: str) -> int | None:
    """Return the key a token carries; None if it is forged or a day old."""
    try:
        key = signing.loads(token, salt=KEPT_SALT, max_age=KEPT_SECONDS)
    except signing.BadSignature:
        return None
    return key if isinstance(key, int) else None


def _store_new(draft: Draft, request: HttpRequest, *, at: datetime) -> None:
    files = [file for file in request.FILES.getlist("photos") if file.name]
    room = PHOTO_LIMIT - len(draft.photos)
    for file in files[:room]:
        try:
            draft.photos.append(store(file=file, by=RESIDENT, at=at))
        except PictureError as problem:
            draft.form.add_error(
                "photos",
                _("“%(name)s”没有收下：%(why)s其他内容都还在。")
                % {"name": file.name, "why": problem},
            )


def find_place(draft: Draft) -> None:
    """Decide where it is: what was picked, else the pin, else what was typed.

    Adds an error to the form, and places to choose from, where that is not clear.
    """
    values = draft.form.cleaned_data
    key, point = values.get("place"), values.get("point")
    typed = values.get("place_query", "")
    if typed:
        draft.places = territory(typed)
    if key:
        draft.place = _standing(key, TERRITORY)
        if draft.place is not None:
            return
    if point is not None:
        draft.place = organisation_at(point.lon, point.lat)
        if draft.place is None and not typed:
            draft.form.add_error(
                "place_query",
                _("这个点不在我们负责的范围内。请移动图钉，或写社区的名字再选一个。"),
            )
        if draft.place is not None or not typed:
            return
    draft.place = _meant(draft.places, typed)
    if draft.place is None:
        draft.form.add_error("place_query", _place_problem(typed, draft.places))


def _place_problem(typed: str, found: list[Found]) -> str:
    if not typed:
        return _("请在地图上点一下，或写社区、村的名字。")
    if not found:
        return _("没有找到“%(typed)s”。请换个写法，只写名字里的两三个字。") % {
            "typed": typed
        }
    return _("有几个地方符合“%(typed)s”，请选一个。") % {"typed": typed}


def find_party(draft: Draft) -> None:
    """Decide which organisation it is about, if any was named."""
    values = draft.form.cleaned_data
    typed = values.get("party_query", "")
    if values.get("party"):
        draft.party = _standing(values["party"], None)
    if draft.party is not None or not typed:
        return
    draft.parties = search(typed, limit=PLACES_OFFERED)
    draft.party = _meant(draft.parties, typed)
    if draft.party is not None:
        return
    draft.form.add_error(
        "party_query",
        _("有几个单位符合，请选一个。")
        if draft.parties
        else _("名册里没有这个单位。可以清空这一格，在上面的文字里写明是谁。"),
    )


def look_up(draft: Draft) -> None:
    """Fill the lists to choose from, without judging: somebody pressed "find"."""
    data = draft.form.data
    if typed := str(data.get("place_query", "")).replace("\x00", "").strip():
        draft.places = territory(typed)
    if typed := str(data.get("party_query", "")).replace("\x00", "").strip():
        draft.parties = search(typed, limit=PLACES_OFFERED)
    key = str(data.get("place", ""))
    if key.isdecimal() and len(key) < 19:
        draft.place = _standing(int(key), TERRITORY)


def territory(typed: str) -> list[Found]:
    """Return the places that match what was typed, each with its path."""
    found = search(typed, limit=4 * PLACES_OFFERED)
    fitting = [each for each in found if each.organisation.kind in TERRITORY]
    return fitting[:PLACES_OFFERED]


def _standing(key: int, kinds: frozenset[Kind] | None) -> Organisation | None:
    unit = Organisation.objects.filter(pk=key, valid_to=None).first()
    if unit is None or (kinds is not None and unit.kind not in kinds):
        return None
    return unit


def _meant(found: list[Found], typed: str) -> Organisation | None:
    """Return the only match, or the only one of exactly this name or code."""
    if len(found) == 1:
        return found[0].organisation
    exact = [
        each.organisation
        for each in found
        if typed in {each.organisation.name, each.organisation.code}
    ]
    return exact[0] if len(exact) == 1 else None


def offer_place(draft: Draft) -> None:
    """Put the place that was picked among those to pick from; only a page needs it.

    One that was found by its pin stays out: the pin may be moved, and a pick is stronger.
    """
    unit = draft.place
    if unit is None or str(draft.form.data.get("place", "")) != str(unit.pk):
        return
    if all(each.organisation.pk != unit.pk for each in draft.places):
        draft.places.insert(0, Found(unit, lineages([unit])[unit.pk]))
