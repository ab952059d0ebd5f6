"""Changes as an address carries them, as a map draws them and as people type them.

``bridge:106.63,26.65:106.64,26.65`` · ``close:106.63,26.65`` ·
``open:clinic:106.63,26.65`` · ``shut:17``: longitude before latitude.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wugeyi.circles.models.scenarios import LINK_NAMES
from wugeyi.circles.rules.changes import Change, Link, What, length_of
from wugeyi.circles.rules.refusals import Refused, Why
from wugeyi.places.models import FacilityKind
from wugeyi.places.queries import FacilityPoint

Point = tuple[float, float]
MOST_LETTERS = 120


def read(text: str, kinds: Iterable[FacilityKind]) -> Change:
    """Read one change.

    Raises
    ------
    Refused
        BAD_VALUE, naming the part that is wrong.
    """
    parts = text.strip()[:MOST_LETTERS].split(":")
    what, rest = parts[0], parts[1:]
    if what in set(Link):
        if len(rest) != 2:
            raise Refused(Why.BAD_VALUE, field="point")
        (lon, lat), (to_lon, to_lat) = point(rest[0]), point(rest[1])
        return Change(
            What.OPEN_LINK, Link(what), lon=lon, lat=lat, to_lon=to_lon, to_lat=to_lat
        )
    if what == "close" and len(rest) == 1:
        lon, lat = point(rest[0])
        return Change(What.CLOSE_LINK, lon=lon, lat=lat)
    if what == "open" and len(rest) == 2:
        kind = next((each for each in kinds if each.code == rest[0]), None)
        if kind is None:
            raise Refused(Why.BAD_VALUE, field="kind")
        lon, lat = point(rest[1])
        return Change(What.OPEN_FACILITY, lon=lon, lat=lat, kind_id=kind.pk)
    if what == "shut" and len(rest) == 1 and rest[0].isascii() and rest[0].isdigit():
        return Change(What.CLOSE_FACILITY, facility_id=int(rest[0][:18]))
    raise Refused(Why.BAD_VALUE)


def point(text: str) -> Point:
    """Read ``106.63,26.65``, also with a full-width comma or a space.

    Raises
    ------
    Refused
        BAD_VALUE with ``field`` "point".
    """
    parts = text.replace("，", ",").replace(" ", ",").split(",")
    numbers = [part for part in parts if part]
    try:
        lon, lat = (float(part) for part in numbers)
    except ValueError:
        raise Refused(Why.BAD_VALUE, field="point") from None
    if not (math.isfinite(lon) and math.isfinite(lat)):
        raise Refused(Why.BAD_VALUE, field="point")
    return lon, lat


def write(change: Change, kinds: Iterable[FacilityKind]) -> str:
    """Write a change as ``read`` takes it."""
    if change.what == What.CLOSE_FACILITY:
        return f"shut:{change.facility_id}"
    first = _written(change.starts)
    if change.what == What.CLOSE_LINK:
        return f"close:{first}"
    if change.what == What.OPEN_FACILITY:
        code = next((each.code for each in kinds if each.pk == change.kind_id), "")
        return f"open:{code}:{first}"
    link = change.link or Link.PATH
    return f"{link.value}:{first}:{_written(change.ends)}"


def _written(at: Point) -> str:
    return f"{at[0]:.6f},{at[1]:.6f}"


def say(
    change: Change, kinds: Iterable[FacilityKind], facilities: Iterable[FacilityPoint]
) -> str:
    """Name a change as people would: 桥，长 62 米."""
    if change.name:
        return change.name
    if change.what == What.OPEN_LINK:
        return _("%(what)s，长 %(metres)s 米") % {
            "what": LINK_NAMES[change.link or Link.PATH],
            "metres": round(length_of(change) / 1000),
        }
    if change.what == What.OPEN_FACILITY:
        kind = next((each for each in kinds if each.pk == change.kind_id), None)
        return _("加一处：%(kind)s") % {"kind": kind or ""}
    if change.what == What.CLOSE_FACILITY:
        found = next((f for f in facilities if f.key == change.facility_id), None)
        return _("撤掉：%(name)s") % {"name": found.name if found else _("已经不在了")}
    return _("封一段路")


def tools() -> list[tuple[str, Promise]]:
    """Return what can be drawn between two points, as value and label."""
    return [(link.value, LINK_NAMES[link]) for link in Link]


class Typed:
    """A change typed instead of drawn: what, from where, to where.

    A place is the name of a home or a facility of the circle, or its coordinates.
    """

    asks: dict[str, Promise] = {
        "what": gettext_lazy("加什么"),
        "start": gettext_lazy("从哪里"),
        "end": gettext_lazy("到哪里"),
    }

    def __init__(self, named: Sequence[tuple[str, Point]]) -> None:
        self.named = named

    def read(
        self, what: str, start: str, end: str, kinds: Iterable[FacilityKind]
    ) -> Change:
        """Read what was typed.

        Raises
        ------
        Refused
            BAD_VALUE, naming the part that is wrong.
        """
        places = [start] if what.startswith(("close", "open:")) else [start, end]
        written = [_written(self._place(place)) for place in places]
        change = read(":".join([what, *written]), kinds)
        if change.what == What.OPEN_LINK and start and end:
            name = _("%(what)s：%(start)s — %(end)s")
            return replace(
                change,
                name=name
                % {
                    "what": LINK_NAMES[change.link or Link.PATH],
                    "start": start.strip()[:24],
                    "end": end.strip()[:24],
                },
            )
        return change

    def _place(self, text: str) -> Point:
        wanted = text.strip()
        exact = [at for name, at in self.named if name == wanted]
        if exact:
            return exact[0]
        try:
            return point(wanted)
        except Refused:
            near = [at for name, at in self.named if wanted and wanted in name]
            if len(near) == 1:
                return near[0]
            raise
