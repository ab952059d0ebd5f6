"""The command ``wugeyi line``: plans from a folder of tables, without a database.

Results go to standard output and to files, everything else to standard error.
"""

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path

from wugeyi.engines.lineplanning.findings import Finding, Language, Refused, say
from wugeyi.engines.lineplanning.gtfs import command as gtfs
from wugeyi.engines.lineplanning.model import Case, Ways
from wugeyi.engines.lineplanning.roads import command as roads
from wugeyi.engines.lineplanning.roster import command as roster
from wugeyi.engines.lineplanning.texts_command import COMMAND

INTERRUPTED = 130
PACKAGES = {"highspy", "llvmlite", "numba", "numpy", "osmium"}


def main(
    arguments: Sequence[str] | None = None,
    *,
    prog: str = "python -m wugeyi.engines.lineplanning",
    language: Language | None = None,
) -> int:
    """Run one command.

    Parameters
    ----------
    arguments
        The words after the program's name; those of this process if absent.
    prog
        How the program is called, for the help.
    language
        The terminal's if absent.

    Returns
    -------
    int
        0 done; 1 the tables could not be used, which is said; 2 the arguments are wrong
        or something must be installed first; 130 interrupted.
    """
    screen = Screen(language or _spoken())
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        given = _parser(screen, prog).parse_args(words or ["--help"])
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 2
    try:
        return COMMANDS[given.command](screen, given)
    except Refused as problem:
        screen.findings(problem.findings)
        return 1
    except OSError as problem:
        screen.tell("no-file", file=str(problem.filename), detail=str(problem.strerror))
        return 1
    except ModuleNotFoundError as problem:
        if problem.name in PACKAGES:
            screen.tell("extra-missing", module=str(problem.name))
            return 2
        raise
    except KeyboardInterrupt:
        return INTERRUPTED


def _spoken() -> Language:
    found = filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG")))
    return "en" if next(found, "").startswith("en") else "zh"


