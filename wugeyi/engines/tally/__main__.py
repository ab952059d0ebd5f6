"""Command line: ``python -m wugeyi.engines.tally check FILE…`` and the kernel's commands."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from wugeyi.engines.tally.checker import check, transpiled
from wugeyi.engines.tally.compile import wide
from wugeyi.engines.tally.definitions import Catalogue, merge, read


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line.

    Parameters
    ----------
    argv
        Arguments without the program's name; those of the process if not given.

    Returns
    -------
    int
        0 if all is well, 1 if something is wrong with a definition, 2 if the input
        could not be understood (the message is on standard error).
    """
    options = _parser().parse_args(argv)
    try:
        found = options.run(options)
        if isinstance(found, int):
            return found
        for line in found:
            sys.stdout.write(f"{line}\n")
    except (ImportError, OSError, ValueError) as error:
        sys.stderr.write(f"error: {error}\n")
        return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m wugeyi.engines.tally",
        description="Definitions of figures: check them, show the SQL they become.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    command = commands.add_parser("check", help="what is wrong with definitions")
    command.add_argument("files", nargs="+", type=Path, metavar="FILE")
    command.add_argument("--language", choices=("zh", "en"), default="en")
    command.set_defaults(run=_check)
    command = commands.add_parser("sql", help="the statement of one source")
    command.add_argument("source")
    command.add_argument("files", nargs="+", type=Path, metavar="FILE")
    command.add_argument("--dialect", default="postgres", help="default: %(default)s")
    command.set_defaults(run=_sql)
    try:
        from wugeyi.engines.tally.kernel.commands import add_commands
    except ImportError:
        # The kernel needs numpy and pyarrow (`pip install wugeyi[analysis]`).
        return parser
    add_commands(commands)
    return parser


def _read(files: Sequence[Path]) -> Catalogue:
    found = []
    for path in files:
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            msg = f"{path}: not UTF-8"
            raise ValueError(msg) from None
        try:
            found.append(read(text, app=path.parent.name or path.name))
        except ValueError as error:
            msg = f"{path}: {error}"
            raise ValueError(msg) from None
    return merge(found)


def _check(options: argparse.Namespace) -> int:
    found = check(_read(options.files))
    for each in found:
        text = each.text_zh if options.language == "zh" else each.text_en
        sys.stdout.write(f"{each.app} · {each.code}: {text}\n")
    if not found:
        sys.stdout.write("nothing wrong\n")
    return 1 if found else 0


def _sql(options: argparse.Namespace) -> int:
    catalogue = _read(options.files)
    if options.source not in catalogue.sources:
        msg = f"no source {options.source!r}; there are {', '.join(catalogue.sources)}"
        raise ValueError(msg)
    compiled = wide(
        catalogue.sources[options.source], catalogue.of_source(options.source)
    )
    text = compiled.sql.replace("%s", "':now'").replace("%%", "%")
    sys.stdout.write(transpiled(text, options.dialect) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
