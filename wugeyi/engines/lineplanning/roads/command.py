"""``wugeyi line ways``: the table of driving times, from a map."""

import argparse
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wugeyi.engines.lineplanning.findings import Finding, Refused
from wugeyi.engines.lineplanning.model import Place

if TYPE_CHECKING:
    from wugeyi.engines.lineplanning.command import Screen

PLACES = ("depots", "markets", "stops")


def arguments(command: Any, text: Callable[[str], str]) -> None:
    """Add what the command takes."""
    command.add_argument("--osm", type=Path, required=True, help=text("osm-help"))
    command.add_argument("--length", type=int, default=1140, help=text("length-help"))
    command.add_argument("--replace", action="store_true", help=text("replace-help"))


def write(screen: "Screen", given: argparse.Namespace) -> int:
    """Write ``ways.csv`` for the places of a folder, or beside a workbook."""
    from wugeyi.engines.lineplanning.reading.folder import records, write_table
    from wugeyi.engines.lineplanning.reading.tables import TABLES
    from wugeyi.engines.lineplanning.roads import Bus, ways
    from wugeyi.engines.lineplanning.workbook.filled import NOTHING

    places = _places(screen, given.folder, given.on)
    beside = given.folder.parent if given.folder.is_file() else given.folder
    target = beside / TABLES["ways"].file
    if not given.replace:
        _keep(given.folder, target)
    table, found = ways(given.osm, places, bus=Bus(length_cm=given.length))
    screen.findings(found)
    chinese = screen.language == "zh"
    rows = records(replace(NOTHING, ways=table), chinese=chinese)["ways"]
    many = write_table(target, TABLES["ways"], rows, chinese=chinese)
    screen.tell("ways-written", file=str(target), many=many, places=len(places))
    return 0


def _places(screen: "Screen", folder: Path, on: date | None) -> list[Place]:
    from wugeyi.engines.lineplanning.reading.dated import holding
    from wugeyi.engines.lineplanning.reading.given import gathered
    from wugeyi.engines.lineplanning.reading.tables import TABLES

    given = gathered(folder, {name: TABLES[name] for name in PLACES})
    rows, told = holding(given.rows, given.where, on)
    # Of a workbook, only three sheets are looked at.
    found = [each for each in (*given.found, *told) if each.code != "sheet-unknown"]
    errors = [each for each in found if each.severity == "error"]
    if errors:
        raise Refused(*errors)
    screen.findings(found)
    return [_place(row) for name in PLACES for _, row in rows[name]]


def _place(row: dict[str, Any]) -> Place:
    return Place(row["code"], row["name"], lat=row["lat"], lon=row["lon"])


def _keep(folder: Path, target: Path) -> None:
    """Refuse to write over times, or beside a sheet of them.

    Somebody may have measured them; and two tables of the same kind cannot be read.
    """
    from wugeyi.engines.lineplanning.reading.comma import read_csv
    from wugeyi.engines.lineplanning.reading.given import gathered
    from wugeyi.engines.lineplanning.reading.tables import TABLES

    table = replace(TABLES["ways"], needed=False)
    given = gathered(folder, {"ways": table})
    many, where = len(given.rows["ways"]), given.where["ways"]
    if not many and target.exists():
        many, where = len(read_csv(target, table)[0]), target.name
    if many:
        raise Refused(Finding("ways-there", "error", where, {"many": many}, (where,)))
