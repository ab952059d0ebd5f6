"""A register file against the register that stands: what is new, what changed.

Data in, plan and findings out; nothing is read or written here.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from wugeyi.imports.rules import (
    Finding,
    Severity,
    error,
    info,
    looks_like_formula,
    warning,
)
from wugeyi.organisations.rules.kinds import kind_of_code, kind_of_word, shorter_codes

MAX_CODE = 32
MAX_NAME = 80


class Row(NamedTuple):
    """One line of a register file, as text. ``parent`` "" means: by the code."""

    line: int
    code: str
    name: str
    kind: str = ""
    parent: str = ""
    successor: str = ""


class Known(NamedTuple):
    """A unit that stands in the register; ``inside`` the scope of the file or not."""

    key: int
    name: str
    kind: str
    parent: str
    alive: bool = True
    inside: bool = True


class Addition(NamedTuple):
    """A unit to add below the unit of code ``parent`` ("": a root)."""

    code: str
    name: str
    kind: str
    parent: str


@dataclass(slots=True)
class Plan:
    """What accepting a file would do; codes, in the order it has to be done."""

    additions: list[Addition] = field(default_factory=list)
    renames: list[tuple[str, str]] = field(default_factory=list)
    kinds: list[tuple[str, str]] = field(default_factory=list)
    moves: list[tuple[str, str]] = field(default_factory=list)
    mergers: list[tuple[str, str]] = field(default_factory=list)
    abolitions: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    rows: int = 0
    unchanged: int = 0

    @property
    def errors(self) -> int:
        """Return how many findings keep a row (or the file) out."""
        return sum(f.severity is Severity.ERROR for f in self.findings)

    @property
    def changes(self) -> int:
        """Return how many units would be touched."""
        return sum(
            len(each)
            for each in (
                self.additions,
                self.renames,
                self.kinds,
                self.moves,
                self.mergers,
                self.abolitions,
            )
        )


@dataclass(frozen=True, slots=True)
class Scope:
    """How far a file may reach.

    Parameters
    ----------
    root
        Code below which every row must lie; None: the whole register, roots allowed.
    complete
        The file is the whole list below ``root``: what it leaves out was abolished.
    """

    root: str | None = None
    complete: bool = False


def compare(rows: Iterable[Row], known: Mapping[str, Known], scope: Scope) -> Plan:
    """Compare a file's rows with the units that stand; linear in both.

    ``known`` holds the units the file names, their parents and those parents'
    children, abolished ones included; for a complete edition all below the scope's
    root. A row with an error is left out of the plan, and so is what would
    stand below it.
    """
    plan = Plan()
    first: dict[str, Row] = {}
    for row in rows:
        plan.rows += 1
        problem = _check(row) or _repeated(row, first)
        if problem is None:
            first[row.code] = row
        else:
            plan.findings.append(problem)
    parents = _parents(plan, first, known, scope)
    _sort_out(plan, first, parents, known)
    # What a complete edition leaves out goes: it is in nobody's way.
    staying = {} if scope.complete else known
    _same_names(plan, first, parents, known, staying)
    if scope.complete:
        _gone(plan, first, known, scope)
    return plan


def _check(row: Row) -> Finding | None:
    """Check one row by itself."""
    line, code, name = row[:3]
    if not code:
        return error(line, "no_code", name)
    if not name:
        return error(line, "no_name", code)
    for text in (code, name):
        if text[0] in "=+-@" and looks_like_formula(text):
            return error(line, "formula", text)
    if not code.isalnum() and not code.replace("-", "").isalnum():
        return error(line, "bad_code", code)
    if len(code) > MAX_CODE:
        return error(line, "bad_code", code)
    if len(name) > MAX_NAME:
        return error(line, "long_name", name, other=MAX_NAME)
    if not _kind(row):
        if not row.kind:
            return error(line, "no_kind", code, other=name)
        return error(line, "unknown_kind", row.kind, other=name)
    return None


def _repeated(row: Row, first: Mapping[str, Row]) -> Finding | None:
    earlier = first.get(row.code)
    if earlier is None:
        return None
    if earlier[1:] == row[1:]:
        return warning(row.line, "repeated_row", row.code, other_line=earlier.line)
    return error(
        row.line, "duplicate_code", row.code, other=row.name, other_line=earlier.line
    )


def _kind(row: Row) -> str | None:
    if row.kind:
        return kind_of_word(row.kind)
    return kind_of_code(row.code, row.name)


def _parents(
    plan: Plan, first: dict[str, Row], known: Mapping[str, Known], scope: Scope
) -> dict[str, str]:
    """Find each row's parent; rows without one leave ``first`` with a finding."""
    parents: dict[str, str] = {}
    for code, row in first.items():
        if code == scope.root:
            parents[code] = known[code].parent
            continue
        parent = row.parent or _parent_by_code(row, first, known)
        if not (_inside(code, known) and _inside(parent, known)):
            plan.findings.append(error(row.line, "outside", code, other=row.name))
        elif parent and (parent in first or _alive(parent, known)):
            parents[code] = parent
            if _mismatch(code, parent):
                plan.findings.append(
                    warning(row.line, "code_mismatch", code, other=parent)
                )
        elif not parent and scope.root is None and len(shorter_codes(code)) == 0:
            parents[code] = ""
        else:
            plan.findings.append(error(row.line, "orphan", code, other=parent or "—"))
    _drop_unrooted(plan, first, parents, known)
    return parents


