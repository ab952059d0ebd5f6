"""Progress of long work, shown to a person at a terminal and to nobody else."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import DownloadColumn, Progress, TextColumn, TransferSpeedColumn


@contextmanager
def bar(title: str) -> Iterator[Callable[[int], None]]:
    """Yield what to call with numbers of bytes done."""
    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        DownloadColumn(),
        TransferSpeedColumn(),
    )
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as shown:
        task = shown.add_task(title, total=None)
        yield lambda count: shown.advance(task, count)
