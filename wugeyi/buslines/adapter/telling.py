"""Findings of the engine as sentences for a clerk, and the records they name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from wugeyi.engines.lineplanning.findings import Finding, Language, say

Name = Callable[[str, str], str]
"""Names a thing by its kind and code: ("request", "r1") → 需求 r1（上坝四户）."""

KINDS = {
    "request": "demand",
    "stop": "stops",
    "market": "stops",
    "depot": "stops",
    "place": "stops",
    "vehicle": "vehicles",
    "rule": "rules",
    "ways": "ways",
    "departures": "timetable",
    "vehicles": "vehicles",
    "requests": "demand",
    "driver": "drivers",
    "duty": "duties",
    "regular": "regular-duties",
}
"""On which page of records a thing of a finding stands."""


OF_REQUESTS = frozenset({"request-impossible"})
"""Findings whose subject is the bare code of a request."""


@dataclass(frozen=True, slots=True)
class Told:
    """A finding as it is shown.

    Parameters
    ----------
    inputs
        The records at odds: page of records and code, as few as were found.
    """

    severity: str
    text: str
    inputs: tuple[tuple[str, str], ...]


def tell(
    finding: Finding, *, name: Name, fields: Mapping[str, str], english: bool
) -> Told:
    """Return a finding in words, its things named by ``name``."""
    language: Language = "en" if english else "zh"
    given = finding.inputs or ((finding.subject,) if finding.subject else ())
    # The fewest that are at odds: also those of what it comes from.
    for each in finding.because:
        given += each.inputs
    inputs = dict.fromkeys(split(each) for each in given)
    if finding.code in OF_REQUESTS:
        inputs = dict.fromkeys([("request", finding.subject), *inputs])
    text = say(_named(finding, name, fields), language)
    known = tuple((KINDS[kind], code) for kind, code in inputs if kind in KINDS)
    return Told(finding.severity, text, known)


def split(subject: str) -> tuple[str, str]:
    """Return kind and code of "request r1"."""
    kind, _space, code = subject.partition(" ")
    return kind, code


def _named(finding: Finding, name: Name, fields: Mapping[str, str]) -> Finding:
    kind, code = split(finding.subject)
    values = dict(finding.values)
    field = values.get("field")
    if isinstance(field, str):
        values["field"] = fields.get(field, field)
    subject = name(kind, code) if kind in KINDS else finding.subject
    because = tuple(_named(each, name, fields) for each in finding.because)
    return replace(finding, subject=subject, values=values, because=because)