def _parent_by_code(
    row: Row, first: Mapping[str, Row], known: Mapping[str, Known]
) -> str:
    if row.code in known:
        return known[row.code].parent
    for shorter in shorter_codes(row.code):
        if shorter in first or _alive(shorter, known):
            return shorter
    return ""


def _alive(code: str, known: Mapping[str, Known]) -> bool:
    return code in known and known[code].alive


def _inside(code: str, known: Mapping[str, Known]) -> bool:
    return code not in known or known[code].inside


def _mismatch(code: str, parent: str) -> bool:
    return (
        bool(shorter_codes(code)) and parent.isdigit() and not code.startswith(parent)
    )


def _drop_unrooted(
    plan: Plan,
    first: dict[str, Row],
    parents: dict[str, str],
    known: Mapping[str, Known],
) -> None:
    """Drop rows whose way up ends in a dropped row or runs in a circle."""
    rooted: set[str] = {""}
    for code in list(first):
        way: list[str] = []
        seen: set[str] = set()
        at = code
        while at not in rooted and at in parents and at not in seen:
            way.append(at)
            seen.add(at)
            at = parents[at]
        if at in rooted or (at not in first and at in known):
            rooted.update(way)
        elif at in seen:
            _drop(plan, first, parents, way, "circle")
        else:
            _drop(plan, first, parents, way, "below_left_out")
    for code in list(first):
        if code not in parents:
            del first[code]


def _drop(
    plan: Plan,
    first: dict[str, Row],
    parents: dict[str, str],
    way: Sequence[str],
    reason: str,
) -> None:
    for code in way:
        plan.findings.append(
            error(first[code].line, reason, code, other=parents.pop(code))
        )


def _sort_out(
    plan: Plan,
    first: Mapping[str, Row],
    parents: Mapping[str, str],
    known: Mapping[str, Known],
) -> None:
    """Sort rows into additions, changes and what stays."""
    for code, row in first.items():
        unit = known.get(code)
        if row.successor and row.successor != code:
            _merger(plan, row, first, known)
        elif unit is None:
            plan.additions.append(
                Addition(code, row.name, _kind(row) or "", parents[code])
            )
        elif not unit.alive:
            plan.findings.append(
                error(row.line, "abolished_code", code, other=unit.name)
            )
        else:
            _changed(plan, row, unit, parents[code])
    plan.additions = _parents_first(plan.additions)


def _merger(
    plan: Plan, row: Row, first: Mapping[str, Row], known: Mapping[str, Known]
) -> None:
    if not _alive(row.code, known):
        # Merged before this register began, or in an earlier import of the file.
        plan.unchanged += 1
    elif row.successor not in first and not _alive(row.successor, known):
        plan.findings.append(
            error(row.line, "no_successor", row.code, other=row.successor)
        )
    else:
        plan.mergers.append((row.code, row.successor))
        plan.findings.append(warning(row.line, "merger", row.code, other=row.successor))


