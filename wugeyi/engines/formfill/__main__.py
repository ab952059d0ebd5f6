"""Command line: ``python -m wugeyi.engines.formfill fields FORM.xlsx``."""

import argparse
import csv
import sys
from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from wugeyi.engines.formfill import (
    Form,
    Refused,
    Span,
    Term,
    dictionary,
    match_form,
    read_form,
)
from wugeyi.engines.formfill.formulas import values as totals
from wugeyi.engines.formfill.write import Given, fill


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line.

    Returns
    -------
    int
        0 done; 1 the form was refused.
    """
    given = _parser().parse_args(argv)
    try:
        content = given.form.read_bytes()
        form = read_form(content)
    except Refused as problem:
        found = problem.finding
        print(f"refused: {found.code} {found.value} {found.other}".rstrip())  # noqa: T201
        return 1
    for each in form.findings:
        sys.stderr.write(f"{each.severity}: {each.code} {each.where} {each.value}\n")
    if given.command == "fields":
        _write((each.where, each.label) for each in form.fields)
    elif given.command == "match":
        _match(form, given.terms, given.first, given.last)
    else:
        _fill(form, content, given.values, given.out)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m wugeyi.engines.formfill")
    commands = parser.add_subparsers(dest="command", required=True)
    fields = commands.add_parser("fields", help="the cells a form wants filled")
    fields.add_argument("form", type=Path)
    match = commands.add_parser("match", help="what belongs in each cell, and why")
    match.add_argument("form", type=Path)
    match.add_argument("terms", type=Path, help="CSV with code,name,unit")
    match.add_argument("first", type=date.fromisoformat, help="first day")
    match.add_argument("last", type=date.fromisoformat, help="last day")
    filling = commands.add_parser("fill", help="write values into a copy")
    filling.add_argument("form", type=Path)
    filling.add_argument("values", type=Path, help="CSV with cell,value")
    filling.add_argument("out", type=Path)
    return parser


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _write(rows: object) -> None:
    csv.writer(sys.stdout).writerows(rows)  # type: ignore[arg-type]


def _match(form: Form, terms: Path, first: date, last: date) -> None:
    known = dictionary(
        Term(row["code"], row["name"], row.get("unit", "")) for row in _rows(terms)
    )
    _write(
        (
            match.field.where,
            match.field.label,
            match.certainty,
            match.term.code if match.term else "",
            match.unit,
            *(match.span or ("", "")),
            "; ".join(f"{reason.code} {reason.value}" for reason in match.reasons),
        )
        for match in match_form(form, known, span=Span(first, last))
    )


def _number(text: str) -> Given:
    try:
        return Decimal(text)
    except InvalidOperation:
        return text


def _fill(form: Form, content: bytes, values: Path, out: Path) -> None:
    given = {row["cell"]: _number(row["value"]) for row in _rows(values)}
    filled = fill(content, given, computed=totals(form.grids, given))
    out.write_bytes(filled)


if __name__ == "__main__":
    sys.exit(main())
