"""Rows of a list held against the register, the topics and what is recorded already."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import NAMESPACE_URL, UUID, uuid5

from wugeyi.branchwork.models import (
    Decision,
    Recorded,
    SecretaryTerm,
    Suggestion,
    Topic,
    Training,
    VanguardPost,
)
from wugeyi.branchwork.rules.lists import Line
from wugeyi.imports.rules import Finding, error, info
from wugeyi.organisations.models import Organisation
from wugeyi.organisations.queries import within

MODELS: dict[str, type[Recorded]] = {
    "posts": VanguardPost,
    "trainings": Training,
    "decisions": Decision,
    "suggestions": Suggestion,
    "terms": SecretaryTerm,
}
CHUNK = 500
MOST_UNITS = 5_000


@dataclass(frozen=True, slots=True)
class Ready:
    """A row that can be written down."""

    line: Line
    client_id: UUID
    organisation: Organisation
    values: dict[str, object]


@dataclass(slots=True)
class Plan:
    """What accepting a file would do."""

    ready: list[Ready] = field(default_factory=list)
    known: int = 0
    findings: list[Finding] = field(default_factory=list)


def plan(
    kind: str, lines: Sequence[Line], *, default: Organisation, roots: Iterable[str]
) -> Plan:
    """Sort rows into those ready, known, and wrong; a few queries whatever their number.

    A row without a unit belongs to ``default``; a named one must lie below it or
    within ``roots``.
    """
    made = Plan()
    units = _units(default, roots) if any(line.unit for line in lines) else {}
    topics = _topics() if kind == "decisions" else {}
    rows: list[Ready] = []
    for line in lines:
        wrong = _wrong(line, kind, units, topics)
        if wrong is not None:
            made.findings.append(wrong)
            continue
        organisation = units[line.unit][0] if line.unit else default
        values = dict(line.values)
        if kind == "decisions":
            values["topic"] = topics[line.topic]
        rows.append(Ready(line, _key(kind, organisation, line), organisation, values))
    there = known(MODELS[kind], [row.client_id for row in rows])
    made.ready = [row for row in rows if row.client_id not in there]
    made.known = len(rows) - len(made.ready)
    made.findings += [
        info(row.line.line, "known_row") for row in rows if row.client_id in there
    ]
    return made


def _wrong(
    line: Line,
    kind: str,
    units: dict[str, list[Organisation]],
    topics: dict[str, Topic],
) -> Finding | None:
    if line.unit and line.unit not in units:
        return error(line.line, "unknown_unit", line.unit)
    if line.unit and len(units[line.unit]) > 1:
        return error(line.line, "unit_twice", line.unit, other=len(units[line.unit]))
    if kind == "decisions" and line.topic not in topics:
        names = list(dict.fromkeys(topic.name_zh for topic in topics.values()))
        return error(line.line, "unknown_topic", line.topic, other="、".join(names))
    return None


def _units(
    default: Organisation, roots: Iterable[str]
) -> dict[str, list[Organisation]]:
    """Return what lies in reach by name, short name and code."""
    found = Organisation.objects.filter(
        within("path", [default.path, *roots]), valid_to=None
    ).order_by("path")[:MOST_UNITS]
    names: dict[str, list[Organisation]] = {}
    for unit in found:
        for word in {unit.name, unit.code, unit.name.removesuffix("党支部")}:
            names.setdefault(word, []).append(unit)
    return names


def _topics() -> dict[str, Topic]:
    rows = list(Topic.objects.filter(active=True))
    return {word: row for row in rows for word in (row.code, row.name_en, row.name_zh)}


def _key(kind: str, organisation: Organisation, line: Line) -> UUID:
    """Return the id the same row always gets, whatever file it comes in."""
    said = "|".join(f"{name}={line.values[name]}" for name in sorted(line.values))
    text = f"branchwork:{kind}:{organisation.code}:{line.topic}:{said}"
    return uuid5(NAMESPACE_URL, text)


def known(model: type[Recorded], ids: Sequence[UUID]) -> set[UUID]:
    """Return which of these ids are recorded already, withdrawn ones included."""
    found: set[UUID] = set()
    for start in range(0, len(ids), CHUNK):
        rows = model._default_manager.filter(client_id__in=ids[start : start + CHUNK])
        found.update(key for key in rows.values_list("client_id", flat=True) if key)
    return found
