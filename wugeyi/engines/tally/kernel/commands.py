"""The commands ``rollup`` and ``extract`` of ``python -m wugeyi.engines.tally``."""

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from wugeyi.engines.tally.extract import Closed, open_extract
from wugeyi.engines.tally.kernel.answer import Engine, answer, rows_of
from wugeyi.engines.tally.rollup import Asked, Month, Question, digest, months, sql


def add_commands(commands: Any) -> None:
    """Add both to the subparsers of argparse.

    Each sets ``run``: a function that takes the options, prints, and returns 0. Bad
    input raises ValueError or OSError, also without the extra ``analysis``.
    """
    command = commands.add_parser(
        "rollup", help="every unit of some depths, from closed months"
    )
    _common(command)
    command.add_argument(
        "asked",
        nargs="+",
        metavar="MEASURE[/MEASURE]",
        help="names of closed measures, one over another with a slash",
    )
    command.add_argument(
        "--depths", default="0", help="like 0-4 or 0,2; the root has 0"
    )
    command.add_argument("--as-of", help="count only what was recorded by this instant")
    command.add_argument(
        "--engine", choices=[str(one) for one in Engine], default=str(Engine.AUTO)
    )
    command.add_argument("--digest", action="store_true", help="print only that")
    command.add_argument("--sql", action="store_true", help="print only the SQL text")
    command.set_defaults(run=partial(_print, _rollup))
    command = commands.add_parser(
        "extract", help="look whether closed months are whole"
    )
    _common(command)
    command.set_defaults(run=partial(_print, _extract))


def _print(
    lines: Callable[[argparse.Namespace], Iterator[str]], options: argparse.Namespace
) -> int:
    try:
        for line in lines(options):
            sys.stdout.write(f"{line}\n")
    except ImportError as error:
        msg = f"{error}; it needs `pip install wugeyi[analysis]`"
        raise ValueError(msg) from None
    return 0


def _common(command: argparse.ArgumentParser) -> None:
    command.add_argument("folder", type=Path, help="with a folder for each month")
    command.add_argument("month", help="the first, like 2026-01")
    command.add_argument("--months", type=int, default=1, help="how many; default 1")


def _opened(options: argparse.Namespace) -> list[Closed]:
    wanted = months(Month.parse(options.month), options.months)
    return open_extract(options.folder, wanted)


def _extract(options: argparse.Namespace) -> Iterator[str]:
    for closed in _opened(options):
        told = closed.manifest.to_json()
        yield json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _rollup(options: argparse.Namespace) -> Iterator[str]:
    extract = _opened(options)
    question = Question(
        tuple(_asked(extract, text) for text in options.asked),
        tuple(closed.manifest.month for closed in extract),
        _depths(options.depths),
        datetime.fromisoformat(options.as_of) if options.as_of else None,
    )
    if options.sql:
        yield sql(question)
        return
    rows = rows_of(answer(extract, question, engine=Engine(options.engine)))
    if options.digest:
        yield digest(rows)
        return
    yield "\t".join(("period", "path", *question.columns))
    yield from ("\t".join(map(str, row)) for row in rows)


def _asked(extract: list[Closed], text: str) -> Asked:
    names = text.split("/")
    known = {part.name: part for part in extract[0].manifest.measures}
    missing = [name for name in names if name not in known]
    if missing or len(names) > 2:
        msg = f"{text!r}: the measures closed are {', '.join(sorted(known))}"
        raise ValueError(msg)
    return Asked(text, *(known[name] for name in names))


def _depths(text: str) -> tuple[int, ...]:
    first, dash, last = text.partition("-")
    try:
        if dash:
            return tuple(range(int(first), int(last) + 1))
        return tuple(int(one) for one in text.split(","))
    except ValueError:
        msg = f"{text!r} are no depths like 0-4 or 0,2"
        raise ValueError(msg) from None