def _changed(plan: Plan, row: Row, unit: Known, parent: str) -> None:
    kind = _kind(row) if row.kind else unit.kind
    changes = 0
    if row.name != unit.name:
        changes += 1
        plan.renames.append((row.code, row.name))
        plan.findings.append(info(row.line, "rename", unit.name, other=row.name))
    if parent != unit.parent:
        changes += 1
        plan.moves.append((row.code, parent))
        plan.findings.append(
            warning(row.line, "moved", f"{row.code} {row.name}", other=parent)
        )
    if kind and kind != unit.kind:
        changes += 1
        plan.kinds.append((row.code, kind))
        plan.findings.append(info(row.line, "kind_changed", row.name, other=kind))
    plan.unchanged += not changes


def _parents_first(additions: list[Addition]) -> list[Addition]:
    """Order additions so that a parent comes before its children, by levels."""
    waiting = {each.code: each.parent for each in additions}
    depths: dict[str, int] = {}
    for each in additions:
        way = []
        at = each.code
        while at in waiting and at not in depths:
            way.append(at)
            at = waiting[at]
        base = depths.get(at, -1)
        for distance, code in enumerate(reversed(way), start=1):
            depths[code] = base + distance
    return sorted(additions, key=lambda each: (depths[each.code], each.code))


def _same_names(
    plan: Plan,
    first: Mapping[str, Row],
    parents: Mapping[str, str],
    known: Mapping[str, Known],
    staying: Mapping[str, Known],
) -> None:
    """Find two codes of one name under one parent, as it would be afterwards."""
    touched = {parents[code] for code in first if code not in known}
    touched.update(parents[code] for code, _name in plan.renames + plan.moves)
    standing: dict[tuple[str, str], str] = {}
    for code, unit in staying.items():
        if unit.alive and unit.parent in touched and code not in first:
            standing[unit.parent, unit.name] = code
    for code, row in first.items():
        if parents[code] not in touched or row.successor:
            continue
        place = (parents[code], row.name)
        other = standing.setdefault(place, code)
        if other != code:
            plan.findings.append(
                warning(
                    row.line,
                    "same_name",
                    f"{row.name} {code}",
                    other=other,
                    other_line=first[other].line if other in first else 0,
                )
            )


def _gone(
    plan: Plan, first: Mapping[str, Row], known: Mapping[str, Known], scope: Scope
) -> None:
    """In a complete edition, abolish what is left out; children before parents.

    A file with errors abolishes nothing: a row that was left out for an error must
    not look like a unit that is gone.
    """
    if plan.errors:
        plan.findings.append(warning(0, "gone_not_judged"))
        return
    gone = [
        code
        for code, unit in known.items()
        if unit.alive and unit.inside and code not in first and code != scope.root
    ]
    gone.sort(key=lambda code: _depth(code, known))
    recoded = _recoded(plan, gone, known)
    for code in reversed(gone):
        if code in recoded:
            plan.mergers.append((code, recoded[code]))
            plan.findings.append(warning(0, "recoded", code, other=recoded[code]))
        else:
            plan.abolitions.append(code)
            plan.findings.append(warning(0, "gone", code, other=known[code].name))


def _recoded(
    plan: Plan, gone: Iterable[str], known: Mapping[str, Known]
) -> dict[str, str]:
    """Match what is gone with one new unit of its name below the same parent.

    ``gone`` has parents before children: the villages of a town that got another
    code are looked for below the new code.
    """
    named = defaultdict(list)
    for each in plan.additions:
        named[each.parent, each.name].append(each.code)
    recoded: dict[str, str] = {}
    for code in gone:
        unit = known[code]
        parent = recoded.get(unit.parent, unit.parent)
        found = named.get((parent, unit.name), [])
        if len(found) == 1:
            recoded[code] = found[0]
    return recoded


def _depth(code: str, known: Mapping[str, Known]) -> int:
    steps = 0
    while code in known and steps < 100:
        code = known[code].parent
        steps += 1
    return steps
