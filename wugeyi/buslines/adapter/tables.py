"""Workbooks and folders of CSV tables ↔ rows by table; nothing is judged here."""

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from wugeyi.buslines.rules.rulenames import ROSTER
from wugeyi.engines.lineplanning.findings import Finding, Language, Refused
from wugeyi.engines.lineplanning.model import Case
from wugeyi.engines.lineplanning.reading.crew import roster_rule
from wugeyi.engines.lineplanning.reading.crew_tables import CREW_TABLES
from wugeyi.engines.lineplanning.reading.given import Given, gathered, in_workbook
from wugeyi.engines.lineplanning.reading.tables import RULE_TITLES, TABLES
from wugeyi.engines.lineplanning.workbook import (
    MEDIA_TYPE,
    Crew,
    case_workbook,
    template,
)

__all__ = ["MEDIA_TYPE", "Finding", "Tables", "blank", "filled", "read", "rule_name"]

MOST_UNPACKED = 50 * 1024 * 1024
ALL = {**TABLES, **CREW_TABLES}
ABSENT = frozenset({"sheet-missing", "table-missing"})
"""Tables that are not in a file stay as they are: not an error here."""
Cell = str | int | float | bool | date | None


@dataclass(frozen=True, slots=True)
class Tables:
    """Rows by table, each with the line it stands in; what was noticed.

    ``titles`` name the file or sheet of each table that is there.
    """

    rows: Mapping[str, list[tuple[int, dict[str, Cell]]]]
    titles: Mapping[str, str]
    findings: tuple[Finding, ...]


def read(content: bytes, filename: str = "") -> Tables:
    """Read an XLSX workbook, a ZIP of CSV tables, or one CSV table named like its table.

    What cannot be opened at all has no rows, and a finding that says why.
    """
    try:
        given = _given(content, filename)
    except Refused as refused:
        return Tables({}, {}, refused.findings)
    absent = {each.subject for each in given.found if each.code in ABSENT}
    there = {
        name: where
        for name, where in given.where.items()
        if where not in absent and (given.rows[name] or ALL[name].needed)
    }
    rows = {name: [(n, dict(r)) for n, r in given.rows[name]] for name in there}
    found = tuple(each for each in given.found if each.code not in ABSENT)
    if not there:
        found = (*found, Finding("workbook-foreign", "error", filename))
    return Tables(rows, there, found)


def _given(content: bytes, filename: str) -> Given:
    names = _members(content)
    if names is None and not filename.lower().endswith(".csv"):
        return in_workbook(content, ALL)
    if names is not None and "xl/workbook.xml" in names:
        return in_workbook(content, ALL)
    with TemporaryDirectory() as folder:
        path = Path(folder)
        known = {table.file for table in ALL.values()}
        if names is None:
            name = PurePosixPath(filename.lower().replace("\\", "/")).name
            if name in known:
                (path / name).write_bytes(content)
        else:
            _unpack(content, path, known)
        return gathered(path, ALL)


def _members(content: bytes) -> set[str] | None:
    """Return what a ZIP holds; None for anything else."""
    if not content.startswith(b"PK\x03\x04"):
        return None
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            return set(package.namelist())
    except (zipfile.BadZipFile, OSError, ValueError):
        return {"xl/workbook.xml"}  # the reader of workbooks says what is damaged


def _unpack(content: bytes, folder: Path, known: set[str]) -> None:
    """Write the tables of a ZIP into a folder, by their names only."""
    with zipfile.ZipFile(BytesIO(content)) as package:
        for entry in package.infolist():
            name = PurePosixPath(entry.filename.replace("\\", "/")).name.lower()
            if name not in known:
                continue
            if entry.file_size > MOST_UNPACKED:
                raise Refused(Finding("workbook-large", "error", "", {"most": 50}))
            try:
                held = package.read(entry)
            except (zipfile.BadZipFile, OSError, RuntimeError) as problem:
                values = {"detail": str(problem)[:200]}
                raise Refused(
                    Finding("workbook-damaged", "error", "", values)
                ) from problem
            (folder / name).write_bytes(held)


def rule_name(told: str, table: str) -> str | None:
    """Return the rule a table means by a title or a name, None if there is none.

    Parameters
    ----------
    table
        "rules" or "roster_rules".
    """
    if table == "roster_rules":
        found = roster_rule(told)
        return None if found is None else ROSTER + found
    by_title = {title: name for name, title in RULE_TITLES.items()}
    name = by_title.get(told, told)
    return name if name in RULE_TITLES else None


def filled(case: Case, crew: Crew, *, english: bool) -> bytes:
    """Return the workbook of a line; read again it changes nothing."""
    return case_workbook(case, _language(english=english), crew=crew)


def blank(*, english: bool) -> bytes:
    """Return the workbook to fill in."""
    return template(_language(english=english))


def _language(*, english: bool) -> Language:
    return "en" if english else "zh"
