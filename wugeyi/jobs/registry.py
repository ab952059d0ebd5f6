"""The tasks of the clock, by name. Apps add theirs at start-up.

A task is told the time and returns how much it did. It must be safe to repeat and to
run while people work.
"""

from collections.abc import Callable
from datetime import datetime

Task = Callable[[datetime], int]

# Run at every tick, some once a minute; cheap when there is nothing to do.
ALWAYS: dict[str, Task] = {}
# Run once a day; tried again at the next tick after a failure.
DAILY: dict[str, Task] = {}


def always(name: str, task: Task) -> None:
    """Run ``task`` at every tick; the same name twice keeps the last."""
    ALWAYS[name] = task


def daily(name: str, task: Task) -> None:
    """Run ``task`` once a day; the same name twice keeps the last."""
    DAILY[name] = task
