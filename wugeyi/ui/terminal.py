"""Progress of commands, shown to a person at a terminal and to nobody else."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress


@contextmanager
def bar(title: str, total: int) -> Iterator[Callable[[int], None]]:
    """Yield what to call with how many were done; in a pipe or a log, nothing shows."""
    console = Console(stderr=True)
    with Progress(
        console=console, transient=True, disable=not console.is_terminal
    ) as shown:
        task = shown.add_task(title, total=total)
        yield lambda count: shown.advance(task, count)
