"""The command ``wugeyi circle``: life circles from files alone, without a database.

Results go to standard output and to files, everything else to standard error.
"""

import sys
from collections.abc import Sequence

from wugeyi.engines.accessibility.command.options import parser
from wugeyi.engines.accessibility.command.screen import Screen, spoken
from wugeyi.engines.accessibility.findings import Language, Refused

INTERRUPTED = 130


def main(
    arguments: Sequence[str] | None = None,
    *,
    prog: str = "python -m wugeyi.engines.accessibility",
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
        0 done; 1 a file or a place could not be used, which is said; 2 the arguments are
        wrong or something must be installed first; 130 interrupted.
    """
    screen = Screen(language or spoken())
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        given = parser(screen, prog).parse_args(words or ["--help"])
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 2
    try:
        # Late: help must not wait for the compiler's library.
        from wugeyi.engines.accessibility.command.work import COMMANDS

        COMMANDS[given.command](screen, given)
    except Refused as problem:
        screen.findings([problem.finding])
        return 1
    except ModuleNotFoundError as problem:
        if problem.name in {"numpy", "numba", "osmium", "highspy", "llvmlite"}:
            screen.note("extra-missing", module=problem.name)
            return 2
        raise
    except KeyboardInterrupt:
        return INTERRUPTED
    return 0
