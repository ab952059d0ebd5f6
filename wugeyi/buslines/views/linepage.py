"""What the page of a line shows: the map of who waits, what is wrong, what is there."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wugeyi.buslines.adapter.cases import Finding
from wugeyi.buslines.adapter.telling import tell
from wugeyi.buslines.drawing import Scene, Waiting, scene, skeleton
from wugeyi.buslines.forms.records.rules import LABELS
from wugeyi.buslines.models import (
    Demand,
    Driver,
    FareBand,
    FareTable,
    Line,
    OtherDuty,
    RegularDuty,
    Spot,
    Vehicle,
)
from wugeyi.buslines.queries.overview import Seen, Wanted
from wugeyi.buslines.queries.records import CODED
from wugeyi.buslines.views.kinds import label_of
from wugeyi.ui import phrases

SHOWN = 60
# Of findings that say the same of several things.
ALIKE = 3
TONES = {"error": "urgent", "warning": "warn", "note": "info"}
RANK = tuple(TONES)
COLUMNS: tuple[Any, ...] = (
    Demand,
    Vehicle,
    Spot,
    Driver,
    RegularDuty,
    OtherDuty,
    FareTable,
    FareBand,
)
"""Whose columns findings and files name; the first that has one says what it is."""
Names = dict[tuple[str, str], str]
NAMED = {
    "demand": "request",
    "stops": "place",
    "vehicles": "vehicle",
    "regular-duties": "regular",
}
"""Kinds of things in findings by the page of records whose names are known."""


def told_of(line: Line, seen: Seen) -> dict[str, Any]:
    """Return everything of the page that comes from what was gathered."""
    found = sorted(seen.told, key=lambda each: (RANK.index(each.severity), each.code))
    said = _spoken(line, found[:SHOWN], _names(seen))
    said = [*_missing(line, seen), *said]
    stops = [spot for spot in seen.spots if spot.kind == Spot.Kind.STOP]
    return {
        "told": said,
        "more_told": max(0, len(found) - SHOWN),
        "errors": not seen.gathered.sound,
        "drawing": drawn(line, seen),
        "stops": [(spot, seen.wanted.get(spot.pk, Wanted())) for spot in stops],
        "parts": _parts(line, seen),
        "facts": _facts(line),
    }


def drawn(line: Line, seen: Seen) -> Scene:
    """Return the map of a line: its spots, who waits, the roads between."""
    demand = {
        spot.code: Waiting(waits.persons, waits.baskets)
        for spot in seen.spots
        if (waits := seen.wanted.get(spot.pk)) is not None
    }
    records = reverse("buslines:records", args=[line.pk, "demand"])
    return scene(
        seen.spots,
        ways=seen.shapes,
        demand=demand,
        links=skeleton(seen.ways) if seen.ways else (),
        urls={spot.code: f"{records}?stop={spot.pk}" for spot in seen.spots},
    )


def _names(seen: Seen) -> Names:
    """Return what things of findings are called, by kind and code."""
    case = seen.gathered.case
    names: Names = {}
    for spot in seen.spots:
        for kind in ("stop", "market", "depot", "place"):
            names[kind, spot.code] = spot.name
    names |= {("request", each.code): each.name for each in case.requests}
    names |= {("vehicle", each.code): each.name for each in case.vehicles}
    names |= {("regular", each.code): each.name for each in case.regular_duties}
    names |= {("rule", name): str(label) for name, label in LABELS.items()}
    return names


def field_names() -> dict[str, str]:
    """Return what columns of records are called."""
    found = {name: str(label) for name, label in LABELS.items()}
    for model in COLUMNS:
        for field in model._meta.concrete_fields:
            found.setdefault(field.name, str(field.verbose_name))
    return found


def _spoken(line: Line, found: Sequence[Finding], names: Names) -> list[dict[str, Any]]:
    """Say what was found; of many of a kind the first few, and how many more."""
    fields = field_names()
    told = []
    for _code, group in groupby(found, key=lambda each: (each.severity, each.code)):
        alike = list(group)
        told += [_said(line, each, names, fields) for each in alike[:ALIKE]]
        rest = len(alike) - ALIKE
        if rest > 0:
            text = ngettext("同样的还有 %(n)s 处。", "同样的还有 %(n)s 处。", rest)
            tone = TONES[alike[0].severity]
            told.append({"tone": tone, "text": text % {"n": rest}, "links": []})
    return told


def _said(
    line: Line, finding: Finding, names: Names, fields: dict[str, str]
) -> dict[str, Any]:
    def name(kind: str, code: str) -> str:
        if kind == "ways":
            spoken = [names.get(("stop", each)) or each for each in code.split()]
            return " → ".join(spoken)
        known = names.get((kind, code))
        if kind == "rule":
            return known or code
        return f"{known} {code}" if known and known != code else code

    english = phrases.is_english()
    told = tell(finding, name=name, fields=fields, english=english)
    links = [_link(line, page, code, names) for page, code in told.inputs]
    return {
        "tone": TONES[told.severity],
        "text": told.text,
        "links": list({each["label"]: each for each in links}.values()),
    }


def _link(line: Line, page: str, code: str, names: Names) -> dict[str, str]:
    """Return where a thing at odds can be mended, and what it is called."""
    url = reverse("buslines:records", args=[line.pk, page])
    if page == "rules":
        name = "hard_minutes" if code == "apart" else code
        url = reverse("buslines:record-new", args=[line.pk, "rules"]) + f"?name={name}"
        return {"url": url, "label": names.get(("rule", name)) or label_of(page)}
    if code and page in CODED:
        url = reverse("buslines:record-of", args=[line.pk, page, code])
        kind = NAMED.get(page)
        known = names.get((kind or "", code))
        label = f"{label_of(page)} {code} {known or ''}".strip()
        return {"url": url, "label": label}
    return {"url": url, "label": label_of(page)}


def _missing(line: Line, seen: Seen) -> list[dict[str, Any]]:
    """Say what is not there at all, once, before what follows from it."""
    told = []
    for name, tone, text in (
        ("ways", "urgent", _("还没有行车时间。从地图算，或导入行车时间表。")),
        ("fares", "info", _("还没有票价，方案里先算不出收入。")),
        (
            "timetable",
            "info",
            _("还没有常规车时刻表，方案不会和常规车错开。"),
        ),
    ):
        if name in seen.gathered.missing:
            url = reverse("buslines:records", args=[line.pk, name])
            links = [{"url": url, "label": label_of(name)}]
            told.append({"tone": tone, "text": text, "links": links})
    return told


def _parts(line: Line, seen: Seen) -> list[dict[str, str]]:
    case = seen.gathered.case
    buses = sum(each.count for each in case.vehicles)
    missing = seen.gathered.missing
    there = {True: _("还没有"), False: _("有了")}

    def told(text: str, n: int) -> str:
        return text % {"n": phrases.number(n)}

    texts = {
        "demand": told(
            ngettext("%(n)s 条", "%(n)s 条", len(case.requests)), len(case.requests)
        ),
        "stops": told(
            ngettext("%(n)s 个", "%(n)s 个", len(seen.spots)), len(seen.spots)
        ),
        "ways": there["ways" in missing],
        "timetable": there["timetable" in missing],
        "vehicles": told(ngettext("%(n)s 辆", "%(n)s 辆", buses), buses),
        "drivers": told(ngettext("%(n)s 位", "%(n)s 位", seen.drivers), seen.drivers),
        "fares": there["fares" in missing],
    }
    return [
        {
            "url": reverse("buslines:records", args=[line.pk, name]),
            "label": label_of(name),
            "text": text,
        }
        for name, text in texts.items()
    ]


def _facts(line: Line) -> list[tuple[str, Any]]:
    return [
        (_("线路号"), line.number),
        (_("运营单位"), line.organisation),
        (_("定价方式"), line.get_pricing_display()),
        (_("服务电话"), line.phone),
        (_("哪天开通"), line.opened_on and phrases.day(line.opened_on)),
    ]


def plainly(finding: Finding) -> str:
    """Return a finding of a file in words; its cells are named as they stand there."""

    def name(kind: str, code: str) -> str:
        return f"{kind} {code}".strip()

    english = phrases.is_english()
    return tell(finding, name=name, fields={}, english=english).text