class Screen:
    """Says things in the reader's language."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def text(self, code: str, **values: str | int) -> str:
        """Return a sentence of ours."""
        text = COMMAND[code][0 if self.language == "zh" else 1]
        return text.format(**values) if values else text

    def tell(self, code: str, **values: str | int) -> None:
        """Say something beside the result."""
        sys.stderr.write(self.text(code, **values) + "\n")

    def findings(self, found: Iterable[Finding]) -> None:
        """Say what was noticed, with what it comes from."""
        for each in found:
            inputs = f" [{', '.join(each.inputs)}]" if each.inputs else ""
            severity = self.text(f"is-{each.severity}")
            sys.stderr.write(f"{severity}: {say(each, self.language)}{inputs}\n")

    def result(self, text: str) -> None:
        """Write a line of the result."""
        sys.stdout.write(text + "\n")


def _parser(screen: Screen, prog: str) -> argparse.ArgumentParser:
    text = screen.text
    parser = argparse.ArgumentParser(prog=prog, description=text("about"))
    commands = parser.add_subparsers(dest="command", required=True, metavar="…")
    for name in COMMANDS:
        command = commands.add_parser(name, help=text(f"{name}-help"))
        command.add_argument("folder", type=Path, help=text("folder-help"))
        if name == "template":
            command.add_argument("--seed", type=int, help=text("seed-help"))
        if name in {"check", "plan", "explain", "ways"}:
            command.add_argument("--on", type=_day, help=text("on-help"))
        if name in {"plan", "explain"}:
            command.add_argument(
                "--steps", type=int, default=2_000, help=text("steps-help")
            )
        if name == "plan":
            command.add_argument("--out", type=Path, help=text("out-help"))
        if name == "explain":
            command.add_argument("requests", nargs="*", help=text("requests-help"))
        if name in {"gtfs", "departures"}:
            gtfs.arguments(name, command, text)
        if name == "ways":
            roads.arguments(command, text)
        if name == "roster":
            roster.arguments(command, text)
    return parser


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as problem:
        raise argparse.ArgumentTypeError(text) from problem


def _case(screen: Screen, folder: Path, on: date | None) -> Case:
    """Read a folder and say what is noticed; errors are raised."""
    from wugeyi.engines.lineplanning.inputs import require
    from wugeyi.engines.lineplanning.reading import read
    from wugeyi.engines.lineplanning.units import doubts

    case, noticed = read(folder, on=on)
    screen.findings(noticed)
    screen.findings(require(case))
    screen.findings(doubts(case))
    return case


def _template(screen: Screen, given: argparse.Namespace) -> int:
    from wugeyi.engines.lineplanning import instance
    from wugeyi.engines.lineplanning.reading import write
    from wugeyi.engines.lineplanning.workbook import case_workbook

    case = Case((), (), (), Ways((), (), ()), (), ())
    if given.seed is not None:
        case = instance.case(given.seed)
    if given.folder.suffix == ".xlsx":
        crew = roster.invented(given.seed)
        content = case_workbook(case, screen.language, crew=crew)
        given.folder.write_bytes(content)
    else:
        write(case, given.folder, chinese=screen.language == "zh")
        roster.templates(given.folder, given.seed, chinese=screen.language == "zh")
    screen.tell("written", folder=str(given.folder))
    return 0


def _check(screen: Screen, given: argparse.Namespace) -> int:
    case = _case(screen, given.folder, given.on)
    told = {"requests": len(case.requests), "stops": len(case.stops)}
    buses = sum(each.count for each in case.vehicles)
    screen.result(screen.text("checked", buses=buses, **told))
    return 0


def _plan(screen: Screen, given: argparse.Namespace) -> int:
    from wugeyi.engines.lineplanning import sheets
    from wugeyi.engines.lineplanning.checker import check
    from wugeyi.engines.lineplanning.packing import Work, solve
    from wugeyi.engines.lineplanning.workbook import plan_workbook

    case = _case(screen, given.folder, given.on)
    plan = solve(case, work=Work(steps=given.steps))
    breaches = check(case, plan)
    screen.findings(breaches)
    rows = sheets.calls(case, plan, screen.language)
    for row in rows:
        screen.result("\t".join(row))
    if given.out:
        given.out.mkdir(parents=True, exist_ok=True)
        sheets.save(rows, given.out / "plan.csv")
        book = plan_workbook(case, plan, language=screen.language)
        (given.out / "plan.xlsx").write_bytes(book)
    screen.tell(
        "planned",
        value=f"{plan.money.value_milli / 100_000:.2f}",
        bound=f"{plan.bound_milli / 100_000:.2f}",
        gap=f"{plan.gap:.2%}",
        served=len(plan.served),
        left=len(plan.left_out),
        buses=len(plan.blocks),
    )
    return 1 if breaches else 0


def _explain(screen: Screen, given: argparse.Namespace) -> int:
    from wugeyi.engines.lineplanning import sheets
    from wugeyi.engines.lineplanning.packing import Work, solve
    from wugeyi.engines.lineplanning.reasons import explain
    from wugeyi.engines.lineplanning.trips import pools

    case = _case(screen, given.folder, given.on)
    known = pools(case)
    plan = solve(case, work=Work(steps=given.steps), known=known)
    strangers = set(given.requests) - {each.code for each in case.requests}
    for code in sorted(strangers):
        screen.tell("no-request", request=code)
    found = explain(case, plan, only=given.requests or None, known=known)
    for row in sheets.left_out(found, screen.language):
        screen.result("\t".join(row))
    return 1 if strangers else 0


def _gtfs(screen: Screen, given: argparse.Namespace) -> int:
    return gtfs.write(screen, given, _case(screen, given.folder, given.on))


def _departures(screen: Screen, given: argparse.Namespace) -> int:
    from wugeyi.engines.lineplanning.reading import read

    case, noticed = read(given.folder, on=given.on)
    screen.findings(noticed)
    return gtfs.regular(screen, given, case)


COMMANDS: dict[str, Callable[[Screen, argparse.Namespace], int]] = {
    "template": _template,
    "check": _check,
    "plan": _plan,
    "explain": _explain,
    "gtfs": _gtfs,
    "departures": _departures,
    "ways": roads.write,
    "roster": roster.run,
}
