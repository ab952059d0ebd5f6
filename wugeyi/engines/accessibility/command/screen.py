"""What the command says: to people in their language, progress only at a terminal."""

import argparse
import os
import signal
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from wugeyi.engines.accessibility.command.texts import TEXTS
from wugeyi.engines.accessibility.findings import Finding, Language, say

WIDE = 200
SHOWN = 3
"""Findings of one kind that are written out; of more only the number is told."""
SEVERITIES = ("error", "warning", "note")


def spoken() -> Language:
    """Return the terminal's language: English where it says so, else Chinese."""
    named = map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "en" if next(filter(None, named), "").startswith("en") else "zh"


class Screen:
    """Standard output for results, standard error for everything else."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.out = Console(highlight=False, soft_wrap=True)
        if not self.out.is_terminal:
            # Into a file or another program a table is not cut to a screen's width.
            self.out.width = WIDE
        self.err = Console(stderr=True, highlight=False, soft_wrap=True)

    def text(self, key: str, **values: object) -> str:
        """Return a text of ours in the person's language."""
        return TEXTS[key][0 if self.language == "zh" else 1].format(**values)

    def help_format(self) -> type[argparse.HelpFormatter]:
        """Return a formatter of help that says "usage" in the person's language."""
        prefix = self.text("help-usage")

        class Format(argparse.HelpFormatter):
            def add_usage(
                self, usage: Any, actions: Any, groups: Any, said: Any = None
            ) -> None:
                # Asked for "" where only the words behind it are wanted.
                first = prefix if said is None else said
                super().add_usage(usage, actions, groups, first)

        return Format

    def name(self, names: Any) -> str:
        """Return the name of something that has ``name_zh`` and ``name_en``."""
        chosen: str = names.name_zh if self.language == "zh" else names.name_en
        return chosen

    def tell(self, key: str, **values: object) -> None:
        """Say a sentence about the results."""
        self.out.print(escape(self.text(key, **values)))

    def note(self, key: str, **values: object) -> None:
        """Say a sentence beside the results."""
        self.err.print(escape(self.text(key, **values)))

    def findings(self, found: Iterable[Finding], about: str = "") -> None:
        """Say what was noticed (in a file), gravest first, a few of each kind."""
        kinds: dict[tuple[int, str], list[Finding]] = defaultdict(list)
        for one in found:
            kinds[SEVERITIES.index(one.severity), one.code].append(one)
        for (severity, _code), these in sorted(kinds.items()):
            mark = f"{self.text(SEVERITIES[severity])} {about}".rstrip()
            for one in these[:SHOWN]:
                sentence = say(one, self.language)
                self.err.print(escape(f"{mark} {sentence}"))
            if len(these) > SHOWN:
                self.note("more-alike", count=len(these) - SHOWN)

    def table(self, title: str, heads: Sequence[str], rows: Iterable[Any]) -> None:
        """Show rows; the first column is text, the others are figures."""
        made = Table(title=title, title_justify="left")
        for number, head in enumerate(heads):
            made.add_column(escape(head), justify="right" if number else "left")
        for row in rows:
            made.add_row(*(escape(str(cell)) for cell in row))
        self.out.print(made)

    @contextmanager
    def working(self, key: str, **values: object) -> Iterator[None]:
        """Show that something is being done whose end is not known."""
        if not self.err.is_terminal:
            yield
            return
        with self.err.status(escape(self.text(key, **values))):
            yield

    @contextmanager
    def progress(self, key: str) -> Iterator[Callable[[float, int, int], bool]]:
        """Yield a ``siting.Progress`` that draws a bar; Ctrl-C stops, and keeps.

        Whoever interrupts gets the best so far; a second Ctrl-C ends the program.
        """
        asked_to_stop: list[int] = []

        def stop(number: int, _frame: object) -> None:
            asked_to_stop.append(number)
            signal.signal(signal.SIGINT, before)

        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.fields[found]}"),
            TimeElapsedColumn(),
        )
        before = signal.signal(signal.SIGINT, stop)
        try:
            with Progress(
                *columns,
                console=self.err,
                transient=True,
                disable=not self.err.is_terminal,
            ) as shown:
                task = shown.add_task(escape(self.text(key)), total=1.0, found="")

                def told(share: float, best: int, bound: int) -> bool:
                    found = self.text("best-and-bound", best=best, bound=bound)
                    shown.update(task, completed=share, found=found)
                    return not asked_to_stop

                yield told
        finally:
            signal.signal(signal.SIGINT, before)
