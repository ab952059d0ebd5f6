"""What a list would add: each row with its organisation, and whether it is there already."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from wugeyi.imports.rules import Finding, error, info
from wugeyi.organisations.models import Organisation
from wugeyi.organisations.queries import within
from wugeyi.organisations.rules import Reach
from wugeyi.projects.models import Project
from wugeyi.projects.rules import access
from wugeyi.projects.rules.importing import Line, identity_of

CHUNK = 400


@dataclass(frozen=True, slots=True)
class Ready:
    """A row that can be taken over."""

    line: Line
    organisation: Organisation
    identity: str


@dataclass(slots=True)
class ImportPlan:
    """What accepting would do."""

    ready: list[Ready] = field(default_factory=list)
    known: list[Ready] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def plan(lines: Iterable[Line], *, unit: Organisation, reach: Reach) -> ImportPlan:
    """Find each row's organisation at or below ``unit``, and what is known already.

    Three queries and one for every 400 rows.
    """
    rows = list(lines)
    made = ImportPlan()
    places = _Places(unit, {row.unit for row in rows if row.unit})
    found: list[Ready] = []
    for row in rows:
        organisation = places.find(row, made.findings)
        if organisation is None:
            continue
        if not access.writes(reach, organisation.path):
            made.findings.append(error(row.line, "not_yours", organisation.name))
            continue
        identity = identity_of(
            kind=row.kind,
            number=row.number,
            title=row.title,
            started_on=row.day,
            organisation=organisation.code,
        )
        found.append(Ready(row, organisation, identity))
    there = known(each.identity for each in found)
    for each in found:
        if each.identity in there:
            made.known.append(each)
            made.findings.append(info(each.line.line, "known", each.line.title))
        else:
            made.ready.append(each)
    return made


def known(identities: Iterable[str]) -> set[str]:
    """Return which of these projects are on record, however they came."""
    wanted = sorted(set(identities))
    there: set[str] = set()
    for start in range(0, len(wanted), CHUNK):
        there |= set(
            Project.objects.filter(
                identity__in=wanted[start : start + CHUNK]
            ).values_list("identity", flat=True)
        )
    return there


class _Places:
    """Organisations a list may mean: by code, or by a name that only one carries."""

    def __init__(self, unit: Organisation, words: set[str]) -> None:
        self.unit = unit
        below = Organisation.objects.filter(within("path", [unit.path]))
        self.by_code = {each.code: each for each in below.filter(code__in=words)}
        self.by_name: dict[str, list[Organisation]] = {}
        names = {*words, *(f"{word}党支部" for word in words)}
        for each in below.filter(name__in=names, valid_to=None).order_by("path"):
            self.by_name.setdefault(each.name, []).append(each)

    def find(self, row: Line, findings: list[Finding]) -> Organisation | None:
        """Return the organisation of a row; None, with a finding, if it is not clear."""
        if not row.unit or row.unit in {self.unit.name, self.unit.code}:
            return self.unit
        if row.unit in self.by_code:
            return self.by_code[row.unit]
        # A list of a hospital names the ward; the register has its branch.
        named = self.by_name.get(row.unit) or self.by_name.get(f"{row.unit}党支部", [])
        if len(named) == 1:
            return named[0]
        code = "unit_twice" if named else "no_unit"
        codes = "、".join(each.code for each in named[:5])
        findings.append(error(row.line, code, row.unit, other=codes or self.unit.name))
        return None
