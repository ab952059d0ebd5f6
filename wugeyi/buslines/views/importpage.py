"""What a preview of a file shows: how many, what changes, what cannot be taken over."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from wugeyi.buslines.forms.imports import FAULTS, RECORDS
from wugeyi.buslines.forms.records.rules import LABELS
from wugeyi.buslines.models import (
    Driver,
    FareTable,
    OtherDuty,
    RegularDuty,
    Rule,
)
from wugeyi.buslines.queries.importing import Compared
from wugeyi.buslines.rules.importing import ORDER, Step, What
from wugeyi.buslines.rules.rulenames import BY_NAME
from wugeyi.buslines.templatetags.busrecords import centimetres, fen, minute
from wugeyi.buslines.templatetags.bustimes import weekdays
from wugeyi.buslines.views.linepage import field_names
from wugeyi.ui import phrases

SHOWN = 60
LARGE = frozenset({"codes", "minutes", "metres", "departures", "digest", "absent"})
OWN: dict[str, Any] = {
    "driver": Driver,
    "regularduty": RegularDuty,
    "otherduty": OtherDuty,
    "rule": Rule,
    "fares": FareTable,
}
"""Records whose columns are called otherwise than elsewhere."""


def summary(made: Compared) -> list[dict[str, Any]]:
    """Return how many of each kind are new, changed, ended, the same."""
    many = made.many()
    return [
        {
            "label": RECORDS[record],
            "cells": [many[record][what.value] for what in What],
        }
        for record in ORDER
        if record in many
    ]


def shown_steps(made: Compared) -> dict[str, Any]:
    """Return what would be written, and how much of it is not shown."""
    todo = [step for step in made.steps if step.what is not What.SAME]
    names = field_names()
    return {
        "rows": [_shown(step, names) for step in todo[:SHOWN]],
        "more": max(0, len(todo) - SHOWN),
    }


def _shown(step: Step, names: dict[str, str]) -> dict[str, Any]:
    names = names | _own(step.record)
    words = {
        What.NEW: _("新增"),
        What.CHANGED: _("更改"),
        What.ENDED: _("停用"),
    }
    return {
        "what": words[step.what],
        "record": RECORDS[step.record],
        "name": _name(step),
        "changes": [
            (
                names.get(name, name),
                _text(_kind(step, name), old),
                _text(_kind(step, name), step.values[name]),
            )
            for name, old in step.before.items()
            if name not in LARGE
        ],
        "away": _days(step.values.get("absent", ())),
        "until": step.until,
        "on": step.on,
    }


def _own(record: str) -> dict[str, str]:
    """Return what columns of some records are called."""
    model = OWN.get(record)
    fields = model._meta.concrete_fields if model else ()
    own = {field.name: str(field.verbose_name) for field in fields}
    if record == "fares":
        # Amounts are shown in yuan; the columns are named after fen.
        own |= {"base_fen": _("不带筐"), "cap_fen": _("封顶"), "bands": _("按筐加收")}
    return own


def _kind(step: Step, name: str) -> str:
    """Return how a column is written: numbers of rules by the unit of the rule."""
    if step.record != "rule" or name != "number":
        return name
    return {"clock": "_minute", "fen": "_fen"}.get(BY_NAME[step.code].unit, name)


def _days(spans: Sequence[tuple[date, date]]) -> str:
    """Return days off, both included."""
    told = [
        phrases.day(first)
        if first == last
        else _("%(first)s 至 %(last)s")
        % {"first": phrases.day(first), "last": phrases.day(last)}
        for first, last in spans
    ]
    return _("、").join(told)


def _bands(bands: Sequence[tuple[int, int]]) -> str:
    """Return what is added by baskets."""
    told = [
        _("%(baskets)s 筐起加 %(fen)s") % {"baskets": baskets, "fen": fen(more)}
        for baskets, more in bands
    ]
    return _("、").join(told)


def _name(step: Step) -> str:
    if step.record == "rule":
        return str(LABELS[step.code])
    if step.record == "fares" and step.what is What.NEW:
        base = _("不带筐 %(fen)s") % {"fen": fen(step.values["base_fen"])}
        return _("、").join(filter(None, [base, _bands(step.values["bands"])]))
    if step.name and step.name != step.code:
        return f"{step.code} {step.name}".strip()
    return step.code


TOLD: dict[str, Callable[[Any], str]] = {
    "bands": _bands,
    "weekdays": weekdays,
    "verified": lambda known: _("是") if known else _("否"),
}
"""How columns are written that are no plain number or text."""


def _text(name: str, value: Any) -> str:
    if name == "driving" and not value:
        return _("一直在开")
    if value is None or value == "":
        return "—"
    if name in TOLD:
        return TOLD[name](value) or "—"
    if isinstance(value, date):
        return phrases.day(value)
    if name.endswith("_minute"):
        return minute(value)
    if name.endswith("_cm"):
        return centimetres(value)
    if name.endswith("_fen") or name == "cost_fen_per_km":
        return fen(value)
    if isinstance(value, bool):
        return _("是") if value else _("否")
    return phrases.number(value) if isinstance(value, int) else str(value)


def faults(made: Compared) -> list[str]:
    """Return a sentence for every row that cannot be taken over."""
    names = field_names()
    said = []
    for fault in made.faults[:SHOWN]:
        values = dict(fault.values)
        if "field" in values:
            values["field"] = names.get(values["field"], values["field"])
        for name in ("first", "last"):
            if isinstance(values.get(name), int):
                values[name] = minute(values[name])
        text = str(FAULTS[fault.code]) % values
        where = {"where": fault.where, "line": fault.line, "text": text}
        said.append(_("%(where)s 第 %(line)s 行：%(text)s") % where)
    return said
